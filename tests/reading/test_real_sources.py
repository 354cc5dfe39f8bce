"""Real municipal files: each is read rightly or gets one sentence; values compared with independent readers."""

import csv
from pathlib import Path

import openpyxl
import pytest

from catalog.errors import MachizuError, UnusableSource
from catalog.library import read_library
from publish.headings.proposal import propose, propose_and_read
from publish.headings.together import together
from publish.normalising import normalise
from publish.reading.source import concatenate, find, read
from publish.table.table import Table

LIBRARY = read_library()
KNOWN = {
    "aed/yaizu/222127_aed.csv": ("aed", 82, 1),
    "aed/takamatsu/aed_location__data.xlsx": ("aed", 450, 1),
    "other/yaizu/222127_public_toilet.csv": ("public_toilet", 112, 1),
    "other/takamatsu/public_toilet__data.xlsx": ("public_toilet", 169, 1),
    "shelters/yaizu/222127_evacuation_space.csv": ("evacuation_space", 31, 1),
    "shelters/gsi-shitei/452017.json": ("evacuation_space", 718, None),
    "facilities/yaizu/222127_preschool.csv": ("preschool", 60, 1),
    "facilities/yaizu/222127_facilities_smartmap.csv": ("public_facility", 28, 1),
    "other/yaizu/222127_public_wireless_lan.csv": ("public_wireless_lan", 17, 1),
    "other/yaizu/222127_tourism.csv": ("tourism", 205, 1),
    "other/takamatsu/cultural_property__data.xlsx": ("cultural_property", 183, 1),
    "other/takamatsu/events__data.xlsx": ("event", 51, 1),
    "population/takamatsu/0066_201811.csv": ("population", 235, 7),
    "population/takamatsu/0066_202602.xlsx": ("population", 235, 1),
    "roads/yaizu/農道一般平面図_農道/農道.shp": ("farm_road", 26, None),
    "roads/yaizu/農道一般平面図_林道/林道.shp": ("farm_road", 1, None),
    "roads/yaizu/都市計画道路/都市計画道路.shp": ("planned_road", 300, None),
    "farmland/yaizu/農業地域振興計画_農用地区域/農用地区域.shp": ("farm_promotion_area", 332, None),
    "zoning/yaizu/都市計画図_第一種住居地域/第一種住居地域.shp": ("zoning", 30, None),
    "zoning/plateau-urf/kawasaki-shi/533915_urf_6668_yoto_op.gml": ("zoning", 4, None),
    "zoning/plateau-urf/numazu-shi/523857_urf_6668_op.gml": ("zoning", 38, None),
    "pipes/nagaoka-plateau-unf/08EE753_unf_10169_sewer_op.gml": ("sewer_pipe", 158, None),
    "pipes/nagaoka-plateau-unf/08EE753_unf_10169_water_op.gml": ("water_pipe", 21, None),
}
REFUSED = {
    "zoning/yaizu/市街化区域界_市街化調整区域界/市街化区域界・市街化調整区域界.shp": (
        "no-fitting-heading",
        "列が FID しかありません",
    ),
    "zoning/yaizu/都市計画図_敷地面積の最低限度指定区域/敷地面積の最低限度指定区域.shp": ("no-fitting-heading", "用途地域"),
    "other/takamatsu-mojibake-history/0087_d2b1be1_mojibake.xlsx": ("mojibake", "2 行目"),
    "aed/chofu/20141211_AEDmap.kml": ("no-fitting-heading", "aed:brand"),
    "boundaries/noto-town-koaza/noto_town_koaza_area.fgb": ("no-fitting-heading", "KEY_CODE"),
    "farmland/maff-fude-castle/castle.zip": ("which-layer", "castle"),
    "other/mojxml/12103-0400-76.zip": ("no-fitting-heading", "地番"),
    "other/yaizu/大島・三和地区_タクシー指定施設/大島・三和地区_タクシー指定施設.shp": ("dbf-shifted", "1番目の地物"),
    "shelters/yaizu/222127_hinannjo.csv": ("no-fitting-heading", "見出し"),
}
ROWS = {
    "addressbase/abr/isj_30000-17.0b.zip": (1918, "cp932"),
    "facilities/wakayama-pref/list-of-public-facilities.csv": (1869, "utf-8-sig"),
    "facilities/wakayama-pref/list-of-public-facilities.zip": (1758, "cp932"),
    "facilities/yaizu/yohairyosya.csv": (277, "cp932"),
    "farmland/takamatsu/rural_park__data.xlsx": (12, ""),
    "other/takamatsu/cultural_property__data.xlsx": (183, ""),
    "other/takamatsu-mojibake-history/0087_49a2217_utf8.csv": (145, "utf-8"),
    "other/takamatsu-mojibake-history/0087_7ab1b45_cp932.csv": (153, "cp932"),
    "other/yaizu/222127_tourism.csv": (205, "utf-8-sig"),
    "other/yaizu/浸水履歴_平成13年/浸水履歴_平成13年.shp": (219, "cp932"),
    "roads/wakayama-traffic-regulation/Road_regulations_Point.csv": (114, "cp932"),
    "shelters/gsi-shitei/452017.json": (718, "utf-8"),
    "shelters/takamatsu/0060.csv": (193, "utf-8-sig"),
}


def table_of(realdata: Path, *names: str, pattern: str = "") -> Table:
    """Propose, put together, read and normalise files, as `add` and `check` do."""
    proposals = [propose(realdata / name, name, LIBRARY, None) for name in names]
    proposal = together(proposals, pattern) if pattern else proposals[0]
    paths = find(realdata, proposal.recipe.source, proposal.recipe.parts)
    source = concatenate([read(path, name=path.relative_to(realdata).as_posix(), recipe=proposal.recipe) for path in paths])
    table, findings = normalise(source, proposal.recipe, proposal.dataset)
    assert not [one for one in findings if one.severity == "error"]
    return table


@pytest.mark.parametrize("name", KNOWN)
def test_a_file_of_a_known_kind_is_recognised(name: str, realdata: Path) -> None:
    dataset, rows, heading = KNOWN[name]
    proposal = propose(realdata / name, name, LIBRARY, None)
    assert proposal.dataset.id == dataset
    assert proposal.recipe.heading == (None if heading is None else (heading, heading))
    assert read(realdata / name, name=name, recipe=proposal.recipe).rows == rows


@pytest.mark.parametrize("name", KNOWN)
def test_what_was_read_for_the_proposal_is_what_the_recipe_reads(name: str, realdata: Path) -> None:
    proposal, raw = propose_and_read(realdata / name, name, LIBRARY, None)
    assert raw == read(realdata / name, name=name, recipe=proposal.unconfirmed)


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_used_gets_one_sentence(name: str, realdata: Path) -> None:
    code, words = REFUSED[name]
    with pytest.raises(UnusableSource) as refused:
        propose(realdata / name, name, LIBRARY, None)
    assert refused.value.code == code
    assert words in refused.value.message["ja"]


@pytest.mark.parametrize("name", ROWS)
def test_other_files_are_read_whole(name: str, realdata: Path) -> None:
    rows, encoding = ROWS[name]
    table = read(realdata / name, name=name)
    assert (table.rows, table.parts[0].encoding) == (rows, encoding)


def test_no_real_file_ends_in_anything_but_a_table_or_a_sentence(realdata: Path) -> None:
    paths = [
        path for path in sorted(realdata.rglob("*")) if path.is_file() and path.name not in ("SOURCES.md", "attributes.csv")
    ]
    assert all(said for path in paths for said in outcome(path))


def outcome(path: Path) -> tuple[str, ...]:
    """Return the number of rows, or the sentence in both languages."""
    try:
        rows = read(path, name=path.name).rows
        return (str(rows) if rows else "",)
    except MachizuError as problem:
        return problem.message["ja"], problem.message["en"], problem.fix["ja"]


def test_the_cells_of_a_csv_are_those_of_the_csv_module(realdata: Path) -> None:
    name = "aed/yaizu/222127_aed.csv"
    table = table_of(realdata, name)
    with (realdata / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for field, heading in (("名称", "名称"), ("緯度", "緯度"), ("設置位置", "設置位置"), ("所在地_連結表記", "住所")):
        assert table.column(field) == [row[heading].strip() for row in rows]


def test_three_months_of_population_are_one_series_with_the_numbers_of_the_workbooks(realdata: Path) -> None:
    names = [f"population/takamatsu/0066_{month}.xlsx" for month in ("201811", "202004", "202602")]
    table = table_of(realdata, *names, pattern="population/takamatsu/0066_*.xlsx")
    assert table.period is not None
    found: dict[str, int] = {}
    for period, total in zip(table.period.to_pylist(), table.column("総人口"), strict=True):
        found[period] = found.get(period, 0) + int(total)
    wanted = {}
    for name, month in zip(names, ("2018-11", "2020-04", "2026-02"), strict=True):
        rows = list(openpyxl.load_workbook(realdata / name).worksheets[0].iter_rows(values_only=True))
        place = rows[0].index("totalPopulation")
        wanted[month] = sum(int(str(row[place])) for row in rows[1:] if row[place] is not None)
    assert found == wanted
    assert table.as_of == "2026-02-01"
    assert set(table.column("全国地方公共団体コード")) == {"372013"}


def test_all_use_districts_are_one_table_and_blank_rows_take_the_zone_of_their_file(realdata: Path) -> None:
    folder = realdata / "zoning" / "yaizu"
    names = sorted(path.relative_to(realdata).as_posix() for path in folder.glob("都市計画図_*地域/*.shp"))
    table = table_of(realdata, *names, pattern="zoning/yaizu/都市計画図_*地域/*地域.shp")
    assert (len(table.parts), table.rows, table.crs) == (11, 98, "EPSG:2450")
    for part, zone in zip(table.part.to_pylist(), table.column("用途地域"), strict=True):
        assert table.parts[part].file.endswith(f"/{zone}.shp")
    assert sum(1 for change in table.changes if change.reason == "constant") == 5
    assert table.headings[0]["容積率"] == "容積率（％）"
    assert table.parts[0].columns["容積率（％）"] == "SAFIELD001"
