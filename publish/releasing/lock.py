"""The lock of a town: one run at a time writes to its site. Held by the operating system, so a crash never leaves it.

`log/lock` is what the system locks; `log/lock.json` says who holds it (host, process, since when). A lock of this machine
whose process died is free at once; one of another machine (a shared folder) cannot be asked, so a person decides with
`--break-lock`. They are two files because reading a locked file and closing it would let go of a POSIX record lock.
"""

import json
import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from catalog.errors import MustWait

FILE = Path("log") / "lock"
HOLDER = "lock.json"
_held: dict[Path, tuple[int, int]] = {}
"""Locks of this process: thread and how often it entered. The system's lock does not tell threads apart."""
_guard = threading.Lock()


@contextmanager
def lock(town: Path, *, now: datetime, break_lock: bool = False) -> Iterator[None]:
    """Hold a town's lock; MustWait when another run has it. The same thread may enter again.

    `break_lock` takes over the lock of another machine, never one that a living process of this machine holds.
    """
    path = (town / FILE).resolve()
    if not _enter(path):
        raise _busy(_holder(path))
    try:
        if _held[path][1] > 1:
            yield
        else:
            with _open(path) as file:
                _take(file, path, now, break_lock)
                try:
                    yield
                finally:
                    path.with_name(HOLDER).unlink(missing_ok=True)
    finally:
        _leave(path)


def holder(town: Path) -> dict[str, str]:
    """Return what the lock says: host, process, since; empty when nobody holds it."""
    return _holder(town / FILE)


def _enter(path: Path) -> bool:
    thread = threading.get_ident()
    with _guard:
        owner, depth = _held.get(path, (thread, 0))
        if owner != thread:
            return False
        _held[path] = (thread, depth + 1)
        return True


def _leave(path: Path) -> None:
    with _guard:
        owner, depth = _held.pop(path)
        if depth > 1:
            _held[path] = (owner, depth - 1)


def _open(path: Path) -> BinaryIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "r+b")


def _take(file: BinaryIO, path: Path, now: datetime, break_lock: bool) -> None:
    if not _system_lock(file):
        raise _busy(_holder(path))
    known = _holder(path)
    if known and known.get("host") != socket.gethostname() and not break_lock:
        raise _busy(known)
    said = {"host": socket.gethostname(), "process": str(os.getpid()), "since": now.isoformat(timespec="seconds")}
    path.with_name(HOLDER).write_bytes(json.dumps(said).encode())


def _holder(path: Path) -> dict[str, str]:
    try:
        data = json.loads(path.with_name(HOLDER).read_bytes())
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in data.items()} if isinstance(data, dict) else {}


def _busy(known: dict[str, str]) -> MustWait:
    host, since = known.get("host", "?"), known.get("since", "?")
    return MustWait(
        f"別の machizu がこの町のフォルダーを使っています({host}、{since} から)。",
        f"Another machizu is working in this town folder (on {host}, since {since}).",
        fix_ja="終わるまで待ってください。その機械で動いていないと分かっているときだけ --break-lock を付けてください。",
        fix_en="Wait until it is done. Only if you know that nothing runs there any more, add --break-lock.",
        code="locked",
    )


if sys.platform == "win32":
    import msvcrt

    def _system_lock(file: BinaryIO) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _system_lock(file: BinaryIO) -> bool:
        # A record lock belongs to the process, not to the open file: worker processes do not inherit it.
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
