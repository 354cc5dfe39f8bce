"""A workbook of months: all of them as a series or the newest, the month from the sheet's name, the day from the title."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from catalog.errors import MachizuError
from catalog.library import read_library
from publish.build import examine_file
from publish.headings.proposal import propose_and_read
from publish.normalising import normalise
from publish.reading.periods import is_dated, newest, periods_of, titled_day
from publish.reading.source import read
from publish.recipe import AsOf, Recipe, read_recipe

Book = Callable[..., Path]
LIBRARY = read_library()
AREAS = ["地域名", "総人口", "男性", "女性"]


def areas(first: int) -> list[list[object]]:
    return [AREAS, ["東町", first, first - 4, 4], ["西町", first + 1, first - 4, 5]]


SERIES = [
    (["R6.4", "R6.5"], "人口", ["2024-04", "2024-05"]),
    (["令和６年４月", "令和６年５月分"], "人口", ["2024-04", "2024-05"]),
    (["２０２４年４月", "2024年12月"], "人口", ["2024-04", "2024-12"]),
    (["4月", "５月"], "人口_2024年", ["2024-04", "2024-05"]),
    (["4月", "5月", "1月"], "人口_令和6年度", ["2024-04", "2024-05", "2025-01"]),
]


@pytest.mark.parametrize(("sheets", "name", "months"), SERIES)
def test_every_month_of_a_series_is_proposed_and_read(sheets: list[str], name: str, months: list[str], workbook: Book) -> None:
    pages = {sheet: areas(100 + place) for place, sheet in enumerate(sheets)}
    path = workbook(f"{name}.xlsx", **{"説明": [["この表について"]]}, **pages)
    proposal, raw = propose_and_read(path, path.name, LIBRARY, None, "population")
    assert proposal.recipe.period == AsOf(source="sheet")
    assert [part.sheet for part in raw.parts] == sheets
    assert [one.value for one in raw.findings if one.code == "sheet-not-read"] == ["説明"]
    table, _ = normalise(raw, proposal.recipe, LIBRARY["population"])
    assert table.period is not None
    assert table.period.to_pylist() == [month for month in months for _ in range(2)]


def test_the_year_of_a_month_may_stand_in_the_title_of_its_sheet(workbook: Book) -> None:
    months = {"12月": [["令和6年12月末の人口"], [], *areas(10)], "1月": [["令和7年1月末の人口"], [], *areas(20)]}
    path = workbook("人口.xlsx", **months)
    proposal, raw = propose_and_read(path, path.name, LIBRARY, None, "population")
    table, _ = normalise(raw, proposal.recipe, LIBRARY["population"])
    assert table.period is not None
    assert table.period.to_pylist() == ["2024-12", "2024-12", "2025-01", "2025-01"]


def test_a_month_whose_year_nobody_says_is_an_error_and_not_guessed(workbook: Book) -> None:
    path = workbook("人口.xlsx", **{"4月": areas(10), "5月": areas(20)})
    proposal, raw = propose_and_read(path, path.name, LIBRARY, None, "population")
    _, found = normalise(raw, proposal.recipe, LIBRARY["population"])
    assert {one.code for one in found} & {"period-unreadable"}


AED = ["名称", "所在地_連結表記", "緯度", "経度"]


def places(count: int) -> list[list[object]]:
    return [AED, *([f"施設{n}", "静岡県焼津市", 34.8, 138.3 + n / 100] for n in range(count))]


def test_of_a_table_that_is_no_series_the_newest_month_is_read(workbook: Book, tmp_path: Path) -> None:
    path = workbook("aed.xlsx", **{"R6.4": places(2), "R6.10": places(3), "R6.5": places(4)})
    report = examine_file(path, LIBRARY, None, date(2026, 11, 20), "aed").report
    assert [part.sheet for part in report.table.parts] == ["R6.10"]
    assert report.table.rows == 3
    proposal, _ = propose_and_read(path, "aed.xlsx", LIBRARY, None, "aed")
    assert proposal.recipe.sheet == "newest"
    (tmp_path / "r.yaml").write_text(proposal.to_yaml(), "utf-8")
    assert read_recipe(tmp_path / "r.yaml") == proposal.recipe


def test_a_hidden_sheet_is_never_the_newest_and_no_pattern_finds_it(workbook: Book) -> None:
    import openpyxl

    path = workbook("a.xlsx", **{"R6.4": places(1), "R6.5": places(2), "R6.6": places(3)})
    book = openpyxl.load_workbook(path)
    book["R6.6"].sheet_state = "hidden"
    book.save(path)

    def sheets(wanted: str) -> list[str]:
        wish = Recipe.model_validate({"format": "1", "dataset": "aed", "source": "x", "sheet": wanted})
        return [part.sheet for part in read(path, name="a.xlsx", recipe=wish).parts]

    assert (sheets("newest"), sheets("R6*"), sheets("R6.6")) == (["R6.5"], ["R6.4", "R6.5"], ["R6.6"])


def test_where_no_sheet_is_the_newest_the_recipe_is_told(workbook: Book) -> None:
    path = workbook("a.xlsx", **{"東": places(1), "西": places(2)})
    wish = Recipe.model_validate({"format": "1", "dataset": "aed", "source": "x", "sheet": "newest"})
    with pytest.raises(MachizuError) as wrong:
        read(path, name="a.xlsx", recipe=wish)
    assert wrong.value.code == "no-newest-sheet"


def test_a_sheet_of_a_series_that_lacks_a_column_is_told(workbook: Book) -> None:
    path = workbook("人口.xlsx", **{"R6.4": areas(10), "R6.5": [row[:3] for row in areas(20)]})
    report = examine_file(path, LIBRARY, None, date(2026, 11, 20), "population").report
    told = [(one.part, one.field) for one in report.findings if one.code == "absent-column"]
    assert told == [(1, "女性")]


DAYS = [
    ("aed.xlsx", [["AED一覧"], ["令和6年4月1日現在"]], AsOf(source="title"), "2024-04-01"),
    ("aed.xlsx", [["AED一覧（令和６年４月１日 時点）"]], AsOf(source="title"), "2024-04-01"),
    ("aed_20240501.xlsx", [["AED一覧"]], AsOf(source="filename"), "2024-05-01"),
    ("aed_20240415.xlsx", [["令和6年4月1日現在"]], AsOf(source="title"), "2024-04-01"),
    ("aed_20240401.xlsx", [["令和6年4月1日現在"]], AsOf(source="filename"), "2024-04-01"),
    ("aed.xlsx", [["令和6年4月1日更新、令和6年5月1日印刷"]], "", ""),
    ("aed.xlsx", [["令和6年度"]], "", ""),
]


@pytest.mark.parametrize(("name", "above", "wanted", "day"), DAYS)
def test_the_day_of_the_data_is_proposed_where_it_is_said_once(
    name: str, above: list[list[object]], wanted: AsOf | str, day: str, workbook: Book
) -> None:
    path = workbook(name, 一覧=[*above, *places(3)])
    proposal, raw = propose_and_read(path, name, LIBRARY, None, "aed")
    assert proposal.recipe.as_of == wanted
    assert normalise(raw, proposal.recipe, LIBRARY["aed"])[0].as_of == day


def test_the_day_may_stand_in_the_name_of_the_sheet(workbook: Book) -> None:
    path = workbook("aed.xlsx", **{"R6.4.1": places(3)})
    proposal, raw = propose_and_read(path, "aed.xlsx", LIBRARY, None, "aed")
    assert proposal.recipe.as_of == AsOf(source="sheet")
    assert normalise(raw, proposal.recipe, LIBRARY["aed"])[0].as_of == "2024-04-01"


@pytest.mark.parametrize(
    ("sheets", "around", "known"),
    [
        (["4月", "3月"], ["令和6年度"], ["2024-04", "2025-03"]),
        (["12月", "1月"], ["2024"], ["", ""]),
        (["1月", "2月"], ["2024"], ["2024-01", "2024-02"]),
        (["4月～6月"], ["2024"], [""]),
        (["R6.4", "メモ"], [], ["2024-04", ""]),
    ],
)
def test_the_year_of_a_month(sheets: list[str], around: list[str], known: list[str]) -> None:
    assert list(periods_of(sheets, around).values()) == known


def test_names_that_are_no_periods() -> None:
    assert not any(map(is_dated, ("Sheet1", "一覧", "第3", "13月", "1-2")))
    assert newest(["一覧", "4月"], []) == ()
    assert titled_day(["令和6年2月30日現在"]) == ""
