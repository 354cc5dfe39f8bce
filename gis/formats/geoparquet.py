"""GeoParquet 1.1.0: typed columns, WKB in degrees of EPSG:6668, rows in the order of the table; Parquet without a layer."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from gis.formats.readback import require
from gis.geometry import to_wkb, total_bounds, type_ids
from gis.layer import CRS, Layer
from gis.reference_system import projjson
from gis.typed_columns import typed

MEDIA_TYPE = "application/vnd.apache.parquet"

GEOMETRY = "geometry"
_ROW_GROUP = 50_000
_NAMES = ("Point", "LineString", "", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection")


def write(
    path: Path,
    cells: pa.Table,
    types: Mapping[str, str],
    layer: Layer | None,
    *,
    ids: Sequence[str],  # noqa: ARG001
    about: Mapping[str, object] | None = None,
) -> None:
    """Write one file; the same cells and layer give the same bytes. `about`: what the file says of itself."""
    table = typed(cells, types)
    schema = table.schema
    said = {"about": json.dumps(about, ensure_ascii=False, sort_keys=True)} if about else {}
    if layer is not None:
        geo = json.dumps(_metadata(layer), ensure_ascii=False, sort_keys=True)
        schema = schema.append(pa.field(GEOMETRY, pa.binary()))
        said["geo"] = geo
    schema = schema.with_metadata(said)
    with pq.ParquetWriter(path, schema, compression="zstd") as file:
        for start in range(0, max(table.num_rows, 1), _ROW_GROUP):
            rows = table.slice(start, _ROW_GROUP)
            if layer is not None:
                rows = rows.append_column(
                    GEOMETRY, to_wkb(shapely.orient_polygons(layer.geometries[start : start + _ROW_GROUP]))
                )
            file.write_table(rows.cast(schema))
    require(path, cells, layer)


def _metadata(layer: Layer) -> dict[str, object]:
    box = total_bounds(layer.geometries)
    column = {
        "encoding": "WKB",
        "geometry_types": sorted(_NAMES[kind] for kind in np.unique(type_ids(layer.geometries)) if kind >= 0),
        "crs": projjson(CRS),
        "orientation": "counterclockwise",
        **({"bbox": list(box)} if box else {}),
    }
    return {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
