"""登記所備付地図 XML (法務省 地図XMLフォーマット): every 筆 a row, its area put together from points, lines and rings.

Coordinates are those of surveyors: X runs north, Y east. 公共座標N系 is zone N of 平面直角座標系 under JGD2011; a map in
任意座標系 lies nowhere on the earth.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import shapely

from catalog.errors import UnusableSource
from gis.reference_system import ARBITRARY, ZONES, plane
from gis.vector_table import UNREADABLE, VectorTable, table_of
from gis.xml_file import Element, elements, forget, local, text

Position = tuple[float, float]
"""East, north."""

_HEADER = ("地図名", "市区町村コード", "市区町村名", "座標系", "測地系判別")
_SPATIAL = ("GM_Point", "GM_Curve", "GM_Surface")
_MARKS = ("基準点",)
_PUBLIC = re.compile(r"^公共座標(\d{1,2})系$")
_FOLDED = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass(slots=True)
class _Map:
    """What has been read of one map so far. `rings` of a surface: the outer one first, each the ids of its lines."""

    header: dict[str, str] = field(default_factory=dict)
    points: dict[str, Position] = field(default_factory=dict)
    lines: dict[str, list[Position]] = field(default_factory=dict)
    surfaces: dict[str, list[list[str]]] = field(default_factory=dict)
    rows: list[dict[str, str]] = field(default_factory=list)
    shapes: list[list[str]] = field(default_factory=list)
    marks: int = 0


def read_map_xml(path: Path, where: str, layer: str) -> VectorTable:
    """Read the parcels of a map; UnusableSource: it is not well-formed, or names a system that is not known."""
    found = _Map()
    try:
        for depth, element in elements(path, where, (*_HEADER, *_SPATIAL, *_MARKS, "筆")):
            _take(found, depth, element)
    except (ValueError, KeyError) as problem:
        raise _not_a_map(where) from problem
    crs = _system(found.header.get("座標系", ""), where)
    rows = [row | found.header for row in found.rows]
    shapes = [_shape(found, surfaces) for surfaces in found.shapes]
    left_out = {"survey-mark": found.marks} if found.marks else {}
    return VectorTable(table_of(rows), pa.array(shapes, pa.binary()), crs, "utf-8", layer, left_out)


def _take(found: _Map, depth: int, element: Element) -> None:
    kind = local(element)
    if kind in _HEADER:
        if depth == 1:
            found.header[kind] = text(element)
        return
    if kind == "GM_Point":
        found.points[element.get("id")] = _position(element)
    elif kind == "GM_Curve":
        found.lines[element.get("id")] = _line(found, element)
    elif kind == "GM_Surface":
        found.surfaces[element.get("id")] = _rings(element)
    elif kind == "筆":
        found.rows.append(_row(element))
        found.shapes.append([child.get("idref", "") for child in element if local(child) == "形状"])
    else:
        found.marks += 1
    forget(element)


def _position(element: Element) -> Position:
    """Return the first DirectPosition below an element; ValueError when it has none or no numbers."""
    said = {local(one): text(one) for one in element.iter() if local(one) in ("X", "Y")}
    if said.keys() != {"X", "Y"}:
        raise ValueError
    return float(said["Y"]), float(said["X"])


def _line(found: _Map, element: Element) -> list[Position]:
    positions = []
    for column in element.iter():
        if local(column) == "GM_PointRef.point":
            positions.append(found.points[column.get("idref", "")])
        elif local(column) == "GM_Position.direct":
            positions.append(_position(column))
    return positions


def _rings(element: Element) -> list[list[str]]:
    outer: list[list[str]] = []
    holes: list[list[str]] = []
    for boundary in element.iter():
        kind = local(boundary).rpartition(".")[2]
        if kind in ("exterior", "interior"):
            lines = [one.get("idref", "") for one in boundary.iter() if local(one) == "GM_CompositeCurve.generator"]
            (outer if kind == "exterior" else holes).append(lines)
    return outer + holes


def _row(element: Element) -> dict[str, str]:
    row = {"筆ID": element.get("id", "")}
    for child in element:
        if local(child) != "形状" and (value := text(child)):
            before = row.get(local(child))
            row[local(child)] = f"{before}、{value}" if before else value
    return row


def _shape(found: _Map, surfaces: Sequence[str]) -> bytes | None:
    """Return WKB of the area of a parcel; bytes that are none where its lines do not close."""
    if not surfaces:
        return None
    try:
        areas = [_area(found, found.surfaces[surface]) for surface in surfaces]
    except (KeyError, ValueError):
        return UNREADABLE
    return bytes(shapely.to_wkb(areas[0] if len(areas) == 1 else shapely.MultiPolygon(areas)))


def _area(found: _Map, rings: list[list[str]]) -> shapely.Geometry:
    closed = [_closed([found.lines[line] for line in ring]) for ring in rings]
    return shapely.Polygon(closed[0], closed[1:])


def _closed(lines: list[list[Position]]) -> list[Position]:
    """Put lines end to end, turning round those that are drawn the other way; ValueError when they do not close."""
    if not all(lines):
        raise ValueError
    ring = list(lines[0]) if lines else []
    if len(lines) > 1 and ring[-1] not in (lines[1][0], lines[1][-1]):
        ring.reverse()
    for line in lines[1:]:
        if ring[-1] not in (line[0], line[-1]):
            raise ValueError
        ring += line[1:] if line[0] == ring[-1] else line[-2::-1]
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise ValueError
    return ring


def _system(declared: str, where: str) -> str:
    folded = declared.translate(_FOLDED)
    if folded == ARBITRARY:
        return ARBITRARY
    public = _PUBLIC.match(folded)
    if public and int(public[1]) in ZONES:
        return plane(int(public[1]))
    raise UnusableSource(
        f"{where} の座標系「{declared[:40]}」が分かりません。「公共座標9系」のように書かれているはずです。",
        f"{where} names its reference system {declared[:40]!r}; one such as 公共座標9系 is expected.",
        fix_ja="登記所備付地図データをもう一度受け取ってください。",
        fix_en="Ask for the map data once more.",
        code="crs-unknown",
    )


def _not_a_map(where: str) -> UnusableSource:
    return UnusableSource(
        f"{where} は登記所備付地図の形ですが、点や線の座標が欠けています。",
        f"{where} has the form of a map of the registry office, but points or lines lack their coordinates.",
        fix_ja="登記所備付地図データをもう一度受け取ってください。",
        fix_en="Ask for the map data once more.",
        code="geo-file-broken",
    )
