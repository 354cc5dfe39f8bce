"""Numbers of things (ID, 路線番号, 地番, 法人番号): full-width letters, digits and signs to half width; zeros stay.

Every other character stays as the office writes it: 地番 may hold イロハ or 甲乙.
"""

import re

from publish.parsers.parser import Parser, Reading, always

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x2212: 0x2D}
_ANY = re.compile("[！-～　−]")


def _read(text: str) -> Reading | None:
    return Reading(text.translate(_WIDE).strip(), "half-width") if _ANY.search(text) else None


PARSER = Parser(lambda _field: "[^！-～　−]*", always(_read))
