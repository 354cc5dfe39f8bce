"""A publication in a process of its own, killed at the n-th time it touches the disk; run by test_interruptions.

usage: interrupted_run.py TOWN SEATS KILL_AT   (KILL_AT 0: not killed; prints how often the disk was touched)
"""

import os
import signal
import sys
from pathlib import Path

from bench_town import COUNT, THREE, Office, changed

_TOUCHES = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "sqlite3.connect", "shutil.rmtree"}


def publish_both(office: Office, seats: str) -> None:
    """Stage two tables that say the same number, and make them public together."""
    office.stage(changed(THREE, 0, 座席数=seats))
    office.stage([{"地域名": "東", "総人口": seats, "period": "2026-01"}], dataset=COUNT)
    office.release("bench", "people")


def main(town: str, seats: str, kill_at: int) -> None:
    office = Office(Path(town))
    touched = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal touched
        if event in _TOUCHES and str(town) in str(arguments):
            touched += 1
            if touched == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    publish_both(office, seats)
    print(touched)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
