"""Roads: certified routes, their ledger apart from their lines; farm roads; planned roads. Other lanes stay out."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import shapely

from api.demo.areas import AREAS
from api.demo.awkward import Cell, era
from api.demo.dividing import Geometries, Indices
from api.demo.landuse import BUILT
from api.demo.plan import Plan, generator
from api.demo.streets import MAIN, RING, SECOND, WIDTHS

FOREST_ROAD = "林道北森線"
_FIRST_CLASS = ("中央通り", "東西本通り", "北通り", "南通り", "川東通り", "港西通り")
LEDGER_HEADINGS = (
    "路線番号",
    "路線名",
    "道路種別",
    "起点",
    "終点",
    "延長（ｍ）",
    "最小幅員（ｍ）",
    "最大幅員（ｍ）",
    "認定年月日",
    "備考",
)
_COUNCIL_DAYS = ((3, 28), (4, 1), (6, 20), (9, 27), (12, 18))


@dataclass(frozen=True, slots=True)
class Route:
    """A street with its pieces: `streets` int[P] into the plan's streets."""

    number: str
    name: str
    kind: str
    streets: Indices
    area: int
    length: float
    width: float


def certified(plan: Plan) -> list[Route]:
    """Return the 町道: main roads, and every street that leads to a house. The ring belongs to the prefecture."""
    homes = _touching(plan, BUILT)
    groups = [group for group in _groups(plan) if plan.rank[group[0]] != RING]
    groups = [group for group in groups if (_is_main(plan, group) or homes[group].any()) and _name(plan, group) != FOREST_ROAD]
    return _routes(plan, sorted(groups, key=lambda group: (not _is_main(plan, group), plan.street_area[group[0]], group[0])))


def farm_roads(plan: Plan) -> list[Route]:
    """Return the 林道 and the wider lanes among fields that no house stands on; narrow ones are nobody's record."""
    homes = _touching(plan, BUILT)
    chosen = [group for group in _groups(plan) if _name(plan, group) == FOREST_ROAD or _is_field_lane(plan, group, homes)]
    found = []
    for group in chosen:
        forest = _name(plan, group) == FOREST_ROAD
        short = AREAS[plan.street_area[group[0]]].short
        found.append((FOREST_ROAD if forest else f"農道{short}", "林道" if forest else "農道", group))
    return [
        _route(plan, f"N{index:03d}", f"{name}" if kind == "林道" else f"{name}{index}号線", kind, group)
        for index, (name, kind, group) in enumerate(found, 1)
    ]


def _is_field_lane(plan: Plan, group: Indices, homes: npt.NDArray[np.bool_]) -> bool:
    return bool(plan.rank[group[0]] == SECOND and not homes[group].any())


def _groups(plan: Plan) -> list[Indices]:
    """Return the streets of each route, in the order of the routes."""
    order = np.argsort(plan.route, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(plan.route[order])) + 1)


def _name(plan: Plan, group: Indices) -> str:
    return plan.routes[int(plan.route[group[0]])]


def _is_main(plan: Plan, group: Indices) -> bool:
    return bool(plan.rank[group[0]] == MAIN)


def _touching(plan: Plan, uses: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    """Say of each street whether a face of one of these uses lies at it."""
    middle = shapely.line_interpolate_point(plan.streets, 0.5, normalized=True)
    street, face = shapely.STRtree(plan.faces).query(middle, predicate="dwithin", distance=0.05)
    found = np.zeros(len(plan.streets), dtype=bool)
    np.logical_or.at(found, street, np.isin(plan.use, uses)[face])
    return found


def _routes(plan: Plan, groups: list[Indices]) -> list[Route]:
    """Number the routes: 1xx the main roads, then by 町字 as 町道中央1号線."""
    counts: dict[str, int] = {}
    routes = []
    for index, group in enumerate(groups, 1):
        if _is_main(plan, group):
            kind = "1級町道" if _name(plan, group) in _FIRST_CLASS else "2級町道"
            routes.append(_route(plan, f"{index:04d}", f"町道{_name(plan, group)}線", kind, group))
            continue
        short = AREAS[plan.street_area[group[0]]].short
        counts[short] = counts.get(short, 0) + 1
        kind = "2級町道" if plan.rank[group[0]] == SECOND and shapely.length(plan.streets[group]).sum() > 700 else "その他町道"
        routes.append(_route(plan, f"{index + 1000:04d}", f"町道{short}{counts[short]}号線", kind, group))
    return routes


def _route(plan: Plan, number: str, name: str, kind: str, group: Indices) -> Route:
    length = float(shapely.length(plan.streets[group]).sum())
    return Route(
        number, name, kind, group, int(plan.street_area[group[0]]), round(length, 1), float(WIDTHS[plan.rank[group[0]]])
    )


def ledger(plan: Plan, routes: list[Route]) -> list[list[Cell]]:
    """Return the rows of the ledger workbook: numbers as text, dates in 和暦, two ways of writing them."""
    rng = generator(40)
    years = 1953 + np.round(70 * rng.beta(1.6, 2.2, len(routes))).astype(int)
    spread = rng.uniform(0.0, 1.0, (2, len(routes)))
    rows: list[list[Cell]] = []
    for index, route in enumerate(routes):
        day = date(int(years[index]), *_COUNCIL_DAYS[index % len(_COUNCIL_DAYS)])
        first, last = _ends(plan, route)
        narrow, broad = round(route.width - spread[0, index], 1), round(route.width + 1.5 * spread[1, index], 1)
        rows.append([route.number, route.name, route.kind, first, last, route.length, narrow, broad, _written(day, index), ""])
    return rows


def _written(day: date, index: int) -> str:
    text = era(day)
    if index % 5 or "元" in text:
        return text
    return (
        text.replace("昭和", "S")
        .replace("平成", "H")
        .replace("令和", "R")
        .replace("年", ".")
        .replace("月", ".")
        .removesuffix("日")
    )


def _ends(plan: Plan, route: Route) -> tuple[str, str]:
    """Return where the route begins and ends: the 町字 and a lot number counted along it."""
    points = shapely.get_coordinates(plan.streets[route.streets])
    side = int(np.ptp(points, axis=0).argmax())
    ends = shapely.points(points[[points[:, side].argmin(), points[:, side].argmax()]])
    names = [AREAS[index].name for index in shapely.STRtree(plan.areas).nearest(ends)]
    base = int(route.number.lstrip("N")) * 3 % 400 + 1
    return f"{names[0]}{base}番地先", f"{names[1]}{base + len(route.streets)}番地先"


def pieces(routes: list[Route], plan: Plan) -> tuple[dict[str, list[object]], Geometries]:
    """Return columns and lines of the geometry file: many pieces carry the same route number."""
    owner = np.repeat(np.arange(len(routes)), [len(route.streets) for route in routes])
    streets = np.concatenate([route.streets for route in routes])
    nth = [piece for route in routes for piece in range(1, len(route.streets) + 1)]
    numbers = [routes[index].number for index in owner]
    return {"路線番号": list(numbers), "区間番号": list(nth)}, plan.streets[streets]


def merged(plan: Plan, route: Route) -> shapely.Geometry:
    """Return a route's pieces as one line where they join."""
    return shapely.line_merge(shapely.union_all(plan.streets[route.streets]))


PLANNED: tuple[tuple[str, str, str, float, str, str], ...] = (
    ("3・4・1", "中央通り線", "中央通り", 16.0, "昭和30年3月31日", "整備済"),
    ("3・4・2", "東西本通り線", "東西本通り", 16.0, "昭和43年12月28日", "整備済"),
    ("3・4・3", "南通り線", "南通り", 16.0, "昭和48年12月28日", "概成済"),
    ("3・5・4", "港西通り線", "港西通り", 12.0, "昭和60年6月20日", "事業中"),
    ("3・5・5", "浜通り線", "浜通り", 12.0, "平成8年4月1日", "事業中"),
)
"""Number, name, the main road it follows, width, first decision, progress."""
BYPASS: tuple[tuple[float, float], ...] = (
    (1500, 1180),
    (2100, 1480),
    (2700, 2440),
    (3300, 2560),
    (4060, 2560),
    (4900, 2000),
    (5300, 1340),
)
"""The one that is not built: round the town, from 南通り to 南通り."""
