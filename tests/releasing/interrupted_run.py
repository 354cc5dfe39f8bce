"""One act of an office in a process of its own, killed at the n-th time it touches the disk; run by test_interruptions.

usage: interrupted_run.py TOWN ACT KILL_AT   (KILL_AT 0: not killed; prints how often the disk was touched)
"""

import os
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from bench_town import COUNT, NOW, THREE, Office, changed

from publish.releasing.lock import lock
from publish.releasing.reconciling import reconcile
from publish.releasing.restoring import restore
from publish.releasing.rollback import rollback
from publish.releasing.withdrawal import withdraw

_TOUCHES = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "sqlite3.connect", "shutil.rmtree"}


def publish_both(office: Office, seats: str) -> None:
    """Make two tables public together that say the same number, as `publish` does: what is open is settled first."""
    with lock(office.path, now=NOW):
        reconcile(office.path, NOW.isoformat())
        office.stage(changed(THREE, 0, 座席数=seats))
        office.stage([{"地域名": "東", "総人口": seats, "period": "2026-01"}], dataset=COUNT)
        office.release("bench", "people")


def _back(office: Office) -> None:
    restore(office.path.parent / f"{office.path.name}.zip", office.path, office.act("控えから"))


ACTS: Mapping[str, Callable[[Office], object]] = {
    "publish": lambda office: publish_both(office, "5"),
    "rollback": lambda office: rollback(office.path, "bench", None, office.act("誤り")),
    "withdraw": lambda office: withdraw(office.path, "bench", None, office.act("個人の名前")),
    "restore": _back,
}


def main(town: str, act: str, kill_at: int) -> None:
    """Do it, and stop in the middle."""
    touched = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal touched
        if event in _TOUCHES and town in str(arguments):
            touched += 1
            if touched == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    ACTS[act](Office(Path(town)))
    print(touched)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
