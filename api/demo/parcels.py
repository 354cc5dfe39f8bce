"""Fields: blocks of farmland, clear of their streets, cut into exactly 20,000 parcels with 所在 and 地番."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import shapely

from api.demo.areas import AREAS
from api.demo.dividing import Geometries, Indices, divide_into
from api.demo.plan import Plan, generator
from api.demo.streets import WIDTHS
from api.demo.zones import farm_ground, promoted

COUNT = 20_000
KOAZA = """
    下河原 上ノ原 宮前 寺田 中島 大谷 清水 柳田 堂ノ下 石神 松ノ木 砂田 新開 沖田 道下 向田 竹ノ内 榎戸 藤ノ木
    五反田 六反田 一本松 水口 池ノ端 鍛冶屋敷 八幡前 稲荷下 梅ノ木 長坂 広畑
""".split()  # noqa: SIM905  (names hold no blank)
"""字 as they are found all over the country; each 大字 takes its own run of them."""
_BLOCKS_OF_A_KOAZA = 7


@dataclass(frozen=True, slots=True)
class Parcels:
    """Fields in the order of the register. `shapes` object[20000] in EPSG:6677; `area` int[N] into AREAS; `size` in m²."""

    shapes: Geometries
    area: Indices
    place: npt.NDArray[np.str_]
    lot: npt.NDArray[np.str_]
    paddy: npt.NDArray[np.bool_]
    promoted: npt.NDArray[np.bool_]
    size: npt.NDArray[np.float64]


def clear_of_streets(plan: Plan, faces: Geometries) -> Geometries:
    """Return the faces (object[F]) without the surface of the streets around them."""
    face, street = shapely.STRtree(plan.streets).query(faces, predicate="dwithin", distance=0.05)
    surface = shapely.buffer(plan.streets[street], WIDTHS[plan.rank[street]] / 2 + 0.4, cap_style="square")
    starts = np.searchsorted(face, np.arange(len(faces) + 1))
    around = [shapely.union_all(surface[a:b]) for a, b in pairwise(starts)]
    left = shapely.difference(faces, np.array(around, dtype=object))
    return np.array([max(shapely.get_parts(part), key=shapely.area) for part in left], dtype=object)


def survey(plan: Plan) -> Parcels:
    """Measure the fields of the town and number them."""
    faces = np.flatnonzero(farm_ground(plan))
    faces = faces[_reading_order(plan, faces)]
    shapes, block = divide_into(clear_of_streets(plan, plan.faces[faces]), COUNT, generator(10), 1.9)
    shapes = shapely.transform(shapes, lambda points: np.round(points, 3))
    along = shapely.get_coordinates(shapely.centroid(shapes))
    order = np.lexsort([along[:, 0], -np.round(along[:, 1] / 25), block])
    shapes, block = shapes[order], block[order]
    return Parcels(
        shapes=shapes,
        area=plan.face_area[faces[block]],
        place=_koaza(plan.face_area[faces])[block],
        lot=_lots(plan.face_area[faces[block]]),
        paddy=_wet(plan, faces)[block],
        promoted=promoted(plan)[faces[block]],
        size=np.round(shapely.area(shapes), 1),
    )


def _reading_order(plan: Plan, faces: Indices) -> Indices:
    """Return the order of blocks: by 町字, rows from the north, each from west to east."""
    centre = shapely.get_coordinates(shapely.centroid(plan.faces[faces]))
    return np.lexsort([centre[:, 0], -np.round(centre[:, 1] / 260), plan.face_area[faces]])


def _koaza(area: Indices) -> npt.NDArray[np.str_]:
    """Return 所在 of each block: seven neighbours share a 字."""
    nth = np.arange(len(area)) - np.searchsorted(area, area)
    return np.array(
        [f"{AREAS[a].name}字{KOAZA[(a * 5 + n // _BLOCKS_OF_A_KOAZA) % len(KOAZA)]}" for a, n in zip(area, nth, strict=True)]
    )


def _lots(area: Indices) -> npt.NDArray[np.str_]:
    """Number the parcels within each 町字: most have a number of their own, some share one with 枝番."""
    rng = generator(11)
    lots: list[str] = []
    for count in np.bincount(area)[np.unique(area)]:
        number, first = 0, len(lots)
        while len(lots) - first < count:
            number += 1
            size = min(int(rng.choice([1, 2, 3], p=[0.62, 0.25, 0.13])), int(count) - len(lots) + first)
            lots += [str(number)] if size == 1 else [f"{number}-{branch}" for branch in range(1, size + 1)]
    return np.array(lots)


def _wet(plan: Plan, faces: Indices) -> npt.NDArray[np.bool_]:
    """Say which blocks are paddies: the plains along river and ponds, but not the dunes behind the coast."""
    shapes = plan.faces[faces]
    water = shapely.union_all([plan.river, *plan.faces[plan.use == "pond"]])
    chance = generator(12).uniform(0, 420, len(shapes))
    return np.asarray((shapely.distance(shapes, water) < 350 + chance) & (shapely.distance(shapes, plan.land.boundary) > 260))


def register(parcels: Parcels) -> dict[str, list[object]]:
    """Return the columns of the farmland register as handed in, dates in 和暦."""
    rng = generator(13)
    right = rng.choice(["所有権", "賃借権", "使用貸借による権利"], COUNT, p=[0.81, 0.14, 0.05])
    start = rng.integers(24, 36, COUNT)
    years = rng.choice([3, 5, 6, 10], COUNT)
    bank = (right == "賃借権") & (rng.random(COUNT) < 0.4)
    let = right != "所有権"
    idle = rng.random(COUNT) < 0.012
    return {
        "所在": parcels.place.tolist(),
        "地番": parcels.lot.tolist(),
        "現況地目": np.where(parcels.paddy, "田", "畑").tolist(),
        "面積(㎡)": parcels.size.tolist(),
        "農振区分": np.where(parcels.promoted, "農用地区域", "農振地域").tolist(),
        "都計区分": ["市街化調整区域"] * COUNT,
        "権利の種類": right.tolist(),
        "始期": [_heisei(int(year)) if there else "" for year, there in zip(start, let, strict=True)],
        "終期": [_heisei(int(year), -1) if there else "" for year, there in zip(start + years, let, strict=True)],
        "農地中間管理権": np.where(bank, "○", "×").tolist(),
        "遊休農地の措置状況": np.where(idle, "利用意向調査を実施", "").tolist(),
    }


def _heisei(year: int, shift: int = 0) -> str:
    """Write 1 April (or with `shift` the 31 March before it) of a year counted in 平成, in the era it fell in.

    >>> _heisei(30), _heisei(34, -1)
    ('H30.4.1', 'R4.3.31')
    """
    day = "4.1" if shift == 0 else "3.31"
    return f"H{year}.{day}" if year <= 31 else f"R{year - 30}.{day}"
