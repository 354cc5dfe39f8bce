"""The geometry of a source, taken to longitude and latitude and measured; what is not as it should be becomes a finding."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

from catalog.errors import UnusableSource
from catalog.town import Town
from gis import geometry, reference_system
from gis.geometry import Geometries, Mask
from gis.reference_system import Axes
from publish.table.finding import Finding, Severity
from publish.table.position import Part

_NAMES = {
    0: ("点", "point"),
    1: ("線", "line"),
    2: ("線", "line"),
    3: ("面", "area"),
    4: ("複数の点", "several points"),
    5: ("線", "line"),
    6: ("面", "area"),
    7: ("種類の混ざった図形", "mixture of kinds"),
}
"""Shapely type id → what a clerk calls it."""
_KINDS = {"point": 0, "line": 1, "polygon": 3}
_REASONS = {
    "Self-intersection": "境界線が自分と交わっています",
    "Ring Self-intersection": "境界線が同じ点を2度通っています",
    "Hole lies outside shell": "穴が外側にあります",
    "Holes are nested": "穴の中に穴があります",
    "Nested shells": "面の中に面が重なっています",
    "Interior is disconnected": "面の内側が分かれています",
    "Duplicate Rings": "同じ境界線が2つあります",
    "Too few points in geometry component": "点の数が足りません",
    "Invalid Coordinate": "座標の数字が正しくありません",
}
"""GEOS's words for what is invalid."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """Geometry of N rows as read, and where each stood. `part`: index into `parts`; `crs`: where a part says none."""

    wkb: pa.Array
    part: npt.NDArray[np.int32]
    row: npt.NDArray[np.int64]
    parts: tuple[Part, ...]
    crs: str


@dataclass(frozen=True, slots=True)
class Measured:
    """`geometries`: object[N] in degrees of EPSG:6668, two-dimensional; `source_crs`: what they came in."""

    geometries: Geometries
    source_crs: str
    findings: tuple[Finding, ...]


def measure(shapes: Shapes, kind: str, declared: str, axes: Axes, town: Town | None) -> Measured:
    """Reproject and look at every geometry; `declared`: the recipe's crs, which goes before what files say.

    RecipeError: it is not understood. UnusableSource: nobody declares a system, or it stands on the old datum.
    """
    raw, unreadable = geometry.from_wkb(shapes.wkb)
    systems = {part: _system(shapes, part, declared, town) for part in np.unique(shapes.part).tolist()}
    geometries: Geometries = np.full(len(raw), None, dtype=object)
    for crs in sorted(set(systems.values())):
        rows = np.flatnonzero(np.isin(shapes.part, [part for part, other in systems.items() if other == crs]))
        geometries[rows] = geometry.reproject(raw[rows], crs, axes)
    single = _unwrapped(geometries) if kind == "point" else geometries
    found = (
        *_overridden(shapes, systems),
        *_degrees(shapes, raw, systems),
        *_heights(shapes, raw),
        *_listed(shapes, unreadable, "unreadable-geometry", "error"),
        *_listed(shapes, geometry.empty(single) & ~unreadable, "empty-geometry", "warning"),
        *_judged(shapes, single, kind),
    )
    return Measured(single, ", ".join(sorted(set(systems.values()))), found)


def _system(shapes: Shapes, part: int, declared: str, town: Town | None) -> str:
    source = shapes.parts[part]
    crs = source.crs or shapes.crs
    if crs == reference_system.ARBITRARY:
        raise _nowhere(source)  # what a recipe says of it cannot be so
    if declared:
        crs = reference_system.declared_in_recipe(declared, town.zone if town else None, town.datum if town else "JGD2011")
    if not crs:
        raise _undeclared(source, town)
    reference_system.require_supported(crs, source.label)
    return crs


def _undeclared(part: Part, town: Town | None) -> UnusableSource:
    example = f"plane {town.zone}" if town and town.zone else "EPSG:6676"
    return UnusableSource(
        f"{part.label} の座標系が分かりません(.prj などに書かれていないか、読み取れません)。",
        f"{part.label} does not say its reference system (no .prj or the like, or it cannot be identified).",
        fix_ja=f"作った部署か業者に確かめ、レシピに「crs: {example}」のように書いてください。",
        fix_en=f"Ask who made it, and write it into the recipe, such as 'crs: {example}'.",
        code="crs-missing",
    )


def _nowhere(part: Part) -> UnusableSource:
    return UnusableSource(
        f"{part.label} は任意座標系の地図で、地球上のどこにあるかが決まっていないため、地図に載せられません。",
        f"{part.label} is a map in an arbitrary system (任意座標系), which lies nowhere on the earth: it cannot be mapped.",
        fix_ja="公共座標の地図がある区域だけを使ってください。地番などの表は、図形のいらない種類としてなら読めます。",
        fix_en="Use the maps in public coordinates only. Its table can be read as a kind of data that needs no geometry.",
        code="arbitrary-coordinates",
    )


def _unwrapped(geometries: Geometries) -> Geometries:
    """A multiple point of one point is that point."""
    lone = (geometry.type_ids(geometries) == 4) & (shapely.get_num_geometries(geometries) == 1)
    single = geometries.copy()
    single[lone] = shapely.get_geometry(geometries[lone], 0)
    return single


def _overridden(shapes: Shapes, systems: dict[int, str]) -> Iterator[Finding]:
    for part, crs in systems.items():
        said = shapes.parts[part].crs or shapes.crs
        if said and not reference_system.same_numbers(said, crs):
            yield Finding("crs-overridden", "warning", part, value=said, values={"said": said, "used": crs})


def _degrees(shapes: Shapes, raw: Geometries, systems: dict[int, str]) -> Iterator[Finding]:
    """Say where numbers that can only be longitude and latitude of Japan were read as metres (at the zone's origin)."""
    for part, crs in systems.items():
        boxes = geometry.bounds(raw[shapes.part == part])
        boxes = boxes[geometry.drawable(boxes)]
        if len(boxes) and not reference_system.is_geographic(crs) and geometry.inside_japan(boxes).all():
            yield Finding("degrees-as-metres", "error", part, values={"used": crs})


def _heights(shapes: Shapes, raw: Geometries) -> Iterator[Finding]:
    high = np.asarray(shapely.has_z(raw))
    for part in np.unique(shapes.part[high]).tolist():
        count = int((shapes.part[high] == part).sum())
        yield Finding("height-dropped", "info", part, values={"count": str(count)})


def _judged(shapes: Shapes, geometries: Geometries, kind: str) -> Iterator[Finding]:
    kinds = geometry.type_ids(geometries)
    boxes = geometry.bounds(geometries)
    placed = ~geometry.empty(geometries)
    allowed = np.isin(kinds, geometry.KINDS[kind][: 1 if kind == "point" else 2])
    for index in np.flatnonzero(placed & ~allowed).tolist():
        yield _at(shapes, index, "geometry-kind", "error", _kind_values(int(kinds[index]), kind, geometries[index]))
    outside = placed & ~geometry.inside_japan(boxes)
    exchanged = geometry.inside_japan(boxes[:, [1, 0, 3, 2]])
    for index in np.flatnonzero(outside).tolist():
        yield _at(shapes, index, "outside-japan", "error", _outside_values(boxes[index], bool(exchanged[index])))
    for defect in geometry.defects(geometry.only(geometries, ~outside)):
        place = "—" if np.isnan(defect.lat) else f"{defect.lat:.7f}, {defect.lon:.7f}"
        values = {"reason_ja": _REASONS.get(defect.reason, defect.reason), "reason_en": defect.reason, "place": place}
        yield _at(shapes, defect.index, "invalid-geometry", "warning", values)


def _kind_values(found: int, kind: str, shape: shapely.Geometry) -> dict[str, str]:
    ja, en = _NAMES[found]
    wanted_ja, wanted_en = _NAMES[_KINDS[kind]]
    closed = kind == "polygon" and found in (1, 2, 5) and bool(np.all(shapely.is_closed(shapely.get_parts(shape))))
    return {
        "found_ja": f"閉じた{ja}" if closed else ja,
        "found_en": f"closed {en}" if closed else en,
        "wanted_ja": wanted_ja,
        "wanted_en": wanted_en,
    }


def _outside_values(box: npt.NDArray[np.float64], exchanged: bool) -> dict[str, str]:
    told = bool(geometry.drawable(box[np.newaxis])[0])
    middle = f"{(box[1] + box[3]) / 2:.6g}, {(box[0] + box[2]) / 2:.6g}" if told else "—"
    ja = "縦と横(緯度と経度、X と Y)が入れかわっています。レシピに「axes: yx」と書いてください。" if exchanged else ""
    en = "The two axes are exchanged: write 'axes: yx' into the recipe. " if exchanged else ""
    return {"place": middle, "hint_ja": ja, "hint_en": en}


def _listed(shapes: Shapes, rows: Mask, code: str, severity: Severity) -> Iterable[Finding]:
    return (_at(shapes, index, code, severity) for index in np.flatnonzero(rows).tolist())


def _at(shapes: Shapes, index: int, code: str, severity: Severity, values: dict[str, str] | None = None) -> Finding:
    return Finding(code, severity, int(shapes.part[index]), int(shapes.row[index]), values=values or {})
