"""GeoPackage 1.3 by GDAL: one layer named as the file, typed columns, lines and polygons always as multiple geometries."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import shapely

from gis.formats.readback import require
from gis.geometry import Geometries, to_wkb, type_ids
from gis.layer import CRS, Layer
from gis.typed_columns import typed
from gis.vector_file import GEOMETRY
from gis.vector_file import write as write_file

MEDIA_TYPE = "application/geopackage+sqlite3"

_VERSION = "1.3"
"""GDAL 3.6 and the QGIS of its time warn about 1.4."""
_BATCH = 50_000
_LAYER_KINDS = {"point": "Point", "line": "MultiLineString", "polygon": "MultiPolygon"}
_MULTIPLE = {1: shapely.multilinestrings, 3: shapely.multipolygons}


def write(
    path: Path,
    cells: pa.Table,
    types: Mapping[str, str],
    layer: Layer,
    *,
    ids: Sequence[str],  # noqa: ARG001
    about: Mapping[str, object] | None = None,
) -> None:
    """Write one layer in EPSG:6668; the same cells and layer give the same bytes. `fid` is the row number from 1.

    `about`: what the file says of itself, as the description of its layer (OGC 12-128r18, 1.1.3.1).
    """
    table = typed(cells, types)
    schema = table.schema.append(pa.field(GEOMETRY, pa.binary()))
    stream = pa.RecordBatchReader.from_batches(schema, _batches(table, layer.geometries))
    kind = _LAYER_KINDS[layer.kind] if _fits(layer) else "Unknown"
    said = {"DESCRIPTION": json.dumps(about, ensure_ascii=False)} if about else {}
    write_file(path, stream, driver="GPKG", layer=path.stem, kind=kind, crs=CRS, options={"VERSION": _VERSION, **said})
    require(path, cells, layer)


def _batches(table: pa.Table, geometries: Geometries) -> Iterator[pa.RecordBatch]:
    """Make the WKB of a few rows at a time: all of it would be the largest thing in memory."""
    for start in range(0, table.num_rows, _BATCH):
        rows = table.slice(start, _BATCH)
        wkb = to_wkb(_multiple(geometries[start : start + _BATCH]))
        yield from rows.append_column(GEOMETRY, wkb).combine_chunks().to_batches()


def _multiple(geometries: Geometries) -> Geometries:
    """One column holds one type (OGC 12-128r18, 2.1.5): single lines and polygons become multiple ones of one part."""
    many = geometries.copy()
    kinds = type_ids(geometries)
    for kind, collect in _MULTIPLE.items():
        rows = np.flatnonzero(kinds == kind)
        many[rows] = collect(geometries[rows], indices=np.arange(len(rows))) if len(rows) else []
    return many


def _fits(layer: Layer) -> bool:
    allowed = {"point": {0}, "line": {1, 5}, "polygon": {3, 6}}[layer.kind]
    return set(type_ids(layer.geometries).tolist()) <= allowed | {-1}
