"""Decoding: bytes to UTF-8, strictly, in pieces of whole lines: a million rows never stand in memory as one str.

A line ends with the same byte in each of these encodings, and that byte is part of no other character.
"""

import codecs
from collections.abc import Iterator

from publish.reading.euc_jp import EucDecoder

_BLOCK = 1 << 20
_LINE_ENDS = (b"\n", b"\r")
_LENIENT = "\x80\xa0\uf8f0\uf8f1\uf8f2\uf8f3"
"""What Python's cp932 makes of single bytes that stand for nothing (80, A0, FD–FF)."""


def pieces(data: bytes, codec: str) -> Iterator[bytes]:
    """Give a text as UTF-8, piece by piece; UnicodeError at the first piece that is no text of the encoding."""
    view = memoryview(data)
    for start, end in _cuts(data):
        yield _strictly(view[start:end], codec).encode("utf-8")


def decodes(data: bytes, codec: str) -> bool:
    """Say whether bytes are a text of an encoding."""
    try:
        for _ in pieces(data, codec):
            pass
    except UnicodeError:
        return False
    return True


def first_bad(data: bytes, codec: str) -> int:
    """Return the offset of the first byte that an encoding refuses, 0 when it refuses none: its piece is found first."""
    view = memoryview(data)
    for start, end in _cuts(data):
        try:
            _strictly(view[start:end], codec)
        except UnicodeError:
            return _first_bad_line(data[start:end], codec) + start
    return 0


def _first_bad_line(piece: bytes, codec: str) -> int:
    place = 0
    for line in piece.splitlines(keepends=True):
        try:
            _strictly(line, codec)
        except UnicodeError as problem:
            return place + getattr(problem, "start", 0)
        place += len(line)
    return 0


def _cuts(data: bytes) -> Iterator[tuple[int, int]]:
    """Give begin and end of each piece; a block in which no line ends goes on to the next line end."""
    start = 0
    while start < len(data):
        end = start + _BLOCK
        if end < len(data):
            end = max(data.rfind(mark, start, end) for mark in _LINE_ENDS) + 1
        if not end:
            following = [place for mark in _LINE_ENDS if (place := data.find(mark, start)) >= 0]
            end = min(following, default=len(data)) + 1
        yield start, min(end, len(data))
        start = end


def _strictly(piece: bytes | memoryview, codec: str) -> str:
    if codec == "euc-jp":
        return EucDecoder().decode(piece, True)
    text = codecs.decode(piece, codec)
    if codec == "cp932" and any(character in text for character in _LENIENT):
        raise UnicodeError(codec)
    return text
