"""Coordinates in decimal degrees or metres: full width and a trailing degree sign only. Degrees-minutes-seconds are left."""

import re
import unicodedata

from publish.parsers.parser import Parser, Reading, always

_DECIMAL = re.compile(r"(-?[0-9]{1,9}(?:\.[0-9]+)?)[°度]?")


def _read(text: str) -> Reading | None:
    found = _DECIMAL.fullmatch(unicodedata.normalize("NFKC", text).replace("−", "-").strip())
    return Reading(found[1], "number-width" if found[0] == found[1] else "number-unit") if found else None


PARSER = Parser(lambda _field: r"-?[0-9]+(?:\.[0-9]+)?", always(_read))
