"""Coordinates to decimal degrees (or metres, as they stand): full width, 北緯 or N, °, and degrees, minutes and seconds.

35°12'34.5", 35度12分34.5秒, 35-12-34.5, 35.12.34.5, N35 12 34.5 are read. 351234.5 is read where it can be no metres: with
a letter or 北緯 before it, of seven figures, or in a column that is all such. 3512345 has lost its point: it is left.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from catalog.dataset import Field
from publish.parsers.parser import Parser, Reader, Reading
from publish.parsers.width import half_width

_AXIS = re.compile(r"(?P<before>北緯|東経|[NE])?\s*[:.]?\s*(?P<number>[-0-9].*?)\s*(?P<after>[NE])?", re.IGNORECASE)
_DECIMAL = re.compile(r"(-?[0-9]{1,9}(?:\.[0-9]+)?)[°度]?")
_SIXTIETHS = re.compile(
    r"([0-9]{2,3})(?:[°度]\s*|[-:\s])([0-9]{1,2})(?:['′’分](?:\s*([0-9]{1,2}(?:\.[0-9]+)?)(?:[\"″”秒]|''|′′)?)?|[-:\s]([0-9]{1,2}(?:\.[0-9]+)?))"
)
_MINUTES = re.compile(r"([0-9]{2,3})[°度]\s*([0-9]{1,2}\.[0-9]+)['′’分]")
_POINTS = re.compile(r"([0-9]{2,3})\.([0-9]{1,2})\.([0-9]{1,2}\.[0-9]+)")
"""With a fraction: 35.12.34 may be 35.1234 with a point too many, unless N or 北緯 stands before it."""
_WHOLE_POINTS = re.compile(r"([0-9]{2,3})\.([0-9]{1,2})\.([0-9]{1,2})")
_PACKED = re.compile(r"([0-9]{2,3})([0-9]{2})([0-9]{2}\.[0-9]+)")
_PROOF = 5
"""Different cells of the form 351234.5 that prove degrees: of metres the minutes and seconds exceed 59 somewhere."""
_NORTH, _BETWEEN = ("北緯", "N"), 100
"""No latitude of Japan exceeds 100 degrees, and every longitude does."""
_PLACES = Decimal("0.00000001")
"""Of a degree: about a millimetre, finer than any second that is written."""


def _reader(values: Sequence[str], _field: Field) -> Reader:
    packed = _is_packed(values)
    return lambda text: _read(text, packed)


def _is_packed(values: Sequence[str]) -> bool:
    """Say whether a column is all degrees, minutes and seconds without anything between them."""
    found = [_PACKED.fullmatch(half_width(text)) for text in values[: 2 * _PROOF]]
    if len(values) < _PROOF or None in found:
        return False
    return all((match := _PACKED.fullmatch(half_width(text))) and _in_japan(_degrees(*match.groups())) for text in values)


def _read(text: str, packed: bool) -> Reading | None:
    half = half_width(text).replace("−", "-")
    if found := _DECIMAL.fullmatch(half):
        alone = Reading(found[1], "number-width" if found[0] == found[1] else "number-unit")
        return _sixtieths(half, sure=packed) or (None if alone.text == text else alone)
    axis = _AXIS.fullmatch(half)
    if axis is None or (axis["before"] and axis["after"]):
        return None
    letter = (axis["before"] or axis["after"] or "").upper()
    if letter and (found := _DECIMAL.fullmatch(axis["number"])) and _in_japan(Decimal(found[1])):
        reading: Reading | None = Reading(found[1], "number-unit")
    else:
        reading = _sixtieths(axis["number"], sure=bool(letter) or packed)
    return reading if reading and (not letter or (Decimal(reading.text) < _BETWEEN) == (letter in _NORTH)) else None


def value_of(text: str) -> Decimal | None:
    """Return the number of one coordinate by itself, None where it is none."""
    reading = _read(text, packed=False)
    decimal = _DECIMAL.fullmatch(half_width(text))
    return Decimal(reading.text) if reading else Decimal(decimal[1]) if decimal else None


def _sixtieths(text: str, *, sure: bool) -> Reading | None:
    """Return degrees, minutes and seconds as degrees; without anything between them only where that is sure."""
    found = _SIXTIETHS.fullmatch(text) or _MINUTES.fullmatch(text) or _POINTS.fullmatch(text)
    if found is None and (packed := _PACKED.fullmatch(text)) and (sure or len(packed[1]) > 2):
        found = packed
    if found is None and sure:
        found = _WHOLE_POINTS.fullmatch(text)
    value = _degrees(*(piece for piece in found.groups() if piece)) if found else None
    written = format(value.quantize(_PLACES), "f").rstrip("0").rstrip(".") if value is not None and _in_japan(value) else ""
    return Reading(written, "coordinate-degrees") if written else None


def _degrees(degrees: str, minutes: str, seconds: str = "0") -> Decimal | None:
    """Return the sum, None where minutes or seconds exceed 59."""
    if Decimal(minutes) >= 60 or Decimal(seconds) >= 60:
        return None
    return Decimal(degrees) + Decimal(minutes) / 60 + Decimal(seconds) / 3600


def _in_japan(value: Decimal | None) -> bool:
    """Say whether a number can be a latitude or longitude of Japan."""
    return value is not None and (20 <= value <= 46 or 122 <= value <= 154)


PARSER = Parser(lambda _field: r"-[0-9]+(?:\.[0-9]+)?|[0-9]{1,5}(?:\.[0-9]+)?|[0-9]{6,}", _reader, asks=True)
