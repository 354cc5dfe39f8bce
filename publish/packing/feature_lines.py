"""The lines of a GeoJSON file that we wrote: one feature a line, so that a million of them are read without parsing all."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from catalog.errors import OutsideError

_ID = b'{"type":"Feature","id":'
_GEOMETRY = b',"geometry":'
_PROPERTIES = b',"properties":'


@dataclass(frozen=True, slots=True)
class FeatureLine:
    """One feature: `whole` its bytes as served, `geometry` the bytes of its geometry member (`null` without a place)."""

    id: str
    geometry: bytes
    whole: bytes


def feature_lines(path: Path) -> Iterator[FeatureLine]:
    """Yield the features in file order; OutsideError when a line is not as our writer makes it.

    A quote inside a JSON string is always escaped, so `,"geometry":` cannot stand in an id nor in a cell.
    """
    with path.open("rb") as file:
        for line in file:
            if line.startswith(_ID):
                yield _line(line.rstrip(b"\r\n,"), path.name)


def _line(whole: bytes, name: str) -> FeatureLine:
    start, end = whole.find(_GEOMETRY), whole.find(_PROPERTIES)
    try:
        if not 0 < start < end:
            raise ValueError(whole[:80])
        return FeatureLine(_text(whole[len(_ID) : start]), whole[start + len(_GEOMETRY) : end], whole)
    except ValueError as problem:
        raise OutsideError(f"{name} が壊れています。", f"{name} is damaged.", code="damaged-release") from problem


def _text(quoted: bytes) -> str:
    return str(json.loads(quoted)) if b"\\" in quoted else quoted[1:-1].decode()
