"""Two coordinates in one cell, longitude first: "134.055021 34.342286" → 経度, 緯度."""

from publish.parsers.lat_lon import split_pair
from publish.parsers.parser import Splitter


def _split(text: str) -> tuple[str, ...] | None:
    pair = split_pair(text)
    return pair if pair and abs(float(pair[0])) <= 180 and abs(float(pair[1])) <= 90 else None


SPLITTER = Splitter(2, _split)
