"""Telephone numbers: full width to half width, nothing else; grouping is the office's own."""

import re
import unicodedata

from publish.parsers.parser import Parser, Reading, always

_NUMBER = re.compile(r"[0-9()+ /#-]{3,60}")
_DASHES = re.compile(r"(?<=[0-9)])[‐‑‒–—―−ー](?=[0-9(])")


def folded(text: str) -> str:
    """Return a text in half width, with every kind of dash between digits as a hyphen.

    >>> folded("０５４ー６２６−１１１１")
    '054-626-1111'
    """
    return _DASHES.sub("-", unicodedata.normalize("NFKC", text).strip())


def _read(text: str) -> Reading | None:
    half = folded(text)
    return Reading(half, "half-width") if _NUMBER.fullmatch(half) else None


PARSER = Parser(lambda _field: "[0-9()+ /#-]+", always(_read))
