"""The acceptor: passes only cells that are provably valid; about every other cell the residue is asked.

It may therefore be wrong in one way only, by accepting too much; tests hold it to that against frictionless itself.
Each constraint is a condition that narrows what the form of the type reads; a constraint that cannot be proven, or that
the type does not have, leaves nothing accepted.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from publish.checking.expression import for_re2
from publish.checking.forms import Form, Measured, Numbers, form
from publish.checking.octets import Mask, Octets

Condition = Callable[[pa.StringArray], Mask]
Bound = Callable[[pa.StringArray, Numbers], Mask]
_BOUNDS = {
    "minimum": (np.greater, True),
    "maximum": (np.less, True),
    "exclusiveMinimum": (np.greater, False),
    "exclusiveMaximum": (np.less, False),
}
"""On which side of a bound values must lie, and whether they may lie on it."""
_ELSEWHERE = ("required", "unique")
"""Constraints about missing and repeated values, which are no question to a single text."""


class Acceptor:
    """What can be proven about the texts of one field; nothing at all when it is turned off."""

    def __init__(self, field: Mapping[str, Any], *, on: bool = True) -> None:
        self._form = form(field) if on else None
        self._conditions: list[Condition] = []
        self._bounds: list[Bound] = []
        self._proves = self._form is not None and all(
            self._take(self._form, name, value)
            for name, value in field.get("constraints", {}).items()
            if value is not None and name not in _ELSEWHERE
        )

    def valid(self, cells: pa.StringArray) -> Mask:
        """Say which texts, none of them a missing value, are provably valid."""
        if self._form is None or not self._proves:
            return np.zeros(len(cells), bool)
        if self._bounds and isinstance(self._form, Measured):
            valid, numbers = self._form.measure(cells)
            for bound in self._bounds:
                valid = valid & bound(cells, numbers)
        else:
            valid = self._form.read(cells)
        for condition in self._conditions:
            valid = valid & condition(cells)
        return valid

    def settled(self, cells: pa.StringArray) -> Mask:
        """Say which texts are read, and as different values where they are different texts: they may stand for them."""
        return np.zeros(len(cells), bool) if self._form is None else self._form.settled(cells)

    def _take(self, form_: Form, name: str, value: Any) -> bool:
        """Add a constraint; False where it cannot be proven."""
        if name in _BOUNDS:
            bound = _bound(form_, name, value)
            self._bounds += [bound] if bound else []
            return bound is not None
        condition = _condition(form_, name, value)
        self._conditions += [condition] if condition else []
        return condition is not None


def _bound(form_: Form, name: str, value: Any) -> Bound | None:
    """A number rounded to the side of the bound is on that side; one that meets it must be exact, and so must the bound."""
    stated = pa.array([str(value) if type(value) in (int, float) else value if isinstance(value, str) else ""], pa.string())
    if not isinstance(form_, Measured) or not form_.read(stated)[0]:
        return None
    side, inclusive = _BOUNDS[name]
    number, exact = form_.measure(stated)[1][0], form_.exact(stated)[0]

    def inside(cells: pa.StringArray, numbers: Numbers) -> Mask:
        within = np.asarray(side(numbers, number))
        met = numbers == number
        return within | (met & form_.exact(cells)) if inclusive and exact and met.any() else within

    return inside


def _condition(form_: Form, name: str, value: Any) -> Condition | None:
    if name == "enum":
        return _one_of(form_, value)
    if not form_.sizes:
        return None
    if name == "pattern":
        return _like(value)
    if name in ("minLength", "maxLength") and type(value) is int:
        return _long(value) if name == "minLength" else _short(value)
    return None


def _one_of(form_: Form, values: Sequence[Any]) -> Condition | None:
    """The very text of a value that is read: typed values that are written differently are left to the residue."""
    if not all(isinstance(value, str) for value in values):
        return None
    texts = pa.array(values, pa.string())
    if not form_.read(texts).all():
        return None
    return lambda cells: np.asarray(pc.is_in(cells, value_set=texts))


def _long(least: int) -> Condition:
    return lambda cells: np.asarray(pc.utf8_length(cells)) >= least


def _short(most: int) -> Condition:
    def short(cells: pa.StringArray) -> Mask:
        """No text has more characters than bytes: they are counted only where the bytes are too many."""
        few = Octets.of(cells).lengths <= most
        return few if few.all() else np.asarray(pc.utf8_length(cells)) <= most

    return short


def _like(pattern: str) -> Condition | None:
    expression = for_re2(pattern)
    if expression is None:
        return None
    try:
        pc.match_substring_regex(pa.array([""]), expression)
    except pa.ArrowInvalid:  # more repetitions than RE2 takes
        return None
    return lambda cells: np.asarray(pc.match_substring_regex(cells, expression))
