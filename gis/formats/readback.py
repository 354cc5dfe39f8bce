"""What a written file says when it is opened anew: number of rows, box. Compared with what it was written from."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from catalog.errors import OutsideError
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


def require(path: Path, cells: pa.Table, layer: Layer | None) -> None:
    """Read a written file back; OutsideError when it does not hold what it was written from (a full or failing disk)."""
    found, wanted = read_back(path), expected(cells, layer)
    if not found.agrees(wanted):
        raise OutsideError(
            f"書き出した {path.name} を読み返すと、{wanted.rows}件のはずが{found.rows}件か、範囲が違います。",
            f"{path.name}, read back, holds {found.rows} rows where {wanted.rows} were written, or another extent.",
            fix_ja="ディスクの空きと故障を確かめて、もう一度実行してください。",
            fix_en="See whether the disk is full or failing, and run again.",
            code="written-wrong",
        )


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
    shapes = (from_wkb(batch.column(0))[0] for batch in file.iter_batches(columns=[geo["primary_column"]]))
    boxes = [box for box in map(total_bounds, shapes) if box]
    return Measured(file.metadata.num_rows, _around(boxes) if boxes else None)


def _around(boxes: list[Box]) -> Box:
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)
