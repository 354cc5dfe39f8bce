"""The town's own base map, handed in like any other data: land, streets, main roads with the railway, names."""

from dataclasses import dataclass

import numpy as np
import shapely

from api.demo import island
from api.demo.areas import AREAS
from api.demo.dividing import Geometries
from api.demo.facilities import places
from api.demo.plan import Plan
from api.demo.roads import FOREST_ROAD
from api.demo.streets import MAIN, RING, RING_ROAD

_GROUND = {
    "市街地": ("town", "village", "school", "port", "industry"),
    "農地": ("farm",),
    "森林": ("wood",),
    "海岸": ("shore",),
    "川原": ("river",),
    "公園": ("park",),
    "学校": ("school",),
    "港": ("port",),
    "工業地": ("industry",),
    "池": ("pond",),
}
"""Kinds of ground and the uses of faces they are made of; later ones lie on earlier ones."""
_BEACHES = (
    (4760, 640, 420),
    (5300, 640, 420),
    (6060, 760, 260),
    (3200, 860, 260),
    (680, 1350, 240),
    (7200, 2330, 220),
    (6140, 4300, 240),
)
"""Where the coast is sand: place on the plan and radius."""
_ISLETS = (
    ("弁天島", "ベンテンジマ", "Benten Islet"),
    ("沖ノ島", "オキノシマ", "Oki Islet"),
    ("双子島", "フタゴジマ", "Futago Islets"),
)
_WATERS = (
    ("川", "見本川", "ミホンガワ", "Mihon River", (3800, 2600)),
    ("湾", "見本湾", "ミホンワン", "Mihon Bay", (3300, 560)),
    ("湾", "北浦", "キタウラ", "Kitaura Inlet", (3720, 4760)),
    ("岬", "見本岬", "ミホンミサキ", "Cape Mihon", (7560, 2600)),
    ("岬", "松崎鼻", "マツサキバナ", "Matsusaki Point", (330, 2750)),
    ("岬", "大浜崎", "オオハマザキ", "Ohama Point", (4640, 260)),
    ("浜", "大浜", "オオハマ", "Ohama Beach", (5300, 560)),
)
_SHOWN = {
    "office": "役場",
    "station": "駅",
    "port": "港",
    "high": "学校",
    "junior": "学校",
    "primary": "学校",
    "onsen": "温泉",
    "market": "道の駅",
}


Named = tuple[tuple[str, ...], shapely.Geometry]
"""The cells of a row and its place."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One dataset of the base map: `columns` as in the file, `shapes` object[N] in EPSG:6677."""

    columns: dict[str, list[str]]
    shapes: Geometries


def _sheet(rows: list[Named], names: tuple[str, ...]) -> Sheet:
    columns = {name: [row[place] for row, _ in rows] for place, name in enumerate(names)}
    return Sheet(columns, np.array([shape for _, shape in rows], dtype=object))


def land(plan: Plan) -> Sheet:
    """Return the land and what covers it."""
    rows: list[Named] = [(("陸地", "見本島"), plan.land)]
    for kind, uses in _GROUND.items():
        rows.append(((kind, ""), shapely.union_all(plan.faces[np.isin(plan.use, uses)], grid_size=0.001)))
    rows.append((("砂浜", ""), _beaches(plan)))
    rows.append((("川", "見本川"), plan.river))
    rows.append((("防波堤", ""), plan.breakwater))
    return _sheet(rows, ("区分", "名称"))


def _beaches(plan: Plan) -> shapely.Geometry:
    sand = shapely.union_all([island.survey(shapely.Point(x, y).buffer(radius)) for x, y, radius in _BEACHES])
    strip = plan.land.difference(plan.land.buffer(-34))
    return shapely.union_all(strip.intersection(sand), grid_size=0.001)


def streets(plan: Plan) -> Sheet:
    """Return the small streets, joined along each route."""
    rows: list[Named] = [(("街路", ""), line) for line in _by_route(plan, ~np.isin(plan.rank, [RING, MAIN]))]
    return _sheet(rows, ("区分", "名称"))


def roads(plan: Plan) -> Sheet:
    """Return the roads that are drawn from afar, and the railway."""
    rows: list[Named] = []
    for name in dict.fromkeys(plan.routes):
        pieces = (plan.route == plan.routes.index(name)) & np.isin(plan.rank, [RING, MAIN])
        if name and pieces.any():
            kind = {RING_ROAD: "県道", FOREST_ROAD: "林道"}.get(name, "幹線道路")
            rows.append(((kind, name), shapely.line_merge(shapely.union_all(plan.streets[pieces]))))
    return _sheet([*rows, (("鉄道", "見本鉄道"), plan.railway)], ("区分", "名称"))


def _by_route(plan: Plan, chosen: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Geometries:
    index = np.flatnonzero(chosen)
    order = index[np.argsort(plan.route[index], kind="stable")]
    groups = np.split(plan.streets[order], np.flatnonzero(np.diff(plan.route[order])) + 1)
    return np.array([shapely.line_merge(shapely.multilinestrings(group)) for group in groups], dtype=object)


def names(plan: Plan) -> Sheet:
    """Return the names on the map: 町字, mountains, waters, islets, the best known places."""
    rows = [*_area_names(plan), *_natural_names(), *_place_names()]
    return _sheet(rows, ("区分", "名称", "名称_カナ", "名称_英語", "標高"))


def _area_names(plan: Plan) -> list[Named]:
    largest = [max(shapely.get_parts(shape), key=shapely.area) for shape in plan.areas]
    return [
        (("町字", area.name.removeprefix("大字"), area.kana, area.roman, ""), ground.point_on_surface())
        for area, ground in zip(AREAS, largest, strict=True)
    ]


def _natural_names() -> list[Named]:
    peaks = [(("山", peak.name, peak.kana, peak.english, f"{peak.top:.0f}"), (peak.x, peak.y)) for peak in island.PEAKS]
    waters = [((kind, name, kana, english, ""), place) for kind, name, kana, english, place in _WATERS]
    islets = [(("島", *words, ""), place) for words, place in zip(_ISLETS, island.ISLETS, strict=False)]
    return [(cells, island.survey(shapely.Point(place))) for cells, place in (*peaks, *waters, *islets)]


def _place_names() -> list[Named]:
    shown = [place for place in places() if place.facility.kind in _SHOWN]
    return [
        ((_SHOWN[place.facility.kind], place.facility.name, place.facility.kana, place.facility.english, ""), place.point)
        for place in shown
    ]
