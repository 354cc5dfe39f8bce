"""KML (OGC 12-007r2): every placemark a row, whatever folder it stands in; the folders become a column.

Descriptions are kept as the text they are (often a table of HTML, possibly hostile). Links to other files are not followed.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import shapely

from gis.reference_system import GEOGRAPHIC
from gis.vector_table import UNREADABLE, VectorTable, table_of
from gis.xml_file import Element, elements, local, text

_TEXTS = ("name", "description", "address", "phoneNumber", "Snippet", "when", "begin", "end")
_TIMES = ("TimeStamp", "TimeSpan")
_SEVERAL = ("MultiGeometry", "MultiTrack")
_GEOMETRIES = ("Point", "LineString", "LinearRing", "Polygon", "Track", *_SEVERAL)
_LEFT_OUT = {
    "NetworkLink": "network-link",
    **dict.fromkeys(("GroundOverlay", "ScreenOverlay", "PhotoOverlay"), "overlay"),
    "Model": "model",
}
FOLDER = "Folder"
"""Heading of the column that says in which folders a placemark stands."""


def read_kml(path: Path, where: str, layer: str) -> VectorTable:
    """Read all placemarks of a KML file; `where` is how messages call it. UnusableSource as `xml_file.elements` says."""
    rows: list[dict[str, str]] = []
    shapes: list[bytes | None] = []
    left_out: dict[str, int] = {}
    for _, element in elements(path, where, ("Placemark", *_LEFT_OUT)):
        if local(element) == "Placemark":
            rows.append(_row(element))
            shapes.append(_shape(element))
            element.clear()
        else:
            what = _LEFT_OUT[local(element)]
            left_out[what] = left_out.get(what, 0) + 1
    return VectorTable(table_of(rows), pa.array(shapes, pa.binary()), GEOGRAPHIC["WGS84"], "utf-8", layer, left_out)


def _row(placemark: Element) -> dict[str, str]:
    row: dict[str, str] = {}
    for name, value in _cells(placemark):
        _put(row, name, value)
    if folders := [name for one in placemark.iterancestors() if local(one) == FOLDER and (name := _name_of(one))]:
        _put(row, FOLDER, "/".join(reversed(folders)))
    return row


def _put(row: dict[str, str], name: str, value: str) -> None:
    """Keep a text under its name; where <name> and an attribute called name say two things, both stay."""
    heading, number = name, 2
    while heading in row and row[heading] != value:
        heading, number = f"{name}({number})", number + 1
    row[heading] = value


def _cells(placemark: Element) -> Iterator[tuple[str, str]]:
    if key := placemark.get("id"):
        yield "id", key
    for child in placemark:
        kind = local(child)
        if kind in _TEXTS and (value := text(child)):
            yield kind, value
        elif kind in _TIMES:
            yield from ((local(one), text(one)) for one in child if local(one) in _TEXTS)
        elif kind == "ExtendedData":
            yield from _extended(child)


def _extended(data: Element) -> Iterator[tuple[str, str]]:
    for child in data:
        if local(child) == "Data":
            yield child.get("name", ""), "".join(text(one) for one in child if local(one) == "value")
        elif local(child) == "SchemaData":
            for one in child:
                values = [text(value) for value in one] if len(one) else [text(one)]
                yield one.get("name", ""), "、".join(values)
        elif not len(child):
            yield local(child), text(child)


def _name_of(folder: Element) -> str:
    return next((text(child) for child in folder if local(child) == "name"), "")


def _shape(placemark: Element) -> bytes | None:
    """Return WKB of a placemark's geometry, None when it has none, bytes that are none when its numbers cannot be read."""
    found = [child for child in placemark if local(child) in _GEOMETRIES]
    try:
        shape = _geometry(found[0]) if found else None
    except (ValueError, IndexError, shapely.GEOSException):
        return UNREADABLE
    return None if shape is None else bytes(shapely.to_wkb(shape))


def _geometry(element: Element) -> shapely.Geometry | None:
    kind = local(element)
    if kind in _SEVERAL:
        return _collected([shape for child in element if local(child) in _GEOMETRIES and (shape := _geometry(child))])
    if kind == "Polygon":
        return _polygon(element)
    rows = _track(element) if kind == "Track" else _positions(element)
    if not len(rows):
        return None
    return shapely.Point(rows[0]) if kind == "Point" else shapely.LineString(rows)


def _polygon(element: Element) -> shapely.Geometry | None:
    rings = {"outerBoundaryIs": [], "innerBoundaryIs": []}  # type: dict[str, list[np.ndarray]]
    for boundary in element:
        if local(boundary) in rings:
            rings[local(boundary)] += [_positions(ring) for ring in boundary if local(ring) == "LinearRing"]
    if not rings["outerBoundaryIs"] or not len(rings["outerBoundaryIs"][0]):
        return None
    return shapely.Polygon(rings["outerBoundaryIs"][0], rings["innerBoundaryIs"])


def _positions(element: Element) -> np.ndarray:
    """Return N×2 or N×3 of <coordinates>: longitude, latitude and perhaps height, with commas between."""
    words = next(((child.text or "").split() for child in element if local(child) == "coordinates"), [])
    return _numbers([word.split(",") for word in words])


def _track(element: Element) -> np.ndarray:
    return _numbers([(child.text or "").split() for child in element if local(child) == "coord"])


def _numbers(rows: list[list[str]]) -> np.ndarray:
    if not rows:
        return np.empty((0, 2))
    width = min(len(row) for row in rows)
    if width < 2 or max(len(row) for row in rows) > 3 or any("_" in number for row in rows for number in row):
        raise ValueError  # Python reads 1_0 as ten
    return np.array([row[:width] for row in rows], dtype=float)


def _collected(parts: list[shapely.Geometry]) -> shapely.Geometry | None:
    kinds = {part.geom_type for part in parts}
    makers = {"Point": shapely.MultiPoint, "LineString": shapely.MultiLineString, "Polygon": shapely.MultiPolygon}
    if not parts:
        return None
    make = makers.get(kinds.pop(), shapely.GeometryCollection) if len(kinds) == 1 else shapely.GeometryCollection
    made: shapely.Geometry = make(parts)
    return made
