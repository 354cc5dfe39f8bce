"""Run `machizu check` on many files, each in a process of its own with limits, and tell as JSON lines what each came to.

Started as a program with a folder of files. Everything is imported once; a fork for each file costs a few milliseconds and
keeps what kills one file from the others.
"""

import contextlib
import io
import json
import os
import resource
import signal
import sys
import time
from pathlib import Path

MEMORY = 4 << 30
SECONDS = 10
"""Of CPU for one file; the wall clock gets more, as the machine may be busy."""


def check(path: Path, out: int) -> None:
    """Check one file in this process, write its exit code and what it said, and end."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from api.cli.main import main

    said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    sys.argv = ["machizu", "check", str(path), "--lang", "ja"]
    code: object = "traceback"
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            main()
    except SystemExit as left:
        code = left.code
    except BaseException as problem:  # any that gets here would be a traceback for the clerk
        code = f"{type(problem).__name__}: {problem}"[:500]
    said.flush()
    text = said.buffer.getvalue().decode("utf-8", "replace")  # type: ignore[attr-defined]
    os.write(out, json.dumps([code, text[:4000]]).encode())
    os._exit(0)


def outcome(path: Path) -> dict[str, object]:
    """Fork, check, and return exit code (or what ended the process instead), words, and seconds of CPU."""
    reading, writing = os.pipe()
    start = time.monotonic()
    child = os.fork()
    if child == 0:
        os.close(reading)
        signal.alarm(12 * SECONDS)
        check(path, writing)
    os.close(writing)
    with open(reading, "rb") as pipe:
        told = pipe.read()
    _, status, used = os.wait4(child, 0)
    code, said = json.loads(told) if told else (f"ended by signal {os.waitstatus_to_exitcode(status)}", "")
    cpu = used.ru_utime + used.ru_stime
    return {"file": path.name, "exit": code, "said": said, "cpu": cpu, "wall": time.monotonic() - start, "peak": used.ru_maxrss}


def prepare(good: Path) -> None:
    """Import and read what every check needs, by checking a good file."""
    from datetime import date

    import gis.vector_file  # noqa: F401
    import publish.reading.workbook  # noqa: F401
    from api.cli.checking import answers
    from publish.answering.text import tell

    _, found = answers([str(good)], good.parent, date(2026, 11, 20))
    assert tell(found[0], "ja")


if __name__ == "__main__":
    good, folder = map(Path, sys.argv[1:])
    prepare(good)
    for path in sorted(folder.iterdir()):
        print(json.dumps(outcome(path)), flush=True)
