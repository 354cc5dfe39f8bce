"""Plain cells: the cells of a piece of a sheet's XML that is written as spreadsheets write it, all found at once."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from publish.reading.cell_parts import CellParts, Integers, NotPlainError, cut
from publish.reading.plain_writings import check_empty, headers_of, last_row_without_cells

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


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
    parts = cut(piece)
    headers, empty_row = headers_of(parts), last_row_without_cells(parts)
    values = parts.take(3, np.flatnonzero(parts.valued))
    check_empty(headers, values)
    last = _in_order(parts, after)
    last_row = max(empty_row, int(parts.row[-1]) if len(parts.row) else 0)
    width = int(parts.column.max()) + 1 if len(parts.column) else 0
    return PlainCells(parts.row[parts.valued], parts.column[parts.valued], headers, values, last, last_row, width)


def _in_order(parts: CellParts, after: int) -> int:
    """Return the place of the last cell; each must be in its row, behind the one before, and within a sheet."""
    row, column, first = parts.row, parts.column, parts.first
    if not len(row):
        return after
    place = row * _LAST_COLUMN + column
    within = row.min() >= 1 and row.max() <= _LAST_ROW and column.max() < _LAST_COLUMN
    in_row = (row[first] == parts.row_of_first).all() and (row[1:] == row[:-1])[~first[1:]].all()
    if not (within and in_row and place[0] > after and (np.diff(place) > 0).all()):
        raise NotPlainError
    return int(place[-1])
