"""Frame: what a `srsName` of GML says of the numbers under it: which system, which axis first, how many a position.

Names by authority (URN, URL of the OGC) follow the order of axes that the EPSG registry declares (OGC 09-048r5), the names
of Japanese standards say it in brackets: (B, L) latitude first, (X, Y) northing first. "EPSG:n" alone is used both ways.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from catalog.errors import UnusableSource
from gis.reference_system import GEOGRAPHIC, ZONES, declared_axes, plane

_BY_AUTHORITY = re.compile(
    r"^(?:urn:(?:x-)?ogc:def:crs:EPSG:[^:]*:|https?://www\.opengis\.net/def/crs/EPSG/[^/]*/)(\d{4,6})$", re.IGNORECASE
)
_OLD_URL = re.compile(r"^https?://www\.opengis\.net/gml/srs/epsg\.xml#(\d{4,6})$", re.IGNORECASE)
_SHORT = re.compile(r"^EPSG:(\d{4,6})$", re.IGNORECASE)
_CRS84 = re.compile(
    r"^(?:urn:(?:x-)?ogc:def:crs:OGC:[^:]*:|https?://www\.opengis\.net/def/crs/OGC/[^/]*/)CRS84$", re.IGNORECASE
)
_JAPANESE = re.compile(r"^(?:fguuid:)?(JGD2000|JGD2011|JGD2024|TD)\s*[./]\s*\(?\s*B\s*,?\s*L\s*(,?\s*h)?\s*\)?$", re.IGNORECASE)
_JAPANESE_PLANE = re.compile(r"^(JGD2000|JGD2011|JGD2024)\s*/\s*(\d{1,2})\s*\(\s*X\s*,\s*Y\s*\)$", re.IGNORECASE)
_LONGEST = 200
_TOKYO = "EPSG:4301"


@dataclass(frozen=True, slots=True)
class Frame:
    """`crs`: "EPSG:n" of the plane part, "" when undeclared; `north_first`: None when the name leaves it open."""

    crs: str = ""
    north_first: bool | None = False
    numbers: int = 0
    """Numbers a position; 0 when nothing declares it."""


@lru_cache(maxsize=64)
def frame_of(name: str, where: str) -> Frame:
    """Read a srsName; UnusableSource when it names something that is not known."""
    name = name.strip()
    if not name:
        return Frame()
    if len(name) > _LONGEST:
        raise _unknown(name, where)
    if found := _BY_AUTHORITY.match(name):
        return _registered(int(found[1]), name, where)
    if found := _OLD_URL.match(name):
        # GML 2 counted x before y whatever the registry says, and its URL form kept that (OGC 02-069, 4.3.2).
        return Frame(_registered(int(found[1]), name, where).crs, False)
    if found := _SHORT.match(name):
        known = _registered(int(found[1]), name, where)
        return Frame(known.crs, None, known.numbers)
    if _CRS84.match(name):
        return Frame(GEOGRAPHIC["WGS84"], False, 2)
    return _japanese(name, where)


def _japanese(name: str, where: str) -> Frame:
    if found := _JAPANESE.match(name):
        datum = found[1].upper().replace("2024", "2011")  # JGD2024 gave new heights; the plane is that of JGD2011
        return Frame(GEOGRAPHIC.get(datum, _TOKYO), True, 3 if found[2] else 2)
    if (found := _JAPANESE_PLANE.match(name)) and int(found[2]) in ZONES:
        return Frame(plane(int(found[2]), found[1].upper().replace("2024", "2011")), True, 2)
    raise _unknown(name, where)


def _registered(code: int, name: str, where: str) -> Frame:
    axes = declared_axes(code)
    if axes is None:
        raise _unknown(name, where)
    return Frame(*axes)


def _unknown(name: str, where: str) -> UnusableSource:
    return UnusableSource(
        f"{where} の座標系「{name[:80]}」が分かりません。",
        f"{where} names a reference system that is not known: {name[:80]!r}.",
        fix_ja="作った部署か業者に座標系を確かめ、QGIS などで GeoPackage に書き出して渡してください。",
        fix_en="Ask who made it which system it is, and export it as GeoPackage with QGIS or the like.",
        code="crs-unknown",
    )
