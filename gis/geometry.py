"""Measures of geometries: kind, box, representative point, what is invalid. Measures, never judges.

Geometries come as object[N] of shapely geometries in degrees of EPSG:6668, None where a row has no place.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

from gis.reference_system import Axes, to_lonlat

Geometries = npt.NDArray[np.object_]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

KINDS = {"point": (0, 4), "line": (1, 5), "polygon": (3, 6)}
"""Kind → shapely type ids of the single and the multiple geometry."""
JAPAN = (122.0, 20.0, 154.0, 46.0)
"""West, south, east, north of a box around Japan (与那国島 to 南鳥島, 沖ノ鳥島 to 択捉島)."""
_LARGEST = 1e9
"""Beyond, a number is no coordinate of anything, in degrees or metres."""
_REASON = re.compile(r"^(.*?)\s*\[(\S+) (\S+)\]$")
_DEGREE = 111_320.0
"""Metres of a degree of latitude, on the average of Japan."""


@dataclass(frozen=True, slots=True)
class Defect:
    """Why a geometry is invalid, in GEOS's words, and where (NaN when GEOS does not say)."""

    index: int
    reason: str
    lon: float
    lat: float


def from_wkb(wkb: pa.Array) -> tuple[Geometries, Mask]:
    """Return the geometries of a binary column and where bytes were given that hold none that can be read."""
    raw = np.asarray(wkb.to_pylist(), dtype=object)
    geometries = shapely.from_wkb(raw, on_invalid="ignore")
    return geometries, shapely.is_missing(geometries) & np.asarray(wkb.is_valid())


def to_wkb(geometries: Geometries) -> pa.Array:
    """Return a binary column, two-dimensional, null where there is no geometry."""
    return pa.array(shapely.to_wkb(geometries, output_dimension=2), pa.binary())


def reproject(geometries: Geometries, crs: str, axes: Axes = "xy") -> Geometries:
    """Return geometries of another system in degrees of EPSG:6668, two-dimensional."""

    def lonlat(coordinates: Floats) -> Floats:
        return np.column_stack(to_lonlat(crs, coordinates[:, 0], coordinates[:, 1], axes))

    return _moved(geometries, lonlat)


def rounded(geometries: Geometries, metres: float) -> Geometries:
    """Return geometries in degrees with every vertex on a grid of about so many metres; lines that vanish become their point.

    A degree of longitude is taken as long as in the middle of the geometries, which is exact enough for one town.
    """
    _, south, _, north = total_bounds(geometries) or (0, 0, 0, 0)
    steps = metres / _DEGREE / np.array([np.cos(np.radians((south + north) / 2)), 1.0])
    return _moved(geometries, lambda coordinates: np.round(coordinates / steps) * steps)


def _moved(geometries: Geometries, move: Callable[[Floats], Floats]) -> Geometries:
    moved: Geometries = shapely.transform(geometries, move, include_z=False)
    return moved


def points(lon: Floats, lat: Floats) -> Geometries:
    """Return points, None where either number is NaN."""
    made: Geometries = np.full(len(lon), None, dtype=object)
    given = np.isfinite(lon) & np.isfinite(lat)
    made[given] = shapely.points(lon[given], lat[given])
    return made


def type_ids(geometries: Geometries) -> npt.NDArray[np.int32]:
    """Return shapely type ids, -1 for None."""
    return np.asarray(shapely.get_type_id(geometries), dtype=np.int32)


def only(geometries: Geometries, rows: Mask) -> Geometries:
    """Return the geometries of some rows, None for the others."""
    some: Geometries = np.full(len(geometries), None, dtype=object)
    some[rows] = geometries[rows]
    return some


def empty(geometries: Geometries) -> Mask:
    """Say where there is nothing to draw: no geometry, or one without coordinates."""
    return np.asarray(shapely.is_missing(geometries) | shapely.is_empty(geometries))


def bounds(geometries: Geometries) -> Floats:
    """Return west, south, east, north of each: N×4, NaN where there is nothing."""
    return np.asarray(shapely.bounds(geometries), dtype=float).reshape(-1, 4)


def drawable(boxes: Floats) -> Mask:
    """Say which boxes have coordinates at all: a GIS writes NaN, infinity or the largest float for "nowhere"."""
    with np.errstate(invalid="ignore"):
        return np.asarray((np.abs(boxes) < _LARGEST).all(axis=1))


def total_bounds(geometries: Geometries) -> tuple[float, float, float, float] | None:
    """Return the box around all, None when nothing is placed."""
    boxes = bounds(geometries)
    boxes = boxes[drawable(boxes)]
    if not len(boxes):
        return None
    west, south = boxes[:, :2].min(axis=0)
    east, north = boxes[:, 2:].max(axis=0)
    return float(west), float(south), float(east), float(north)


def inside_japan(boxes: Floats) -> Mask:
    """Say which boxes lie wholly around Japan; a box that is not finite does not."""
    west, south, east, north = JAPAN
    with np.errstate(invalid="ignore"):
        return np.asarray((boxes[:, 0] >= west) & (boxes[:, 1] >= south) & (boxes[:, 2] <= east) & (boxes[:, 3] <= north))


def representative(geometries: Geometries) -> tuple[Floats, Floats]:
    """Return longitude and latitude of a point on each feature: the point, half-way along the longest line, on the surface."""
    kinds = np.where(empty(geometries), -1, type_ids(geometries))
    chosen: Geometries = np.full(len(geometries), None, dtype=object)
    single, lines = kinds == 0, (kinds == 1) | (kinds == 5)
    chosen[single] = geometries[single]
    chosen[lines] = shapely.line_interpolate_point(_longest(geometries[lines]), 0.5, normalized=True)
    others = ~single & ~lines & (kinds != -1)
    chosen[others] = _on_surfaces(geometries[others])
    return np.asarray(shapely.get_x(chosen), float), np.asarray(shapely.get_y(chosen), float)


def _longest(lines: Geometries) -> Geometries:
    parts, owner = shapely.get_parts(lines, return_index=True)
    order = np.lexsort((-shapely.length(parts), owner))
    first = order[np.unique(owner[order], return_index=True)[1]]
    longest: Geometries = np.full(len(lines), None, dtype=object)
    longest[owner[first]] = parts[first]
    return longest


def _on_surfaces(geometries: Geometries) -> Geometries:
    try:
        return np.asarray(shapely.point_on_surface(geometries), dtype=object)
    except shapely.GEOSException:
        return np.array([_on_surface(geometry) for geometry in geometries], dtype=object)


def _on_surface(geometry: shapely.Geometry) -> shapely.Geometry:
    try:
        return shapely.point_on_surface(geometry)
    except shapely.GEOSException:
        # An invalid polygon can have no interior; its first vertex still lies on it.
        return shapely.Point(shapely.get_coordinates(geometry)[0])


def defects(geometries: Geometries) -> list[Defect]:
    """Return what GEOS finds invalid (OGC Simple Features 1.2.1, 6.1), in row order."""
    invalid = np.flatnonzero(~shapely.is_valid(geometries) & ~shapely.is_missing(geometries))
    return [_defect(int(index), str(shapely.is_valid_reason(geometries[index]))) for index in invalid]


def _defect(index: int, reason: str) -> Defect:
    found = _REASON.match(reason)
    return Defect(index, found[1], float(found[2]), float(found[3])) if found else Defect(index, reason, np.nan, np.nan)
