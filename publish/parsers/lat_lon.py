"""Two coordinates in one cell, latitude first: "34.342286,134.055021", "北緯34度20分 東経134度3分" → 緯度, 経度."""

import re

from publish.parsers.coordinate import value_of
from publish.parsers.parser import Splitter
from publish.parsers.width import half_width

_BETWEEN = re.compile(r"\s*[,、/;]\s*|\s+|(?<=.)(?=東経|北緯)")
_NORTH, _EAST = 90, 180


def split_pair(text: str, first: int, second: int) -> tuple[str, str] | None:
    """Return the two coordinates of a cell as they are written, where it can be taken apart in one way only.

    `first`, `second`: what they may not exceed.
    """
    half = half_width(text).strip("() ")
    pairs = {(half[: cut.start()].strip(), half[cut.end() :].strip()) for cut in _BETWEEN.finditer(half)}
    fitting = [pair for pair in pairs if _within(pair[0], first) and _within(pair[1], second)]
    return fitting[0] if len(fitting) == 1 else None


def _within(text: str, most: int) -> bool:
    value = value_of(text)
    return value is not None and abs(value) <= most


SPLITTER = Splitter(2, lambda text: split_pair(text, _NORTH, _EAST))
