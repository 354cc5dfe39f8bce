"""Typed values as texts, so that a key of any type is compared as Arrow text: equal texts stand for equal values."""

from collections.abc import Hashable
from datetime import date, datetime
from decimal import Decimal
from math import isnan
from typing import Any

LONGEST_PLAIN = 40
"""Characters up to which a number stands for itself, with all its digits; a longer one is written by digits and exponent."""
_OTHER = "\0"
"""Begins the text of a value that is neither text, number nor date; no number or date begins with it."""

ALONE = "\0!"
"""Begins the text of a value that equals nothing, not even itself."""


class Values:
    """Writes typed values as texts, equal where the values are; one for all columns that are compared with each other."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}

    def text(self, value: Any) -> str | None:
        """Return the text of a value; for NaN, which equals nothing, a new one each time."""
        if value is None or isinstance(value, str):
            return value
        if equals_nothing(value):
            return f"{ALONE}{self._numbered(object())}"
        if isinstance(value, int | float | Decimal):
            return _plain(Decimal(value))
        if isinstance(value, date) and not isinstance(value, datetime):
            return value.isoformat()
        return self._numbered(_hashable(value))

    def _numbered(self, value: Hashable) -> str:
        return f"{_OTHER}{self._numbers.setdefault(value, len(self._numbers))}"


def equals_nothing(value: Any) -> bool:
    """Say whether a value is NaN, which is not equal to itself either."""
    return (isinstance(value, Decimal) and value.is_nan()) or (isinstance(value, float) and isnan(value))


def _hashable(value: Any) -> Hashable:
    if isinstance(value, list):
        return list, tuple(map(_hashable, value))
    if isinstance(value, dict):
        return dict, frozenset((key, _hashable(inner)) for key, inner in value.items())
    hashable: Hashable = value
    return hashable


def _plain(number: Decimal) -> str:
    """Write a number in one way only: no sign of zero, no leading zero, none after the last decimal place."""
    if not number.is_finite():
        return str(number)
    if not number:
        return "0"
    sign, figures, exponent = number.as_tuple()
    digits = "".join(map(str, figures)).rstrip("0")
    point = len(figures) + int(exponent)
    minus = "-" if sign else ""
    if abs(point) < LONGEST_PLAIN and len(digits) < LONGEST_PLAIN:
        whole, broken = digits[: max(point, 0)].ljust(point, "0") or "0", "0" * -point + digits[max(point, 0) :]
        plain = f"{minus}{whole}.{broken}" if broken.strip("0") else f"{minus}{whole}"
        if len(plain) <= LONGEST_PLAIN:
            return plain
    return f"{minus}{digits}e{point}"
