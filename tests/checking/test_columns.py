"""What rules ask of a column: the same answer whatever the column looks like, and worked out once."""

import pickle
import re
from collections.abc import Sequence
from dataclasses import replace
from math import isnan

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalog.library import read_library
from publish.checking.column import Column, blank, filled, findings, longest, numbers, rows_beginning, rows_like, rows_unlike
from publish.checking.place import sharing
from publish.checking.sameness import alike
from publish.checking.searching import Searched
from publish.table.table import Table

CELLS = st.lists(
    st.one_of(st.sampled_from(["", "a", "12", "090-1", "見本\n町"]), st.text("a1\n^$. 見", max_size=6)), max_size=40
)
PATTERNS = (
    r"\[^a",
    r"1[^1]*a",
    "a",
    "^a",
    "a$",
    "^$",
    "^1",
    r"\ba\b",
    "[^a]1",
    "1\n?a",
    "a|^1",
    r"\Aa",
    r"a\z",
    "(?i)A",
    "(?s)a.1",
    "",
)


def table(cells: Sequence[str], *, times: int = 1, chunks: int = 1) -> Table:
    """Return a table whose 名称 holds the cells over and over, in so many chunks."""
    dataset = read_library()["public_toilet"]
    texts = pa.array([*cells] * times, pa.utf8())
    cut = pa.chunked_array([texts[len(texts) * n // chunks : len(texts) * (n + 1) // chunks] for n in range(chunks)], pa.utf8())
    made = pa.table({name: cut if name == "名称" else pa.repeat("", len(texts)) for name in dataset.names})
    part, row = np.zeros(len(texts), np.int32), np.arange(2, len(texts) + 2)
    return Table(dataset, (), made, pa.array(part), pa.array(row), ())


def shapes(cells: Sequence[str]) -> list[Table]:
    """Return tables on which every way of asking is taken: few cells, many that repeat, many different, few not blank."""
    different = [f"{text}{number}" for number in range(-(-1200 // max(len(cells), 1))) for text in cells]
    return [table(cells), table(cells, times=300, chunks=3), table(different), table([*cells, *[""] * 1300])]


@pytest.mark.parametrize("pattern", PATTERNS)
@settings(deadline=None, max_examples=40)
@given(CELLS)
@example(["1", "a"])
def test_a_search_in_blocks_finds_what_a_search_text_by_text_finds(pattern: str, cells: list[str]) -> None:
    texts = pa.array([*cells, *["見本"] * 300, *cells], pa.utf8())
    expected = [place for place, text in enumerate(texts) if pc.match_substring_regex(text, pattern).as_py()]
    assert Searched(texts).like(pattern).tolist() == expected


@settings(deadline=None, max_examples=40)
@given(CELLS)
def test_rows_are_found_whatever_the_column_looks_like(cells: list[str]) -> None:
    for shape in shapes(cells):
        texts = shape.column("名称")
        assert rows_like(shape, "名称", "1", lambda text: len(text) > 2).tolist() == [
            row for row, text in enumerate(texts) if "1" in text and len(text) > 2
        ]
        assert rows_unlike(shape, "名称", "a|[0-9]+").tolist() == [
            row for row, text in enumerate(texts) if not re.fullmatch("a|[0-9]+|", text)
        ]
        assert blank(shape, "名称").tolist() == [row for row, text in enumerate(texts) if not text]
        assert filled(shape, "名称") == sum(map(bool, texts))
        assert Column.of(shape, "名称").rows(str.isdigit).tolist() == [row for row, text in enumerate(texts) if text.isdigit()]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.one_of(st.floats().map(repr), st.sampled_from(["", " 1", "1_0", "１２", "-.5", "+7.", "1e3", "北緯", "."]))))
def test_numbers_are_read_as_python_reads_them(cells: list[str]) -> None:
    def read(text: str) -> float:
        try:
            return float(text)
        except ValueError:
            return float("nan")

    found = numbers(table(cells), "名称")
    assert [value if not isnan(value) else None for value in found.tolist()] == [
        value if not isnan(value) else None for value in map(read, cells)
    ]


def test_what_one_rule_worked_out_the_next_one_is_given() -> None:
    asked = table(["1", "2"])
    assert numbers(asked, "名称") is numbers(asked, "名称")
    with pytest.raises(ValueError, match="read-only"):
        numbers(asked, "名称")[0] = 5.0
    asked.memo.forget()
    assert numbers(asked, "名称").tolist() == [1.0, 2.0]


def test_another_table_begins_with_nothing_worked_out() -> None:
    asked = table(["1", "2"])
    assert numbers(asked, "名称").tolist() == [1.0, 2.0]
    other = replace(asked, cells=asked.cells.slice(1), part=asked.part[1:], row=asked.row[1:])
    assert numbers(other, "名称").tolist() == [2.0]
    sent = pickle.loads(pickle.dumps(asked))
    assert sent == asked
    assert numbers(sent, "名称").tolist() == [1.0, 2.0]


def test_findings_stand_at_the_part_and_row_of_their_cell() -> None:
    asked = table(["a", "b", "c"], chunks=2)
    found = list(findings(asked, np.array([2, 0]), "code", "info", field="名称", values=lambda row: {"n": str(row)}))
    assert [(one.part, one.row, one.value, one.values) for one in found] == [(0, 4, "c", {"n": "2"}), (0, 2, "a", {"n": "0"})]


def test_rows_share_a_place_within_one_step_of_the_grid() -> None:
    x = np.array([133.0, 133.000004, 134.0, np.nan, np.nan, 1e300, 1e300, 134.0, 133.0])
    y = np.array([34.0, 34.000004, 34.0, np.nan, np.nan, 1e300, 1e300, 34.0, 35.0])
    rows, places = sharing(x, y, 1e-5)
    assert (rows.tolist(), places.tolist()) == ([0, 1, 2, 7], [0, 0, 1, 1])
    assert sharing(x[8:], y[8:], 1e-5)[0].tolist() == []


FORMS = ("a|[0-9]+", "a", "[a1]+", "(?i)A1?", "[^a]*", r"a\s1", "(?s).", "見本|", r"\S", "a.1", "")


@pytest.mark.parametrize("form", FORMS)
@settings(deadline=None, max_examples=40)
@given(CELLS)
@example(["a", "1"])
@example(["a\n1", "a", "1"])
def test_a_form_is_proven_in_blocks_as_it_is_text_by_text(form: str, cells: list[str]) -> None:
    texts = pa.array([*cells, *["a"] * 300, *cells], pa.utf8())
    expected = [
        place
        for place, text in enumerate(texts)
        if text.as_py() and not pc.match_substring_regex(text, rf"\A(?:{form})\z").as_py()
    ]
    assert Searched(texts).unlike(form).tolist() == expected


@settings(deadline=None, max_examples=40)
@given(CELLS)
def test_rows_that_begin_with_a_letter_are_found_whatever_the_column_looks_like(cells: list[str]) -> None:
    for shape in shapes(cells):
        expected = [row for row, text in enumerate(shape.column("名称")) if text[:1] in ("1", "見") and len(text) > 1]
        assert rows_beginning(shape, "名称", "1見", lambda text: len(text) > 1).tolist() == expected
        assert longest(shape, "名称") == max((len(text.encode()) for text in shape.column("名称")), default=0)


@settings(deadline=None, max_examples=20)
@given(CELLS)
def test_rows_say_the_same_whatever_the_column_looks_like(cells: list[str]) -> None:
    for repeated in (True, False):
        base = [f"a{number}" for number in range(21_000)] if not repeated else ["a"] * 21_000
        texts = [*cells, *base, *(f" {text} " for text in cells)]
        codes = alike(table(texts), "名称").tolist()
        for first, later in zip(range(len(cells)), range(len(texts) - len(cells), len(texts)), strict=True):
            assert codes[first] == codes[later]
            assert (codes[first] == -1) == (not texts[first].strip())
        told = {code: texts[row].strip() for row, code in enumerate(codes)}
        assert all(told[code] == text.strip() for code, text in zip(codes, texts, strict=True))
