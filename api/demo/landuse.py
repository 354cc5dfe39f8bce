"""What every face of the street plan is used for: town, hamlets, fields, woods, harbour, schools, parks, ponds."""

import numpy as np
import numpy.typing as npt
import shapely

from api.demo import island
from api.demo.dividing import Geometries, Numbers
from api.demo.island import Points, path
from api.demo.streets import Net, distance

Uses = npt.NDArray[np.str_]

WILD = ("wood", "shore", "river", "rail")
"""Between two of these no lane is kept."""
BUILT = ("town", "village", "port", "industry", "school", "park")
HAMLETS = path("""
    900 2560, 1160 1500, 1500 620, 1120 3360, 2740 3330, 3760 4330, 3960 3560, 4300 3020, 4700 2470,
    5020 3060, 5560 3720, 5900 4250, 6420 2700, 6500 3420, 5300 2100, 5980 1560, 4880 1350, 1350 1150,
    4760 700, 5500 900, 6420 1980
""")
SCHOOLS = path("3330 2250, 2420 1000, 2600 2500, 2060 1800, 1250 1130, 5150 2330, 4250 1350, 4780 3250")
PARKS = path("""
    2900 2060, 3400 1420, 2140 2300, 2300 1080, 3250 940, 3700 1900, 1960 1700, 4860 620, 4350 1980,
    3260 1900
""")
PONDS = path("1300 2020, 4560 3330, 5700 2900, 5300 1620, 1000 3080, 6000 3500, 5050 1080")


def uses(net: Net, rng: np.random.Generator) -> Uses:
    """Return the use of each face."""
    inner = shapely.point_on_surface(net.faces)
    points = shapely.get_coordinates(inner)
    chance = rng.normal(0, 1, len(points))
    inland = shapely.contains(net.ring, inner)
    height = island.height(points)
    away = distance(points, island.STATION)
    rules = {
        "river": shapely.contains(net.corridors[0], inner),
        "rail": shapely.contains(net.corridors[1], inner),
        "industry": ~inland & (distance(points, island.QUAY_CENTRE) < 520),
        "port": ~inland & (distance(points, (2600, 820)) < 330),
        "town": (away + 70 * chance < 1130) & (height < 72),
        "shore": ~inland,
        "village": np.min([distance(points, place) for place in HAMLETS], axis=0) + 45 * chance < 190,
        "wood": (height + 8 * chance > 42) | _copse(points, chance),
    }
    use = np.select(list(rules.values()), list(rules), "farm").astype("U8")
    homes = ("town", "village")
    for name, places, among in (("school", SCHOOLS, homes), ("park", PARKS, homes), ("pond", PONDS, ("farm",))):
        use[_nearest(net.faces, places, np.isin(use, among))] = name
    return use


def _copse(points: Numbers, chance: Numbers) -> npt.NDArray[np.bool_]:
    """Say where a wood stands among the fields: the crests of a slow wave, frayed by chance."""
    x, y = points.T
    wave = np.sin(x / 310 + 1.7 * np.sin(y / 520)) + np.sin(y / 270 + 1.3 * np.sin(x / 610))
    return np.asarray(wave + 0.22 * chance > 1.72)


def _nearest(faces: Geometries, places: Points, allowed: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    candidates = np.flatnonzero(allowed)
    return np.asarray(candidates[shapely.STRtree(faces[candidates]).nearest(shapely.points(places))])
