"""Postal codes: seven digits without a hyphen, as the national rule has them (4258502); full width and 〒 taken off."""

import re
import unicodedata

from publish.parsers.parser import Parser, Reading, always

_CODE = re.compile(r"〒?\s*([0-9]{3})[-‐‑–—―−ー]?([0-9]{4})")


def _read(text: str) -> Reading | None:
    found = _CODE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return Reading(f"{found[1]}{found[2]}", "postal-form") if found else None


PARSER = Parser(lambda _field: "[0-9]{7}", always(_read))
