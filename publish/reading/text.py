"""Text: the lines of a file as valid UTF-8, decoded while they are read, so that one piece is parsed as the next is decoded."""

import io
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import pyarrow as pa

from catalog.errors import UnusableSource
from publish.reading.decoding import pieces

_END_OF_FILE = b"\x1a"
"""What programs of the days of MS-DOS put behind the last line (Ctrl-Z); old ones repeat it up to the next full block."""
_DISK_BLOCK = 4096
_LINE_ENDS = (b"\n", b"\r")


class Text:
    """A whole text without byte-order mark and end mark; `encoding` is how the file has it.

    May be read several times, and by several threads.
    """

    def __init__(self, data: bytes, encoding: str, codec: str = "", refuse: Callable[[], UnusableSource] | None = None) -> None:
        """Take the bytes of a text in UTF-8, or in the encoding of a `codec`: `refuse` makes the error when they are none."""
        self.encoding = encoding
        self._data = _without_end_mark(data)
        self._coming = pieces(self._data, codec) if codec else iter([self._data] if self._data else [])
        self._refuse = refuse
        self._kept = list[bytes]()
        self._lock = Lock()

    def __iter__(self) -> Iterator[bytes]:
        """Give the text as UTF-8 in pieces of whole lines; UnusableSource where it is none.

        The next piece is decoded by a thread while the last one is worked on.
        """
        with ThreadPoolExecutor(1) as ahead:
            piece, number = self._piece(0), 0
            while piece:
                number += 1
                following = ahead.submit(self._piece, number)
                yield piece
                piece = following.result()

    def _piece(self, number: int) -> bytes:
        with self._lock:
            try:
                while len(self._kept) <= number:
                    self._kept.append(next(self._coming))
            except StopIteration:
                return b""
            except UnicodeError as problem:
                raise (self._refuse() if self._refuse else problem) from problem
            return self._kept[number]

    @property
    def utf8(self) -> pa.Buffer:
        """The whole text, which is one piece from then on; UnusableSource when it is none."""
        for _ in self:
            pass
        with self._lock:
            if len(self._kept) > 1:
                self._kept = [_joined(self._kept)]
            return pa.py_buffer(self._kept[0] if self._kept else b"")

    @property
    def head(self) -> bytes:
        """The first piece."""
        return self._piece(0)

    @property
    def is_cut_off(self) -> bool:
        """Whether no line end follows the last line."""
        return not self._data.endswith(_LINE_ENDS)

    def holds(self, pattern: bytes) -> bool:
        """Say whether digits, signs or blanks of ASCII stand in the text, without decoding it.

        Such bytes (below 40) are part of no other character in the encodings that are decoded piece by piece.
        """
        return re.search(re.escape(pattern), self._data) is not None  # far faster than `in` where one of the bytes is frequent


def _without_end_mark(data: bytes) -> bytes:
    if not data.endswith(_END_OF_FILE):
        return data
    tail = data[-_DISK_BLOCK:]
    return data[: len(data) - len(tail) + len(tail.rstrip(_END_OF_FILE))]


def _joined(kept: list[bytes]) -> bytes:
    """Put pieces together, each leaving the list as it is written: they would be in memory beside the whole."""
    out = io.BytesIO()
    kept.reverse()
    while kept:
        out.write(kept.pop())
    return out.getvalue()
