"""Duplicates as frictionless sees them: typed values are compared (1.0 equals 1.00), unreadable cells count as missing."""

from collections.abc import Hashable, Sequence
from decimal import Decimal
from math import isnan
from typing import Any

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int64]
Rows = npt.NDArray[np.int64]
MISSING = -1


def value_codes(typed: Sequence[Any], codes: Codes) -> Codes:
    """Return one number per row, equal where typed values are equal, MISSING where there is none.

    `typed` are the values of the distinct texts, `codes` the text of every row. NaN equals nothing, not even itself.
    """
    numbers: dict[Hashable, int] = {}
    of_text = np.fromiter((_number(value, numbers) for value in typed), np.int64, len(typed))
    of_row = of_text[codes] if len(typed) else np.empty(0, np.int64)
    loners = np.flatnonzero(of_row == _LONER)
    of_row[loners] = len(numbers) + np.arange(len(loners))
    return of_row


_LONER = -2


def _number(value: Any, numbers: dict[Hashable, int]) -> int:
    if value is None:
        return MISSING
    if (isinstance(value, Decimal) and value.is_nan()) or (isinstance(value, float) and isnan(value)):
        return _LONER
    return numbers.setdefault(value, len(numbers))


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
