"""Two coordinates in one cell, latitude first: "34.342286,134.055021" → 緯度, 経度."""

import re
import unicodedata

from publish.parsers.parser import Splitter

_PAIR = re.compile(r"\(?\s*(-?[0-9]{1,3}(?:\.[0-9]+)?)\s*[,、\s]\s*(-?[0-9]{1,3}(?:\.[0-9]+)?)\s*\)?")


def split_pair(text: str) -> tuple[str, str] | None:
    """Return the two numbers of a cell as they are written, or None when it is not two numbers."""
    found = _PAIR.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return (found[1], found[2]) if found else None


def _split(text: str) -> tuple[str, ...] | None:
    pair = split_pair(text)
    return pair if pair and abs(float(pair[0])) <= 90 and abs(float(pair[1])) <= 180 else None


SPLITTER = Splitter(2, _split)
