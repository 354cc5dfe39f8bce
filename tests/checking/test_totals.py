"""Rows of totals are set aside when a table is read, and the rest must add up to them."""

import csv
import io

import numpy as np
import pyarrow as pa
import pytest
from clerks_table import context

from catalog.library import read_library
from publish.checking.checking import check
from publish.normalising import normalise
from publish.recipe import Recipe
from publish.table.finding import Report
from publish.table.position import Part, column_letter
from publish.table.table import RawTable

COLUMNS = ("地区", "地域名", "調査年月日", "総人口", "男性", "女性")


def report(text: str, **given: object) -> Report:
    rows = list(csv.reader(io.StringIO(text)))
    cells = {name: [row[place] for row in rows] for place, name in enumerate(COLUMNS)}
    part = Part("人口.csv", heading=(1, 1), columns={name: column_letter(place) for place, name in enumerate(COLUMNS)})
    numbers = pa.array(np.arange(2, len(rows) + 2))
    raw = RawTable((part,), pa.table(cells), pa.array(np.zeros(len(rows), np.int32)), numbers)
    columns = {name: name for name in COLUMNS[1:]} | {"地区": "ignore"}
    recipe = Recipe.model_validate(
        {"format": "1", "dataset": "population", "source": "人口.csv", "period": "2026-02", "columns": columns, **given}
    )
    table, found = normalise(raw, recipe, read_library()["population"])
    return check(table, None, context(), found=found, recipe=recipe)[0]


def totals(found: Report) -> list[tuple[int | None, str | None, str, str]]:
    return [(one.row, one.field, one.value, one.values["sum"]) for one in found.findings if one.code == "area-total"]


DAY = "令和8年2月1日"
AREAS = f"東,本町,{DAY},10,4,6\n東,浜,{DAY},20,12,8\n"


@pytest.mark.parametrize("word", ["合計", "合　計", "【総数】", "町計", "※合計"])
@pytest.mark.parametrize("first", [True, False])
def test_a_row_of_totals_is_no_area_and_its_figures_are_compared(word: str, first: bool) -> None:
    line = f",{word},{DAY},30,16,15\n"
    found = report(line + AREAS if first else AREAS + line)
    assert found.table.column("地域名") == ["本町", "浜"]
    assert found.accounting.set_aside == 1
    assert totals(found) == [(2 if first else 4, "女性", "15", "14")]


def test_the_word_may_stand_in_the_first_column_of_the_file() -> None:
    found = report(f"{AREAS}合計,,{DAY},30,16,14\n")
    assert found.table.rows == 2
    assert totals(found) == []
    assert not found.blocked


def test_what_stands_alone_below_the_total_of_all_is_a_note() -> None:
    total, notes = f",合計,{DAY},30,16,14\n", "外国人を含む,,,,,\n,月末の数,,,,\n"
    found = report(AREAS + total + notes)
    asides = [(one.row, one.reason, one.text) for one in found.table.asides]
    assert asides == [(4, "total", "合計"), (5, "note", "外国人を含む"), (6, "note", "月末の数")]
    assert not found.blocked


@pytest.mark.parametrize("above", ["", f",小計,{DAY},30,16,14\n"])
def test_what_stands_alone_below_no_total_of_all_is_a_row(above: str) -> None:
    found = report(f"{AREAS}{above},浜西,,,,\n")
    assert found.table.rows + found.accounting.rejected == 3


def test_each_of_two_blocks_is_compared_with_its_own_total() -> None:
    second = f"西,山,{DAY},1,1,0\n西,谷,{DAY},2,1,1\n,合計,{DAY},4,2,1\n"
    assert totals(report(f"{AREAS},合計,{DAY},30,16,14\n{second}")) == [(7, "総人口", "4", "3")]


def test_subtotals_are_set_aside_and_not_counted() -> None:
    assert totals(report(f"{AREAS},小計,{DAY},99,,\n,合計,{DAY},30,16,14\n")) == []


EAST, WEST = f"{AREAS}", f"西,山,{DAY},1,1,0\n西,谷,{DAY},2,1,1\n"


def test_a_subtotal_is_compared_with_its_group_once_some_of_them_add_up() -> None:
    text = f"{EAST},小計,{DAY},30,16,15\n{WEST},小計,{DAY},3,2,1\n,合計,{DAY},33,18,15\n"
    assert totals(report(text)) == [(4, "女性", "15", "14")]


def test_a_middle_total_takes_in_the_groups_above_it() -> None:
    text = f"{EAST},小計,{DAY},30,16,14\n{WEST},小計,{DAY},3,2,1\n,中計,{DAY},33,18,16\n,合計,{DAY},33,18,15\n"
    assert totals(report(text)) == [(8, "女性", "16", "15")]


def test_the_word_may_stand_in_the_first_filled_cell_of_a_row() -> None:
    found = report(f"東,本町,{DAY},10,4,6\n東,総数,{DAY},1,1,0\n,合計,{DAY},11,5,6\n")
    assert [(one.row, one.reason) for one in found.table.asides] == [(3, "total"), (4, "total")]


@pytest.mark.parametrize("name", ["再掲", "（再掲）65歳以上", "うち外国人", "　うち65歳以上", "うち一丁目"])
def test_figures_that_others_include_are_set_aside_and_not_added(name: str) -> None:
    found = report(f"{AREAS}東,{name},{DAY},5,2,3\n,合計,{DAY},30,16,14\n")
    assert [(one.row, one.reason) for one in found.table.asides] == [(4, "included"), (5, "total")]
    assert totals(found) == []


@pytest.mark.parametrize("name", ["うちわ町", "内町", "うちの原"])
def test_a_name_that_only_begins_like_an_inclusion_is_an_area(name: str) -> None:
    assert report(f"東,{name},{DAY},1,1,0\n").table.column("地域名") == [name]


@pytest.mark.parametrize("name", ["計量町", "合計台", "総和", "全市場前"])
def test_a_name_that_only_begins_like_a_total_is_an_area(name: str) -> None:
    assert report(f"東,{name},{DAY},1,1,0\n").table.column("地域名") == [name]


@pytest.mark.parametrize(("figures", "off"), [("33,18,15", []), ("33,18,16", [(4, "女性", "16", "15")]), ("3,2,1", [])])
def test_the_only_total_under_blocks_side_by_side_takes_in_all_of_them_or_its_own(
    figures: str, off: list[tuple[int | None, str | None, str, str]]
) -> None:
    rows = list(csv.reader(io.StringIO(f"{AREAS}{WEST},計,{DAY},{figures}\n")))
    cells = {name: [row[place] for row in rows] for place, name in enumerate(COLUMNS)}
    blocks = tuple(Part("人口.csv", block=number, heading=(1, 1)) for number in (1, 2))
    places = pa.array(np.array([0, 0, 1, 1, 1], np.int32))
    raw = RawTable(blocks, pa.table(cells), places, pa.array(np.array([2, 3, 2, 3, 4])))
    columns = {name: name for name in COLUMNS[1:]} | {"地区": "ignore"}
    recipe = Recipe.model_validate(
        {"format": "1", "dataset": "population", "source": "人口.csv", "period": "2026-02", "columns": columns}
    )
    table, found = normalise(raw, recipe, read_library()["population"])
    assert totals(check(table, None, context(), found=found, recipe=recipe)[0]) == off


def test_a_total_with_withheld_figures_is_not_compared_in_that_column() -> None:
    assert totals(report(f"東,本町,{DAY},X,4,6\n東,浜,{DAY},20,12,8\n,合計,{DAY},30,16,14\n")) == []


def test_nothing_is_compared_when_the_recipe_leaves_rows_out() -> None:
    found = report(f"{AREAS}西,山,{DAY},5,2,3\n,合計,{DAY},35,18,17\n", where={"地区": ["東", ""]})
    assert found.table.rows == 2
    assert totals(found) == []


def test_a_heading_that_is_written_again_is_no_row() -> None:
    found = report(AREAS + "地区,地域名,調査年月日,総人口,男性,女性\n" + f"西,山,{DAY},1,1,0\n")
    assert found.table.rows == 3
    assert [(aside.row, aside.reason) for aside in found.table.asides] == [(4, "repeated")]


def test_a_table_of_nothing_but_the_whole_town_keeps_its_rows() -> None:
    found = report(f"全町,見本町,{DAY},30,16,14\n全町,見本町,{DAY},31,16,15\n")
    assert found.table.rows == 2
    assert found.table.asides == ()
