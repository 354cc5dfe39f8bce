"""町字ID to seven digits, as the Address Base Registry has it (大字・町 four, 丁目・小字 three): 1001 and 0001-001 are 0001001.

A spreadsheet takes the zeros in front; a number below 1000 has no 大字・町 and is left.
"""

import re

from publish.parsers.parser import Parser, Reading, always
from publish.parsers.width import half_width

_ID = re.compile(r"([0-9]{1,4})[‐‑‒–—―−ー-]?([0-9]{3})(?:\.0)?")


def _read(text: str) -> Reading | None:
    half = half_width(text)
    found = _ID.fullmatch(half)
    if found is None or not int(found[1]):
        return None
    digits = f"{found[1].zfill(4)}{found[2]}"
    return Reading(digits, "half-width" if digits == half else "town-block")


PARSER = Parser(lambda _field: "[0-9]{7}", always(_read))
