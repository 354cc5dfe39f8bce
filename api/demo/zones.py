"""City planning and farm planning: 用途地域 around the station and the quay, 区域区分, 農用地区域."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from api.demo import island
from api.demo.areas import AREAS
from api.demo.dividing import Geometries
from api.demo.plan import Plan
from api.demo.streets import MAIN

URBAN = ("中央一丁目", "中央二丁目", "中央三丁目", "港町", "浜町", "栄町一丁目", "栄町二丁目", "城山町", "新町", "川東")
"""町字 inside the 市街化区域; their fields are left out of the farmland register on the internet."""


@dataclass(frozen=True, slots=True)
class Zone:
    """One kind of 用途地域 with 容積率 and 建ぺい率 in percent; `grounds` are the polygons in EPSG:6677."""

    name: str
    floor: int
    coverage: int
    grounds: Geometries


RATIOS = {
    "第一種低層住居専用地域": (80, 50),
    "第二種低層住居専用地域": (100, 60),
    "第一種中高層住居専用地域": (200, 60),
    "第二種中高層住居専用地域": (200, 60),
    "第一種住居地域": (200, 60),
    "第二種住居地域": (200, 60),
    "準住居地域": (200, 60),
    "田園住居地域": (80, 50),
    "近隣商業地域": (200, 80),
    "商業地域": (400, 80),
    "準工業地域": (200, 60),
    "工業地域": (200, 60),
    "工業専用地域": (200, 60),
}
_BY_AREA = {
    "中央一丁目": "第一種住居地域",
    "中央二丁目": "第一種住居地域",
    "中央三丁目": "第二種住居地域",
    "港町": "準工業地域",
    "浜町": "第二種住居地域",
    "栄町一丁目": "第一種中高層住居専用地域",
    "栄町二丁目": "第二種低層住居専用地域",
    "城山町": "第一種低層住居専用地域",
    "新町": "第二種中高層住居専用地域",
    "川東": "田園住居地域",
}


def urban(plan: Plan) -> npt.NDArray[np.bool_]:
    """Say which faces lie in the 市街化区域: the town's own 町字 without river and woods, and the industrial quay."""
    inside = np.isin(plan.face_area, [index for index, area in enumerate(AREAS) if area.name in URBAN])
    return np.asarray(inside & ~np.isin(plan.use, ["river", "wood", "shore"]))


def use_districts(plan: Plan) -> list[Zone]:
    """Return the thirteen 用途地域, each with its polygons."""
    faces = np.flatnonzero(urban(plan))
    kind = _kinds(plan, faces)
    return [Zone(name, *RATIOS[name], _joined(plan.faces[faces[kind == name]])) for name in RATIOS]


def _kinds(plan: Plan, faces: npt.NDArray[np.int64]) -> npt.NDArray[np.str_]:
    shapes = plan.faces[faces]
    away = shapely.distance(shapely.point_on_surface(shapes), plan.station)
    shopping, trunk = _along(plan, shapes, "中央通り"), _along(plan, shapes, "東西本通り") | _along(plan, shapes, "南通り")
    heavy = plan.use[faces] == "industry"
    west = shapely.get_x(shapely.centroid(shapes)) < island.CORNER[0] + 1930
    rules = {
        "工業専用地域": heavy & west,
        "工業地域": heavy | (plan.use[faces] == "port"),
        "商業地域": (away < 230) | (shopping & (away < 330)),
        "近隣商業地域": (away < 400) | (shopping & (away < 900)),
        "準住居地域": trunk,
    }
    by_area = np.array([_BY_AREA[AREAS[area].name] for area in plan.face_area[faces]])
    return np.select(list(rules.values()), list(rules), by_area)


def _along(plan: Plan, shapes: Geometries, road: str) -> npt.NDArray[np.bool_]:
    pieces = plan.streets[(plan.rank == MAIN) & (plan.route == plan.routes.index(road))]
    touching = np.zeros(len(shapes), dtype=bool)
    touching[shapely.STRtree(shapes).query(pieces, predicate="dwithin", distance=0.05)[1]] = True
    return touching


def area_division(plan: Plan) -> dict[str, Geometries]:
    """Return 市街化区域 and 市街化調整区域: together all the land."""
    inside = urban(plan)
    return {"市街化区域": _joined(plan.faces[inside]), "市街化調整区域": _joined(plan.faces[~inside])}


def farm_ground(plan: Plan) -> npt.NDArray[np.bool_]:
    """Say which faces are farmland outside the 市街化区域."""
    return np.asarray((plan.use == "farm") & ~urban(plan))


def promoted(plan: Plan) -> npt.NDArray[np.bool_]:
    """Say which faces the farm plan keeps for farming: the larger blocks."""
    return np.asarray(farm_ground(plan) & (shapely.area(plan.faces) > 4000))


def farm_promotion(plan: Plan) -> dict[str, Geometries]:
    """Return 農用地区域 (most of the farmland) and the rest of the 農業振興地域 (hamlets and small fields between)."""
    fields, large = farm_ground(plan), promoted(plan)
    return {
        "農用地区域": _joined(plan.faces[large]),
        "農業振興地域": _joined(plan.faces[(fields & ~large) | ((plan.use == "village") & ~urban(plan))]),
    }


def _joined(faces: Geometries) -> Geometries:
    """Join faces that touch and return the separate polygons, from west to east."""
    parts = shapely.get_parts(shapely.union_all(faces, grid_size=0.001))
    return np.asarray(parts[np.argsort(shapely.get_x(shapely.centroid(parts)), kind="stable")])
