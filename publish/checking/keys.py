"""Duplicates: values as numbers, one per row, and the rows that repeat an earlier one."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from publish.checking.octets import Prints, Rows

Codes = npt.NDArray[np.int64]
MISSING = -1
BETWEEN = "\x1f"
"""Between the texts of a key: no cell holds the sign."""


def joined(cells: pa.Table, names: Sequence[str]) -> pa.Array:
    """Return the texts of some columns as one text per row, equal where all of them are."""
    return pc.binary_join_element_wise(*(cells.column(name).combine_chunks() for name in names), BETWEEN)


def text_codes(column: pa.ChunkedArray) -> Codes:
    """Return one number per row of a text column, equal where texts are; MISSING for null."""
    encoded = column.combine_chunks().dictionary_encode()
    return np.asarray(encoded.indices.fill_null(MISSING)).astype(np.int64)


def suspects(prints: Prints) -> Rows:
    """Return the rows that share their print with another: only they can repeat a value.

    Sorting numbers costs a tenth of comparing texts, and most keys have nothing to compare.
    """
    ordered = np.sort(prints)
    shared = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    if not len(shared):
        return np.empty(0, np.int64)
    place = np.minimum(np.searchsorted(shared, prints), len(shared) - 1)
    return np.flatnonzero(shared[place] == prints)


def repeated(codes: Codes) -> tuple[Rows, Rows]:
    """Return the rows whose value stood in an earlier row, and that first row of each; missing values never repeat."""
    present = np.flatnonzero(codes != MISSING)
    _, first, group = np.unique(codes[present], return_index=True, return_inverse=True)
    first_of = first[group] if len(present) else group
    again = first_of != np.arange(len(present))
    return present[again], present[first_of[again]]


def combined(columns: Sequence[Codes]) -> Codes:
    """Return one number per row for a key of several columns; MISSING where every column is."""
    together = columns[0] + 1
    empty = columns[0] == MISSING
    for codes in columns[1:]:
        _, together = np.unique(together * (codes.max(initial=0) + 2) + codes + 1, return_inverse=True)
        empty &= codes == MISSING
    return np.where(empty, MISSING, together).astype(np.int64)
