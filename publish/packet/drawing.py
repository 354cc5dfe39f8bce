"""Drawing: what a release shows before and after, as two maps of lines and dots in SVG, without any base map or script.

Rows that change are marked by a number that stands in the lists of the packet too, and by a shape of their own: colour is
never the only carrier. What lies within one pixel is drawn once, so a million features cost no more ink than ten thousand.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from publish.packing.feature_lines import feature_lines

WIDTH = 480
"""Pixels of one map; it is as high as its shapes want, within limits."""
_HIGHEST, _LOWEST = 640, 240
_EDGE = 24
_SMALLEST = 0.002
"""Degrees that a map shows at least: one point alone stands in some surroundings."""
_POINT = 0
Places = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Mark:
    """A row that changes: its number in the lists, what happens to it (added, removed, changed, moved), where on the map."""

    number: int
    kind: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Panel:
    """One map: what stays as one SVG path, outlines of what changes as another, and the marks."""

    height: int
    path: str
    changed: str
    marks: tuple[Mark, ...]


def panels(before: Path | None, after: Path | None, numbers: Mapping[str, tuple[int, str]]) -> tuple[Panel, Panel] | None:
    """Draw two GeoJSON files of ours (longitude and latitude) in one frame; None when neither shows anything.

    `numbers`: id of a row that changes → its number and what happens to it.
    """
    shapes = [_shapes(path) for path in (before, after)]
    placed = np.concatenate([places for _, places in shapes])
    if not len(placed):
        return None
    frame = _Frame.around(shapely.total_bounds(placed))
    first, second = (frame.panel(ids, places, numbers) for ids, places in shapes)
    return first, second


def _shapes(path: Path | None) -> tuple[list[str], Places]:
    """Return ids and geometries of a file, of those that have a place."""
    if path is None:
        return [], np.empty(0, dtype=object)
    lines = [(line.id, line.geometry) for line in feature_lines(path) if line.geometry != b"null"]
    return [name for name, _ in lines], shapely.from_geojson(np.array([shape for _, shape in lines], dtype=object))


@dataclass(frozen=True, slots=True)
class _Frame:
    """From degrees to pixels: true to scale in the middle of the map."""

    west: float
    north: float
    scale: float
    """Pixels per degree of latitude."""
    shrink: float
    height: int

    @classmethod
    def around(cls, box: Sequence[float]) -> "_Frame":
        west, south, east, north = map(float, box)
        shrink = float(np.cos(np.radians((south + north) / 2)))
        wide, high = max((east - west) * shrink, _SMALLEST), max(north - south, _SMALLEST)
        scale = min((WIDTH - 2 * _EDGE) / wide, (_HIGHEST - 2 * _EDGE) / high)
        height = int(max(_LOWEST, high * scale + 2 * _EDGE))
        middle = ((west + east) / 2, (south + north) / 2)
        return cls(middle[0] - WIDTH / 2 / scale / shrink, middle[1] + height / 2 / scale, scale, shrink, height)

    def panel(self, ids: Sequence[str], places: Places, numbers: Mapping[str, tuple[int, str]]) -> Panel:
        flat = shapely.transform(places, self._pixels)
        named = np.array([name in numbers for name in ids], bool)
        return Panel(self.height, _path(flat[~named]), _path(flat[named]), tuple(_marks(ids, flat, named, numbers)))

    def _pixels(self, degrees: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        x = (degrees[:, 0] - self.west) * self.scale * self.shrink
        return np.column_stack([x, (self.north - degrees[:, 1]) * self.scale])


def _marks(
    ids: Sequence[str], flat: Places, named: npt.NDArray[np.bool_], numbers: Mapping[str, tuple[int, str]]
) -> Iterator[Mark]:
    for place in np.flatnonzero(named).tolist():
        point = shapely.point_on_surface(flat[place])
        number, kind = numbers[ids[place]]
        yield Mark(number, kind, round(point.x, 1), round(point.y, 1))


def _path(flat: Places) -> str:
    """Return the shapes as the data of one SVG path, thinned to half a pixel; a point is a line of no length (a round dot)."""
    points = shapely.get_type_id(flat) == _POINT
    dots = np.unique(np.round(shapely.get_coordinates(flat[points])).astype(int), axis=0).tolist()
    rings = shapely.get_parts(shapely.get_parts(shapely.boundary(flat[shapely.get_dimensions(flat) == 2])))
    lines = shapely.get_parts(flat[shapely.get_dimensions(flat) == 1])
    thin = shapely.simplify(np.concatenate([rings, lines]), 0.5, preserve_topology=False)
    drawn = dict.fromkeys(_line(shape) for shape in thin if not shapely.is_empty(shape))
    return "".join([*(f"M{x} {y}h0" for x, y in dots), *drawn])


def _line(shape: shapely.Geometry) -> str:
    steps = np.round(shapely.get_coordinates(shape)).astype(int).tolist()
    kept = [step for number, step in enumerate(steps) if not number or step != steps[number - 1]]
    return "M" + "L".join(f"{x} {y}" for x, y in kept) + ("h0" if len(kept) == 1 else "")
