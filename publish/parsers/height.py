"""A height and its kind in one cell: "標高:34.90m", "海抜３．５ｍ", "3階" → 高度の種別, 高度の値."""

import re

from publish.parsers.parser import Splitter
from publish.parsers.width import half_width

_METRES = re.compile(
    r"(標高|海抜|地表高|地上高|T\.?P\.?)\s*[:=]?\s*\(?\s*([-+]?[0-9]+(?:\.[0-9]+)?)\s*(?:m|メートル)?\s*\)?", re.IGNORECASE
)
_STOREY = re.compile(r"(?:階数\s*[:=]?\s*)?([0-9]{1,3})階")
_TOKYO_PEIL = "T"
"""Heights above T.P., the mean sea level of Tokyo Bay, are what 標高 means (測量法施行令第2条)."""


def _split(text: str) -> tuple[str, ...] | None:
    half = half_width(text)
    if found := _METRES.fullmatch(half):
        kind = "標高" if found[1].upper().startswith(_TOKYO_PEIL) else found[1]
        return (kind, found[2].removeprefix("+"))
    storey = _STOREY.fullmatch(half)
    return ("階数", storey[1]) if storey else None


SPLITTER = Splitter(2, _split)
