"""Numerals as everybody writes them: ASCII digits, a minus in front, a point between digits. No other counts as proven."""

import numpy as np

from publish.checking.octets import Mask, Octets, Rows

_ZERO, _MINUS, _POINT = ord("0"), ord("-"), ord(".")
_NINE = 9


def numerals(octets: Octets, longest: int, *, sign: bool = True, point: bool = False) -> Mask:
    """Say which texts are such numerals of at most `longest` bytes; `sign` allows the minus, `point` the point."""
    lengths = octets.lengths
    plain = (lengths > 0) & (lengths <= longest)
    odd = np.flatnonzero(octets.data - _ZERO > _NINE)
    if len(odd):
        rows = octets.rows_of(odd)
        fine = np.zeros(len(odd), bool)
        if sign:
            fine |= _minus(octets, odd, rows)
        if point:
            fine |= _point(octets, odd, rows)
        plain[rows[~fine]] = False
    return plain


def _minus(octets: Octets, odd: Rows, rows: Rows) -> Mask:
    first, last = odd == octets.starts[rows], odd == octets.ends[rows] - 1
    return np.asarray((octets.data[odd] == _MINUS) & first & ~last)


def _point(octets: Octets, odd: Rows, rows: Rows) -> Mask:
    """A point stands after a digit, not at the end, and once."""
    first, last = odd == octets.starts[rows], odd == octets.ends[rows] - 1
    point = octets.data[odd] == _POINT
    after_digit = octets.data[odd - 1] - _ZERO <= _NINE
    found = np.flatnonzero(point)
    again = np.zeros(len(odd), bool)
    again[found[1:]] = rows[found[1:]] == rows[found[:-1]]
    return np.asarray(point & after_digit & ~first & ~last & ~again)
