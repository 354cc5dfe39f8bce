"""Plain cells: the cells of a piece of a sheet's XML that is written as spreadsheets write it, all found at once.

Only where the tags begin is looked for. Every byte of the piece then belongs to an address, to attributes, to a value or to
what stands between, and whatever is no value must be one of few known writings. A single other byte makes the piece not plain,
so that nothing is read here that a parser of XML would read otherwise (ECMA-376 part 1, 18.3.1.4 and 18.3.1.73).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Integers = np.ndarray[tuple[int], np.dtype[np.int64]]
Codes = np.ndarray[tuple[int], np.dtype[np.uint8]]
Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]
_PAST = bytes(24)
"""Behind a piece, so that looking past its last tag finds nothing."""
_BEFORE, _ROW_BEFORE = b'<c r="', b'<row r="'
_TAGS = 6
"""Of the longest cell."""
_ROW_DIGITS = 7
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_CELL = re.compile(rb'\s*<c r="')
_CLOSES, _CLOSES_EMPTY = re.compile(b"</v></c>|</t></is></c>"), re.compile(b"</c>")
_SPACED = b' xml:space="preserve"'
_INLINE = rb'"(?: s="[0-9]{1,5}" t="inlineStr"| t="inlineStr"(?: s="[0-9]{1,5}")?)><is><t(?:' + _SPACED + rb")?>"
_VALUED = re.compile(rb'"(?: s="[0-9]{1,5}"(?: t="[a-z]{1,3}")?| t="[a-z]{1,3}"(?: s="[0-9]{1,5}")?)?><v>|' + _INLINE)
_TEXT = re.compile(rb'.* t="(?:str|inlineStr)".*')
_CLOSED, _OPEN = (re.compile(rb'"(?: s="[0-9]{1,5}")?(?: t="[A-Za-z]{1,9}")?' + end) for end in (rb"/>\s*", b">"))
_ROW_TAG = r'<row r="[0-9]{1,7}"(?: [A-Za-z0-9:]+="[^"<>]*")*\s*'
_BETWEEN_ROWS = rf'\s*</row>\s*(?:{_ROW_TAG}(?:/>|>\s*</row>)\s*)*{_ROW_TAG}>\s*<c r="'
_ROWS, _WHOLE = re.compile(_BETWEEN_ROWS.encode()), f"^{_BETWEEN_ROWS}$"
_HIDDEN = 'hidden="[^0f]'
_ROW_ENDED, _ROW_BEGUN = b"</row>", b'<row r="1"><c r="'
"""What makes of the beginning and the end of a piece something that stands between two rows."""
_NUMBERED = re.compile(rb'<row r="([0-9]+)"')


class NotPlainError(Exception):
    """A sheet is written in a way that is left to the workbook library."""


@dataclass(frozen=True, slots=True)
class PlainCells:
    """The cells of some rows that hold a value, in the order of the file."""

    row: Integers
    """Counted from 1."""
    column: Integers
    """Counted from 0."""
    headers: pa.DictionaryArray
    """What is written between address and value: `" s="1" t="b"><v>`, `" t="inlineStr"><is><t>`."""
    values: pa.Array
    """binary, as written between <v> and </v>, or <t> and </t>."""
    last: int
    """Place of the last cell, with or without value: only a greater one may follow."""
    last_row: int
    """The highest number of a row, with or without cells."""
    width: int
    """Columns up to the last cell of any row, with or without value."""


def plain_cells(piece: bytes, after: int = 0) -> PlainCells:
    """Return the cells of whole rows; `after` is the `last` of those before. Raises NotPlainError."""
    codes = np.frombuffer(piece + _PAST, np.uint8)
    tags = np.append(np.flatnonzero(codes == ord("<")), [len(piece)] * _TAGS)
    kinds = codes[tags + 1]
    cells = np.flatnonzero(kinds == ord("c"))
    inline = kinds[cells + 1] == ord("i")
    valued = inline | (kinds[cells + 1] == ord("v"))
    first = tags[cells + 1]
    paired = ~valued & (codes[first + 1] == ord("/")) & (codes[first + 2] == ord("c"))
    address = tags[cells] + len(_BEFORE)
    row, column, header = _addresses(codes, address)
    text = tags[cells + 1 + inline]
    value = text + len("<v>") * valued + len(_SPACED) * (inline & (codes[text + 2] == ord(" ")))
    closing = np.where(valued, tags[cells + 2 + inline], value)
    size = np.where(valued, 4 + 2 * inline, 1 + paired)
    behind = np.where(valued, tags[cells + size - 1], closing) + len("</c>") * (valued | paired)
    parts = _Parts(piece, (address, header, value, closing, behind))
    headers = _checked(parts, valued, paired)
    follows = np.append(cells[1:] == (cells + size)[:-1], False)
    named = _check_between(parts, follows)
    heads = ~np.append(False, follows[:-1])[: len(cells)]
    named_row, _ = _numbers(codes, tags[cells[heads] - 1] + len(_ROW_BEFORE))
    if (row[heads] != named_row).any() or (row[1:] != row[:-1])[follows[:-1]].any():
        raise NotPlainError
    last = _in_order(row, column, after)
    values = parts.take(3, np.flatnonzero(valued))
    _check_empty(headers, values)
    highest = max(named, int(row[-1]) if len(row) else 0)
    width = int(column.max()) + 1 if len(column) else 0
    return PlainCells(row[valued], column[valued], headers, values, last, highest, width)


class _Parts:
    """The piece cut at five places of every cell, without copying it."""

    def __init__(self, piece: bytes, bounds: Sequence[Integers]) -> None:
        self.cells = len(bounds[0])
        offsets = np.zeros(len(bounds) * self.cells + 2, np.int32)
        for place, bound in enumerate(bounds, 1):
            offsets[place : -1 : len(bounds)] = bound
        offsets[-1] = len(piece)
        if (offsets[1:] < offsets[:-1]).any():
            raise NotPlainError
        buffers = [None, pa.py_buffer(offsets), pa.py_buffer(piece)]
        self._parts = pa.Array.from_buffers(pa.binary(), len(offsets) - 1, buffers)
        self._step = len(bounds)

    def take(self, place: int, cells: Integers) -> pa.Array:
        """Return of some cells what stands before (0; behind all of them too), address, header, value or what closes it (4)."""
        return self._parts.take(pa.array(cells * self._step + place))


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


def _in_order(row: Integers, column: Integers, after: int) -> int:
    """Return the place of the last cell; each must be behind the one before and within a sheet."""
    if not len(row):
        return after
    place = row * _LAST_COLUMN + column
    if (
        row.min() < 1
        or row.max() > _LAST_ROW
        or column.max() >= _LAST_COLUMN
        or place[0] <= after
        or (np.diff(place) <= 0).any()
    ):
        raise NotPlainError
    return int(place[-1])


def _checked(parts: _Parts, valued: Mask, paired: Mask) -> pa.DictionaryArray:
    """Return the headers of the cells with a value, when all cells are written in one of the three ways known."""
    headers = parts.take(2, np.flatnonzero(valued)).dictionary_encode()
    _all_match(headers.dictionary, _VALUED)
    _all_match(parts.take(4, np.flatnonzero(valued)).unique(), _CLOSES)
    if not valued.all():
        _all_match(parts.take(2, np.flatnonzero(paired)).unique(), _OPEN)
        _all_match(parts.take(4, np.flatnonzero(paired)).unique(), _CLOSES_EMPTY)
        _all_match(parts.take(2, np.flatnonzero(~valued & ~paired)).unique(), _CLOSED)
    return headers


def _check_empty(headers: pa.DictionaryArray, values: pa.Array) -> None:
    """Only of texts that stand in the cell itself is an empty one a value."""
    empty = headers.filter(pc.equal(pc.binary_length(values), 0))
    _all_match(empty.dictionary_decode().unique(), _TEXT)


def _all_match(texts: pa.Array, pattern: re.Pattern[bytes]) -> None:
    if not all(map(pattern.fullmatch, texts.to_pylist())):
        raise NotPlainError


def _check_between(parts: _Parts, follows: Mask) -> int:
    """Check what stands between cells and between rows; return the highest number of a row in which no cell stands."""
    inner = np.flatnonzero(follows) + 1
    _all_match(parts.take(0, inner).unique(), _CELL)
    outer = parts.take(0, np.setdiff1d(np.arange(parts.cells + 1), inner, assume_unique=True))
    first, last = outer[0].as_py(), outer[-1].as_py()
    ends = [_ROW_ENDED + first, last + _ROW_BEGUN] if parts.cells else [_ROW_ENDED + first + _ROW_BEGUN]
    middle = outer[1:-1]
    _all_match(pa.array(ends, pa.binary()), _ROWS)
    if not pc.all(pc.match_substring_regex(middle, _WHOLE), min_count=0).as_py():
        raise NotPlainError
    if pc.any(pc.match_substring_regex(pa.concat_arrays([middle, pa.array(ends, pa.binary())]), _HIDDEN)).as_py():
        raise NotPlainError
    several = middle.filter(pc.greater(pc.count_substring(middle, "<row"), 1)).to_pylist()
    return max((int(row) for text in [*several, last] for row in _NUMBERED.findall(text)), default=0)
