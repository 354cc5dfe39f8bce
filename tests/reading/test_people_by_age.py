"""People by age: monthly sheets with several rows of headings, and the day of a table that has no column for it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from catalog.library import read_library
from publish.build import examine_file
from publish.headings.matching import match
from publish.headings.proposal import Proposal, propose
from publish.recipe import FromPlace

Put = Callable[[str, str | bytes], Path]
LIBRARY = read_library()


def proposed(path: Path, dataset: str | None = None) -> Proposal:
    return propose(path, path.name, LIBRARY, None, dataset)


def monthly(path: Path, *titles: str) -> Path:
    """People by age on monthly sheets with headings of three rows, as offices keep them."""
    book = openpyxl.Workbook()
    for number, title in enumerate(titles, 4):
        sheet = book.create_sheet(f"令和6年{number}月")
        for row in (
            [title],
            ["町丁目名", "世帯数", "人口", "", "", "", ""],
            ["", "", "総数", "男", "女", "0〜4歳", ""],
            ["", "", "", "", "", "男", "女"],
            *(["本町1丁目", 40, 101, 50, 51, 10, 11], ["本町2丁目", 46, 105, 52, 53, 12, 13]),
            ["合計", 86, 206, 102, 104, 22, 24],
        ):
            sheet.append(row)
        for cells in ("A2:A4", "B2:B4", "C2:G2", "C3:C4", "D3:D4", "E3:E4", "F3:G3"):
            sheet.merge_cells(cells)
    del book["Sheet"]
    book.save(path)
    return path


def test_people_by_age_on_monthly_sheets_are_known_with_their_day_from_the_title(tmp_path: Path) -> None:
    path = monthly(tmp_path / "町丁目別人口.xlsx", "人口(令和6年4月1日現在)", "人口(令和6年5月1日現在)")
    proposal = proposed(path)
    assert proposal.dataset.id == "population"
    assert list(proposal.recipe.columns.values()) == [
        *("地域名", "世帯数", "総人口", "男性", "女性", "0-4歳の男性", "0-4歳の女性"),
    ]
    assert proposal.recipe.constant == {"調査年月日": FromPlace(source="title")}
    assert "題名の日付" in proposal.to_yaml("ja")
    table = examine_file(path, LIBRARY, None, date(2026, 11, 20)).report.table
    assert table.cells.column("調査年月日").to_pylist() == ["2024-04-01"] * 2 + ["2024-05-01"] * 2
    assert table.period is not None
    assert table.period.to_pylist() == ["2024-04"] * 2 + ["2024-05"] * 2


def test_a_month_whose_title_says_no_day_is_found_and_not_guessed(tmp_path: Path) -> None:
    path = monthly(tmp_path / "町丁目別人口.xlsx", "人口(令和6年4月1日現在)", "人口")
    found = examine_file(path, LIBRARY, None, date(2026, 11, 20)).report
    assert found.table.cells.column("調査年月日").to_pylist() == ["2024-04-01"] * 2 + [""] * 2
    assert any(one.field == "調査年月日" and one.severity == "error" for one in found.findings)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        *(("人口_男", "男性"), ("人口_計", "総人口"), ("世帯数_総数", "世帯数"), ("人口_年齢別_0〜4歳_女", "0-4歳の女性")),
        *(("外国人_男", ""), ("人口_外国人", "")),
    ],
)
def test_a_heading_below_one_that_is_a_field_is_a_part_of_it(heading: str, field: str) -> None:
    (found,), _ = match([heading], LIBRARY["population"], LIBRARY)
    assert found.field == field


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        *(("災害種別_土砂災害", "災害種別_崖崩れ、土石流及び地滑り"), ("災害種別_大規模火災", "災害種別_大規模な火事")),
        *(
            ("収容人数\n（人）", "想定収容人数"),
            ("収容人数(単位:名)", "想定収容人数"),
            ("収容人数(台帳)", ""),
            ("収容面積(人)", ""),
        ),
    ],
)
def test_a_heading_with_its_unit_or_below_the_group_that_its_field_is_called_by_is_that_field(heading: str, field: str) -> None:
    (found,), _ = match([heading], LIBRARY["evacuation_space"], LIBRARY)
    assert found.field == field


PEOPLE = "地域名,総人口,男性,女性,世帯数\n岡町,200,100,100,90\n"


@pytest.mark.parametrize(
    ("name", "title", "place", "day"),
    [
        ("population_20240401.csv", "", "filename", "2024-04-01"),
        ("人口_R6.4.1.csv", "", "filename", "2024-04-01"),
        ("人口.csv", "平成31年4月末現在\n", "title", "2019-04-30"),
        ("人口_20240410.csv", "令和6年4月1日現在\n", "title", "2024-04-01"),
        ("人口_令和6年4月.csv", "", "", ""),
    ],
)
def test_the_day_of_a_table_without_one_is_what_its_name_or_title_says(
    name: str, title: str, place: str, day: str, put: Put
) -> None:
    path = put(name, title + PEOPLE)
    proposal = proposed(path, "population")
    assert [getattr(one, "source", "") for one in proposal.recipe.constant.values()] == ([place] if place else [])
    table = examine_file(path, LIBRARY, None, date(2026, 11, 20), "population").report.table
    assert table.cells.column("調査年月日").to_pylist() == [day]
    assert table.period is not None
    assert table.period.to_pylist() == [day[:7] or "2024-04"]
