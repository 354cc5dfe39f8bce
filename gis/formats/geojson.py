"""GeoJSON as RFC 7946 has it: national item names, typed values, null for a blank, one feature per line."""

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from gis.geometry import total_bounds
from gis.geometry_json import decimals, geometry_json
from gis.layer import Layer

NAME = "GeoJSON"
SUFFIX = ".geojson"
MEDIA_TYPE = "application/geo+json"

_CHUNK = 20_000
"""Rows written at a time: keeps a million of them far below a gigabyte."""
_JSON_NUMBER = r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$"
_UNSAFE = r'["\\\x00-\x1f]'
_TRUTH = {
    "true": "true",
    "True": "true",
    "TRUE": "true",
    "1": "true",
    "false": "false",
    "False": "false",
    "FALSE": "false",
    "0": "false",
}


def write(path: Path, cells: pa.Table, types: Mapping[str, str], layer: Layer, *, ids: Sequence[str]) -> None:
    """Write a FeatureCollection; the same cells, layer and ids give the same bytes."""
    box = total_bounds(layer.geometries)
    head = '{"type":"FeatureCollection",' + (f'"bbox":[{_box(box)}],' if box else "") + '"features":[\n'
    with path.open("wb") as file:
        file.write(head.encode())
        for number, chunk in enumerate(_chunks(cells, types, layer, ids)):
            file.write(b",\n" if number else b"")
            file.write(b",\n".join(chunk))
        file.write(b"\n]}\n")


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
        pieces = ['{"type":"Feature","id":', _quoted(pa.array(ids[start:end], pa.string())), ',"geometry":', places]
        opening = ',"properties":{'
        for name in cells.column_names:
            column = cells.column(name).slice(start, end - start).combine_chunks()
            pieces += [f"{opening}{json.dumps(name, ensure_ascii=False)}:", _value(column, types.get(name, "string"))]
            opening = ","
        pieces.append("}}" if cells.column_names else ',"properties":{}}')
        yield pc.binary_join_element_wise(*pieces, "").cast(pa.binary()).to_pylist()


def _value(texts: pa.Array, kind: str) -> pa.Array:
    """Return the JSON of one column; a value that its type does not allow stays a string."""
    blank = pc.equal(texts, "")
    if kind in ("integer", "number", "year"):
        values = _numbers(texts)
    elif kind == "boolean":
        values = pa.array([_TRUTH.get(text) or json.dumps(text, ensure_ascii=False) for text in texts.to_pylist()], pa.string())
    else:
        values = _quoted(texts)
    return pc.if_else(blank, "null", values)


def _numbers(texts: pa.Array) -> pa.Array:
    """A number stands in the file as it was written (1.50 stays 1.50), unless JSON does not know the writing (+5, .5, 007)."""
    fits = pc.match_substring_regex(texts, _JSON_NUMBER)
    if pc.all(fits, min_count=0).as_py():
        return texts
    odd = [_odd_number(text) for text in texts.filter(pc.invert(fits)).to_pylist()]
    return pc.replace_with_mask(texts, pc.invert(fits), pa.array(odd, pa.string()))


def _odd_number(text: str) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return json.dumps(text, ensure_ascii=False)
    return format(number, "f") if number.is_finite() and abs(number.adjusted()) < 300 else json.dumps(text, ensure_ascii=False)


def _quoted(texts: pa.Array) -> pa.Array:
    plain = pc.binary_join_element_wise('"', texts, '"', "")
    unsafe = pc.match_substring_regex(texts, _UNSAFE)
    if not pc.any(unsafe, min_count=0).as_py():
        return plain
    escaped = [json.dumps(text, ensure_ascii=False) for text in texts.filter(unsafe).to_pylist()]
    return pc.replace_with_mask(plain, unsafe, pa.array(escaped, pa.string()))
