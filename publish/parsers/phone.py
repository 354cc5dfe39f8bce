"""Telephone numbers: full width to half width, TEL before and 代表 behind taken off; grouping is the office's own.

An extension (内線) and several numbers stay as they stand: they are columns of their own.
"""

import re

from publish.parsers.parser import Parser, Reading, always
from publish.parsers.width import half_width

_NUMBER = re.compile(r"[0-9()+ /#-]{3,60}")
_FIRST = "0123456789+("
_DASHES = re.compile(r"(?<=[0-9)])[‐‑‒–—―−ー](?=[0-9(])")
_CALLED = re.compile(r"(?:TEL|電話番号|電話|☎|代表電話)\s*[:.]?\s*", re.IGNORECASE)
_MAIN = re.compile(r"\s*(?:\((?:代表|代)\)|代表)$")


def folded(text: str) -> str:
    """Return a text in half width, with every kind of dash between digits as a hyphen.

    >>> folded("０５４ー６２６−１１１１")
    '054-626-1111'
    """
    return _DASHES.sub("-", half_width(text))


def read_phone(text: str) -> Reading | None:
    """Read one cell that holds a telephone number and no other number's words."""
    half = folded(text)
    if _NUMBER.fullmatch(half):
        return Reading(half, "half-width")
    called = _CALLED.match(half)
    bare = _MAIN.sub("", half[called.end() :] if called else half).strip()
    return Reading(bare, "phone-form") if _NUMBER.fullmatch(bare) and bare[0] in _FIRST else None


PARSER = Parser(lambda _field: "[0-9()+ /#-]+", always(read_phone))
