"""Vector files (shapefile, GeoPackage, GeoJSON, plain or zipped) to RawTables: attributes as text, geometry as WKB."""

import unicodedata
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import numpy as np
import pyarrow as pa

from gis import vector_file
from publish.reading.heading_rows import unique
from publish.reading.limits import MAX_CELLS, too_large
from publish.reading.mojibake import refuse_garbled_cells
from publish.table.position import Part, column_letter
from publish.table.table import RawTable


def read_layers(path: Path, name: str, *, layer: str = "", encoding: str = "") -> list[RawTable]:
    """Read the layer of a file, or every layer that a pattern names; UnusableSource as `gis.vector_file.read` says."""
    names = vector_file.layers(path)
    wanted = unicodedata.normalize("NFC", layer)
    matching = [found for found in names if layer and fnmatchcase(unicodedata.normalize("NFC", found), wanted)]
    several = len(names) > 1
    return [_read(path, name, one, encoding, several) for one in matching or [layer]]


def _read(path: Path, name: str, layer: str, encoding: str, several: bool) -> RawTable:
    vector = vector_file.read(path, layer=layer, encoding=encoding)
    if vector.rows * len(vector.headings) > MAX_CELLS:
        raise too_large(name, f"{vector.rows:,} 件", f"{vector.rows:,} features")
    headings = _headings(vector.headings)
    cells = vector.columns.rename_columns(list(headings))
    refuse_garbled_cells(cells, name, 1)
    part = Part(
        file=name,
        member=layer if several else "",
        kind="vector",
        encoding=vector.encoding,
        crs=vector.crs,
        columns=dict(zip(headings, vector.headings, strict=True)),
    )
    rows = vector.rows
    return RawTable(
        parts=(part,),
        cells=cells,
        part=pa.array(np.zeros(rows, np.int32)),
        row=pa.array(np.arange(1, rows + 1, dtype=np.int64)),
        geometry=vector.geometry,
        crs=vector.crs,
    )


def _headings(names: Sequence[str]) -> tuple[str, ...]:
    return unique([name.strip() for name in names], [column_letter(place) for place in range(len(names))])
