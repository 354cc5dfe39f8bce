"""Where the table stands: title rows, comments, notes and blanks are set aside; every column can be addressed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import RecipeError, UnusableSource
from catalog.folding import heading_key
from publish.reading.delimited import read_grid
from publish.reading.encoding import decode
from publish.reading.heading_rows import unique
from publish.reading.region import cut, heading_of
from publish.reading.source import read
from publish.recipe import Recipe
from publish.table.position import Part
from publish.table.table import RawTable

Put = Callable[[str, str | bytes], Path]
KNOWN = frozenset(map(heading_key, ("名称", "住所", "緯度", "経度", "備考")))


def recipe(**given: object) -> Recipe:
    return Recipe.model_validate({"format": "1", "dataset": "aed", "source": "x", **given})


def table(text: str, known: frozenset[str] = KNOWN) -> RawTable:
    grid = read_grid(decode(text.encode(), "f.csv"), "f.csv")
    return cut(grid, Part("f.csv"), heading_of(grid, known))


def test_a_title_above_and_a_note_below_are_set_aside_with_their_text() -> None:
    found = table(
        "AED設置箇所一覧,,,\n,,,令和8年4月1日現在\n\n名称,住所,緯度,経度\nあ,い,34.1,138.1\n\nう,え,34.2,138.2\n※夜間は使えません,,,\n,,,\n"
    )
    assert found.parts[0].heading == (4, 4)
    assert found.row.to_pylist() == [5, 7]
    assert [(one.row, one.reason, one.text) for one in found.asides] == [
        (1, "title", "AED設置箇所一覧"),
        (2, "title", "令和8年4月1日現在"),
        (3, "blank", ""),
        (6, "blank", ""),
        (8, "note", "※夜間は使えません"),
    ]


def test_a_comment_preamble_is_set_aside_above_and_below_the_heading() -> None:
    found = table("#LINK,,\n#lang,ja,\n#property,name,address\n#object_type,string,string\n1,あ,い\n", frozenset())
    assert found.cells.column_names == ["#property", "name", "address"]
    assert [(one.row, one.reason) for one in found.asides] == [(1, "comment"), (2, "comment"), (4, "comment")]
    assert found.row.to_pylist() == [5]


def test_a_row_that_only_looks_like_a_note_in_the_middle_stays_a_row() -> None:
    found = table("名称,住所,緯度\n※旧館,,\nあ,い,34\n")
    assert found.row.to_pylist() == [2, 3]


def test_duplicate_and_unnamed_columns_can_be_addressed() -> None:
    found = table("名称,備考,,備考\nあ,1,2,3\n")
    assert found.cells.column_names == ["名称", "備考", "C列", "備考(2)"]
    assert dict(found.parts[0].columns) == {"名称": "A", "備考": "B", "C列": "C", "備考(2)": "D"}
    assert [(one.code, one.field) for one in found.findings] == [("duplicate-heading", "備考(2)")]


def test_an_unnamed_column_without_content_is_no_column() -> None:
    assert table("名称,住所,,\nあ,い,, \n").cells.column_names == ["名称", "住所"]


def test_a_cell_beyond_the_headings_is_kept_and_told() -> None:
    found = table("名称,住所\nあ,い\nう,え,お\n")
    assert found.cells.column("C列").to_pylist() == ["", "お"]
    assert [(one.code, one.row, one.field, one.value) for one in found.findings] == [("ragged-row", 3, "C列", "お")]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(["", "a", "a(2)", "B列", "b"]), max_size=8))
def test_unique_headings_are_different_and_keep_the_clerks_words(headings: list[str]) -> None:
    made = unique(headings, "ABCDEFGH"[: len(headings)])
    assert len(set(made)) == len(headings)
    for place, heading in enumerate(headings):
        if heading and heading not in headings[:place]:
            assert made[place] == heading


def test_without_known_words_the_heading_is_known_by_its_shape() -> None:
    assert table("調査票\n\n区分,件数,割合\n甲,1,2.5\n乙,2,3.5\n", frozenset()).parts[0].heading == (3, 3)


def test_two_heading_rows_are_joined_when_the_recipe_says_so(put: Put) -> None:
    path = put("a.csv", "名称,男性トイレ,,備考\n,総数,洋式,\nあ,3,2,x\n")
    found = read(path, name="a.csv", recipe=recipe(heading=["1", "2"]))
    assert found.cells.column_names == ["名称", "男性トイレ_総数", "男性トイレ_洋式", "備考"]
    assert found.row.to_pylist() == [3]


def test_a_file_without_headings_is_read_when_the_recipe_says_so(put: Put) -> None:
    path = put("a.csv", "あ,34.1\nい,34.2\n")
    found = read(path, name="a.csv", recipe=recipe(headerless="true", columns={"A列": "名称", "B列": "緯度"}))
    assert found.cells.to_pylist() == [{"A列": "あ", "B列": "34.1"}, {"A列": "い", "B列": "34.2"}]
    assert found.row.to_pylist() == [1, 2]
    with pytest.raises(UnusableSource) as refused:
        read(put("b.csv", "1,34.1\n2,34.2\n"), name="b.csv")
    assert refused.value.code == "no-table"


def test_a_recipe_whose_heading_has_moved_is_told_where_to(put: Put) -> None:
    path = put("a.csv", "一覧,,\n\n名称,住所,緯度\nあ,い,34\n")
    with pytest.raises(RecipeError) as wrong:
        read(path, name="a.csv", recipe=recipe(heading=["1", "1"], columns={"名称": "名称", "住所": "所在地_連結表記"}))
    assert "3 行目" in wrong.value.message["ja"]
    assert "[3, 3]" in wrong.value.fix["en"]


CELL = st.text(st.sampled_from("あい1 　\n,#※"), max_size=3)


@settings(max_examples=250, deadline=None, derandomize=True)
@given(st.lists(st.lists(CELL, min_size=0, max_size=5), max_size=10))
def test_every_row_of_any_table_is_kept_or_set_aside(rows: list[list[str]]) -> None:
    def quoted(cell: str) -> str:
        return f'"{cell}"'

    body = [",".join(map(quoted, row)) for row in rows]
    found = table("\n".join(["名称,住所,緯度", *body]) + "\n")
    content = [number for number, row in enumerate(rows, start=2) if any(cell.strip() for cell in row)]
    last = max(content, default=1)
    seen = sorted([*found.row.to_pylist(), *(one.row for one in found.asides)])
    assert seen == list(range(2, last + 1))
    for number, cells in zip(found.row.to_pylist(), found.cells.to_pylist(), strict=True):
        given_cells = [cell for cell in rows[number - 2] if cell.strip()]
        assert [cell for cell in cells.values() if cell.strip()] == given_cells


def test_a_preamble_of_lines_of_different_widths_is_set_aside_line_by_line() -> None:
    text = (
        '"統計名：","国勢調査"\n"表番号：","1"\n"表題：","人口, 世帯数"\n"実施年月：","2020年10月",,\n\n'
        '"注釈：","-","該当数値がないもの"\n名称,住所,緯度,経度\n"あ","い","34.1","138.1"\n"う","え","34.2","138.2"\n'
    )
    found = table(text)
    assert found.parts[0].heading == (7, 7)
    assert found.row.to_pylist() == [8, 9]
    assert [aside.row for aside in found.asides] == [1, 2, 3, 4, 5, 6]
    assert found.asides[2].text == "表題： 人口, 世帯数"


@pytest.mark.parametrize("text", ["名称,住所,緯度,経度\n", "名称,住所,緯度,経度\n,,,\n\n"])
def test_headings_alone_are_a_table_without_rows(text: str) -> None:
    found = table(text)
    assert (found.rows, found.cells.column_names) == (0, ["名称", "住所", "緯度", "経度"])


@pytest.mark.parametrize(
    "text", ["FF01,34.5,135.2\nFF02,34.6,135.3\n", "1,2,3\n4,5,6\n", "2026-04-01,9:00,100\n2026-04-02,9:30,200\n"]
)
def test_a_file_without_headings_is_refused_with_what_to_write(text: str, put: Put) -> None:
    with pytest.raises(UnusableSource) as refused:
        read(put("a.csv", text), name="a.csv")
    assert refused.value.code == "no-table"
    assert "headerless: true" in refused.value.fix["ja"]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("観光入込客数,,,\n,,,\n施設,4月,5月,合計\n温泉,10,20,30\n城,5,5,10\n", 3),
        ("施設,令和5年度,令和6年度\n温泉,10,20\n", 1),
    ],
)
def test_months_and_years_beside_a_word_are_headings(text: str, row: int) -> None:
    assert table(text, frozenset()).parts[0].heading == (row, row)


def test_months_and_years_alone_are_none() -> None:
    assert heading_of(read_grid(decode("4月,5月\n10,20\n".encode(), "f.csv"), "f.csv"), frozenset()) is None
