"""Postal codes: seven digits without a hyphen, as the national rule has them (4258502); full width and 〒 taken off.

Six digits get back the zero that a spreadsheet took only where the column itself has codes that begin so.
"""

import re
from collections.abc import Sequence

from catalog.dataset import Field
from publish.parsers.parser import Parser, Reader, Reading
from publish.parsers.width import half_width

_CODE = re.compile(r"〒?\s*([0-9]{3})[ ‐‑–—―−ー-]?([0-9]{4})")
_SHORT = re.compile("[1-9][0-9]{5}")


def _reader(values: Sequence[str], _field: Field) -> Reader:
    areas = {found[1] for value in values if (found := _CODE.fullmatch(half_width(value)))}
    return lambda text: _read(text) or _with_zero(half_width(text), areas)


def _read(text: str) -> Reading | None:
    found = _CODE.fullmatch(half_width(text))
    return Reading(f"{found[1]}{found[2]}", "postal-form") if found else None


def _with_zero(digits: str, areas: set[str]) -> Reading | None:
    """Return six digits with the zero they lost, where another code of the column is of the same area."""
    lost = bool(_SHORT.fullmatch(digits)) and f"0{digits[:2]}" in areas
    return Reading(f"0{digits}", "lost-zero") if lost else None


PARSER = Parser(lambda _field: "[0-9]{7}", _reader, asks=True)
