"""Takamatsu as a town: AEDs with two impossible times, and three monthly workbooks that are one series."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest
from real_town import OGRINFO, RealTown, Row, box_of_columns, counts_by_gdal, listing, problems, table
from starlette.testclient import TestClient
from verdicts import mixed_up, of_machizu, tables_of

from api.web.app import create_app

MONTHS = ("201811", "202004", "202602")
FIRST_DAYS = ("2018-11-01", "2020-04-01", "2026-02-01")
AED = {
    "#property": "ID",
    "latitude": "緯度",
    "longitude": "経度",
    "name": "名称",
    "address": "所在地_連結表記",
    "installationPosition": "設置位置",
    "telephoneNumber": "電話番号",
    "availableDate": "利用可能曜日",
    "startTime": "開始時間",
    "endTime": "終了時間",
    "availableDateNote": "利用可能日時特記事項",
    "equipmentForChildren": "小児対応設備の有無",
}
BANDS = [f"{first}-{first + 4}歳" for first in range(0, 85, 5)] + ["85歳以上"]
POPULATION = {
    "regionName": "地域名",
    "totalPopulation": "総人口",
    "male": "男性",
    "woman": "女性",
    **{f"man{n}": f"{band}の男性" for n, band in enumerate(BANDS, 1)},
    **{f"woman{n}": f"{band}の女性" for n, band in enumerate(BANDS, 1)},
    "numberOfHouseholds": "世帯数",
    "note": "備考",
}
BREAKDOWN = ("男性", "女性", *(f"{band}の{sex}" for band in BANDS for sex in ("男性", "女性")))
HIDDEN = {
    "201811": ["朝日新町", "幸町", "寿町２丁目"],
    "202004": ["朝日新町", "幸町", "寿町２丁目"],
    "202602": ["朝日新町"],
}
"""By month: areas of fewer than ten people, and 幸町 in 2018, which had seven people 17 months later."""
_INTO = re.compile("内訳は「(.+?)」に含めました")


def workbook(path: Path) -> list[Row]:
    """Return the first sheet as text, as openpyxl reads it."""
    with path.open("rb") as file:
        headings, *rows = openpyxl.load_workbook(file, data_only=True).worksheets[0].iter_rows(values_only=True)
    texts = [["" if cell is None else str(cell) for cell in row] for row in rows]
    return [dict(zip(map(str, headings), row, strict=True)) for row in texts]


@pytest.fixture(scope="session")
def takamatsu(tmp_path_factory: pytest.TempPathFactory, machizu: Callable[..., object], realdata: Path) -> RealTown:
    """From an empty folder to a public site; what the first try says is what staff then put into the recipes."""
    town = RealTown(tmp_path_factory.mktemp("takamatsu") / "高松市", machizu)
    town.said["new"] = machizu("new", town.folder, "--code", "372013", "--name", "高松市", "--name-en", "Takamatsu")
    town.receive(realdata / "aed/takamatsu/aed_location__data.xlsx")
    for month in MONTHS:
        town.receive(realdata / f"population/takamatsu/0066_{month}.xlsx", "人口")
    town.handed_in = listing(town.sources)
    town.run("add", "add", *sorted(town.sources.rglob("*.xlsx")))
    town.edit("aed", ("# as_of: 2026-04-01", "as_of: 2026-08-21"))
    town.run("checked", "check")
    town.run("blocked", "publish", "--yes")
    town.edit("aed", ("", 'values:\n  終了時間: {"1700": "17:00", "24:00": "23:59"}\n'))
    town.edit("population", ("", 'values:\n  世帯数: {"-": ""}\n'))
    town.run("published", "publish", "--yes", "--who", "情報政策課")
    return town


@pytest.fixture(scope="session")
def site(takamatsu: RealTown) -> Iterator[TestClient]:
    with TestClient(create_app(takamatsu.folder / "site"), base_url="http://takamatsu.test") as client:
        yield client


def test_one_recipe_reads_the_three_workbooks_and_takes_the_month_from_each_row(takamatsu: RealTown) -> None:
    assert takamatsu.said["add"].exit == 0
    recipe = (takamatsu.folder / "recipes/population.yaml").read_text("utf-8")
    assert 'source: "人口/0066_*.xlsx"' in recipe
    assert "period: {from: column, column: surveyDate}" in recipe
    assert "surveyDate: {parser: mdy, fields: [調査年月日]}" in recipe


def test_impossible_times_and_dashes_stand_in_the_way_with_cell_and_remedy(takamatsu: RealTown) -> None:
    said = takamatsu.said["checked"]
    assert said.exit == 1
    assert "450件のうち449件はこのまま公開できます。1件だけ直してください。" in said.out
    assert "450行目 endTime(J450)「24:00」" in said.out
    assert "705件のうち699件はこのまま公開できます。6件だけ直してください。" in said.out
    assert "0066_201811.xlsx シート「Sheet1」の26行目 numberOfHouseholds(AU26)「-」" in said.out
    assert "「-」が0の意味ならAU26に0と書き、数がない・伏せているときは空にしてください。" in said.out
    blocked = takamatsu.said["blocked"]
    assert blocked.exit == 1
    assert "公開しました" not in blocked.out


def test_after_two_lines_in_the_recipes_all_is_published_and_no_source_was_touched(takamatsu: RealTown) -> None:
    published = takamatsu.said["published"]
    assert published.exit == 0, published.err
    assert "16個のファイル、すべて一致" in published.out
    assert len(takamatsu.listings) == 4
    assert all(left == takamatsu.handed_in for left in takamatsu.listings.values())


def test_every_cell_of_every_month_is_the_workbooks_own_or_a_sum_with_an_area_of_few_people(
    takamatsu: RealTown, realdata: Path
) -> None:
    for month, day in zip(MONTHS, FIRST_DAYS, strict=True):
        source = workbook(realdata / f"population/takamatsu/0066_{month}.xlsx")
        own = {row["regionName"]: {field: row[heading] for heading, field in POPULATION.items()} for row in source}
        published = takamatsu.rows("population", f"_{month}")
        assert len(published) == 235
        into = {ours["地域名"]: found[1] for ours in published if (found := _INTO.search(ours["備考"]))}
        assert list(into) == HIDDEN[month]
        for theirs, ours in zip(source, published, strict=True):
            expected = own[ours["地域名"]] | {"備考": ours["備考"]}
            expected["世帯数"] = expected["世帯数"].replace("-", "")
            added = [own[area] for area, carrier in into.items() if carrier == ours["地域名"]]
            for field in BREAKDOWN:
                counted = str(int(expected[field]) + sum(int(other[field]) for other in added))
                expected[field] = "X" if ours["地域名"] in into else counted
            assert {field: ours[field] for field in expected} == expected
            assert (ours["全国地方公共団体コード"], ours["地方公共団体名"], ours["調査年月日"]) == (
                "372013",
                "香川県高松市",
                day,
            )
            assert day_of(theirs["surveyDate"]) == day


def day_of(text: str) -> str:
    """Return a day as the workbooks have it: month/day/year as text in the older ones, a date in the newest."""
    form = "%m/%d/%Y" if "/" in text else "%Y-%m-%d %H:%M:%S"
    return datetime.strptime(text, form).date().isoformat()


def test_staff_are_told_which_areas_are_hidden_and_the_public_only_how_many(takamatsu: RealTown) -> None:
    said = takamatsu.said["published"].out
    assert "人数の少ない3地域の内訳を伏せ、近くの地域に加えました(「X」が266個)。" in said
    assert re.search("朝日新町 → .+\\(表3つ\\)", said)
    quality = (takamatsu.release("population") / "quality.json").read_text("utf-8")
    assert json.loads(quality)["withheld"] == {"areas": 3, "cells": 266}
    assert "朝日新町" not in quality


def test_the_newest_month_also_stands_without_a_suffix(takamatsu: RealTown) -> None:
    release = takamatsu.release("population")
    named = {path.name for path in release.iterdir()}
    assert named == {
        *(f"372013_population_{month}.csv" for month in MONTHS),
        *("372013_population.csv", "372013_population_all.csv", "372013_population.xlsx"),
        *("datapackage.json", "definition.json", "quality.json"),
    }
    newest = (release / "372013_population_202602.csv").read_bytes()
    assert (release / "372013_population.csv").read_bytes() == newest
    about = takamatsu.package("population")["machizu"]
    assert about["periods"] == ["2018-11", "2020-04", "2026-02"]
    assert (about["as_of"], about["rows"]) == ("2026-02-01", 235)


def test_one_table_holds_all_months_and_one_sentence_tells_the_people(takamatsu: RealTown, realdata: Path) -> None:
    months = [(f"{month[:4]}-{month[4:]}", row) for month in MONTHS for row in takamatsu.rows("population", f"_{month}")]
    assert takamatsu.rows("population", "_all") == [{"期間": month, **row} for month, row in months]
    newest, older = (
        sum(int(row["totalPopulation"]) for row in workbook(realdata / f"population/takamatsu/0066_{month}.xlsx"))
        for month in MONTHS[:0:-1]
    )
    sentence = f"総人口 {newest:,}人 (2020年4月比 {newest - older:,})".replace("-", "−")
    assert f"お知らせの一文: {sentence}" in takamatsu.said["published"].out


def test_every_cell_of_the_aed_workbook_is_published_as_it_stands(takamatsu: RealTown, realdata: Path) -> None:
    source = workbook(realdata / "aed/takamatsu/aed_location__data.xlsx")
    for theirs, ours in zip(source, takamatsu.rows("aed"), strict=True):
        expected = {field: theirs[heading].strip() for heading, field in AED.items()}
        for field in ("開始時間", "終了時間"):
            clock = {"1700": "17:00", "24:00": "23:59"}.get(expected[field], expected[field])
            expected[field] = re.sub(r"^(\d):", r"0\1:", clock)
        assert {field: ours[field] for field in expected} == expected
        assert (ours["全国地方公共団体コード"], ours["地方公共団体名"]) == ("372013", "高松市")


def test_the_box_of_the_aeds_is_that_of_their_coordinates(takamatsu: RealTown, realdata: Path) -> None:
    source = workbook(realdata / "aed/takamatsu/aed_location__data.xlsx")
    expected = box_of_columns(source, "longitude", "latitude")
    assert takamatsu.package("aed")["machizu"]["bbox"] == pytest.approx(expected, abs=1e-7)
    points = [feature["geometry"]["coordinates"] for feature in takamatsu.features("aed")]
    given = [(float(row["longitude"]), float(row["latitude"])) for row in source]
    assert all(point == pytest.approx(place, abs=1e-7) for point, place in zip(points, given, strict=True))


def test_other_programs_take_what_is_published(takamatsu: RealTown) -> None:
    for dataset in ("aed", "population"):
        assert problems(takamatsu.release(dataset)) == []
        for columns, schema in tables_of(takamatsu.release(dataset)):
            assert of_machizu(columns, schema) == Counter()
            assert mixed_up(columns, schema)
    if OGRINFO is not None:
        for suffix in ("geojson", "gpkg"):
            assert counts_by_gdal(takamatsu.release("aed") / f"372013_aed.{suffix}") == [450]


def test_the_site_shows_the_newest_month_and_hands_out_all(site: TestClient, takamatsu: RealTown) -> None:
    page = site.get("/datasets/population").text
    assert "2026年2月" in page
    for month in MONTHS:
        assert f"372013_population_{month}.csv" in page
        got = site.get(f"/files/population/latest/372013_population_{month}.csv")
        assert got.content == (takamatsu.release("population") / f"372013_population_{month}.csv").read_bytes()
    people = site.get(f"/datasets/population/{quote('塩屋町')}").text
    assert re.search(r"総人口</dt>\s*<dd[^>]*>\s*402", people)
    assert "17:00" in site.get("/datasets/aed/529").text


def test_a_corrected_month_is_a_new_version_of_that_month_alone(takamatsu: RealTown, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in takamatsu.release("population").iterdir()}
    path = takamatsu.sources / "人口/0066_202004.xlsx"
    original = path.read_bytes()
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["AU2"] = "138"
    book.save(path)
    try:
        corrected = takamatsu.machizu("publish", "population", "--yes", "--town", takamatsu.folder)
        assert "地域・年齢別人口 1.1: 2020年4月を訂正(追加0・変更1・削除0)" in corrected.out, corrected.out
        after = {path.name: path.read_bytes() for path in takamatsu.release("population").iterdir()}
    finally:
        path.write_bytes(original)
        back = takamatsu.machizu("rollback", "population", "1.0", "--town", takamatsu.folder)
    assert back.exit == 0
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"372013_population_202004.csv", "372013_population_all.csv", "datapackage.json"}
    old, new = (table_of(tmp_path / str(n), files) for n, files in enumerate((before, after)))
    assert [row for row in new if row not in old] == [{**old[0], "世帯数": "138"}]
    assert json.loads(after["datapackage.json"])["version"] == "1.1"


def table_of(path: Path, files: dict[str, bytes]) -> list[Row]:
    path.write_bytes(files["372013_population_202004.csv"])
    return table(path)
