"""Plain writings: the few ways in which spreadsheets write cells and rows, to which everything but a value must keep.

A single other byte makes a sheet not plain, so that nothing is read here that a parser of XML would read otherwise
(ECMA-376 part 1, 18.3.1.4, 18.3.1.53, 18.3.1.73 and 18.3.1.96).
"""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from publish.reading.cell_parts import SPACED, CellParts, NotPlainError

_CELL = re.compile(rb'\s*<c r="')
_INLINE = rb'"(?: s="[0-9]{1,5}" t="inlineStr"| t="inlineStr"(?: s="[0-9]{1,5}")?)><is><t(?:' + SPACED + rb")?>"
_VALUED = re.compile(rb'"(?: s="[0-9]{1,5}"(?: t="[a-z]{1,3}")?| t="[a-z]{1,3}"(?: s="[0-9]{1,5}")?)?><v>|' + _INLINE)
_TEXT = re.compile(rb'.* t="(?:str|inlineStr)".*')
_CLOSED, _OPEN = (re.compile(rb'"(?: s="[0-9]{1,5}")?(?: t="[A-Za-z]{1,9}")?' + end) for end in (rb"/>\s*", b">"))
_CLOSES, _CLOSES_EMPTY = re.compile(b"</v></c>|</t></is></c>"), re.compile(b"</c>")
_ROW_TAG = r'<row r="[0-9]{1,7}"(?: [A-Za-z0-9:]+="[^"<>]*")*\s*'
_BETWEEN_ROWS = rf'\s*</row>\s*(?:{_ROW_TAG}(?:/>|>\s*</row>)\s*)*{_ROW_TAG}>\s*<c r="'
_ROWS, _WHOLE = re.compile(_BETWEEN_ROWS.encode()), f"^{_BETWEEN_ROWS}$"
_HIDDEN = 'hidden="[^0f]'
"""Which hidden rows hold something is told by a survey only."""
_ROW_ENDED, _ROW_BEGUN = b"</row>", b'<row r="1"><c r="'
"""What makes of the beginning and the end of a piece something that stands between two rows."""
_NUMBERED = re.compile(rb'<row r="([0-9]+)"')


def headers_of(parts: CellParts) -> pa.DictionaryArray:
    """Return the headers of the cells with a value, when all cells are written in one of the three ways known."""
    valued, paired = parts.valued, parts.paired
    headers = parts.take(2, np.flatnonzero(valued)).dictionary_encode()
    _all_match(headers.dictionary, _VALUED)
    _all_match(parts.take(4, np.flatnonzero(valued)).unique(), _CLOSES)
    if not valued.all():
        _all_match(parts.take(2, np.flatnonzero(paired)).unique(), _OPEN)
        _all_match(parts.take(4, np.flatnonzero(paired)).unique(), _CLOSES_EMPTY)
        _all_match(parts.take(2, np.flatnonzero(~valued & ~paired)).unique(), _CLOSED)
    return headers


def check_empty(headers: pa.DictionaryArray, values: pa.Array) -> None:
    """Only of texts that stand in the cell itself is an empty one a value."""
    empty = headers.filter(pc.equal(pc.binary_length(values), 0))
    _all_match(empty.dictionary_decode().unique(), _TEXT)


def _all_match(texts: pa.Array, pattern: re.Pattern[bytes]) -> None:
    if not all(map(pattern.fullmatch, texts.to_pylist())):
        raise NotPlainError


def last_row_without_cells(parts: CellParts) -> int:
    """Check what stands between cells and between rows; return the highest number of a row in which no cell stands."""
    inner = np.flatnonzero(~parts.first)
    _all_match(parts.take(0, inner).unique(), _CELL)
    outer = parts.take(0, np.setdiff1d(np.arange(len(parts.row) + 1), inner, assume_unique=True))
    first, last = outer[0].as_py(), outer[-1].as_py()
    ends = [_ROW_ENDED + first, last + _ROW_BEGUN] if len(parts.row) else [_ROW_ENDED + first + _ROW_BEGUN]
    middle = outer[1:-1]
    _all_match(pa.array(ends, pa.binary()), _ROWS)
    if not pc.all(pc.match_substring_regex(middle, _WHOLE), min_count=0).as_py():
        raise NotPlainError
    if pc.any(pc.match_substring_regex(pa.concat_arrays([middle, pa.array(ends, pa.binary())]), _HIDDEN)).as_py():
        raise NotPlainError
    several = middle.filter(pc.greater(pc.count_substring(middle, "<row"), 1)).to_pylist()
    return max((int(row) for text in [*several, last] for row in _NUMBERED.findall(text)), default=0)
