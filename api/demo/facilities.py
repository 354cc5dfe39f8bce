"""The named places of 見本町, all invented: the same 役場 stands in every table. Where each lies, and its address."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely

from api.demo import island
from api.demo.areas import AREAS, TOWN, Area
from api.demo.plan import Plan, draw
from gis.reference_system import to_lonlat


@dataclass(frozen=True, slots=True)
class Facility:
    """A named place: `kind` says what goes on there, `wanted` is where it should stand on the plan."""

    name: str
    kana: str
    english: str
    kind: str
    wanted: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """A facility that got its ground: `point` in EPSG:6677, degrees of JGD2011, 町字, block and house, height in metres."""

    facility: Facility
    point: shapely.Point
    longitude: float
    latitude: float
    area: Area
    block: int
    house: int
    height: float

    @property
    def lot(self) -> str:
        """番地以下 as offices write it: 12-3 where there are 丁目 or 町, 123番地 in the 大字."""
        return f"{self.block * 10 + self.house}番地" if self.area.name.startswith("大字") else f"{self.block}-{self.house}"

    @property
    def address(self) -> str:
        """The address in one line."""
        return f"{TOWN}{self.area.name}{self.lot}"

    @property
    def phone(self) -> str:
        """A number of the area code (0999), which belongs to no place in this town's part of the sea."""
        return f"(0999)00-{self.block * 37 % 90 + 10:02d}{self.house:02d}"


_TABLE = """
office    見本町役場             ミホンチョウヤクバ                   Mihon Town Hall                3180 1880
branch    東部支所               トウブシショ                         Eastern Branch Office          5080 3040
hall      中央公民館             チュウオウコウミンカン               Chuo Community Hall            3330 1960
hall      西公民館               ニシコウミンカン                     Western Community Hall         1230 1560
hall      東公民館               ヒガシコウミンカン                   Eastern Community Hall         5330 2080
library   町立図書館             チョウリツトショカン                 Town Library                   3480 1930
hall      文化会館               ブンカカイカン                       Culture Hall                   3620 1960
health    保健福祉センター       ホケンフクシセンター                 Health and Welfare Centre      3290 1830
clinic    町立診療所             チョウリツシンリョウジョ             Town Clinic                    2700 1700
clinic    東原診療所             ヒガシハラシンリョウジョ             Higashihara Clinic             5300 2330
fire      消防本部               ショウボウホンブ                     Fire Department                2450 1700
fire      消防署東分署           ショウボウショヒガシブンショ         Eastern Fire Station           5000 3150
station   見本駅                 ミホンエキ                           Mihon Station                  3000 1700
info      観光案内所             カンコウアンナイジョ                 Tourist Information            2950 1730
museum    郷土資料館             キョウドシリョウカン                 Local Museum                   2250 2440
gym       総合体育館             ソウゴウタイイクカン                 Town Gymnasium                 2150 1620
pool      町民プール             チョウミンプール                     Town Pool                      2010 1640
gym       武道館                 ブドウカン                           Martial Arts Hall              2240 1700
ground    町営グラウンド         チョウエイグラウンド                 Town Sports Ground             1900 1480
children  児童館                 ジドウカン                           Children's House               2850 2200
elder     老人福祉センター       ロウジンフクシセンター               Senior Welfare Centre          2620 2300
primary   中央小学校             チュウオウショウガッコウ             Chuo Elementary School         3330 2250
primary   みなと小学校           ミナトショウガッコウ                 Minato Elementary School       2420 1000
primary   西浜小学校             ニシハマショウガッコウ               Nishihama Elementary School    1250 1130
primary   東原小学校             ヒガシハラショウガッコウ             Higashihara Elementary School  5150 2330
primary   天神小学校             テンジンショウガッコウ               Tenjin Elementary School       4780 3250
junior    見本中学校             ミホンチュウガッコウ                 Mihon Junior High School       2600 2500
junior    川東中学校             カワヒガシチュウガッコウ             Kawahigashi Junior High School 4250 1350
high      見本高等学校           ミホンコウトウガッコウ               Mihon High School              2060 1800
nursery   中央保育所             チュウオウホイクショ                 Chuo Nursery                   3420 1700
nursery   みなと保育所           ミナトホイクショ                     Minato Nursery                 2750 1120
nursery   栄保育所               サカエホイクショ                     Sakae Nursery                  3480 2450
nursery   西原保育所             ニシハラホイクショ                   Nishihara Nursery              1180 1640
nursery   南田こども園           ミナミダコドモエン                   Minamida Kodomoen              5900 1540
park      中央公園               チュウオウコウエン                   Chuo Park                      3260 1900
park      栄公園                 サカエコウエン                       Sakae Park                     2900 2060
park      三丁目公園             サンチョウメコウエン                 Sanchome Park                  3400 1420
park      城山公園               シロヤマコウエン                     Shiroyama Park                 2140 2300
park      港緑地                 ミナトリョクチ                       Harbour Green                  2300 1080
park      浜町公園               ハママチコウエン                     Hamamachi Park                 3250 940
park      川端公園               カワバタコウエン                     Kawabata Park                  3700 1900
park      新町公園               シンマチコウエン                     Shinmachi Park                 1960 1700
park      大浜海浜公園           オオハマカイヒンコウエン             Ohama Seaside Park             4860 620
park      川東公園               カワヒガシコウエン                   Kawahigashi Park               4350 1980
port      見本港フェリーターミナル ミホンコウフェリーターミナル       Mihon Ferry Terminal           2700 800
fishing   見本漁港               ミホンギョコウ                       Mihon Fishing Port             2380 800
fishing   北浦漁港               キタウラギョコウ                     Kitaura Fishing Port           3720 4310
beach     大浜海水浴場           オオハマカイスイヨクジョウ           Ohama Beach                    5300 700
market    道の駅みほん           ミチノエキミホン                     Roadside Station Mihon         5600 2640
market    農産物直売所           ノウサンブツチョクバイジョ           Farmers' Market                4640 2440
onsen     見本温泉センター       ミホンオンセンセンター               Mihon Hot Spring               2760 3390
trail     見本山登山口           ミホンヤマトザングチ                 Mt. Mihon Trailhead            2560 3480
cape      見本岬灯台公園         ミホンミサキトウダイコウエン         Cape Mihon Lighthouse Park     7350 2700
plant     クリーンセンター       クリーンセンター                     Clean Centre                   1750 450
plant     浄化センター           ジョウカセンター                     Water Purification Centre      2120 620
meeting   港町会館               ミナトマチカイカン                   Minatomachi Hall               2350 1120
meeting   浜町会館               ハママチカイカン                     Hamamachi Hall                 3450 1080
meeting   栄町会館               サカエマチカイカン                   Sakaemachi Hall                3050 2480
meeting   川東会館               カワヒガシカイカン                   Kawahigashi Hall               4150 1600
meeting   西浜集会所             ニシハマシュウカイジョ               Nishihama Meeting House        1500 620
meeting   西原集会所             ニシハラシュウカイジョ               Nishihara Meeting House        1160 1600
meeting   松崎集会所             マツサキシュウカイジョ               Matsusaki Meeting House        900 2560
meeting   奥山集会所             オクヤマシュウカイジョ               Okuyama Meeting House          2700 3290
meeting   北森集会所             キタモリシュウカイジョ               Kitamori Meeting House         3760 4330
meeting   上沢集会所             カミサワシュウカイジョ               Kamisawa Meeting House         4250 3020
meeting   白崎集会所             シラサキシュウカイジョ               Shirasaki Meeting House        5880 4230
meeting   天神集会所             テンジンシュウカイジョ               Tenjin Meeting House           5560 3720
meeting   岬集会所               ミサキシュウカイジョ                 Misaki Meeting House           6420 2700
meeting   南田集会所             ミナミダシュウカイジョ               Minamida Meeting House         5980 1560
meeting   大浜集会所             オオハマシュウカイジョ               Ohama Meeting House            5500 900
"""
"""kind, name, kana, English, where on the plan."""


def _facility(line: str) -> Facility:
    kind, name, kana, *english, x, y = line.split()
    return Facility(name, kana, " ".join(english), kind, (float(x), float(y)))


FACILITIES = tuple(_facility(line) for line in _TABLE.strip().splitlines())
_ON_WILD_GROUND = ("beach", "trail", "cape")


def _allowed(plan: Plan, kind: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    own = {
        "park": ["park"],
        "primary": ["school"],
        "junior": ["school"],
        "high": ["school"],
        "plant": ["industry"],
        "port": ["port"],
    }
    if kind == "fishing":
        return np.isin(plan.use, ["shore", "port"])
    if kind in _ON_WILD_GROUND:
        return np.isin(plan.use, ["shore", "wood"])
    return np.isin(plan.use, own.get(kind, ["town", "village"]))


@cache
def places() -> tuple[Place, ...]:
    """Give every facility the nearest free block that suits it; the same every time."""
    plan = draw()
    taken = np.zeros(len(plan.faces), dtype=bool)
    numbers = _block_numbers(plan)
    found: list[tuple[Facility, shapely.Point, int]] = []
    for facility in FACILITIES:
        wanted = island.survey(shapely.Point(facility.wanted))
        free = np.flatnonzero(_allowed(plan, facility.kind) & ~taken)
        face = int(free[shapely.STRtree(plan.faces[free]).nearest(wanted)])
        large = float(plan.faces[face].area) > 40_000
        point = _near(plan, face, wanted) if large else plan.faces[face].point_on_surface()
        taken[face] = not large
        found.append((facility, point, face))
    x, y = (np.array([getattr(point, axis) for _, point, _ in found]) for axis in "xy")
    lon, lat = to_lonlat(island.CRS, x, y)
    heights = _heights(plan, np.stack([x, y], axis=1))
    return tuple(
        Place(
            facility,
            point,
            round(float(a), 6),
            round(float(b), 6),
            AREAS[plan.face_area[face]],
            numbers[face],
            1 + index * 7 % 18,
            float(h),
        )
        for index, ((facility, point, face), a, b, h) in enumerate(zip(found, lon, lat, heights, strict=True))
    )


def _near(plan: Plan, face: int, wanted: shapely.Point) -> shapely.Point:
    """On a face as wide as a hillside: where it was wanted, but 15 m inside."""
    inside = plan.faces[face].buffer(-15)
    return wanted if inside.contains(wanted) else shapely.get_point(shapely.shortest_line(inside, wanted), 0)


def _block_numbers(plan: Plan) -> dict[int, int]:
    """Number the blocks of each 町字 from the north-west, row by row."""
    centre = shapely.get_coordinates(shapely.point_on_surface(plan.faces))
    order = np.lexsort([centre[:, 0], -np.round(centre[:, 1] / 140)])
    count = dict.fromkeys(range(len(AREAS)), 0)
    numbers: dict[int, int] = {}
    for face in order:
        area = int(plan.face_area[face])
        count[area] += 1
        numbers[int(face)] = count[area]
    return numbers


def _heights(plan: Plan, points: island.Array) -> island.Array:
    """Return the height above the sea: the hills, which run out towards the coast, and a metre for every 90 m inland."""
    inland = shapely.distance(plan.land.boundary, shapely.points(points))
    hills = island.height(points - island.CORNER) * np.clip(inland / 600, 0, 1)
    return np.asarray(np.round(2 + inland / 90 + hills, 1))
