"""The island of 見本町 before anybody built on it: coast, river, railway line, main roads, heights.

Metres on a plan whose corner lies at `CORNER` of plane zone IX (EPSG:6677), in the open Pacific about 90 km off the
coast of Honshu, where there is no land. A few dozen points drawn by hand become smooth lines; `bend` then bends the whole
plan a little, so that nothing on it is ruler-straight for long.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

CRS = "EPSG:6677"
"""JGD2011 平面直角座標系 IX系: the zone of the sea off Kanto."""
CORNER = (148_000.0, -102_000.0)
"""Easting and northing of the plan's south-west corner: the island lies about 35.1° N, 141.5° E."""
STATION = (3020.0, 1650.0)
SEED = 999_997
"""The town's code: every random number of the town comes from PCG64 generators with this seed."""

Points = tuple[tuple[float, float], ...]
Array = npt.NDArray[np.float64]


def path(text: str) -> Points:
    """Read points written as "x y, x y", metres on the plan.

    >>> path("0 0, 10 5.5")
    ((0.0, 0.0), (10.0, 5.5))
    """
    return tuple((float(x), float(y)) for x, y in (pair.split() for pair in text.split(",")))


COAST = path("""
    380 2480, 250 2800, 470 3050, 640 3330, 560 3640, 860 3900, 1250 4080, 1420 4420, 1830 4630,
    2330 4560, 2700 4800, 3060 5080, 3400 5020, 3560 4720, 3700 4420, 3860 4560, 3900 4880, 4250 5060,
    4700 4960, 4960 4690, 5420 4600, 5760 4700, 6080 4520, 6180 4180, 6560 3980, 6820 3640, 6780 3240,
    7060 2960, 7420 2900, 7690 2700, 7640 2470, 7300 2420, 7020 2240, 6820 1880, 6720 1460, 6500 1060,
    6160 760, 5720 560, 5300 520, 4960 330, 4700 160, 4520 230, 4480 480, 4200 640, 3860 720, 3480 800,
    3200 790, 2960 900, 2700 950, 2440 880, 2240 620, 2060 360, 1760 240, 1420 330, 1220 560, 940 640,
    800 960, 860 1270, 640 1540, 420 1800, 560 2160
""")
ISLETS = path("3420 380, 7830 2380, 1050 4420, 1130 4490")
QUAY = path("1640 250, 2290 250, 2290 560, 2420 560, 2420 740, 2900 740, 2900 1000, 1900 900")
"""Reclaimed land: the industrial quay in the west, the ferry quay in the middle."""
QUAY_CENTRE = (1950.0, 450.0)
BASIN = path("2300 150, 2300 555, 2425 555, 2425 735, 2905 735, 2905 150")
BREAKWATER = path("3040 830, 3110 560, 2960 380")
RIVER = path("""
    2840 3900, 2940 3760, 3180 3560, 3420 3380, 3760 3180, 3900 2900, 3820 2600, 3920 2330, 4060 2040,
    3930 1700, 3720 1420, 3690 1100, 3560 860, 3500 400
""")
RAIL = path("""
    2560 690, 2560 1000, 2600 1250, 2730 1500, 3020 1650, 3500 1720, 4300 1830, 5200 2120, 6100 2260,
    6700 2500, 7080 2640, 7800 2560
""")
MAIN_ROADS = {
    "中央通り": path("""
        2700 600, 2740 1150, 2960 1580, 3040 1960, 3120 2300, 3040 2760, 2800 3200, 2560 3480, 2700 3900,
        3080 4220, 3220 4700, 3160 5300
    """),
    "東西本通り": path("""
        0 2560, 640 2420, 1300 2250, 1900 1960, 2440 1880, 3040 1960, 3520 2080, 4060 2240, 4700 2480,
        5400 2600, 6200 2780, 6900 2820, 7480 2740, 7900 2600
    """),
    "北通り": path("""
        300 3250, 1000 3000, 1600 2880, 2240 2700, 3040 2640, 3600 2680, 4240 2860, 4900 3180, 5500 3320,
        6200 3340, 7000 3500
    """),
    "南通り": path("""
        400 1640, 1000 1440, 1600 1120, 2240 1150, 2740 1230, 3300 1260, 3960 1150, 4600 1260, 5300 1300,
        6000 1560, 7000 1800
    """),
    "西環通り": path("1400 0, 1380 700, 1520 1200, 1760 1700, 1880 2100, 1700 2600, 1400 3200, 1380 3800, 1100 4300"),
    "港西通り": path("2060 300, 2090 700, 2240 1200, 2340 1560, 2460 1880, 2420 2300, 2240 2720"),
    "川東通り": path("4520 100, 4420 700, 4340 1240, 4400 1840, 4560 2440, 4620 3000, 4440 3560, 4560 4100, 4500 5100"),
    "東環通り": path("5560 300, 5380 900, 5160 1400, 5200 2060, 5420 2640, 5440 3200, 5620 3800, 5600 4800"),
    "岬通り": path("6500 800, 6260 1300, 6040 1700, 6180 2240, 6320 2800, 6240 3400, 6260 4300"),
    "斜め通り": path("3040 1960, 3300 2340, 3600 2680, 4000 3200, 4480 3500, 5000 3640, 5620 3800, 6600 4100"),
    "林道北森線": path("2500 3640, 2940 3770, 3500 3700, 4000 3640, 4600 3720"),
    "浜通り": path("3960 1160, 4400 900, 4900 760, 5400 880, 6000 1060, 6700 1300"),
}


@dataclass(frozen=True, slots=True)
class Peak:
    """A mountain: where its top lies, its height and how wide it spreads, in metres."""

    name: str
    kana: str
    english: str
    x: float
    y: float
    top: float
    spread: float


PEAKS = (
    Peak("見本山", "ミホンヤマ", "Mt. Mihon", 2180, 4020, 412, 430),
    Peak("西岳", "ニシダケ", "Mt. Nishi", 1480, 3680, 238, 330),
    Peak("北森山", "キタモリヤマ", "Mt. Kitamori", 3400, 4040, 331, 340),
    Peak("小富士", "コフジ", "Mt. Kofuji", 4560, 4340, 226, 370),
    Peak("岬山", "ミサキヤマ", "Mt. Misaki", 7180, 2640, 124, 230),
    Peak("城山", "シロヤマ", "Mt. Shiro", 2080, 2360, 98, 160),
    Peak("丸山", "マルヤマ", "Mt. Maru", 5640, 1080, 76, 170),
    Peak("天神山", "テンジンヤマ", "Mt. Tenjin", 4940, 2880, 71, 110),
)


def smooth(points: Points, *, closed: bool = False, step: float = 30.0) -> Array:
    """Return the Catmull-Rom curve through the points, a vertex every `step` metres or so."""
    knots = np.asarray(points, dtype=float)
    ends = (knots[-1:], knots[:2]) if closed else (2 * knots[:1] - knots[1:2], 2 * knots[-1:] - knots[-2:-1])
    ring = np.concatenate([ends[0], knots, ends[1]])
    pieces = [_catmull_rom(ring[i : i + 4], step) for i in range(len(ring) - 3)]
    return np.concatenate([*pieces, pieces[0][:1] if closed else knots[-1:]])


def _catmull_rom(p: Array, step: float) -> Array:
    steps = max(2, round(float(np.hypot(*(p[2] - p[1]))) / step))
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    return np.asarray(
        0.5
        * (
            2 * p[1]
            + (p[2] - p[0]) * t
            + (2 * p[0] - 5 * p[1] + 4 * p[2] - p[3]) * t**2
            + (3 * p[1] - p[0] - 3 * p[2] + p[3]) * t**3
        )
    )


def bend(points: Array) -> Array:
    """Shift plan coordinates (N, 2) by gentle waves: at most about 60 m, never folding."""
    x, y = points.T
    dx = 34 * np.sin(2 * np.pi * (y / 1900 + 0.10)) + 14 * np.sin(2 * np.pi * (x / 1100 + y / 1500))
    dy = 38 * np.sin(2 * np.pi * (x / 2100 + 0.35)) + 12 * np.sin(2 * np.pi * (y / 900 - x / 1300))
    return np.asarray(points + np.stack([dx, dy], axis=1))


def land(rng: np.random.Generator) -> shapely.Polygon:
    """Return the island: the hand-drawn coast made ragged by waves of every length, with the built harbour."""
    coast = smooth(COAST, closed=True, step=18)[:-1]
    way = np.linspace(0, 1, len(coast), endpoint=False)
    waves = np.arange(20, 180)
    phase = rng.uniform(0, 1, (2, len(waves)))
    ragged = [(np.sin(2 * np.pi * (np.outer(way, waves) + p)) * (260 / waves**1.15)).sum(axis=1) for p in phase]
    natural = shapely.make_valid(shapely.Polygon(coast + np.stack(ragged, axis=1)))
    built = natural.union(shapely.Polygon(QUAY)).difference(shapely.Polygon(BASIN))
    return max(shapely.get_parts(built), key=lambda part: float(part.area))


def breakwater() -> shapely.Polygon:
    """Return the mole that shelters the harbour."""
    return shapely.LineString(BREAKWATER).buffer(7, cap_style="flat", join_style="mitre")


def river() -> shapely.Polygon:
    """Return the river's water: a brook in the hills, 40 m wide at its mouth."""
    course = smooth(RIVER, step=20)
    widths = np.linspace(6, 20, len(course) - 1)
    return shapely.unary_union(shapely.buffer(shapely.linestrings(np.stack([course[:-1], course[1:]], axis=1)), widths))


def railway() -> shapely.LineString:
    """Return the line from the ferry quay through the only station to the cape."""
    return shapely.LineString(smooth(RAIL))


def main_roads() -> dict[str, shapely.LineString]:
    """Return the nine roads that everything else hangs on, running past the coast (the land cuts them)."""
    return {name: shapely.LineString(smooth(points)) for name, points in MAIN_ROADS.items()}


def height(points: Array) -> Array:
    """Return the height in metres of plan coordinates (N, 2)."""
    away = [((points - (peak.x, peak.y)) ** 2).sum(axis=1) for peak in PEAKS]
    above = [peak.top * np.exp(-far / (2 * peak.spread**2)) for peak, far in zip(PEAKS, away, strict=True)]
    return np.asarray(np.sum(above, axis=0))


def islets(rng: np.random.Generator) -> npt.NDArray[np.object_]:
    """Return the rocks and islets off the coast."""
    turn = np.linspace(0, 2 * np.pi, 26, endpoint=False)
    shapes = []
    for (x, y), size in zip(ISLETS, (62, 40, 48, 26), strict=True):
        radius = size * (1 + 0.22 * np.sin(2 * turn + rng.uniform(0, 6)) + 0.12 * np.sin(5 * turn + rng.uniform(0, 6)))
        shapes.append(shapely.Polygon(np.stack([x + radius * np.cos(turn), y + radius * np.sin(turn)], axis=1)))
    return np.array(shapes, dtype=object)


def survey(plan: Any) -> Any:
    """Bring a geometry (or an array of them) from the plan to plane zone IX: bent, moved, rounded to millimetres."""
    fine = shapely.segmentize(plan, 30)
    return shapely.transform(fine, lambda points: np.round(bend(points) + CORNER, 3))
