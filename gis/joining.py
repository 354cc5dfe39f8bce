"""Joining by key: a ledger with one row per key, geometry with any number of pieces per key; unmatched sides stay known."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from gis.geometry import Geometries, type_ids

_COLLECT = {0: shapely.multipoints, 1: shapely.multilinestrings, 3: shapely.multipolygons}


@dataclass(frozen=True, slots=True)
class Joined:
    """`geometries`: object[N], one per ledger row; the other two are row indexes of the sides that found no partner."""

    geometries: Geometries
    ledger_only: npt.NDArray[np.intp]
    pieces_only: npt.NDArray[np.intp]


def join(ledger: Sequence[str], pieces: Sequence[str], geometries: Geometries) -> Joined:
    """Give each ledger row all pieces of its key as one geometry: one piece as it is, several as a multiple geometry.

    Keys are equal when their NFKC forms without outer spaces are; a blank key matches nothing.
    """
    wanted = [match_key(text) for text in ledger]
    given = [match_key(text) for text in pieces]
    places: dict[str, list[int]] = {}
    for index, key in enumerate(given):
        places.setdefault(key, []).append(index)
    collected = {key: _collected(geometries[places[key]]) for key in set(wanted) if key and key in places}
    joined: Geometries = np.full(len(wanted), None, dtype=object)
    for index, key in enumerate(wanted):
        joined[index] = collected.get(key)
    ledger_only = [index for index, key in enumerate(wanted) if key not in collected]
    pieces_only = [index for index, key in enumerate(given) if key not in collected]
    return Joined(joined, np.asarray(ledger_only, np.intp), np.asarray(pieces_only, np.intp))


def match_key(text: str) -> str:
    """Return the form in which two writings of one key are equal."""
    return unicodedata.normalize("NFKC", text).strip()


def _collected(pieces: Geometries) -> shapely.Geometry | None:
    pieces = pieces[~shapely.is_missing(pieces)]
    if len(pieces) <= 1:
        return pieces[0] if len(pieces) else None
    parts = shapely.get_parts(pieces)
    kinds = set(type_ids(parts).tolist())
    collect = _COLLECT.get(kinds.pop()) if len(kinds) == 1 else None
    return collect(parts) if collect else shapely.geometrycollections(parts)
