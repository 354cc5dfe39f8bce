"""指定緊急避難場所: which named place people are told to flee to, and from which danger it is safe."""

from dataclasses import dataclass

import shapely

from api.demo.areas import CODE, TOWN
from api.demo.awkward import Cell
from api.demo.facilities import Place, places
from api.demo.plan import draw
from api.demo.tables import Row, in_order

HEADINGS = """
    NO 名称 名称_カナ 住所 方書 緯度 経度 標高 電話番号 内線番号 市区町村コード 都道府県名 市区町村名
    災害種別_洪水 災害種別_崖崩れ、土石流及び地滑り 災害種別_高潮 災害種別_地震 災害種別_津波
    災害種別_大規模な火事 災害種別_内水氾濫 災害種別_火山現象 指定避難所との重複 想定収容人数
    対象となる町会・自治会 URL 備考
""".split()  # noqa: SIM905  (headings hold no blank; quoted they would fill a page)
_HAZARDS = [heading for heading in HEADINGS if heading.startswith("災害種別")]
_OPEN_GROUND = ("park", "ground", "primary", "junior", "high", "cape")
_CAPACITY = {
    "primary": 420,
    "junior": 560,
    "high": 700,
    "gym": 900,
    "hall": 260,
    "park": 350,
    "ground": 1200,
    "cape": 180,
    "market": 240,
}


@dataclass(frozen=True, slots=True)
class _Dangers:
    """What a place is safe from, by its height, the river, the sea and the slope above it."""

    river: float
    sea: float
    height: float
    open_ground: bool
    shelter: bool

    def marks(self) -> list[str]:
        """Return ○ or blank for flood, landslide, storm surge, earthquake, tsunami, fire, inland flood, volcano."""
        safe = (
            self.river > 300,
            self.height < 45,
            self.height > 6,
            True,
            self.height > 14 and self.sea > 700,
            self.open_ground,
            self.river > 150 and self.height > 5,
            False,
        )
        return ["○" if mark else "" for mark in safe]


def rows() -> list[Row]:
    """Return the rows of 指定緊急避難場所, hazards marked with ○."""
    plan = draw()
    chosen = [place for place in places() if place.facility.kind in (*_CAPACITY, "meeting")]
    return [_shelter_row(number, place, _dangers(place, plan.river, plan.land)) for number, place in enumerate(chosen, 1)]


def _dangers(place: Place, river: shapely.Polygon, land: shapely.MultiPolygon) -> _Dangers:
    kind = place.facility.kind
    sea = float(land.boundary.distance(place.point))
    return _Dangers(
        float(river.distance(place.point)),
        sea,
        place.height,
        kind in _OPEN_GROUND,
        kind in ("primary", "junior", "high", "gym", "hall"),
    )


def _shelter_row(number: int, place: Place, dangers: _Dangers) -> Row:
    facility = place.facility
    capacity = _CAPACITY.get(facility.kind, 60 + number % 5 * 20)
    cells: dict[str, Cell] = {
        "NO": f"CC{number:010d}",
        "名称": facility.name,
        "名称_カナ": facility.kana,
        "住所": place.address,
        "緯度": place.latitude,
        "経度": place.longitude,
        "標高": place.height,
        "電話番号": place.phone,
        "市区町村コード": int(CODE),
        "市区町村名": TOWN,
        **dict(zip(_HAZARDS, dangers.marks(), strict=True)),
        "指定避難所との重複": "○" if dangers.shelter else "",
        "想定収容人数": f"{capacity}人",
        "対象となる町会・自治会": place.area.name,
    }
    return in_order(HEADINGS, cells)
