"""Every record of a CSV arrives, with its number, and no cell is lost."""

import csv
import io
import time

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import UnusableSource
from publish.reading import delimited
from publish.reading.delimited import read_grid
from publish.reading.grid import Grid, blank_rows

CELL = st.text(st.sampled_from('ab1 ,"\n\r漢　#'), max_size=5)
ROWS = st.lists(st.lists(CELL, min_size=1, max_size=6), min_size=1, max_size=12)


def grid(text: str) -> Grid:
    return read_grid(pa.py_buffer(text.encode()), "f.csv")


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
