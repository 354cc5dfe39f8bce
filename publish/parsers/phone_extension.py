"""A telephone number and its extension in one cell: "054-626-1111(内線123)" → 電話番号, 内線番号."""

import re

from publish.parsers.parser import Splitter
from publish.parsers.phone import folded, read_phone

_BOTH = re.compile(r"([0-9()+ -]{3,40}?)\s*\(?\s*内線\s*[:.]?\s*([0-9]{1,6})\s*\)?")


def _split(text: str) -> tuple[str, ...] | None:
    half = folded(text)
    if found := _BOTH.fullmatch(half):
        return (found[1], found[2])
    return (half, "") if read_phone(text) else None


SPLITTER = Splitter(2, _split)
