"""Two coordinates in one cell, longitude first: "134.055021 34.342286", "POINT(134.055 34.342)" → 経度, 緯度."""

import re

from publish.parsers.lat_lon import split_pair
from publish.parsers.parser import Splitter
from publish.parsers.width import half_width

_POINT = re.compile(r"POINT\s*\((.*)\)", re.IGNORECASE)


def _split(text: str) -> tuple[str, ...] | None:
    point = _POINT.fullmatch(half_width(text))
    return split_pair(point[1] if point else text, 180, 90)


SPLITTER = Splitter(2, _split)
