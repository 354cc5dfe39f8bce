"""Cell parts: a piece of a sheet's XML cut at the same places of every cell, found from where the tags begin.

Nothing is checked here but that the places follow each other; what stands between them is (`plain_writings`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

Integers = np.ndarray[tuple[int], np.dtype[np.int64]]
Codes = np.ndarray[tuple[int], np.dtype[np.uint8]]
Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]
SPACED = b' xml:space="preserve"'
_BEFORE_CELL, _BEFORE_ROW = b'<c r="', b'<row r="'
_PAST = bytes(24)
"""Behind a piece, so that looking past its last tag finds nothing."""
_TAGS = 6
"""Of the longest cell: a text that stands in the cell itself."""
_ROW_DIGITS = 7


class NotPlainError(Exception):
    """A sheet is written in a way that is left to the workbook library."""


@dataclass(frozen=True, slots=True)
class CellParts:
    """The cells of some rows in the order of the file."""

    row: Integers
    """Counted from 1."""
    column: Integers
    """Counted from 0."""
    first: Mask
    """Cells that do not stand directly behind another."""
    row_of_first: Integers
    """The number that the tag before each of these has, which is that of a row."""
    valued: Mask
    paired: Mask
    """Cells without a value that have a closing tag."""
    texts: pa.Array
    """Binary, of every cell what stands before it, its address, its header, its value and what closes it; then what is left."""

    def take(self, part: int, cells: Integers) -> pa.Array:
        """Return of some cells what stands before (0; behind all of them too), address, header, value or what closes it (4)."""
        return self.texts.take(pa.array(cells * 5 + part))


def cut(piece: bytes) -> CellParts:
    """Cut a piece of XML. Raises NotPlainError where an address or the order of tags is none that a plain cell has."""
    codes = np.frombuffer(piece + _PAST, np.uint8)
    tags = np.append(np.flatnonzero(codes == ord("<")), [len(piece)] * _TAGS)
    kinds = codes[tags + 1]
    cells = np.flatnonzero(kinds == ord("c"))
    inline = kinds[cells + 1] == ord("i")
    valued = inline | (kinds[cells + 1] == ord("v"))
    paired = ~valued & (kinds[cells + 1] == ord("/")) & (codes[tags[cells + 1] + 2] == ord("c"))
    size = np.where(valued, 4 + 2 * inline, 1 + paired)
    first = np.append(True, cells[1:] != (cells + size)[:-1])[: len(cells)]
    address = tags[cells] + len(_BEFORE_CELL)
    row, column, header = _addresses(codes, address)
    text = tags[cells + 1 + inline]
    value = text + len("<v>") * valued + len(SPACED) * (inline & (codes[text + 2] == ord(" ")))
    closing = np.where(valued, tags[cells + 2 + inline], value)
    behind = np.where(valued, tags[cells + size - 1], closing) + len("</c>") * (valued | paired)
    row_of_first, _ = _numbers(codes, tags[cells[first] - 1] + len(_BEFORE_ROW))
    return CellParts(row, column, first, row_of_first, valued, paired, _texts(piece, (address, header, value, closing, behind)))


def _texts(piece: bytes, bounds: Sequence[Integers]) -> pa.Array:
    """Return what stands between the bounds, of which every cell has one each, without copying it."""
    offsets = np.zeros(len(bounds) * len(bounds[0]) + 2, np.int32)
    for place, bound in enumerate(bounds, 1):
        offsets[place : -1 : len(bounds)] = bound
    offsets[-1] = len(piece)
    if (offsets[1:] < offsets[:-1]).any():
        raise NotPlainError
    return pa.Array.from_buffers(pa.binary(), len(offsets) - 1, [None, pa.py_buffer(offsets), pa.py_buffer(piece)])


def _addresses(codes: Codes, start: Integers) -> tuple[Integers, Integers, Integers]:
    """Return row, column and end of the addresses that begin at some places."""
    column = codes[start] - np.int64(ord("A") - 1)
    end = start + 1
    letters = _is_letter(codes[start])
    if not letters.all():
        raise NotPlainError
    for _ in range(2):
        letters = letters & _is_letter(codes[end])
        if letters.any():
            column = np.where(letters, column * 26 + codes[end] - (ord("A") - 1), column)
            end = end + letters
    if (codes[end] == ord("0")).any():
        raise NotPlainError
    row, end = _numbers(codes, end)
    return row, column - 1, end


def _numbers(codes: Codes, start: Integers) -> tuple[Integers, Integers]:
    """Return the numbers of rows that begin at some places, and where they end."""
    number, end = np.zeros(len(start), np.int64), start
    for _ in range(_ROW_DIGITS):
        digit = codes[end] - np.uint8(ord("0"))
        more = digit < 10
        if not more.any():
            break
        number = np.where(more, number * 10 + digit, number)
        end = end + more
    return number, end


def _is_letter(codes: Codes) -> Mask:
    return codes - np.uint8(ord("A")) < 26
