"""GeoJSON as RFC 7946 has it: national item names, typed values, null for a blank, one feature per line."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from gis.formats.readback import require
from gis.geometry import total_bounds
from gis.geometry_json import decimals, geometry_json
from gis.json_text import quoted, value
from gis.layer import Layer

MEDIA_TYPE = "application/geo+json"

_CHUNK = 20_000
"""Rows written at a time: keeps a million of them far below a gigabyte."""


def write(
    path: Path,
    cells: pa.Table,
    types: Mapping[str, str],
    layer: Layer,
    *,
    ids: Sequence[str],
    about: Mapping[str, object] | None = None,
) -> None:
    """Write a FeatureCollection; the same cells, layer and ids give the same bytes.

    `about`: what the file says of itself, as one foreign member (RFC 7946, 6.1).
    """
    box = total_bounds(layer.geometries)
    said = f'"about":{json.dumps(about, ensure_ascii=False)},' if about else ""
    head = '{"type":"FeatureCollection",' + said + (f'"bbox":[{_box(box)}],' if box else "") + '"features":[\n'
    with path.open("wb") as file:
        file.write(head.encode())
        for number, chunk in enumerate(_chunks(cells, types, layer, ids)):
            file.write(b",\n" if number else b"")
            file.write(b",\n".join(chunk))
        file.write(b"\n]}\n")
    require(path, cells, layer)


def features(cells: pa.Table, types: Mapping[str, str], layer: Layer | None, ids: Sequence[str]) -> Iterator[bytes]:
    """Yield one Feature per row, as `write` writes it; null geometry for every row where there is no layer."""
    for chunk in _chunks(cells, types, layer, ids):
        yield from chunk


def _box(box: tuple[float, float, float, float]) -> str:
    return ",".join(decimals(pa.array(box).to_numpy()).to_pylist())


def _chunks(cells: pa.Table, types: Mapping[str, str], layer: Layer | None, ids: Sequence[str]) -> Iterator[list[bytes]]:
    for start in range(0, cells.num_rows, _CHUNK):
        end = min(start + _CHUNK, cells.num_rows)
        places = geometry_json(layer.geometries[start:end]) if layer else pa.array(["null"] * (end - start), pa.string())
        pieces = ['{"type":"Feature","id":', quoted(pa.array(ids[start:end], pa.string())), ',"geometry":', places]
        opening = ',"properties":{'
        for name in cells.column_names:
            column = cells.column(name).slice(start, end - start).combine_chunks()
            pieces += [f"{opening}{json.dumps(name, ensure_ascii=False)}:", value(column, types.get(name, "string"))]
            opening = ","
        pieces.append("}}" if cells.column_names else ',"properties":{}}')
        yield pc.binary_join_element_wise(*pieces, "").cast(pa.binary()).to_pylist()
