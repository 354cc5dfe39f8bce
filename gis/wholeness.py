"""Wholeness: whether GDAL read all that a file holds. Of some kinds it leaves out in silence what is cut off or broken."""

import re
import struct
from pathlib import Path

from gis.geo_kind import Kind

_TAIL = 256
_END = re.compile(rb"^\s*0\s*$\s*EOF\s*$", re.MULTILINE)
_HEADER = struct.Struct("<4xIHH")
_DELETED = ord("*")
_BINARY_DXF = b"AutoCAD Binary DXF"


_OBJECT = re.compile(
    rb"^[ \t]*(?:none|point|line|pline|region|arc|text|rect|roundrect|ellipse|multipoint)\b", re.IGNORECASE | re.MULTILINE
)
_COLLECTION = re.compile(rb"^[ \t]*collection\b", re.IGNORECASE | re.MULTILINE)
"""An object that holds others, each with its own word."""
_DATA = re.compile(rb"^[ \t]*data[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)


def is_whole(kind: Kind, main: Path, rows: int) -> bool:
    """Say whether a file ends as its kind ends, or holds as many records as were read.

    A text of one feature a line (RFC 8142: or a record separator before each) that is cut off loses its last; a drawing ends
    with EOF; MapInfo keeps texts and shapes in two files, of which GDAL reads as many as the shorter has.
    """
    if kind == "geojsonseq":
        return rows == _records(main.read_bytes())
    if kind == "mif":
        return rows == _lines(main.with_suffix(".mid").read_bytes()) == _objects(main.read_bytes(), rows)
    if kind == "tab":
        return rows == _rows_of(main.with_suffix(".dat").read_bytes(), main.with_suffix(".id").stat().st_size)
    return kind != "dxf" or _ends(main)


def _records(data: bytes) -> int:
    data = data.removeprefix(b"\xef\xbb\xbf")
    return _lines(data) if b"\x1e" not in data[:1] else sum(1 for record in data.split(b"\x1e") if record.strip())


def _lines(data: bytes) -> int:
    return sum(1 for line in data.splitlines() if line.strip())


def _objects(exchange: bytes, rows: int) -> int:
    start = _DATA.search(exchange)
    if start is None or _COLLECTION.search(exchange, start.end()):
        return rows if start else -1
    return len(_OBJECT.findall(exchange, start.end()))


def _rows_of(table: bytes, index: int) -> int:
    """Count the rows of a MapInfo .dat, which has the header of a dBase table, without those marked as deleted.

    -1 when it or the index to the shapes (four bytes a row) is shorter than it says.
    """
    if len(table) < _HEADER.size:
        return -1
    rows, start, width = _HEADER.unpack_from(table)
    if len(table) < start + rows * width or index < 4 * rows or not width:
        return -1
    return sum(table[start + row * width] != _DELETED for row in range(rows))


def _ends(drawing: Path) -> bool:
    with drawing.open("rb") as file:
        binary = file.read(len(_BINARY_DXF)) == _BINARY_DXF
        file.seek(max(drawing.stat().st_size - _TAIL, 0))
        tail = file.read()
    return b"EOF" in tail if binary else _END.search(tail.replace(b"\r", b"")) is not None
