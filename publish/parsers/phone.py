"""Telephone numbers: full width to half width, nothing else; grouping is the office's own."""

import re
import unicodedata

from publish.parsers.parser import Parser, Reading, always

_NUMBER = re.compile(r"[0-9()+ -]{3,30}")
_DASHES = re.compile(r"(?<=[0-9)])[‐‑‒–—―−ー](?=[0-9(])")


def _read(text: str) -> Reading | None:
    folded = _DASHES.sub("-", unicodedata.normalize("NFKC", text).strip())
    return Reading(folded, "half-width") if _NUMBER.fullmatch(folded) else None


PARSER = Parser(lambda _field: "[0-9()+ -]+", always(_read))
