"""Headings of two or three rows: known by merged cells or by blanks, joined in one way; a title is none."""

from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from catalog.folding import heading_key
from catalog.library import read_library
from publish.headings.matching import match
from publish.reading.delimited import read_grid
from publish.reading.encoding import decode
from publish.reading.region import cut, heading_of
from publish.reading.source import read
from publish.table.position import Part
from publish.table.table import RawTable

KNOWN = frozenset(map(heading_key, ("名称", "住所", "緯度", "経度", "備考", "地区名", "世帯数", "総数")))


def table(text: str, known: frozenset[str] = KNOWN) -> RawTable:
    grid = read_grid(decode(text.encode(), "f.csv"), "f.csv")
    return cut(grid, Part("f.csv"), heading_of(grid, known))


AGES = ["地区名", "男_0～4歳", "男_5～9歳", "女_0～4歳", "女_5～9歳"]
CASES = {
    "blanks below what stands alone": (
        "題名,,,,\n地区名,男,,女,\n,0～4歳,5～9歳,0～4歳,5～9歳\nA,1,2,3,4\n",
        (2, 3),
        AGES,
    ),
    "the lower row is full": (
        ",男,,女,\n地区名,0～4歳,5～9歳,0～4歳,5～9歳\nA,1,2,3,4\nB,1,2,3,4\n",
        (1, 2),
        AGES,
    ),
    "a group and columns that stand alone": (
        "地区名,世帯数,人口,,,備考\n,,総数,男,女,\nA,1,2,3,4,x\n",
        (1, 2),
        ["地区名", "世帯数", "人口_総数", "人口_男", "人口_女", "備考"],
    ),
    "three rows": (
        "地区名,男,,,,女,,,\n,年少,,老年,,年少,,老年,\n,人数,割合,人数,割合,人数,割合,人数,割合\nA,1,2,3,4,1,2,3,4\nB,1,2,3,4,1,2,3,4\n",
        (1, 3),
        ["地区名", *(f"{sex}_{age}_{what}" for sex in "男女" for age in ("年少", "老年") for what in ("人数", "割合"))],
    ),
    "title and department above": (
        "人口統計表,,,,市民課\n地区名,世帯数,総数,男,女\nA,1,2,3,4\nB,1,2,3,4\n",
        (2, 2),
        ["地区名", "世帯数", "総数", "男", "女"],
    ),
    "title and date above": (
        "人口統計表,,,令和8年4月1日現在,\n地区名,世帯数,総数,男,女\nA,1,2,3,4\n",
        (2, 2),
        ["地区名", "世帯数", "総数", "男", "女"],
    ),
    "a first row that is nearly blank": ("名称,住所,緯度,経度\nあ,,,\n,い,34,135\n", (1, 1), ["名称", "住所", "緯度", "経度"]),
    "an unnamed column with texts": (
        "名称,電話,,備考\n役場,あ,い,う\n支所,か,き,く\n",
        (1, 1),
        ["名称", "電話", "C列", "備考"],
    ),
    "years below": (
        "地区名,世帯数,\n,2024年,2025年\nA,1,2\nB,3,4\n",
        (1, 2),
        ["地区名", "世帯数_2024年", "世帯数_2025年"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_blanks_tell_how_many_rows_the_headings_take(case: str) -> None:
    text, rows, names = CASES[case]
    found = table(text)
    assert found.parts[0].heading == rows
    assert found.cells.column_names == names


def merged(tmp_path: Path, rows: Sequence[Sequence[object]], *ranges: str) -> RawTable:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    for one in ranges:
        sheet.merge_cells(one)
    book.save(tmp_path / "a.xlsx")
    return read(tmp_path / "a.xlsx", name="a.xlsx", known=KNOWN)


def test_merged_cells_tell_how_many_rows_the_headings_take(tmp_path: Path) -> None:
    rows = [
        ["人口統計表", None, None, None, None],
        ["地区名", "人口", None, None, "世帯数"],
        [None, "総数", "男", "女", None],
        ["A", 1, 2, 3, 4],
    ]
    found = merged(tmp_path, rows, "A1:E1", "A2:A3", "B2:D2", "E2:E3")
    assert found.parts[0].heading == (2, 3)
    assert found.cells.column_names == ["地区名", "人口_総数", "人口_男", "人口_女", "世帯数"]
    assert [(one.row, one.reason, one.text) for one in found.asides] == [(1, "title", "人口統計表")]
    assert found.parts[0].cell(4, "人口_女") == "D4"


def test_a_merged_title_right_above_the_headings_is_no_heading(tmp_path: Path) -> None:
    found = merged(tmp_path, [["一覧", None, None], ["名称", "住所", "備考"], ["あ", "い", "う"]], "A1:C1")
    assert (found.parts[0].heading, found.cells.column_names) == ((2, 2), ["名称", "住所", "備考"])


def test_a_title_merged_over_some_of_the_columns_is_no_heading(tmp_path: Path) -> None:
    found = merged(tmp_path, [["一覧", None, None], ["名称", "住所", "備考"], ["あ", "い", "う"]], "A1:B1")
    assert (found.parts[0].heading, found.cells.column_names) == ((2, 2), ["名称", "住所", "備考"])


def test_a_merged_cell_ends_where_it_ends(tmp_path: Path) -> None:
    rows = [["名称", "男", None, None, "備考"], [None, "大人", "子ども", "総数", None], ["あ", 1, 2, 3, "x"]]
    found = merged(tmp_path, rows, "A1:A2", "B1:C1")
    assert found.cells.column_names == ["名称", "男_大人", "男_子ども", "総数", "備考"]


def test_a_heading_merged_over_data_stays_one_row(tmp_path: Path) -> None:
    found = merged(tmp_path, [["名称", "住所", "備考", None], ["あ", "い", "う", "え"], ["か", "き", "く", "け"]], "C1:D1")
    assert found.parts[0].heading == (1, 1)
    assert found.row.to_pylist() == [2, 3]


def test_blanks_and_merged_cells_give_the_same_names(tmp_path: Path, put: Callable[..., Path]) -> None:
    rows = [["地区名", "男", None, "女", None], [None, "0～4歳", "5～9歳", "0～4歳", "5～9歳"], ["A", 1, 2, 3, 4]]
    text = "".join(",".join("" if cell is None else str(cell) for cell in row) + "\n" for row in rows)
    by_blanks = read(put("a.csv", text), name="a.csv", known=KNOWN)
    by_merging = merged(tmp_path, rows, "A1:A2", "B1:C1", "D1:E1")
    assert by_blanks.cells.column_names == by_merging.cells.column_names == AGES


def test_headings_by_sex_and_age_are_those_of_the_national_table() -> None:
    library = read_library()
    headings = ["男_0～4歳", "女性_0〜4歳", "0～4歳_女", "85歳以上_男", "男_総数"]
    fields = ["0-4歳の男性", "0-4歳の女性", "", "85歳以上の男性", "男性"]
    matches, _ = match(headings, library["population"], library)
    assert [(one.heading, one.field) for one in matches] == list(zip(headings, fields, strict=True))
