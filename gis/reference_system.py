"""Reference systems: from what a file or recipe declares to degrees, and back. The only door to pyproj.

JGD2000, JGD2011 and WGS84 degrees are taken as equal: projections are undone, no datum shift and no grid is applied.
That is also what PROJ answers without its grids; the shift of the 2011 earthquake (up to 5.3 m) is not undone here.
Whether a grid happens to be installed on a machine therefore never changes a published coordinate.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from catalog.errors import RecipeError, UnusableSource

if TYPE_CHECKING:
    from pyproj import CRS, Transformer

Degrees = npt.NDArray[np.float64]
Axes = Literal["xy", "yx"]

LONLAT = "EPSG:6668"
"""JGD2011 geographic: the system in which every release is published."""
PLANES = {"JGD2000": 2443, "JGD2011": 6669}
"""EPSG code of 平面直角座標系 I; the others follow in order up to XIX (平成14年国土交通省告示第9号)."""
ZONES = range(1, 20)
GEOGRAPHIC = {"JGD2000": "EPSG:4612", "JGD2011": LONLAT, "WGS84": "EPSG:4326"}
ARBITRARY = "任意座標系"
"""Stands for a system of one map sheet, whose numbers lie nowhere on the earth (登記所備付地図)."""
GEODETIC_CODES = (4612, 6668, 4326)
"""Geographic systems whose degrees are taken as equal."""

_NUMERALS = (
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "VII",
    "VIII",
    "IX",
    "X",
    "XI",
    "XII",
    "XIII",
    "XIV",
    "XV",
    "XVI",
    "XVII",
    "XVIII",
    "XIX",
)
_ROMAN = {numeral: number for number, numeral in enumerate(_NUMERALS, 1)}
_PLANE = re.compile(r"^(?:PLANE|平面直角座標系?|公共座標系?)?第?(\d{1,2}|[IVX]{1,5})?系?$")


@cache
def _proj() -> Any:
    """Return pyproj, kept off the network. It takes longer to load than most tables to check, and few need it."""
    import pyproj
    from pyproj.network import set_network_enabled  # type: ignore[attr-defined]  # documented, but not in __all__

    set_network_enabled(False)
    return pyproj


@cache
def _geod() -> Any:
    return _proj().Geod(ellps="GRS80")


def plane(zone: int, datum: str = "JGD2011") -> str:
    """Return the authority code of a zone of 平面直角座標系.

    >>> plane(8), plane(8, "JGD2000")
    ('EPSG:6676', 'EPSG:2450')
    """
    return f"EPSG:{PLANES[datum] + zone - 1}"


def zone_of(crs: str) -> int | None:
    """Return the zone of 平面直角座標系 that a code stands for, None for every other system."""
    code = int(crs.removeprefix("EPSG:") or 0)
    return next((code - first + 1 for first in PLANES.values() if code - first + 1 in ZONES), None)


def identify(declared: str) -> str:
    """Return "EPSG:n" for the WKT of a .prj, of GDAL, or an authority code; "" where nothing certain can be said.

    A candidate counts only when it puts the same numbers on the same spot: a .prj with an altered scale is not accepted.
    """
    try:
        crs = _proj().CRS.from_user_input(declared.strip())
    except _proj().exceptions.CRSError:
        return ""
    if crs.to_authority() == ("OGC", "CRS84"):
        return GEOGRAPHIC["WGS84"]
    flat = _two_dimensional(crs)
    code = flat.to_epsg(20)
    return f"EPSG:{code}" if code and _same_place(flat, _proj().CRS.from_epsg(code)) else ""


def declared_axes(code: int) -> tuple[str, bool, int] | None:
    """Return what the EPSG registry declares of a system: the code of its plane part, whether the first axis runs north,
    and how many axes there are; None where the code is unknown.

    >>> declared_axes(6697), declared_axes(6676)
    (('EPSG:6668', True, 3), ('EPSG:6676', True, 2))
    """
    try:
        crs = _proj().CRS.from_epsg(code)
    except _proj().exceptions.CRSError:
        return None
    flat = identify(crs.to_wkt())
    return (flat, crs.axis_info[0].direction == "north", len(crs.axis_info)) if flat else None


def _two_dimensional(crs: "CRS") -> "CRS":
    return crs.sub_crs_list[0] if crs.is_compound else crs.to_2d()


def _same_place(one: "CRS", other: "CRS") -> bool:
    if one.is_geographic != other.is_geographic or one.ellipsoid != other.ellipsoid:
        return False
    if one.is_geographic:
        # For an unknown datum PROJ offers any system on the same ellipsoid.
        return bool(one.datum and other.datum and other.datum.name.startswith(one.datum.name))
    metres = np.array([-30000.0, 0.0, 20000.0]), np.array([-130000.0, 0.0, 40000.0])
    degrees = [_transformer(crs.to_wkt()).transform(*metres) for crs in (one, other)]
    return bool(np.allclose(degrees[0], degrees[1], rtol=0, atol=1e-9))


def same_numbers(one: str, other: str) -> bool:
    """Say whether two systems give the same coordinates here: one zone under JGD2000 and JGD2011, or degrees of either."""
    if one == other or {one, other} <= set(GEOGRAPHIC.values()):
        return True
    return zone_of(one) is not None and zone_of(one) == zone_of(other)


def declared_in_recipe(text: str, zone: int | None = None, datum: str = "JGD2011") -> str:
    """Return "EPSG:n" for what a person writes: EPSG:2450, 2450, JGD2011, plane 8, JGD2000 平面直角座標系第8系, plane.

    `zone` and `datum` are the town's, used where the text leaves them out. RecipeError when it is not understood.
    """
    folded = re.sub(r"[\s/:_-]", "", unicodedata.normalize("NFKC", text)).upper()
    if re.fullmatch(r"(EPSG)?\d{4,6}", folded):
        return _known_code(int(folded.removeprefix("EPSG")), text)
    named = next((name for name in GEOGRAPHIC if folded.startswith(name)), "")
    rest = folded.removeprefix(named)
    if named and not rest:
        return GEOGRAPHIC[named]
    found = _PLANE.match(rest)
    number = _zone_number(found[1], zone) if found and rest else None
    if number in ZONES and (named or datum) in PLANES:
        return plane(number or 0, named or datum)
    raise _not_understood(text)


def _zone_number(written: str | None, zone: int | None) -> int | None:
    if written is None:
        return zone
    return int(written) if written.isdigit() else _ROMAN.get(written)


def _known_code(code: int, text: str) -> str:
    try:
        _proj().CRS.from_epsg(code)
    except _proj().exceptions.CRSError as problem:
        raise _not_understood(text) from problem
    return f"EPSG:{code}"


def _not_understood(text: str) -> RecipeError:
    return RecipeError(
        f"座標系「{text}」が分かりません。",
        f"The reference system {text!r} is not understood.",
        fix_ja="crs は「EPSG:2450」、「JGD2000 plane 8」(平面直角座標系の系)、「JGD2011」(緯度経度)のように書きます。",
        fix_en="Write a code such as EPSG:2450, or 'JGD2000 plane 8' (zone of the plane system), or 'JGD2011' (degrees).",
        code="crs",
    )


@lru_cache(maxsize=64)
def require_supported(crs: str, where: str = "") -> None:
    """Raise UnusableSource unless the system stands on JGD2000, JGD2011 or WGS84 (the old Tokyo datum lies 450 m off)."""
    geodetic = _two_dimensional(_proj().CRS.from_user_input(crs)).geodetic_crs
    code = geodetic.to_epsg() if geodetic else None
    if code in GEODETIC_CODES:
        return
    name = geodetic.name if geodetic else crs
    prefix = f"{where}: " if where else ""
    raise UnusableSource(
        f"{prefix}座標系 {crs} は測地系「{name}」によるもので、まだ扱えません(日本測地系は世界測地系と約450mずれます)。",
        f"{prefix}{crs} stands on the datum {name!r}, which is not supported yet (the Tokyo datum lies about 450 m off).",
        fix_ja="JGD2011 か JGD2000 に変換したファイルを置いてください。",
        fix_en="Hand in the file converted to JGD2011 or JGD2000.",
        code="crs-unsupported",
    )


def is_geographic(crs: str) -> bool:
    """Say whether coordinates of a system are degrees."""
    return _system(crs).is_geographic


@lru_cache(maxsize=64)
def _system(crs: str) -> "CRS":
    return _two_dimensional(_proj().CRS.from_user_input(crs))


@lru_cache(maxsize=64)
def _transformer(crs: str) -> "Transformer":
    system = _system(crs)
    transformer: Transformer = _proj().Transformer.from_crs(
        system, system.geodetic_crs or system, always_xy=True, allow_ballpark=False
    )
    return transformer


def to_lonlat(crs: str, x: Degrees, y: Degrees, axes: Axes = "xy") -> tuple[Degrees, Degrees]:
    """Return longitude and latitude in degrees of EPSG:6668, NaN where there is none.

    `x` runs east and `y` north, in metres or degrees; with `axes` "yx" the first holds the northing, as surveyors write.
    """
    if axes == "yx":
        x, y = y, x
    if is_geographic(crs):
        return np.asarray(x, float), np.asarray(y, float)
    return _finite(*_transformer(crs).transform(x, y))


def from_lonlat(crs: str, lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """Return easting and northing (or degrees, for a geographic system) of places in EPSG:6668."""
    if is_geographic(crs):
        return np.asarray(lon, float), np.asarray(lat, float)
    return _finite(*_transformer(crs).transform(lon, lat, direction="INVERSE"))


def _finite(x: Any, y: Any) -> tuple[Degrees, Degrees]:
    """PROJ says infinity for a place outside of a projection; nowhere is NaN here."""
    first, second = np.asarray(x, float), np.asarray(y, float)
    nowhere = ~(np.isfinite(first) & np.isfinite(second))
    return np.where(nowhere, np.nan, first), np.where(nowhere, np.nan, second)


def distance(lon1: Any, lat1: Any, lon2: Any, lat2: Any) -> Any:
    """Return geodesic distances on GRS80 in metres; scalars or arrays alike."""
    return _geod().inv(lon1, lat1, lon2, lat2)[2]


@lru_cache(maxsize=8)
def projjson(crs: str = LONLAT) -> dict[str, Any]:
    """Return PROJJSON of a system, as GeoParquet 1.1 wants it."""
    described: dict[str, Any] = _proj().CRS.from_user_input(crs).to_json_dict()
    return described
