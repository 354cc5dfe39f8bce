"""法人番号 to thirteen digits: from full width, with hyphens or the T of an invoice, where the check digit is right."""

import re

from catalog.corporate_number import is_valid
from publish.parsers.parser import Parser, Reading, always
from publish.parsers.width import half_width

_BETWEEN = re.compile(r"[\s‐‑‒–—―−ー-]")


def _read(text: str) -> Reading | None:
    half = half_width(text)
    digits = _BETWEEN.sub("", half).removeprefix("T").removesuffix(".0")
    if not is_valid(digits):
        return None
    return Reading(digits, "half-width" if digits == half else "number-form")


PARSER = Parser(lambda _field: "[0-9]{13}", always(_read))
