"""Old Excel and OpenDocument: the same texts as from XLSX, what the library leaves out told by cell, the rest refused."""

import datetime as dt
import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from catalog.errors import MachizuError, UnusableSource
from publish.reading.compound import Compound
from publish.reading.grids import file_of, grid_of
from publish.reading.source import read
from publish.recipe import Recipe
from publish.table.table import RawTable

Put = Callable[[str, str | bytes], Path]
HEAD = ["名称", "値", "備考"]
VALUES = [
    (dt.date(2026, 4, 1), "2026-04-01"),
    (dt.datetime(2026, 4, 1, 8, 30), "2026-04-01 08:30"),
    (dt.time(9, 0), "09:00"),
    (dt.timedelta(hours=24), "24:00"),
    (100.0, "100"),
    (100, "100"),
    (0.1 + 0.2, "0.3"),
    (0.125, "0.125"),
    (1e-7, "0.0000001"),
    (-5, "-5"),
    (True, "TRUE"),
    (False, "FALSE"),
    ("011002", "011002"),
    ("１２", "１２"),
    (" 全角　\n二行目", " 全角　\n二行目"),
]
FORMATS = {dt.date: "yyyy/m/d", dt.datetime: "yyyy/m/d h:mm", dt.time: "h:mm", dt.timedelta: "[h]:mm"}


def column(table: RawTable, name: str) -> list[str]:
    return list(table.cells.column(name).to_pylist())


def xls(sheets: dict[str, Sequence[Sequence[object]]], shape: Callable[[xlwt.Workbook], None] = lambda _: None) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    for title, rows in sheets.items():
        sheet = book.add_sheet(title)
        for row, cells in enumerate(rows):
            for place, value in enumerate(cells):
                _put(sheet, row, place, value)
    shape(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _put(sheet: "xlwt.Worksheet", row: int, place: int, value: object) -> None:
    if isinstance(value, dt.timedelta):
        sheet.write(row, place, value / dt.timedelta(days=1), xlwt.easyxf(num_format_str=FORMATS[dt.timedelta]))
    elif value == "#N/A":
        sheet.row(row).set_cell_error(place, 0x2A)
    elif type(value) in FORMATS:
        sheet.write(row, place, value, xlwt.easyxf(num_format_str=FORMATS[type(value)]))
    elif value != "":
        sheet.write(row, place, value)


SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def ods(*tables: str, hidden: bool = False) -> bytes:
    style = '<style:style style:name="h" style:family="table"><style:table-properties table:display="false"/></style:style>'
    body = f"<office:automatic-styles>{style}</office:automatic-styles><office:body><office:spreadsheet>{''.join(tables)}"
    xml = f"<office:document-content {SPACES} {CALC}>{body}</office:spreadsheet></office:body></office:document-content>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", xml)
        archive.writestr("META-INF/manifest.xml", "<manifest><encryption-data/></manifest>" if hidden else "<manifest/>")
    return out.getvalue()


def sheet(rows: Sequence[Sequence[object]], name: str = "表", more: str = "", style: str = "") -> str:
    inner = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    return f'<table:table table:name="{name}" table:style-name="{style}">{inner}{more}</table:table>'


def cell(value: object) -> str:
    """Write a cell; a text that begins as XML is one already."""
    if isinstance(value, str):
        if value.startswith("<table"):
            return value
        lines = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in value.split("\n"))
        return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>' if value else "<table:table-cell/>"
    if isinstance(value, bool):
        said = f'"boolean" office:boolean-value="{str(value).lower()}"'
    elif isinstance(value, dt.date):
        said = f'"date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, dt.time):
        said = f'"time" office:time-value="PT{value:%H}H{value:%M}M{value:%S}S"'
    elif isinstance(value, dt.timedelta):
        said = f'"time" office:time-value="PT{value // dt.timedelta(hours=1)}H00M00S"'
    else:
        said = f'"float" office:value="{value!r}"'
    return f"<table:table-cell office:value-type={said}><text:p>何かの書式</text:p></table:table-cell>"


def _spaced(line: str) -> str:
    """Write the first space of a line and every second one as elements, as OpenDocument wants them."""
    return escape(line).replace(" ", "<text:s/>").replace("\t", "<text:tab/>")


def test_old_excel_gives_the_same_texts_as_xlsx(put: Put) -> None:
    rows = [HEAD, *([f"施設{n}", value, ""] for n, (value, _) in enumerate(VALUES))]
    table = read(put("data .xls", xls({"表": rows})), name="data .xls")
    assert column(table, "値") == [text for _, text in VALUES]
    assert (table.parts[0].kind, table.parts[0].sheet, table.parts[0].cell(3, "値")) == ("xls", "表", "B3")


def test_open_document_gives_the_same_texts_as_xlsx(put: Put) -> None:
    rows = [HEAD, *([f"施設{n}", value, ""] for n, (value, _) in enumerate(VALUES))]
    table = read(put("a.ods", ods(sheet(rows))), name="a.ods")
    assert column(table, "値") == [text for _, text in VALUES]
    assert (table.parts[0].kind, table.parts[0].sheet, table.parts[0].cell(3, "値")) == ("ods", "表", "B3")


def test_errors_and_formulas_without_result_of_old_excel_are_told(put: Put) -> None:
    data = xls({"表": [HEAD, ["あ", "#N/A", ""], ["い", xlwt.Formula("1+1"), "x"]]})
    blank = struct.pack("<3H8s", 2, 1, 17, b"\x03\0\0\0\0\0\xff\xff")  # a result: the empty text
    at = data.index(blank[:4] + data[data.index(blank[6:]) - 2 :][:10])
    assert [one.code for one in read(put("a.xls", data), name="a.xls").findings] == ["error-cell"]
    table = read(put("a.xls", data[: at + 6] + b"\0" + data[at + 7 :]), name="a.xls")  # a text, which does not follow
    assert [(one.code, one.row, one.field, one.value) for one in table.findings] == [
        ("error-cell", 2, "値", "#N/A"),
        ("uncalculated-formula", 3, "値", ""),
    ]
    assert column(table, "値") == ["#N/A", ""]
    assert table.parts[0].facts.formulas.first == ("B3",)


def test_errors_formulas_and_merged_cells_of_open_document_are_told(put: Put) -> None:
    error = '<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"{}>{}'
    end = "</table:table-cell>"
    title = '<table:table-cell office:value-type="string" table:number-columns-spanned="3"><text:p>題名</text:p>' + end
    rows = [
        [title],
        HEAD,
        ["あ", error.format(' table:number-columns-repeated="2"', "<text:p>#DIV/0!</text:p>") + end],
        [
            "い",
            '<table:table-cell table:formula="of:=NA()" office:value-type="float" office:value="0"><text:p>#N/A</text:p>' + end,
        ],
        ["う", '<table:table-cell table:formula="of:=1+1"/>', "x"],
        ["え", '<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/>', "#N/A"],
    ]
    table = read(put("a.ods", ods(sheet(rows))), name="a.ods")
    assert [(one.code, one.row, one.field, one.value) for one in table.findings] == [
        ("error-cell", 3, "値", "#DIV/0!"),
        ("error-cell", 3, "備考", "#DIV/0!"),
        ("error-cell", 4, "値", "#N/A"),
        ("uncalculated-formula", 5, "値", ""),
    ]
    assert column(table, "値") == ["#DIV/0!", "#N/A", "", "2"]
    assert table.parts[0].facts.merged.first == ("A1:C1",)


def test_old_excel_tells_its_merged_cells_and_hides_its_hidden_sheets(put: Put) -> None:
    def shape(book: xlwt.Workbook) -> None:
        book.get_sheet(0).write_merge(4, 5, 0, 0, "う")
        book.get_sheet(1).visibility = 1

    data = xls({"表": [HEAD, ["あ", 1, ""], ["い", 2, "x"]], "隠し": [HEAD, ["か", 3, ""]]}, shape)
    table = read(put("a.xls", data), name="a.xls")
    assert table.parts[0].facts.merged.first == ("A5:A6",)
    assert [one.value for one in table.findings if one.code == "sheet-not-read"] == ["隠し"]
    hidden = Recipe.model_validate({"format": "1", "dataset": "aed", "source": "x", "sheet": "隠し"})
    assert column(read(put("a.xls", data), name="a.xls", recipe=hidden), "名称") == ["か"]


def test_repeated_rows_and_cells_of_open_document_are_all_there_and_those_to_the_last_row_are_none(put: Put) -> None:
    twice = '<table:table-row table:number-rows-repeated="2">' + cell("い") + cell(2) + "</table:table-row>"
    rest = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/>'
    hidden = sheet([["x"]], "隠し", style="h")
    table = read(
        put("a.ods", ods(sheet([HEAD, ["あ", 1, ""]], more=twice + rest + "</table:table-row>"), hidden)), name="a.ods"
    )
    assert column(table, "名称") == ["あ", "い", "い"]
    assert table.row.to_pylist() == [2, 3, 4]
    assert [one.value for one in table.findings] == ["隠し"]


@pytest.mark.parametrize(
    ("rows", "columns"), [("1048576", "16384"), ("99999999999", "1"), ("1", "99999"), ("4000000000", "4000000000")]
)
def test_open_document_that_repeats_a_cell_without_end_is_refused(rows: str, columns: str, put: Put) -> None:
    endless = (
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell table:number-columns-repeated="{columns}" '
    )
    endless += 'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
    with suppress(MachizuError):
        assert read(put("a.ods", ods(sheet([HEAD], more=endless))), name="a.ods").rows == 1


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=6).map(lambda text: text.strip(" "))
CELL = st.one_of(
    st.just(""),
    TEXT,
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.dates(dt.date(1901, 1, 1), dt.date(2100, 1, 1)),
    st.times(),
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=6))
def test_open_document_is_read_as_calamine_reads_it(rows: list[list[object]]) -> None:
    rows = [[cell.replace(microsecond=0) if isinstance(cell, dt.time) else cell for cell in row] for row in rows]
    data = ods(sheet([["a", "b", "c"], *rows]))
    theirs = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    from publish.reading.cell_text import rendered
    from publish.reading.workbook import Workbook

    book = Workbook(data, "a.ods")
    wanted = [rendered(column).to_pylist() for column in zip(*theirs, strict=True)]
    assert [column.to_pylist() for column in book.grid(book.sheets[0]).cells.columns] == wanted


@pytest.mark.parametrize("name", ["a.xls", "a.ods"])
def test_a_damaged_workbook_is_a_sentence_wherever_the_damage_is(name: str, put: Put) -> None:
    rows = [HEAD, *([f"施設{number}", number / 7, "x"] for number in range(30))]
    whole = xls({"表": rows}) if name == "a.xls" else ods(sheet(rows))
    for place in range(0, len(whole), 53 if name == "a.xls" else 13):
        for damaged in (whole[:place], whole[:place] + b"\xff\x00\xff" + whole[place + 3 :]):
            with suppress(MachizuError):
                assert read(put(name, damaged), name=name).cells.num_columns


def test_old_excel_that_promises_more_than_memory_holds_is_refused(put: Put) -> None:
    data = xls({"表": [HEAD, ["あ", 1, "x"]]})
    stream = Compound(data).stream("Workbook")
    for kind, shift in ((0x0200, 8), (0x00FC, 8)):
        start = stream.index(struct.pack("<H", kind))
        at = data.index(stream[start : start + 12]) + shift
        hostile = data[:at] + struct.pack("<I", 0xFFFFFFF0) + data[at + 4 :]
        with pytest.raises(UnusableSource) as refused:
            read(put("a.xls", hostile), name="a.xls")
        assert refused.value.code in ("too-large", "damaged")


@pytest.mark.parametrize("place", [0, 8, 11])
def test_old_excel_whose_sheet_reaches_where_none_can_is_damaged(place: int, put: Put) -> None:
    data = xls({"表": [HEAD, ["あ", 1, "x"]]})
    at = data.index(struct.pack("<2H2I", 0x0200, 14, 0, 2)) + 4 + place
    with pytest.raises(UnusableSource) as refused:
        read(put("a.xls", data[:at] + b"\x80" + data[at + 1 :]), name="a.xls")
    assert refused.value.code == "damaged"


def test_what_systems_export_as_xls_is_known_by_its_content(put: Put, workbook: Callable[..., Path]) -> None:
    text = "名称\t値\t備考\nあ\t1\tx\n"
    for name, content in (("a.xls.xls", text.encode("cp932")), ("b.xls", text.encode()), ("c.xls", text.replace("\t", ","))):
        assert column(read(put(name, content), name=name), "名称") == ["あ"]
    renamed = put("d.xls", workbook("d.xlsx", 表=[HEAD, ["あ", 1, ""]]).read_bytes())
    assert read(renamed, name="d.xls").parts[0].kind == "xlsx"


SPREADSHEET_2003 = (
    '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>'
)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xls", "<html><table><tr><td>名称</td></tr></table></html>", "not-a-table"),
        ("b.xls", SPREADSHEET_2003, "not-a-table"),
        ("c.xls", "MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "not-a-table"),
        ("d.ods", ods(sheet([HEAD]), hidden=True), "locked"),
        ("e.xlsb", None, "old-format"),
    ],
)
def test_what_excel_opens_and_is_no_workbook_is_to_be_saved_as_one(
    name: str, content: str | bytes | None, code: str, put: Put
) -> None:
    if content is None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("xl/workbook.bin", b"x")
        content = out.getvalue()
    with pytest.raises(UnusableSource) as refused:
        read(put(name, content), name=name)
    assert refused.value.code == code
    assert "保存し直してください" in refused.value.fix["ja"]


def test_an_encrypted_old_workbook_is_refused_with_what_to_do(put: Put) -> None:
    data = xls({"表": [HEAD, ["あ", 1, "x"]]})
    stream = Compound(data).stream("Workbook")
    at = data.index(stream[:20]) + 20  # the record after BOF, whatever it is, says now that the rest is encrypted
    with pytest.raises(UnusableSource) as refused:
        read(put("a.xls", data[:at] + struct.pack("<H", 0x2F) + data[at + 2 :]), name="a.xls")
    assert refused.value.code == "locked"


def test_the_grid_of_a_part_is_found_again_for_painting(put: Put) -> None:
    rows = [["題名"], HEAD, ["あ", 1, "x"]]
    for name, data in (("a.xls", xls({"表": rows})), ("a.ods", ods(sheet(rows)))):
        path = put(name, data)
        part = read(path, name=name).parts[0]
        assert grid_of(file_of(path, part), part).head(3)[2] == ["あ", "1", "x"]
