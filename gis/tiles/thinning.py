"""From which zoom on a feature is drawn, so that no tile below the last zoom holds more than a phone can paint.

Per tile the largest come first, points one per cell of a grid; who is drawn at one zoom is drawn at every higher one.
At the last zoom every feature is present.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from gis.geometry import Floats, Geometries, representative
from gis.layer import Layer

Zooms = npt.NDArray[np.int32]
NEVER = -1
"""Instead of a zoom: the row has no place."""

_EDGE = 0.999999
_KNUTH = np.uint64(2654435761)
"""Scatters row numbers, so that neighbours in a table are not neighbours in rank."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What one tile may hold below the last zoom; a point needs a cell of 1/`grid` of the tile's side for itself."""

    features: int = 2_500
    vertices: int = 40_000
    grid: int = 32

    def halved(self) -> "Budget":
        """Return the next smaller budget, for when tiles came out too heavy."""
        return Budget(max(self.features // 2, 1), max(self.vertices // 2, 1), max(self.grid * 2 // 3, 1))


def first_zooms(layer: Layer, min_zoom: int, max_zoom: int, budget: Budget) -> Zooms:
    """Return for each row the lowest zoom at which it is drawn, NEVER for a row without a place."""
    lon, lat = representative(layer.geometries)
    placed = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
    zooms = np.full(len(lon), NEVER, np.int32)
    zooms[placed] = max_zoom
    x, y = _mercator(lon[placed], lat[placed])
    rank = _rank(layer.geometries[placed], layer.kind)
    vertices = shapely.get_num_coordinates(layer.geometries[placed])
    outline = shapely.length(layer.geometries[placed])
    for zoom in range(max_zoom - 1, min_zoom - 1, -1):
        if layer.kind == "point":
            drawn = _first_in_cell(_cell(x, y, zoom, budget.grid), rank, np.ones(len(rank), np.int64), 1, 1)
        else:
            # Simplified, an outline keeps at most about one vertex per pixel.
            weight = np.minimum(vertices, outline / _pixel(zoom) + 4).astype(np.int64)
            drawn = _first_in_cell(_cell(x, y, zoom, 1), rank, weight, budget.features, budget.vertices)
        zooms[placed[drawn]] = zoom
    return zooms


def _pixel(zoom: int) -> float:
    """Return the degrees of longitude under a pixel of a tile that is drawn 512 pixels wide."""
    return 360 / (1 << zoom) / 512


def _mercator(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Return places on the web Mercator square: 0–1 from west to east and from north to south."""
    sine = np.sin(np.radians(lat))
    y = 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)
    return np.clip(lon / 360 + 0.5, 0, _EDGE), np.clip(y, 0, _EDGE)


def _rank(geometries: Geometries, kind: str) -> npt.NDArray[np.int64]:
    """Return each feature's place in the order of importance, 0 first: by size, points by a scattered row number."""
    if kind == "point":
        order = np.argsort(np.arange(len(geometries), dtype=np.uint64) * _KNUTH % np.uint64(2**32), kind="stable")
    else:
        size = shapely.area(geometries) if kind == "polygon" else shapely.length(geometries)
        order = np.argsort(-size, kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return rank


def _cell(x: Floats, y: Floats, zoom: int, grid: int) -> npt.NDArray[np.int64]:
    side = (1 << zoom) * grid
    cells: npt.NDArray[np.int64] = np.floor(x * side).astype(np.int64) * side + np.floor(y * side).astype(np.int64)
    return cells


def _first_in_cell(
    cell: npt.NDArray[np.int64], rank: npt.NDArray[np.int64], weight: npt.NDArray[np.int64], count: int, total: int
) -> npt.NDArray[np.bool_]:
    """Say which features are among the first `count` of their cell and within `total` weight; the first always is."""
    order = np.lexsort((rank, cell))
    sorted_cell = cell[order]
    starts = np.flatnonzero(np.r_[True, sorted_cell[1:] != sorted_cell[:-1]]) if len(order) else np.array([], np.intp)
    begin = np.repeat(starts, np.diff(np.r_[starts, len(order)]))
    place = np.arange(len(order)) - begin
    running = np.cumsum(weight[order])
    used = running - (running - weight[order])[begin]
    drawn = np.zeros(len(order), bool)
    drawn[order] = (place == 0) | ((place < count) & (used <= total))
    return drawn
