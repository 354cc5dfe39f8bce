"""Farmland: what 農地法第52条の3 lets anybody publish, and the plots that are no part of it.

Plots inside an urbanization promotion area (市街化区域) are not published (農地法施行規則第104条): known by the plot's own
column, and by the town's own area division where it has one.
"""

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

from catalog.dataset import Dataset
from catalog.library import read_library
from gis.layer import Layer
from publish.table.table import Aside, Table

DATASETS = frozenset(("farmland", "farmland_pin"))
AREA_DIVISION = "area_division"
REASON = "urban"
_URBAN = "市街化区域"
_DIVISION = "区域区分"
_COLUMNS = ("都市計画法区分", _DIVISION)
_SHARE = 0.05
"""Of a plot that may lie inside: lines of two maps never meet exactly."""
Mask = npt.NDArray[np.bool_]


def is_farmland(dataset: Dataset) -> bool:
    """Say whether a dataset is a table of farmland, whoever defines it."""
    return dataset.id in DATASETS


def beyond_the_law(dataset: Dataset) -> list[str]:
    """Return the published columns of a town's own definition that are none of the items for the internet."""
    if not is_farmland(dataset):
        return []
    allowed = {field.name for name in DATASETS for field in read_library()[name].published}
    return [field.name for field in dataset.published if field.name not in allowed]


def areas_of(table: Table, layer: Layer | None) -> shapely.Geometry | None:
    """Return the urbanization promotion areas of a table of the area division, None where it has none."""
    if layer is None:
        return None
    chosen = [geometry for kind, geometry in zip(table.column(_DIVISION), layer.geometries, strict=True) if kind == _URBAN]
    return shapely.union_all(shapely.make_valid(np.array(chosen, object))) if chosen else None


def areas_of_release(release: Path | None) -> shapely.Geometry | None:
    """Return the same of a release folder of the area division."""
    files = sorted(release.glob("*.geojson")) if release else []
    features = json.loads(files[0].read_bytes())["features"] if files else []
    chosen = [one["geometry"] for one in features if one["geometry"] and one["properties"].get(_DIVISION) == _URBAN]
    return shapely.union_all([shapely.from_geojson(json.dumps(one)) for one in chosen]) if chosen else None


def without_urban(table: Table, layer: Layer | None, areas: shapely.Geometry | None) -> tuple[Table, Layer | None]:
    """Return table and layer without the plots inside urbanization promotion areas; each stands among the asides."""
    gone = _by_column(table)
    if layer is not None and areas is not None:
        gone |= _inside(layer, areas)
    if not gone.any():
        return table, layer
    places = zip(table.part.to_pylist(), table.row.to_pylist(), gone, strict=True)
    asides = [Aside(part, row, REASON) for part, row, lost in places if lost]
    kept = layer and Layer(layer.kind, layer.geometries[~gone], layer.source_crs)
    return table.without(pa.array(gone), asides), kept


def _by_column(table: Table) -> Mask:
    gone = np.zeros(table.rows, bool)
    for name in _COLUMNS:
        if name in table.dataset.names:
            gone |= np.asarray([text.strip() == _URBAN for text in table.column(name)], bool)
    return gone


def _inside(layer: Layer, areas: shapely.Geometry) -> Mask:
    """Say of which plots more than a sliver lies inside; of a point that it does."""
    shapely.prepare(areas)
    plots = layer.geometries
    touching = np.flatnonzero(shapely.intersects(areas, plots))
    inside = np.zeros(len(plots), bool)
    sizes = shapely.area(plots[touching])
    shared = shapely.area(shapely.intersection(shapely.make_valid(plots[touching]), areas))
    inside[touching] = (sizes == 0) | (shared > _SHARE * sizes)
    return inside
