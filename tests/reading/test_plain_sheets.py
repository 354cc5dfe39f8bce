"""Plain sheets: a large sheet gives the same texts, findings and facts whether its cells are cut out at once or parsed."""

import datetime as dt
import io
import random
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_made import FORMATS, STRINGS, book, sheet_of

from catalog.errors import UnusableSource
from publish.reading import plain_sheet
from publish.reading.workbook import Workbook
from publish.table.position import column_letter

NEVER = 1 << 60


def read(data: bytes, least: int) -> list[Any]:
    """Return what is read of every sheet, or the refusal; sheets of fewer bytes than `least` are parsed."""
    with patch.object(plain_sheet, "LEAST", least):
        try:
            opened = Workbook(data, "a.xlsx")
            return [_told(opened, sheet) for sheet in opened.sheets]
        except UnusableSource as refused:
            return [refused.code]


def _told(opened: Workbook, sheet: Any) -> Any:
    try:
        grid = opened.grid(sheet)
    except UnusableSource as refused:
        return refused.code
    numbers = {letter: rows.tolist() for letter, rows in grid.facts.text_numbers.items()}
    return grid.cells.to_pydict(), grid.findings, numbers, replace(grid.facts, text_numbers={}), sheet.survey


def is_plain(data: bytes) -> bool:
    """Say whether the first sheet is read without the parser."""
    with patch.object(plain_sheet, "LEAST", 0):
        return Workbook(data, "a.xlsx").sheets[0].texts() is not None


def same(data: bytes) -> list[Any]:
    """Return what is read of a workbook, which is the same in both ways."""
    found = read(data, 0)
    assert found == read(data, NEVER)
    return found


def texts(data: bytes, column: str = "0") -> list[str]:
    return list(same(data)[0][0][column])


def of_cells(*cells: str, **more: Any) -> bytes:
    """Return a workbook in which each of some cells, written as `ATTRIBUTES>CONTENT`, stands in a row of its own."""
    rows = (f'<row r="{row}"><c r="A{row}"{cell}</c></row>' for row, cell in enumerate(cells, 1))
    return book(sheet_of("".join(rows)), **more)


def style(number_format: int) -> str:
    return f' s="{FORMATS.index(number_format)}"'


def test_every_kind_of_value_is_what_the_parser_makes_of_it() -> None:
    cells = {
        ' t="s"><v>0</v>': "名称",
        ' t="s"><v>1</v>': "",
        ' t="s"><v>3</v>': " a\n b ",
        ' t="s"><v>4</v>': "太字",
        ' t="s"><v>5</v>': "髙﨑",
        ' t="s"><v>6</v>': 'A & B <c r="A1">あ',
        "><v>100.0</v>": "100",
        "><v>-0</v>": "0",
        "><v>007</v>": "7",
        "><v>1E-7</v>": "0.0000001",
        "><v>12345678901234567</v>": "12345678901234600",
        "><v>0.30000000000000004</v>": "0.3",
        ' t="n"><v>34.342286</v>': "34.342286",
        f"{style(14)}><v>46113</v>": "2026-04-01",
        f"{style(22)}><v>46113.354166666664</v>": "2026-04-01 08:30",
        f"{style(20)}><v>0.375</v>": "09:00",
        f"{style(46)}><v>1</v>": "24:00",
        f"{style(10)}><v>0.25</v>": "0.25",
        f'{style(14)} t="s"><v>0</v>': "名称",
        ' t="b"><v>1</v>': "TRUE",
        ' t="e"><v>#DIV/0!</v>': "#DIV/0!",
        ' t="str"><v>計 &amp; 小計</v>': "計 & 小計",
        ' t="inlineStr"><is><t xml:space="preserve"> 中 </t></is>': " 中 ",
        ' t="inlineStr"><is><t>１,０００</t></is>': "１,０００",
        ' t="str"><v></v>': "",
    }
    data = of_cells(*cells)
    assert is_plain(data)
    assert texts(data) == list(cells.values())
    assert same(data)[0][2] == {"A": [24]}
    assert [(one.row, one.value) for one in same(data)[0][1]] == [(21, "#DIV/0!")]


def test_days_are_counted_from_1904_where_the_workbook_says_so() -> None:
    data = of_cells(f"{style(14)}><v>44651</v>", date1904=True)
    assert is_plain(data)
    assert texts(data) == ["2026-04-01"]


def test_cells_stand_where_their_addresses_say() -> None:
    rows = (
        '<row r="2" spans="2:28" x:dyDescent="0.15" hidden="false"><c r="B2"><v>1</v></c><c r="AB2" s="1"/></row>\n '
        '<row r="3"/><row r="4" ht="9"></row><row r="6"><c r="C6" s="2"></c><c r="AAA6"><v>2</v></c></row><row r="2000"/>'
    )
    data = book(sheet_of(rows, behind='<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'))
    assert is_plain(data)
    ((cells, _, _, facts, survey),) = same(data)
    assert (len(cells), cells["1"], cells["702"]) == (703, ["", "1", "", "", "", ""], ["", "", "", "", "", "2"])
    assert (facts.merged.count, survey.rows, survey.columns) == (1, 2000, 703)


NOT_PLAIN = {
    "formula": "<row r='1'><c r='A1'><f>1+1</f><v>2</v></c></row>",
    "apostrophes": "<row r='1'><c r='A1'><v>2</v></c></row>",
    "no address": '<row r="1"><c><v>2</v></c></row>',
    "row without number": '<row><c r="A1"><v>2</v></c></row>',
    "hidden row": '<row r="1" hidden="1"><c r="A1"><v>2</v></c></row>',
    "comment": '<row r="1"><!-- <c r="A1"><v>3</v></c> --><c r="A1"><v>2</v></c></row>',
    "section of characters": '<row r="1"><c r="A1" t="str"><v><![CDATA[<c r="B1">]]></v></c></row>',
    "space in a tag": '<row r="1"><c r="A1" ><v>2</v></c ></row>',
    "prefix": '<x:row xmlns:x="a" r="1"><x:c r="A1"><x:v>2</x:v></x:c></x:row>',
    "rich text in the cell": '<row r="1"><c r="A1" t="inlineStr"><is><r><t>a</t></r></is></c></row>',
    "order": '<row r="2"><c r="A2"><v>2</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
    "twice": '<row r="1"><c r="A1"><v>2</v></c><c r="A1"><v>1</v></c></row>',
    "small letter": '<row r="1"><c r="a1"><v>2</v></c></row>',
    "leading zero": '<row r="1"><c r="A01"><v>2</v></c></row>',
    "unknown error": '<row r="1"><c r="A1" t="e"><v>#WHAT!</v></c></row>',
    "no number": '<row r="1"><c r="A1"><v>abc</v></c></row>',
    "infinite": '<row r="1"><c r="A1"><v>1e999</v></c></row>',
    "hexadecimal": '<row r="1"><c r="A1" t="s"><v>0x1</v></c></row>',
    "empty number": '<row r="1"><c r="A1"><v></v></c></row>',
    "no such string": '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
    "truth beyond truth": '<row r="1"><c r="A1" t="b"><v>maybe</v></c></row>',
    "unclosed": '<row r="1"><c r="A1"><v>2</v></row>',
    "attribute twice": '<row r="1"><c r="A1" s="1" s="2"><v>2</v></c></row>',
    "text between": '<row r="1"><c r="A1"><v>2</v></c>x<c r="B1"><v>2</v></c></row>',
    "other element": '<row r="1"><c r="A1"><v>2</v><extLst/></c></row>',
}


@pytest.mark.parametrize("rows", NOT_PLAIN.values(), ids=NOT_PLAIN)
def test_what_is_written_otherwise_is_left_to_the_parser(rows: str) -> None:
    data = book(sheet_of(rows))
    same(data)
    assert read(data, 0) == ["damaged"] or not is_plain(data)


FRAMES: dict[str, str | bytes] = {
    "hidden column": sheet_of("{}", before='<cols><col min="1" max="1" hidden="1"/></cols>'),
    "comment": sheet_of("{}", before="<!-- <sheetData> -->"),
    "comment behind": sheet_of("{}", behind="<!-- -->"),
    "other encoding": '<?xml version="1.0" encoding="shift_jis"?>' + sheet_of("{}"),
    "definition of a type": '<!DOCTYPE worksheet [<!ENTITY a "b">]>' + sheet_of("{}"),
    "cut": sheet_of("{}")[:-15],
    "prefix": sheet_of("{}").replace("worksheet", "x:worksheet").replace("xmlns", "xmlns:x"),
    "UTF-16": sheet_of('<row r="1"><c r="A1"><v>2</v></c></row>').encode("utf-16"),
}


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_a_sheet_framed_otherwise_is_left_to_the_parser(frame: str | bytes) -> None:
    row = '<row r="1"><c r="A1"><v>2</v></c></row>'
    data = book(frame.replace("{}", row) if isinstance(frame, str) else frame)
    same(data)
    assert read(data, 0) == ["damaged"] or not is_plain(data)


def test_small_sheets_are_parsed_and_sheets_of_many_pieces_are_one_table() -> None:
    with patch.object(plain_sheet, "_PIECE", 300):
        rows = [f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 200)]
        assert texts(book(sheet_of("".join(rows)))) == [str(row) for row in range(1, 200)]
    assert Workbook(book(sheet_of(rows[0])), "a.xlsx").sheets[0].texts() is None


def test_few_strings_that_would_fill_the_memory_are_left_to_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("publish.reading.plain_columns._MOST_TEXT", 10)
    assert not is_plain(of_cells(*[' t="s"><v>0</v>'] * 2))


def test_strings_too_many_to_be_copied_are_left_to_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    data = of_cells(' t="s"><v>0</v>')
    assert is_plain(data)
    monkeypatch.setattr("publish.reading.few_cells._MOST", 100)
    assert not is_plain(data)
    assert texts(data) == ["名称"]


@pytest.mark.parametrize("at", ["strings.xml", "other/sharedStrings.xml", "SHAREDSTRINGS.XML"])
def test_strings_in_an_unusual_place_are_what_the_parser_makes_of_them(at: str) -> None:
    same(of_cells(' t="s"><v>0</v>', "><v>1</v>", at=at))


def test_a_row_longer_than_a_piece_is_one_row() -> None:
    cells = "".join(f'<c r="{column_letter(place)}2"><v>{place}</v></c>' for place in range(100))
    with patch.object(plain_sheet, "_PIECE", 200), patch.object(plain_sheet, "_LONGEST_ROW", 1 << 20):
        data = book(sheet_of(f'<row r="1"/><row r="2">{cells}</row><row r="3"><c r="A3"><v>3</v></c></row>'))
        assert is_plain(data)
        assert texts(data, "99") == ["", "99", ""]


VALUES = st.one_of(
    st.integers(0, len(STRINGS)).map(lambda number: f' t="s"><v>{number}</v>'),
    st.floats(allow_nan=False, allow_infinity=False).map(lambda number: f"><v>{number!r}</v>"),
    st.tuples(st.integers(0, len(FORMATS)), st.one_of(st.integers(-1, 60_000), st.floats(0, 60_000))).map(
        lambda pair: f' s="{pair[0]}"><v>{pair[1]}</v>'
    ),
    st.integers(-(10**17), 10**17).map(lambda number: f' t="n"><v>{number}</v>'),
    st.decimals(-1000, 1000, places=5).map(lambda number: f"><v>{number}</v>"),
    st.sampled_from(["0", "1"]).map(lambda number: f' t="b"><v>{number}</v>'),
    st.sampled_from(["#N/A", "#REF!", "#DIV/0!"]).map(lambda error: f' t="e"><v>{error}</v>'),
    st.text("あ1&<９.x _　\xa0\x85髙\u200b", max_size=4).map(lambda text: f' t="str"><v>{_escaped(text)}</v>'),
    st.text("あ1&<９.x _　\xa0\x85髙\u200b", max_size=4).map(lambda text: f' t="inlineStr"><is><t>{_escaped(text)}</t></is>'),
    st.sampled_from(["", ' s="1"']).map(lambda attribute: f"{attribute}>"),
)
ROW = st.dictionaries(st.integers(0, 30), VALUES, max_size=5)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _rows(found: dict[int, dict[int, str]]) -> Iterable[str]:
    for row in sorted(found):
        cells = "".join(f'<c r="{column_letter(place)}{row}"{found[row][place]}</c>' for place in sorted(found[row]))
        yield f'<row r="{row}">{cells}</row>'


@given(st.dictionaries(st.integers(1, 60), ROW, max_size=12), st.booleans())
@settings(deadline=None)
def test_any_plain_sheet_is_read_as_it_is_parsed(rows: dict[int, dict[int, str]], date1904: bool) -> None:
    with patch.object(plain_sheet, "_PIECE", 400):
        same(book(sheet_of("".join(_rows(rows))), date1904=date1904))


@given(
    st.lists(
        st.lists(
            st.one_of(st.none(), st.text(max_size=3), st.decimals(-1000, 1000, places=3).map(float), st.booleans(), st.dates()),
            max_size=4,
        ),
        max_size=6,
    )
)
@settings(deadline=None, max_examples=30)
def test_what_openpyxl_writes_is_read_as_it_is_parsed(rows: list[list[object]]) -> None:
    made = openpyxl.Workbook()
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            clean = re.sub(r"[\x00-\x1f\ufffe\uffff\ud800-\udfff]", "", value).lstrip("=") if isinstance(value, str) else value
            made.active.cell(number, place, clean)
    made.active.append(["終", dt.time(9), dt.timedelta(hours=30), dt.datetime(2026, 4, 1, 8, 30)])
    out = io.BytesIO()
    made.save(out)
    same(out.getvalue())
    assert is_plain(out.getvalue())


@pytest.mark.parametrize("seed", range(3))
def test_a_damaged_sheet_is_read_as_it_is_parsed(seed: int) -> None:
    chance = random.Random(seed)
    cells = [' t="s"><v>0</v>', "><v>1.50</v>", f"{style(14)}><v>46113</v>", ' t="inlineStr"><is><t>a</t></is>', ' s="2">']
    rows = {row: {place: chance.choice(cells) for place in range(4)} for row in range(1, 5)}
    xml = sheet_of("".join(_rows(rows))).encode()
    for _ in range(60):
        place, length = chance.randrange(len(xml)), chance.choice([0, 0, 1, 3, 12])
        put = bytes(chance.choices(b'<>/"= csvtr0129A\x00\xff', k=chance.choice([0, 1, 2])))
        same(book(xml[:place] + put + xml[place + length :]))


def test_real_workbooks_are_read_as_they_are_parsed(realdata: Path) -> None:
    paths = [path for path in realdata.rglob("*") if path.suffix.lower() in {".xlsx", ".xlsm"}]
    assert paths
    for path in paths:
        same(path.read_bytes())
