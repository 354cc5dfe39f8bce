"""The 町字 of 見本町: names, readings and where they lie. A cell between main roads belongs to the nearest seed."""

from dataclasses import dataclass

import numpy as np
import shapely

from api.demo.dividing import Geometries, Indices

TOWN = "見本町"
CODE = "999997"


@dataclass(frozen=True, slots=True)
class Area:
    """One 町字: `id` as in the address base registry (7 digits), `seeds` on the plan, `persons` who live there."""

    id: str
    name: str
    kana: str
    roman: str
    persons: int
    seeds: tuple[tuple[float, float], ...]

    @property
    def short(self) -> str:
        """The name without 大字 and 丁目, as road names use it."""
        return self.name.removeprefix("大字").split("一丁目")[0].split("二丁目")[0].split("三丁目")[0]


_TABLE = """
0001001 1486 中央一丁目  チュウオウ1チョウメ   Chuo 1-chome     3500,1950 3060,1990
0001002 1732 中央二丁目  チュウオウ2チョウメ   Chuo 2-chome     2550,1580 2670,1410
0001003 1954 中央三丁目  チュウオウ3チョウメ   Chuo 3-chome     3300,1490 2770,1430
0002000 1120 港町        ミナトマチ            Minatomachi      2220,820 2640,1060 2560,900 2300,560 2640,820
0003000 1308 浜町        ハママチ              Hamamachi        3180,1090 3560,870 3150,900
0004001 1871 栄町一丁目  サカエマチ1チョウメ   Sakaemachi 1-chome 3600,2370
0004002 1645 栄町二丁目  サカエマチ2チョウメ   Sakaemachi 2-chome 2770,2300 3200,2350
0005000 1017 城山町      シロヤマチョウ        Shiroyamacho     2090,2400
0006000 1389 新町        シンマチ              Shinmachi        2000,1560
0007000  902 川東        カワヒガシ            Kawahigashi      4080,1520 4270,2130 3700,1160
0101000  486 大字西浜    オオアザニシハマ      Oaza Nishihama   1220,1090 1740,760 850,980 1500,500
0102000  512 大字西原    オオアザニシハラ      Oaza Nishihara   1200,1820 560,2030
0103000  438 大字松崎    オオアザマツサキ      Oaza Matsusaki   1100,2570 1050,3450 350,2800 640,3600
0104000    4 大字奥山    オオアザオクヤマ      Oaza Okuyama     2000,3800 1840,4540
0105000   11 大字北森    オオアザキタモリ      Oaza Kitamori    3560,3810 3500,4710 3420,3400 3790,2870
0106000  394 大字上沢    オオアザカミサワ      Oaza Kamisawa    4260,3150 4230,2660 3900,2910 3850,2500
0107000  327 大字白崎    オオアザシラサキ      Oaza Shirasaki   5090,4230 5830,4200 4790,4780 6070,4360
0108000  571 大字天神    オオアザテンジン      Oaza Tenjin      4980,3440 5030,2900 5900,3660
0109000  688 大字東原    オオアザヒガシハラ    Oaza Higashihara 4880,2260 5800,2480 5860,3000
0110000  402 大字岬      オオアザミサキ        Oaza Misaki      6450,3680 6480,3140 6540,2580 6450,2120 7470,2710
0111000  633 大字南田    オオアザミナミダ      Oaza Minamida    4750,1680 5600,1800 5740,1250 6380,1470
0112000  764 大字大浜    オオアザオオハマ      Oaza Ohama       4840,1040 4900,680 5840,940 4000,940 4240,1060
"""
"""町字ID, persons, name, kana, Latin letters, seeds on the plan."""


def _area(line: str) -> Area:
    identifier, persons, name, kana, *rest = line.split()
    seeds = tuple((float(x), float(y)) for x, y in (word.split(",") for word in rest if "," in word))
    return Area(identifier, name, kana, " ".join(word for word in rest if "," not in word), int(persons), seeds)


AREAS = tuple(_area(line) for line in _TABLE.strip().splitlines())


def area_of(cells: Geometries) -> Indices:
    """Return for each cell (plan coordinates) the index of its 町字."""
    seeds = [(index, seed) for index, area in enumerate(AREAS) for seed in area.seeds]
    tree = shapely.STRtree(shapely.points([seed for _, seed in seeds]))
    nearest = tree.nearest(shapely.point_on_surface(cells))
    return np.asarray(np.array([index for index, _ in seeds])[nearest])
