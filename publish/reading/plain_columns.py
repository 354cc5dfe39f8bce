"""Plain columns: the texts of a plain sheet put into its columns, from the pool of distinct ones or the cells themselves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from publish.reading.cell_parts import Integers, Mask, NotPlainError
from publish.reading.cell_text import rendered
from publish.reading.grid import place_cells
from publish.reading.sheet import Cell
from publish.reading.workbook_facts import numbers_as_text
from publish.table.file_facts import Rows
from publish.table.position import column_letter

_MOST_TEXT = 1 << 30
"""Bytes of all texts together: few strings can fill very many cells."""


class Pool:
    """Distinct values as texts, numbered from 1; 0 is the empty text."""

    def __init__(self, values: Sequence[Cell]) -> None:
        column: Sequence[Cell] = ["", *values]
        self.texts = rendered(column).combine_chunks()
        self.lengths = pc.binary_length(self.texts).to_numpy()
        self.says_number = np.zeros(len(column), bool)
        for rows in numbers_as_text([column], place_cells([self.texts])).values():
            self.says_number[rows - 1] = True


@dataclass(frozen=True, slots=True)
class Placed:
    """The cells of some rows: where they stand, where in the pool their texts are, and those whose texts are not."""

    row: Integers
    column: Integers
    places: Integers
    own: Integers
    """Cells whose text is not in the pool; their place there is 0."""
    own_texts: pa.Array
    own_says_number: Mask


def columns_of(placed: Sequence[Placed], pool: Pool) -> tuple[pa.Table, Mapping[str, Rows]]:
    """Return the columns up to the last cell, and by column letter the rows in which a text says a number.

    Raises NotPlainError when the texts are more than fit into memory.
    """
    placed = [one for one in placed if len(one.row)]
    if sum(int(pool.lengths[one.places].sum()) for one in placed) > _MOST_TEXT:
        raise NotPlainError
    width = max((int(one.column.max()) + 1 for one in placed), default=0)
    chunks: list[list[pa.Array]] = [[] for _ in range(width)]
    numbers: list[list[Rows]] = [[] for _ in range(width)]
    above = 0
    for one in placed:
        for place, (texts, says_number) in enumerate(_columns(one, above, width, pool)):
            chunks[place].append(texts)
            numbers[place].append(np.flatnonzero(says_number) + above + 1)
        above = int(one.row[-1])
    said = {column_letter(place): np.concatenate(rows) for place, rows in enumerate(numbers)}
    cells = place_cells([pa.chunked_array([pa.concat_arrays(parts)]) for parts in chunks])
    return cells, {letter: rows for letter, rows in said.items() if len(rows)}


def _columns(cells: Placed, above: int, width: int, pool: Pool) -> Iterator[tuple[pa.Array, Mask]]:
    """Give for every column its texts in the rows behind `above`, and which of them say a number."""
    height = int(cells.row[-1]) - above
    order = np.argsort(cells.column.astype(np.int16), kind="stable")
    bounds = np.searchsorted(cells.column[order], np.arange(width + 1))
    own = np.full(len(cells.row), -1, np.int64)
    own[cells.own] = np.arange(len(cells.own))
    for place in range(width):
        here = order[bounds[place] : bounds[place + 1]]
        rows = cells.row[here] - above - 1
        which = own[here]
        if len(here) == height and (which >= 0).all():
            yield cells.own_texts.take(pa.array(which)), cells.own_says_number[which]
            continue
        places = np.zeros(height, np.int64)
        places[rows] = cells.places[here]
        texts, says_number = pool.texts.take(pa.array(places)), pool.says_number[places]
        rows, which = rows[which >= 0], which[which >= 0]
        if len(rows):
            mask = np.zeros(height, bool)
            mask[rows] = True
            texts = pc.replace_with_mask(texts, pa.array(mask), cells.own_texts.take(pa.array(which)))
            says_number[rows] = cells.own_says_number[which]
        yield texts, says_number
