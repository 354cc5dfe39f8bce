"""Every record of a CSV arrives, with its number, and no cell is lost."""

import csv
import io
import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import UnusableSource
from publish.reading import delimited, limits
from publish.reading.delimited import read_grid
from publish.reading.grid import Grid, blank_rows
from publish.reading.text import Text

CELL = st.text(st.sampled_from('ab1 ,"\n\r漢　#'), max_size=5)
ROWS = st.lists(st.lists(CELL, min_size=1, max_size=6), min_size=1, max_size=12)


def grid(text: str) -> Grid:
    return read_grid(Text(text.encode(), "utf-8"), "f.csv")


@settings(max_examples=300, deadline=None, derandomize=True)
@given(ROWS, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_the_grid_holds_what_the_csv_module_wrote(rows: list[list[str]], end: str, final: bool) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=end).writerows(rows)
    text = out.getvalue() if final else out.getvalue().removesuffix(end)
    read = grid(text).head(100)
    expected = [row if any(row) else [""] for row in csv.reader(io.StringIO(text, newline=""))]
    stripped = [_stripped(row) for row in expected]
    assert [_stripped(row) for row in read] == stripped


def _stripped(row: list[str]) -> list[str]:
    while row and row[-1] == "":
        row = row[:-1]
    return row


def test_record_numbers_count_blank_lines_and_lines_inside_quotes() -> None:
    read = grid('a,b\n\n"x\ny",1\n,,\nlast,2\n')
    assert read.head(9)[4] == ["last", "2", ""]
    assert blank_rows(read.cells).to_pylist() == [1, 3]


def test_cells_beyond_the_usual_width_stand_in_columns_of_their_own() -> None:
    assert grid("a,b\n1,2\n3,4,extra\n5\n").head(9) == [["a", "b", ""], ["1", "2", ""], ["3", "4", "extra"], ["5", "", ""]]


def test_tabs_separate_where_there_are_no_commas() -> None:
    assert grid("名称\t緯度\nあ\t34.1\n").head(2) == [["名称", "緯度"], ["あ", "34.1"]]


@pytest.mark.parametrize("text", ['a,b\n"open,1\n2,3\n', 'a,b\n1,"open\n2,3', '"', 'a\n"b"\n"c\nd'])
def test_a_quote_that_is_never_closed_is_refused(text: str) -> None:
    with pytest.raises(UnusableSource) as refused:
        grid(text)
    assert refused.value.code == "open-quote"


def test_a_record_longer_than_a_block_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "_BLOCK", 64)
    assert grid("a,b\n" + "x" * 500 + ",1\n2,3,4\n").head(3)[1:] == [["x" * 500, "1", ""], ["2", "3", "4"]]


def test_thousands_of_columns_are_refused() -> None:
    with pytest.raises(UnusableSource) as refused:
        grid("a,b\n1,2\n" + "," * 5000 + "\n")
    assert refused.value.code == "too-large"


def test_two_hundred_thousand_records_take_a_moment() -> None:
    text = "id,name,lat\n" + "".join(f"{number},施設{number},34.5\n" for number in range(200_000))
    start = time.perf_counter()
    assert grid(text).cells.num_rows == 200_001
    assert time.perf_counter() - start < 10


def test_what_a_spreadsheet_showed_in_place_of_a_value_is_found_by_cell_and_kept() -> None:
    found = grid('a,b\n#REF!,1\n#1番地,######\n# 注,"#N/A "\n')
    told = [(finding.code, finding.row, finding.field, finding.value) for finding in found.findings]
    assert told == [("error-cell", 2, "A", "#REF!"), ("error-cell", 3, "B", "######"), ("error-cell", 4, "B", "#N/A")]
    assert found.cells.column(1).to_pylist() == ["b", "1", "######", "#N/A "]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_a_line_that_names_the_delimiter_is_no_record(delimiter: str) -> None:
    text = f"sep={delimiter}\r\n名称{delimiter}緯度\r\nあ{delimiter}34.1\r\n"
    assert grid(text).head(9) == [["名称", "緯度"], ["あ", "34.1"]]


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("名称;緯度;経度\nあ;34,1;138,2\nい;34,3;138,4\n", ["あ", "34,1", "138,2"]),
        ("名称|住所|備考\nあ|1-2, 3|\nい|4-5, 6|\n", ["あ", "1-2, 3", ""]),
        ("名称,曜日,時間\nあ,月;火,9\nい,水;木,10\n", ["あ", "月;火", "9"]),
        ("名称\t曜日\nあ\t月,火\nい\t水,木\n", ["あ", "月,火"]),
        ("名称,曜日\nあ,月|火\n", ["あ", "月|火"]),
        ("名称\nあ;い\nう\nえ\n", ["あ;い"]),
        ("施設一覧\n名称;住所;緯度\nあ;い;34\n※注\n※注\n", ["名称", "住所", "緯度"]),
    ],
)
def test_the_delimiter_is_what_parts_the_heading(text: str, second: list[str]) -> None:
    assert grid(text).head(2)[1] == second


def test_two_delimiters_that_fit_equally_are_refused() -> None:
    with pytest.raises(UnusableSource) as refused:
        grid("名称;住所|緯度\nあ;い|34\nう;え|35\n")
    assert refused.value.code == "which-delimiter"


def test_blanks_before_quotes_do_not_take_the_quotes_for_text() -> None:
    text = '"名称", "住所", "備考"\n"あ",  "1-2, 3","x, ""y"" z"\nい, "大"町, 5" 管 \n'
    assert grid(text).head(9) == [["名称", "住所", "備考"], ["あ", "1-2, 3", 'x, "y" z'], ["い", ' "大"町', ' 5" 管 ']]


@pytest.mark.parametrize("end", ["\x1a", "\r\n\x1a", "\x1a\x1a"])
def test_the_end_mark_of_ms_dos_is_no_cell(end: str) -> None:
    assert grid("a,b\r\n1,2" + end).head(9) == [["a", "b"], ["1", "2"]]


def test_every_kind_of_line_end_ends_a_record() -> None:
    assert grid("a,b\r1,2\r\n3,4\n5,6").head(9) == [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]]


def test_text_that_only_holds_an_end_mark_has_no_records() -> None:
    assert grid("\x1a").cells.num_rows == 0


def test_blank_lines_and_uneven_records_count_towards_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_CELLS", 1000)
    for text in ("a,b\n" + "\n" * 1000, "a,b\n1,2\n" + "1,2,3\n" * 400):
        with pytest.raises(UnusableSource) as refused:
            grid(text)
        assert refused.value.code == "too-large"


def test_more_uneven_records_than_can_be_kept_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "_MAX_ODD", 3)
    assert grid("a,b\n1,2\n" + "1,2\n3\n" * 3).cells.num_rows == 8
    with pytest.raises(UnusableSource) as refused:
        grid("a,b\n1,2\n" + "1,2\n3\n" * 4)
    assert refused.value.code == "too-large"


@pytest.mark.parametrize("text", ["a,b\n" + "\ufeff" * 3, '"' * 100_001, ', "' * 50_000, "\x1a" * 100_000])
def test_text_of_nothing_but_marks_takes_no_time(text: str) -> None:
    start = time.perf_counter()
    with suppress(UnusableSource):
        grid(text)
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("名,甲,乙\n1,2,3\n4,5", [("cut-off", 3, "C", "5")]),
        ("名,甲,乙\n1,2,3\n4,5\n", []),
        ("名,甲,乙\n1,2,3\n4,5,6", []),
        ("名,甲,乙\n1,2,3\n※注", []),
    ],
)
def test_a_text_that_ends_within_a_record_is_told(text: str, cut: list[tuple[str, int, str, str]]) -> None:
    assert [(one.code, one.row, one.field, one.value) for one in grid(text).findings] == cut
