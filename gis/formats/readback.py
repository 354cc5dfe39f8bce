"""What a written file says when it is opened anew: number of rows, box. Compared with what it was written from."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from gis.geometry import from_wkb, total_bounds
from gis.layer import Layer
from gis.vector_file import extent

Box = tuple[float, float, float, float]
_NEAR = 1e-7
"""Degrees: GeoJSON is rounded to seven decimals."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Rows and box (west, south, east, north; None when nothing is placed)."""

    rows: int
    box: Box | None

    def agrees(self, other: "Measured") -> bool:
        """Say whether rows are equal and boxes equal within the rounding of GeoJSON."""
        if self.rows != other.rows or (self.box is None) != (other.box is None):
            return False
        return self.box is None or other.box is None or bool(np.allclose(self.box, other.box, rtol=0, atol=_NEAR))


def expected(cells: pa.Table, layer: Layer | None) -> Measured:
    """Measure what is about to be written."""
    return Measured(cells.num_rows, total_bounds(layer.geometries) if layer else None)


def read_back(path: Path) -> Measured:
    """Open a GeoJSON, GeoPackage or Parquet file that we wrote and measure what is in it."""
    if path.suffix != ".parquet":
        found = extent(path)
        return Measured(found.rows, found.box)
    file = pq.ParquetFile(path)
    geo = json.loads((file.schema_arrow.metadata or {}).get(b"geo", b"null"))
    if geo is None:
        return Measured(file.metadata.num_rows, None)
    geometry = file.read([geo["primary_column"]]).column(0).combine_chunks()
    return Measured(file.metadata.num_rows, total_bounds(from_wkb(geometry)[0]))
