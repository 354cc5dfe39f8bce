"""Forms: for each type of Table Schema the writings that are proven to be read, and how they compare.

What a form accepts, frictionless 5.21 reads without a type error (`frictionless/fields/*.py`); what it does not accept may
still be fine and is asked about. Types and formats without a form here (uri, geojson, duration …) are always asked about.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from publish.checking.fixed_width import Moments
from publish.checking.numeral import numerals
from publish.checking.octets import Mask, Octets
from publish.checking.values import LONGEST_PLAIN

Numbers = npt.NDArray[np.int64] | npt.NDArray[np.float64]
_INTEGER_LENGTH = 18
"""Digits that fit into 64 bits in any case."""
_EXACT_LENGTH = 15
"""Significant digits of which no two numbers have the same nearest double (IEEE 754, binary64)."""
_BARE = frozenset({"bareNumber", "groupChar", "decimalChar", "floatNumber"})
_TRUE, _FALSE = ("true", "True", "TRUE", "1"), ("false", "False", "FALSE", "0")
_DATE, _TIME = "%Y-%m-%d", "%H:%M:%S"
_DEFAULTS = {"date": _DATE, "time": _TIME, "datetime": f"{_DATE}T{_TIME}"}
_YEAR_MONTH = Moments(7, {4: ord("-")}, {"Y": 0, "m": 5})


class Form(ABC):
    """A type as it is written. `sizes`: whether length and pattern apply to it."""

    sizes = False

    @abstractmethod
    def read(self, cells: pa.StringArray) -> Mask:
        """Say which texts are provably read."""

    def settled(self, cells: pa.StringArray) -> Mask:
        """Say which texts are read as a value that no other such text is read as, and that `values.Values` writes the same."""
        return np.zeros(len(cells), bool)


class Measured(Form):
    """A type whose values have an order."""

    @abstractmethod
    def measure(self, cells: pa.StringArray) -> tuple[Mask, Numbers]:
        """Return what `read` does, and numbers in the order of the values; any number where nothing is read."""

    def exact(self, cells: pa.StringArray) -> Mask:
        """Say which texts that are read have a number that says all: any other such text with it has the same value."""
        return np.ones(len(cells), bool)


class TextForm(Form):
    """Any text: types string and any."""

    def __init__(self, *, sizes: bool) -> None:
        self.sizes = sizes

    def read(self, cells: pa.StringArray) -> Mask:
        return np.ones(len(cells), bool)

    def settled(self, cells: pa.StringArray) -> Mask:
        return self.read(cells)


class WordForm(Form):
    """One of some words: boolean."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = pa.array(words, pa.string())

    def read(self, cells: pa.StringArray) -> Mask:
        return np.asarray(pc.is_in(cells, value_set=self._words))


class IntegerForm(Measured):
    """Whole numbers that fit into 64 bits."""

    def read(self, cells: pa.StringArray) -> Mask:
        return numerals(Octets.of(cells), _INTEGER_LENGTH)

    def measure(self, cells: pa.StringArray) -> tuple[Mask, Numbers]:
        return _cast(cells, self.read(cells), pa.int64())

    def settled(self, cells: pa.StringArray) -> Mask:
        return np.asarray(pc.match_substring_regex(cells, r"\A(?:0|-?[1-9][0-9]{0,16})\z"))


class YearForm(IntegerForm):
    """Four digits."""

    def read(self, cells: pa.StringArray) -> Mask:
        octets = Octets.of(cells)
        return np.asarray(numerals(octets, 4, sign=False) & (octets.lengths == 4))

    def settled(self, cells: pa.StringArray) -> Mask:
        return np.asarray(pc.match_substring_regex(cells, r"\A[1-9][0-9]{3}\z"))


class DecimalForm(Measured):
    """Decimal numbers, measured as the nearest double: in their order, but long ones may share one."""

    def read(self, cells: pa.StringArray) -> Mask:
        return numerals(Octets.of(cells), LONGEST_PLAIN, point=True)

    def measure(self, cells: pa.StringArray) -> tuple[Mask, Numbers]:
        return _cast(cells, self.read(cells), pa.float64())

    def exact(self, cells: pa.StringArray) -> Mask:
        return np.asarray(Octets.of(cells).lengths <= _EXACT_LENGTH)

    def settled(self, cells: pa.StringArray) -> Mask:
        whole, broken = r"0|-?[1-9][0-9]*", r"-?(?:0|[1-9][0-9]*)\.[0-9]*[1-9]"
        return np.asarray(pc.match_substring_regex(cells, rf"\A(?:{whole}|{broken})\z")) & self.read(cells)


class MomentForm(Measured):
    """Dates and times of fixed width. `settles`: whether they are written as `values.Values` writes them."""

    def __init__(self, moments: Moments, *, settles: bool = False) -> None:
        self._moments = moments
        self._settles = settles

    def read(self, cells: pa.StringArray) -> Mask:
        return self.measure(cells)[0]

    def measure(self, cells: pa.StringArray) -> tuple[Mask, Numbers]:
        return self._moments.read(Octets.of(cells))

    def settled(self, cells: pa.StringArray) -> Mask:
        return self.read(cells) if self._settles else super().settled(cells)


def form(field: Mapping[str, Any]) -> Form | None:
    """Return the form of a field's descriptor, None where nothing about its type is proven."""
    kind = field.get("type", "string")
    return _FORMS[kind](field) if kind in _FORMS else None


def _string(field: Mapping[str, Any]) -> Form | None:
    return TextForm(sizes=True) if field.get("format", "default") == "default" else None


def _integer(field: Mapping[str, Any]) -> Form | None:
    return None if _BARE & set(field) else IntegerForm()


def _number(field: Mapping[str, Any]) -> Form | None:
    return None if _BARE & set(field) else DecimalForm()


def _boolean(field: Mapping[str, Any]) -> Form | None:
    words = [*field.get("trueValues", _TRUE), *field.get("falseValues", _FALSE)]
    return WordForm(words) if all(isinstance(word, str) for word in words) else None


def _moment(field: Mapping[str, Any]) -> Form | None:
    written = field.get("format", "default")
    if written == "any" or written.startswith("fmt:"):
        return None
    moments = Moments.written(_DEFAULTS[field["type"]] if written == "default" else written)
    settles = field["type"] == "date" and written in ("default", _DATE)
    return MomentForm(moments, settles=settles) if moments else None


def _cast(cells: pa.StringArray, read: Mask, kind: pa.DataType) -> tuple[Mask, Numbers]:
    texts = cells if read.all() else pc.if_else(pa.array(read), cells, "0")
    return read, np.asarray(pc.cast(texts, kind))


_FORMS: Mapping[str, Callable[[Mapping[str, Any]], Form | None]] = {
    "any": lambda _: TextForm(sizes=False),
    "string": _string,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "year": lambda _: YearForm(),
    "yearmonth": lambda _: MomentForm(_YEAR_MONTH),
    "date": _moment,
    "time": _moment,
    "datetime": _moment,
}
