"""Where the rows of a table lie, for rules about places: one point per row, as measured or as written."""

import numpy as np
import numpy.typing as npt
import shapely

from catalog.dataset import Dataset
from gis.layer import Layer
from publish.checking.column import Numbers, numbers
from publish.checking.neighbourhood import Box
from publish.table.table import Table

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]
_ROUND = 360.0
"""Degrees: what lies beyond is no place."""
_DUST = 0.01
"""Degrees: 0 is often written with a few digits of dust behind it."""


def points(table: Table, layer: Layer | None) -> tuple[Numbers, Numbers]:
    """Return longitude and latitude of every row in degrees, NaN where it has none; a line or area gives its box's middle."""
    if layer is None or _columns(table):
        return written(table)
    # The answer holds the layer, so that no other can come to bear its number while the answer is kept.
    _, middles = table.memo.once(("points", id(layer)), lambda: (layer, _middles(layer)))
    return middles


def written(table: Table) -> tuple[Numbers, Numbers]:
    """Return longitude and latitude as the columns say; NaN where the dataset has none (its geometry is judged by locating)."""
    names = _columns(table)
    if names is None:
        return np.full(table.rows, np.nan), np.full(table.rows, np.nan)
    return numbers(table, names[0]), numbers(table, names[1])


def sharing(x: Numbers, y: Numbers, step: float) -> tuple[Rows, Rows]:
    """Return the rows whose place, on a grid of `step` degrees, is another row's too; and for each the number of its place."""
    rows = np.flatnonzero((np.abs(x) <= _ROUND) & (np.abs(y) <= _ROUND))
    across, up = (np.round(axis[rows] / step).astype(np.int64) for axis in (x, y))
    place = across * (1 << 32) + up
    ordered = np.sort(place)
    twice = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    if not len(twice):
        return twice, twice
    number = np.minimum(np.searchsorted(twice, place), len(twice) - 1)
    shared = twice[number] == place
    return rows[shared], number[shared]


def inside(x: Numbers, y: Numbers, box: Box) -> Mask:
    """Say which points lie in a box; a point that is not known does not."""
    return (x >= box.west) & (x <= box.east) & (y >= box.south) & (y <= box.north)


def at_zero(x: Numbers, y: Numbers) -> Mask:
    """Say which points lie at 0, 0."""
    return (np.abs(x) < _DUST) & (np.abs(y) < _DUST)


def latitude_of(table: Table) -> str | None:
    """Return the column that a finding about a place points to, None where places come from geometry."""
    return table.dataset.geometry.latitude if table.dataset.geometry else None


def longitude_of(table: Table) -> str:
    """Return the column beside it, "" where places come from geometry."""
    return (table.dataset.geometry.longitude or "") if table.dataset.geometry else ""


def said(x: Numbers, y: Numbers, row: int) -> str:
    """Return a place as people write it: latitude first."""
    return f"{y[row]:.10g}, {x[row]:.10g}"


def bounds_fields(dataset: Dataset) -> frozenset[tuple[str, str]]:
    """Return the bound findings of the coordinate columns: one finding about the place says more."""
    geometry = dataset.geometry
    names = (geometry.latitude, geometry.longitude) if geometry else ()
    return frozenset((code, name) for name in names if name for code in ("minimum", "maximum"))


def _middles(layer: Layer) -> tuple[Numbers, Numbers]:
    box = shapely.bounds(layer.geometries)
    return (box[:, 0] + box[:, 2]) / 2, (box[:, 1] + box[:, 3]) / 2


def _columns(table: Table) -> tuple[str, str] | None:
    geometry = table.dataset.geometry
    return (geometry.longitude, geometry.latitude) if geometry and geometry.longitude and geometry.latitude else None
