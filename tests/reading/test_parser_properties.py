"""What holds of every parser for any text: it never fails, reads its own readings as they are, and loses no cell.

Names of people and places pass through every definition letter for letter.
"""

import re
import unicodedata
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.dataset import Dataset, Field
from catalog.library import read_library
from publish.normalising import normalise
from publish.parsers.column import How, read_column
from publish.parsers.date import read_date
from publish.parsers.parser import names, parser, splitter
from publish.recipe import Recipe
from publish.table.position import Part
from publish.table.table import RawTable

LIBRARY = read_library()
TABLES = {path.stem: path for path in (Path(__file__).parent / "parsers").glob("*.tsv")}
SINGLE = sorted(name for name in names() if splitter(name) is None)
FIELDS = {
    "number": ("evacuation_space", "標高"),
    "date": ("cultural_property", "文化財指定日"),
    "mdy": ("cultural_property", "文化財指定日"),
    "month": ("tourism_visitors", "年月"),
    "year": ("irrigation_canal", "造成年度"),
    "time": ("aed", "開始時間"),
    "coordinate": ("aed", "緯度"),
}
"""Fields whose type a parser asks for; the others do not ask."""


def field_of(name: str) -> Field:
    dataset, field = FIELDS.get(name, ("aed", "備考"))
    return LIBRARY[dataset].field(field)


def given_texts(name: str) -> list[str]:
    lines = [line.split("\t") for line in TABLES[name].read_text("utf-8").splitlines() if not line.startswith("# field")]
    return sorted({text for line in lines for text in (line[0], *(line[2].split("|") if len(line) > 2 else ()))})


def texts(name: str) -> st.SearchStrategy[str]:
    """Texts of the parser's table, others of their letters, and any text at all."""
    known = given_texts(name)
    letters = "".join(sorted(set("".join(known))))
    return st.one_of(st.sampled_from(known), st.text(st.sampled_from(letters), max_size=12), st.text(max_size=8))


@pytest.mark.parametrize("name", SINGLE)
@settings(max_examples=120, deadline=None, derandomize=True)
@given(data=st.data())
def test_what_a_parser_has_read_is_read_again_as_it_is(name: str, data: st.DataObject) -> None:
    cells = data.draw(st.lists(texts(name), min_size=1, max_size=8))
    how = How(field_of(name), {}, None, parser(name))
    first = read_column(pa.array(cells, pa.utf8()), how)
    again = read_column(first.cells, how)
    assert len(first.cells) == len(cells)
    assert again.cells.to_pylist() == first.cells.to_pylist()
    assert len(again.changed) == 0
    left = [place for place in range(len(cells)) if place not in first.changed.tolist()]
    assert [first.cells[place].as_py() for place in left] == [cells[place] for place in left]


LONG = 30_000
HOSTILE = [
    "1" * LONG,
    "１" * LONG,
    "1 " * LONG,
    f"1{' ' * LONG}x",
    "(" * LONG,
    "（ア" * LONG,
    "・" * LONG,
    "1," * LONG,
    "十" * LONG,
]


@pytest.mark.parametrize("name", sorted(names()))
def test_texts_of_any_length_are_left_at_once(name: str) -> None:
    if taking := splitter(name):
        assert [taking.split(text) for text in HOSTILE] == [None] * len(HOSTILE)
    else:
        read = read_column(pa.array(HOSTILE, pa.utf8()), How(field_of(name), {}, None, parser(name)))
        assert read.cells.to_pylist() == [text.strip() for text in HOSTILE]
    assert read_date(HOSTILE[3]) is None


EXACT = ("address_building", "name_kana")
"""Splitters of names and addresses: every letter stays what it is."""


@pytest.mark.parametrize("name", sorted(set(names()) - set(SINGLE)))
@settings(max_examples=150, deadline=None, derandomize=True)
@given(data=st.data())
def test_what_a_splitter_takes_apart_was_there(name: str, data: st.DataObject) -> None:
    text = data.draw(texts(name))
    taking = splitter(name)
    pieces = taking.split(text) if taking else None
    if taking is None or pieces is None:
        return
    assert len(pieces) == taking.fields
    folded = text if name in EXACT else unicodedata.normalize("NFKC", text)
    assert all(digit in folded for piece in pieces for digit in piece if digit.isdigit())
    if name in EXACT:
        assert re.fullmatch(rf"(?s)\s*{re.escape(pieces[0])}[\s(（]*{re.escape(pieces[1])}[\s)）]*", text)


def free(dataset: Dataset) -> list[str]:
    """Return the fields of words, which nothing may change: no parser, no codes, no writings for what is not known."""
    texts = [field for field in dataset.fields if field.type == "string"]
    return [field.name for field in texts if not (field.parser or field.codes or field.unknown)]


LETTERS = "髙﨑ヶヵケ邊齋①㈱ﾋﾞﾙＡＢ１２〇ー―－・（）()㍿\ufa19 　"
NAME = st.text(st.one_of(st.sampled_from(LETTERS), st.characters(codec="utf-8")), max_size=12)
WORDED = [dataset for dataset in LIBRARY.values() if free(dataset)]


@pytest.mark.parametrize("dataset", WORDED, ids=lambda dataset: dataset.id)
@settings(max_examples=5, deadline=None, derandomize=True)
@given(rows=st.lists(NAME, min_size=1, max_size=4))
def test_texts_of_every_definition_are_published_letter_for_letter(dataset: Dataset, rows: list[str]) -> None:
    fields = free(dataset)
    raw = RawTable(
        parts=(Part("a.csv", heading=(1, 1), columns={name: name for name in fields}),),
        cells=pa.table({name: pa.array(rows, pa.utf8()) for name in fields}),
        part=pa.array([0] * len(rows), pa.int32()),
        row=pa.array(range(2, len(rows) + 2), pa.int64()),
    )
    recipe = Recipe(format="1", dataset=dataset.id, source="a.csv", columns={name: name for name in fields})
    table, _ = normalise(raw, recipe, dataset)
    given_rows = [rows[row - 2] for row in table.row.to_pylist()]
    for name in fields:
        for was, published in zip(given_rows, table.column(name), strict=True):
            assert published in was
            assert not was.replace(published, "", 1).strip() or not published
            assert published or not was.strip()
