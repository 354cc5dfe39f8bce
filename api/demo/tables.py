"""Tables of the named places as sections hand them in: AED, 公衆トイレ. Rows of cells under headings."""

from collections.abc import Mapping

from api.demo.areas import CODE, TOWN
from api.demo.awkward import Cell, wide
from api.demo.facilities import Place, places

Row = list[Cell]

AED_HEADINGS = """
    都道府県コード又は市区町村コード NO 都道府県名 市区町村名 名称 名称_カナ 住所 方書 緯度 経度 設置位置
    電話番号 内線番号 法人番号 団体名 利用可能曜日 開始時間 終了時間 利用可能日時特記事項 小児対応設備の有無 URL
    備考
""".split()  # noqa: SIM905  (headings hold no blank; quoted they would fill a page)
"""The older 推奨データセット headings, as most workbooks still have them."""

HOURS = {
    "office": ("月～金", "8:30", "17:15", "祝日と年末年始は閉庁"),
    "branch": ("月～金", "8:30", "17:15", "祝日と年末年始は閉庁"),
    "hall": ("火水木金土日", "9:00", "21:30", "月曜休館"),
    "library": ("火水木金土日", "9時", "19時", "月曜休館"),
    "health": ("月～金", "8:30", "17:15", ""),
    "clinic": ("月火水木金", "9:00", "17:00", ""),
    "fire": ("月火水木金土日", "0:00", "23:59", "24時間使えます"),
    "station": ("月火水木金土日", "5:30", "22:40", "始発から終電まで"),
    "info": ("月火水木金土日", "９：００", "１７：００", ""),
    "museum": ("火水木金土日", "9:00", "17:00", "月曜休館"),
    "gym": ("火水木金土日", "9:00", "21:00", "月曜休館"),
    "pool": ("月火水木金土日", "10:00", "18:00", "7月と8月だけ"),
    "children": ("火水木金土", "9:30", "17:30", ""),
    "elder": ("月～土", "9:00", "16:00", ""),
    "primary": ("月～金", "8:00", "17:00", "学校の休みの日は使えません"),
    "junior": ("月～金", "8:00", "17:30", "学校の休みの日は使えません"),
    "high": ("月～金", "8:00", "18:00", "学校の休みの日は使えません"),
    "nursery": ("月～土", "7:30", "18:30", ""),
    "port": ("月火水木金土日", "6:00", "20:00", "船の運航時間"),
    "market": ("月火水木金土日", "9:00", "18:00", ""),
    "onsen": ("月火水木金土日", "10:00", "21:00", "第3水曜休館"),
    "plant": ("月～金", "8:30", "17:00", ""),
}
"""Kind of facility: days, from, until, remark. What is not here is left blank: unknown."""
_SPOTS = {
    "office": ("1階正面玄関", "3階防災課前"),
    "gym": ("1階事務室前", "2階アリーナ入口"),
    "primary": ("職員室前廊下", "体育館入口"),
    "junior": ("職員室前廊下", "体育館入口"),
    "high": ("事務室前", "体育館入口"),
    "port": ("待合所", "桟橋入口"),
    "station": ("改札口横",),
    "meeting": ("玄関横の壁",),
    "ground": ("管理棟",),
    "pool": ("監視室",),
    "beach": ("監視所",),
    "fishing": ("荷さばき所",),
    "cape": ("管理棟",),
    "onsen": ("受付",),
    "market": ("休憩所",),
}
_NONE_YET = ("park", "trail", "cape", "fishing", "beach")
_LATER = ("見本岬灯台公園", "北浦漁港")
"""Places that get an AED in the workbook of May."""
_CHILD_MARKS = ("有", "○", "有", "無", "有", "有り", "×")
_SECTIONS = {"primary": "教育総務課", "junior": "教育総務課", "nursery": "子育て支援課", "meeting": "総務課", "plant": "環境課"}


def aed(*, may: bool = False) -> list[Row]:
    """Return the AED workbook's rows: about sixty places, some without a number yet; `may` is the workbook a month later."""
    spots = [(place, spot) for place in places() if _has_aed(place) for spot in _spots(place)]
    later = [(place, spot) for place in places() if place.facility.name in _LATER for spot in _spots(place)]
    rows = [_aed_row(number, place, spot) for number, (place, spot) in enumerate(spots, 1)]
    if may:
        rows = [_next_month(row) for row in rows] + [_aed_row(0, place, spot) for place, spot in later]
    return rows


def _has_aed(place: Place) -> bool:
    return place.facility.kind not in _NONE_YET


def _spots(place: Place) -> tuple[str, ...]:
    return _SPOTS.get(place.facility.kind, ("玄関",))


def in_order(headings: list[str], cells: Mapping[str, Cell]) -> Row:
    """Lay cells under their headings; what a section leaves empty is not named."""
    return [cells.get(heading, "") for heading in headings]


def _aed_row(number: int, place: Place, spot: str) -> Row:
    facility = place.facility
    days, start, end, remark = HOURS.get(facility.kind, ("", "", "", ""))
    typed_wide = number % 9 == 4
    cells: dict[str, Cell] = {
        "都道府県コード又は市区町村コード": int(CODE),
        "NO": "" if number == 0 or number % 8 == 0 else f"FF{number:010d}",
        "市区町村名": TOWN,
        "名称": facility.name,
        "名称_カナ": facility.kana,
        "住所": wide(place.address) if typed_wide else place.address,
        "緯度": place.latitude,
        "経度": place.longitude,
        "設置位置": wide(spot) if number % 3 == 0 else spot,
        "電話番号": wide(place.phone) if typed_wide else place.phone,
        "団体名": _SECTIONS.get(facility.kind, ""),
        "利用可能曜日": days,
        "開始時間": start,
        "終了時間": end,
        "利用可能日時特記事項": remark,
        "小児対応設備の有無": _CHILD_MARKS[number % len(_CHILD_MARKS)],
    }
    return in_order(AED_HEADINGS, cells)


def _next_month(row: Row) -> Row:
    """The library stays open an hour longer; the AED of the gymnasium moved 12 m to the west."""
    name, end, longitude, spot = (AED_HEADINGS.index(heading) for heading in ("名称", "終了時間", "経度", "設置位置"))
    changed = list(row)
    if row[name] == "町立図書館":
        changed[end] = "20時"
    if row[name] == "総合体育館" and "1" in str(row[spot]).translate(str.maketrans("１", "1")):
        changed[longitude] = round(float(str(row[longitude])) - 0.000132, 6)
    return changed


def wrong_aed() -> list[Row]:
    """Return the first rows of the AED workbook with four mistakes that happen every year."""
    rows = [list(row) for row in aed()[:15]]
    number, latitude, longitude, end, child = (
        AED_HEADINGS.index(heading) for heading in ("NO", "緯度", "経度", "終了時間", "小児対応設備の有無")
    )
    for place, row in enumerate(rows, 1):
        row[number] = f"FF{place:010d}"
    rows[2][latitude], rows[2][longitude] = rows[2][longitude], rows[2][latitude]
    rows[5][child] = "ゆう"
    rows[8][end] = "25:30"
    rows[11][number] = rows[3][number]
    return rows


TOILET_HEADINGS = """
    ID 名称 名称_カナ 名称_英語 町字ID 所在地_連結表記 所在地_市区町村 所在地_町字 所在地_番地以下 設置位置 緯度
    経度 男性トイレ総数 男性トイレ数（小便器） 男性トイレ数（和式） 男性トイレ数（洋式） 女性トイレ総数
    女性トイレ数（和式） 女性トイレ数（洋式） 男女共用トイレ総数 男女共用トイレ数（洋式） バリアフリートイレ数
    車椅子使用者用トイレ有無 乳幼児用設備設置トイレ有無 オストメイト設置トイレ有無 利用開始時間 利用終了時間
    利用可能時間特記事項 備考
""".split()  # noqa: SIM905  (headings hold no blank; quoted they would fill a page)
_TOILET_SPOTS = {"park": "公園入口", "station": "駅前広場", "beach": "監視所横", "trail": "駐車場"}
_WITH_TOILET = (
    "station",
    "park",
    "port",
    "fishing",
    "beach",
    "market",
    "trail",
    "cape",
    "onsen",
    "ground",
    "museum",
    "info",
    "library",
)


def toilets() -> list[Row]:
    """Return the public toilets' rows, under national headings; no IDs yet."""
    chosen = [place for place in places() if place.facility.kind in _WITH_TOILET]
    return [_toilet_row(number, place) for number, place in enumerate(chosen, 1)]


def _toilet_row(number: int, place: Place) -> Row:
    facility = place.facility
    large = facility.kind in ("station", "port", "market", "beach")
    shared = large or number % 3 > 0
    _, start, end, remark = HOURS.get(facility.kind, ("", "0:00", "23:59", "24時間"))
    cells: dict[str, Cell] = {
        "名称": f"{facility.name}公衆トイレ",
        "名称_カナ": f"{facility.kana}コウシュウトイレ",
        "名称_英語": f"Public toilet, {facility.english}",
        "町字ID": place.area.id,
        "所在地_連結表記": place.address,
        "所在地_市区町村": TOWN,
        "所在地_町字": place.area.name,
        "所在地_番地以下": place.lot,
        "設置位置": _TOILET_SPOTS.get(facility.kind, "建物外側"),
        "緯度": f"{place.latitude:.6f}",
        "経度": f"{place.longitude:.6f}",
        **_stalls((4, 1, 3) if large else (2, number % 2, 1), shared),
        "車椅子使用者用トイレ有無": "有" if shared else "無",
        "乳幼児用設備設置トイレ有無": "有" if large else "無",
        "オストメイト設置トイレ有無": "有" if large and number % 2 else "無",
        "利用開始時間": start.replace("時", ":00"),
        "利用終了時間": end.replace("時", ":00"),
        "利用可能時間特記事項": remark,
    }
    return in_order(TOILET_HEADINGS, cells)


def _stalls(men: tuple[int, int, int], shared: bool) -> dict[str, Cell]:
    """Return the counts: urinals, old and new stalls of the men's side; the women's side has one new stall more."""
    urinals, old, new = men
    return {
        "男性トイレ総数": urinals + old + new,
        "男性トイレ数（小便器）": urinals,
        "男性トイレ数（和式）": old,
        "男性トイレ数（洋式）": new,
        "女性トイレ総数": old + new + 1,
        "女性トイレ数（和式）": old,
        "女性トイレ数（洋式）": new + 1,
        "男女共用トイレ総数": int(shared),
        "男女共用トイレ数（洋式）": int(shared),
        "バリアフリートイレ数": int(shared),
    }
