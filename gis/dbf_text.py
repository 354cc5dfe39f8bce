"""The values of one text column of a .dbf: decoded strictly and at once; a value that the width cut inside a character too."""

import codecs
from collections.abc import Sequence
from dataclasses import dataclass

BETWEEN = b"\x1f"
"""Stands between the values of a column that is decoded at once; no byte of a CP932, EUC-JP or UTF-8 character."""


@dataclass(frozen=True, slots=True)
class Column:
    """`joined`: the values without their padding, `BETWEEN` between them; `width`: bytes that each had room for."""

    name: bytes
    joined: bytes
    width: int

    def is_cut_only(self, encoding: str) -> bool:
        """Say whether every value decodes, or would if the width had not cut its last character."""
        return all(decodes(value, encoding) or self._whole(value, encoding) is not None for value in self._values())

    def without_cut(self, encoding: str) -> tuple[bytes, tuple[int, ...]]:
        """Return the joined values without the pieces of cut characters, and the numbers, from 1, of the values they ended."""
        if decodes(self.joined, encoding):
            return self.joined, ()
        values, cut = self._values(), []
        for place, value in enumerate(values):
            whole = None if decodes(value, encoding) else self._whole(value, encoding)
            if whole is not None:
                values[place] = whole
                cut.append(place + 1)
        return BETWEEN.join(values), tuple(cut)

    def _values(self) -> list[bytes]:
        return self.joined.split(BETWEEN)

    def _whole(self, value: bytes, encoding: str) -> bytes | None:
        """Return a value that fills its width without the piece of a character at its end; None when that does not help."""
        if len(value) < self.width:
            return None
        decoder = codecs.getincrementaldecoder(encoding)("strict")
        try:
            decoder.decode(value)
        except UnicodeDecodeError:
            return None
        piece = len(decoder.getstate()[0])
        return value[: len(value) - piece]


def decodes(raw: bytes, encoding: str) -> bool:
    """Say whether bytes decode strictly."""
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def is_utf8(columns: Sequence[Column]) -> bool:
    """Say whether bytes are UTF-8 beyond doubt: two half-width kana of CP932 can look like one short UTF-8 character."""
    joined = b" ".join(column.without_cut("utf-8")[0] for column in columns)
    return decodes(joined, "utf-8") and any(character >= "\u0800" for character in joined.decode("utf-8"))


def first_bad(columns: Sequence[Column]) -> tuple[str, int]:
    """Return heading and record number, from 1, of the first value that is not CP932, else not UTF-8."""
    for encoding in ("cp932", "utf-8"):
        for column in columns:
            for number, value in enumerate(column.joined.split(BETWEEN), 1):
                if not decodes(value, encoding):
                    return column.name.decode("cp932", "replace"), number
    return "", 0
