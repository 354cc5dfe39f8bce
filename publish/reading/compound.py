"""Compound file: the container of old Office files, a small file system in a file (MS-CFB), to the bytes of one stream."""

import struct
from collections.abc import Iterator

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA
"""Sector numbers from here on are marks: end of chain, free, table."""
_ENTRY = 128
_HEADED = 109
"""Sectors of the allocation table that the header itself names."""


class Compound:
    """An opened container; ValueError when it contradicts itself."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 512 or not data.startswith(MAGIC):
            raise ValueError("no compound file")
        self._data = data
        self._size = 1 << _within(struct.unpack_from("<H", data, 30)[0], 7, 16)
        self._table = self._allocation()
        self._entries = dict(self._directory(struct.unpack_from("<I", data, 48)[0]))

    @property
    def names(self) -> frozenset[str]:
        """What the streams and folders are called."""
        return frozenset(self._entries)

    def stream(self, name: str) -> bytes:
        """Return the bytes of a stream; KeyError when there is none of that name."""
        start, size = self._entries[name]
        small = struct.unpack_from("<I", self._data, 56)[0]
        return (self._short(start) if size < small else self._chain(start))[:size]

    def _allocation(self) -> list[int]:
        numbers = list(struct.unpack_from(f"<{_HEADED}I", self._data, 76))
        following, left = struct.unpack_from("<2I", self._data, 68)
        while following < _LAST and left:
            more = self._numbers(self._sector(following))
            numbers += more[:-1]
            following, left = more[-1], left - 1
        table: list[int] = []
        for number in numbers:
            if number < _LAST:
                table += self._numbers(self._sector(number))
        return table

    def _directory(self, start: int) -> Iterator[tuple[str, tuple[int, int]]]:
        entries = self._chain(start)
        for place in range(0, len(entries) - _ENTRY + 1, _ENTRY):
            length = struct.unpack_from("<H", entries, place + 64)[0]
            if 2 <= length <= 64:
                name = entries[place : place + length - 2].decode("utf-16-le", "replace")
                yield name, struct.unpack_from("<2I", entries, place + 116)

    def _short(self, start: int) -> bytes:
        """Return a short stream, which lies in pieces of 64 bytes within the stream of the root."""
        table = self._numbers(self._chain(struct.unpack_from("<I", self._data, 60)[0]))
        pieces = self._chain(self._entries["Root Entry"][0])
        return b"".join(pieces[number * 64 : number * 64 + 64] for number in _linked(table, start))

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, _linked(self._table, start)))

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    @staticmethod
    def _numbers(data: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def _linked(table: list[int], start: int) -> Iterator[int]:
    """Follow a chain of sectors; one that comes back to itself is damaged."""
    number, steps = start, 0
    while number < _LAST:
        if number >= len(table) or steps > len(table):
            raise ValueError("a chain of sectors leads nowhere")
        yield number
        number, steps = table[number], steps + 1


def _within(value: int, lowest: int, highest: int) -> int:
    if not lowest <= value <= highest:
        raise ValueError("impossible size of sectors")
    return value
