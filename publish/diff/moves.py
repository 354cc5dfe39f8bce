"""Moves: rows whose geometry is another one, and by how many metres."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from gis.near import distance_m
from publish.packing.feature_lines import feature_lines

_METRES_PER_DEGREE = 111_320.0
"""Of latitude and, at the equator, of longitude: good to half a percent, enough to say how far an outline strays."""


@dataclass(frozen=True, slots=True)
class Move:
    """A row that stands elsewhere: distance of two points, or how far a line or outline strays from the old one."""

    id: str
    metres: float


@dataclass(frozen=True, slots=True)
class Placing:
    """What happened to the places of rows that stand in both files."""

    moved: tuple[Move, ...] = ()
    placed: tuple[str, ...] = ()
    """Ids of rows that had no place and have one now."""
    unplaced: tuple[str, ...] = ()


def placing(before: Path | None, after: Path | None, shared: frozenset[str]) -> Placing:
    """Compare the geometry of the ids in both GeoJSON files.

    Lines are compared as bytes and only those that differ are parsed, so a million unmoved features cost one reading each.
    """
    if before is None or after is None or not shared:
        return Placing()
    old = {line.id: hash(line.geometry) for line in feature_lines(before)}
    differing = {
        line.id: line.geometry for line in feature_lines(after) if line.id in shared and hash(line.geometry) != old[line.id]
    }
    was = {line.id: line.geometry for line in feature_lines(before) if line.id in differing} if differing else {}
    both = [name for name in differing if b"null" not in (was[name], differing[name])]
    metres = distances([was[name] for name in both], [differing[name] for name in both])
    return Placing(
        tuple(Move(name, metre) for name, metre in zip(both, metres, strict=True)),
        tuple(name for name in differing if was[name] == b"null"),
        tuple(name for name in differing if differing[name] == b"null"),
    )


def distances(before: Sequence[bytes], after: Sequence[bytes]) -> list[float]:
    """Return the metres between pairs of GeoJSON geometries in longitude and latitude: along the ellipsoid between two
    points, otherwise how far the shapes stray from each other (Hausdorff distance)."""
    old, new = shapely.from_geojson(np.array(before, dtype=object)), shapely.from_geojson(np.array(after, dtype=object))
    shrink = np.cos(np.radians(shapely.get_y(shapely.centroid(old))))
    metres = shapely.hausdorff_distance(_flat(old, shrink), _flat(new, shrink))
    points = (shapely.get_type_id(old) == 0) & (shapely.get_type_id(new) == 0)
    ends = (shapely.get_x(old[points]), shapely.get_y(old[points]), shapely.get_x(new[points]), shapely.get_y(new[points]))
    metres[points] = distance_m(*ends)
    return [float(distance) for distance in metres]


def _flat(geometries: npt.NDArray[np.object_], shrink: npt.NDArray[np.float64]) -> npt.NDArray[np.object_]:
    """Return longitude and latitude as metres on a plane; `shrink` is the cosine of each geometry's latitude."""
    xy, index = shapely.get_coordinates(geometries, return_index=True)
    plane = np.column_stack([xy[:, 0] * shrink[index], xy[:, 1]]) * _METRES_PER_DEGREE
    flat: npt.NDArray[np.object_] = shapely.set_coordinates(geometries.copy(), plane)
    return flat
