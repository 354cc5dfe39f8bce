"""Numbers: full width, thousands separators, the definition's unit and its relatives, ▲, 漢数字, 約, 100.0 for an integer.

A cell may begin with the name of its column (標高:34.90m, 海抜5m). A range, a bound (100人以上), rounded digits (1.2E+05), a
list, or a sign that nobody defined is left as it is. 1、234 is read only where the column proves that 、 separates thousands.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from catalog.dataset import Field
from publish.parsers.kanji_number import kanji_number
from publish.parsers.parser import Parser, Reader, Reading
from publish.parsers.units import writings
from publish.parsers.width import half_width

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_THOUSANDS = re.compile("[0-9]{1,3}(?:,[0-9]{3})+")
_LISTED = re.compile(r"[0-9]{1,3}(?:、[0-9]{3})+(?:\.[0-9]+)?")
_WHOLE = re.compile(r"([0-9]+)\.0+")
_ABOUT = re.compile(r"(?:約|およそ|おおよそ|おおむね|概ね)\s*")
_SIGN = re.compile(r"(?:[▲△]\s*|[-−‐‑–—―+])(?=[.0-9])")
"""▲ and △ before a number are the minus of Japanese accounts."""
_PARTS = {"½": "0.5", "¼": "0.25", "¾": "0.75"}
_HALVES = re.compile("([0-9]*)([½¼¾])")
_PROOF = 3
"""Cells of the form 1、234 that a column must have: fewer may be lists of two numbers."""
_LONGEST = 60
_WEIGHT = ("converted", "named", "about", "fraction", "kanji", "minus", "unit", "separator", "integer", "point", "width")
"""What was done to a number, the most telling first: it is recorded as the reason."""


def _plain(field: Field) -> str:
    return "-?[0-9]+" if field.type == "integer" else r"-?[0-9]+(?:\.[0-9]+)?"


def _reader(values: Sequence[str], field: Field) -> Reader:
    whole, listed = field.type == "integer", _lists_thousands(values, field.unit)
    named = _own_name(field)

    def read(text: str) -> Reading | None:
        if found := _read(text, field.unit, whole=whole, listed=listed):
            return found
        name = named.match(half_width(text[:_LONGEST]))
        rest = _read(half_width(text)[name.end() :], field.unit, whole=whole, listed=listed) if name else None
        return replace(rest, reason="number-named") if rest else None

    return read


def _own_name(field: Field) -> re.Pattern[str]:
    """Return what a cell may begin with: the name of its column, with or without a colon."""
    names = sorted(map(half_width, (field.name, *field.aliases)), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, names))})\s*[:=]?\s*")


def _lists_thousands(values: Sequence[str], unit: str) -> bool:
    """Say whether a column proves that 、 separates thousands: whatever is larger has it, in groups of three digits only."""
    marked = [half_width(value) for value in values if "、" in value]
    if len(marked) < _PROOF or not all(map(_LISTED.fullmatch, marked)):
        return False
    others = (_read(value, unit, whole=False, listed=False) for value in values if "、" not in value)
    return not any("," in half_width(value) for value in values) and all(
        abs(Decimal(reading.text)) < 1000 for reading in others if reading
    )


def _read(text: str, unit: str, *, whole: bool, listed: bool) -> Reading | None:
    if len(text) > _LONGEST:
        return None
    half = half_width(text)
    if listed and _LISTED.fullmatch(half):
        half = half.replace("、", ",")
    if _THOUSANDS.fullmatch(half):
        return Reading(half.replace(",", ""), "number-separator")  # nearly all that has to be read
    about = _ABOUT.match(half)
    rest = half[about.end() :] if about else half
    sign = _SIGN.match(rest)
    rest, worth = _without_unit(rest[sign.end() :] if sign else rest, unit)
    done = {"width"} | ({"about"} if about else set()) | ({"minus"} if sign and sign[0] not in "+-" else set())
    value = _value(rest, done)
    if value is not None and worth is not None:
        done.add("unit" if worth == 1 else "converted")
        value = value if worth == 1 else _written(Decimal(value) * worth)
    if value is not None and whole and (exact := _WHOLE.fullmatch(value)):
        value = exact[1]
        done.add("integer")
    if value is None or (whole and "." in value):
        return None
    negative = sign is not None and sign[0] != "+"
    return Reading(f"-{value}" if negative else value, f"number-{next(one for one in _WEIGHT if one in done)}")


def _without_unit(text: str, unit: str) -> tuple[str, Decimal | None]:
    """Return a number without what stands behind it as unit, and what that is worth; None where there is no unit."""
    if unit == "円" and text.startswith("¥"):
        return text[1:].strip(), Decimal(1)
    if _NUMBER.fullmatch(text):
        return text, None
    lower = text.lower()
    for writing, worth in writings(unit).items():
        if lower.endswith(writing) and len(text) > len(writing):
            return text[: -len(writing)].strip(), worth
    return text, None


def _value(text: str, done: set[str]) -> str | None:
    """Return the digits of a number without sign and unit, None where it is none; what was done to them goes to `done`."""
    if _NUMBER.fullmatch(text):
        return text
    if len(text) > 1 and "." in text and _NUMBER.fullmatch(f"0{text}0"):
        done.add("point")
        return f"0{text}" if text[0] == "." else text[:-1]
    if _GROUPED.fullmatch(text):
        done.add("separator")
        return text.replace(",", "")
    if found := _HALVES.fullmatch(text):
        done.add("fraction")
        return _written(Decimal(found[1] or 0) + Decimal(_PARTS[found[2]]))
    value = kanji_number(text)
    if value is not None:
        done.add("kanji")
    return None if value is None else _written(value)


def _written(value: Decimal) -> str:
    """Return a number in digits, without zeros behind the point."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


PARSER = Parser(_plain, _reader, asks=True)
