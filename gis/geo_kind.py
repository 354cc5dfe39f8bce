"""Kinds of geo files: which endings they have, which files belong to one, and what their first bytes say they are.

What GDAL would make of a file is never asked: a text that calls itself .geojson can be a recipe by which GDAL reads any
file of the machine (GDALG, VRT) or the network, so only what is recognised here is opened.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

Kind = Literal[
    "shapefile",
    "geojson",
    "geojsonseq",
    "topojson",
    "geopackage",
    "flatgeobuf",
    "kml",
    "gml",
    "map-xml",
    "gpx",
    "dxf",
    "tab",
    "mif",
    "filegdb",
]

SUFFIXES: Mapping[str, Kind] = {
    ".shp": "shapefile",
    ".geojson": "geojson",
    ".json": "geojson",
    ".geojsonl": "geojsonseq",
    ".geojsons": "geojsonseq",
    ".ndjson": "geojsonseq",
    ".topojson": "topojson",
    ".gpkg": "geopackage",
    ".fgb": "flatgeobuf",
    ".kml": "kml",
    ".gml": "gml",
    ".xml": "gml",
    ".gpx": "gpx",
    ".dxf": "dxf",
    ".tab": "tab",
    ".mif": "mif",
    ".gdb": "filegdb",
}
"""Ending → kind it usually is; what the content says goes before it."""
XML: tuple[Kind, ...] = ("kml", "gml", "map-xml", "gpx")
"""Kinds that share the ending .xml."""
PARTS: Mapping[Kind, tuple[str, ...]] = {
    "shapefile": (".shp", ".shx", ".dbf", ".prj", ".cpg"),
    "tab": (".tab", ".dat", ".map", ".id", ".ind"),
    "mif": (".mif", ".mid"),
}
"""Files of one name that together are one geo file, the chief one first."""
NEEDED: Mapping[Kind, tuple[str, ...]] = {
    "shapefile": (".shp", ".shx", ".dbf"),
    "tab": (".tab", ".dat", ".map", ".id"),
    "mif": (".mif", ".mid"),
}
CODE_LISTS = "codelists"
"""Folder beside a city model (or in its zip) in which the names of its codes lie."""
HEAD = 4096
"""Bytes of a file that `by_content` wants to see."""

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"\x00\x00\x27\x0a", "shapefile"),
    (b"sqlite format 3\x00", "geopackage"),
    (b"fgb\x03fgb", "flatgeobuf"),
    (b"!table", "tab"),
    (b"autocad binary dxf", "dxf"),
)
"""First bytes in lower case → kind."""
_JSON_START = re.compile(rb"[\s\x1e]*[{\[]")
_ORDER = b"gdal_streamed_alg"
"""By this GDAL knows a text that tells it which file to open (GDALG)."""
_TOPOLOGY = re.compile(rb'"type"\s*:\s*"Topology"')
_ROOT = re.compile(r"<([A-Za-z_\u0080-\uffff][^\s/>]*)([^>]*)>?")
_NOT_ROOT = re.compile(r"\s*<(?:\?.*?\?>|!--.*?-->|!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)", re.DOTALL)
_MIF = re.compile(rb"\s*version\s+\d+", re.IGNORECASE)
_GML = ("opengis.net/gml", "opengis.net/citygml")
_MAP_XML = "moj.go.jp/MINJI"


def by_content(head: bytes, suffix: str = "") -> Kind | None:
    """Return what the first bytes of a file say that it is; None for no geo file. `suffix` decides what bytes cannot."""
    known = next((kind for magic, kind in _MAGIC if head.lower().startswith(magic)), None)
    if known is not None:
        return known
    if _is_drawing(head):
        return "dxf"
    if _MIF.match(head) and suffix == ".mif":
        return "mif"
    return _by_text(head, suffix)


def _is_drawing(head: bytes) -> bool:
    """Say whether lines are those of a DXF: pairs of code and value, comments (999) first, then 0 and SECTION."""
    lines = [line.strip() for line in head.splitlines()]
    while lines[:1] == [b"999"]:
        del lines[:2]
    return lines[:2] == [b"0", b"SECTION"]


def _by_text(head: bytes, suffix: str) -> Kind | None:
    start = head.removeprefix(b"\xef\xbb\xbf")
    if _ORDER in start:
        return None
    if _JSON_START.match(start):
        if start.startswith(b"\x1e") or SUFFIXES.get(suffix) == "geojsonseq":
            return "geojsonseq"
        return "topojson" if _TOPOLOGY.search(start) or suffix == ".topojson" else "geojson"
    return _by_root(as_xml(head))


def as_xml(head: bytes) -> str:
    """Return the first bytes of an XML file as text, for looking at its declaration and first element only."""
    wide = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(head[:2])
    return head.decode(wide or "utf-8", "replace").lstrip("\ufeff \t\r\n")


def _by_root(text: str) -> Kind | None:
    if not text.startswith("<"):
        return None
    while before := _NOT_ROOT.match(text):
        text = text[before.end() :]
    found = _ROOT.match(text.lstrip())
    if found is None:
        return None
    name, attributes = found[1].rpartition(":")[2], found[2]
    if name in ("kml", "gpx"):
        return "kml" if name == "kml" else "gpx"
    if name == "地図" and _MAP_XML in attributes:
        return "map-xml"
    return "gml" if any(word in attributes for word in _GML) else None


def head_of(path: Path) -> bytes:
    """Return the first bytes of a file."""
    with path.open("rb") as file:
        return file.read(HEAD)
