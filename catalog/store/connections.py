"""Connections to one serve.sqlite: read-only, shared by threads through a small pool, each use with a time limit."""

import sqlite3
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from catalog.errors import OutsideError

_STEPS = 2_000
"""SQLite asks for the time after this many of its virtual machine's steps (well under a millisecond)."""

_IDLE = 16
"""Connections kept open; a burst opens more and closes them again."""


class TooMuchWork(OutsideError):
    """A query was stopped because it took longer than one reader may keep the server busy."""

    code = "too-much-work"


class Connections:
    """A pool over one file that never changes while it stands; `close` lets go of it, also on Windows."""

    def __init__(self, path: Path, seconds: float) -> None:
        self._address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._seconds = seconds
        self._idle: deque[sqlite3.Connection] = deque()
        self._closed = False

    @contextmanager
    def borrow(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection; TooMuchWork when the time is up before the work is done."""
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._open()
        deadline = time.monotonic() + self._seconds
        connection.set_progress_handler(lambda: int(time.monotonic() > deadline), _STEPS)
        try:
            yield connection
        except sqlite3.OperationalError as problem:
            if "interrupted" not in str(problem):
                raise
            raise TooMuchWork(
                "検索に時間がかかりすぎるため、中止しました。",
                "The search took too long and was stopped.",
                fix_ja="範囲や言葉をしぼって、もう一度お試しください。",
                fix_en="Narrow the area or the words and try again.",
            ) from problem
        finally:
            self._give_back(connection)

    def close(self) -> None:
        """Close what is idle now, and what is lent out when it comes back."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._address, uri=True, check_same_thread=False, isolation_level=None)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA query_only = 1")
        connection.execute("PRAGMA mmap_size = 268435456")
        return connection

    def _give_back(self, connection: sqlite3.Connection) -> None:
        if self._closed or len(self._idle) >= _IDLE:
            connection.close()
        else:
            self._idle.append(connection)
