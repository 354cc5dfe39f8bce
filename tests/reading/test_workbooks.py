"""Workbooks: typed cells as a person reads them, errors as findings, one sheet of several, no allocation on a bluff."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.errors import UnusableSource
from publish.reading.source import read
from publish.recipe import Recipe
from publish.table.table import RawTable

Book = Callable[..., Path]
HEAD = ["名称", "値", "備考"]


def recipe(**given: object) -> Recipe:
    return Recipe.model_validate({"format": "1", "dataset": "aed", "source": "x", **given})


def column(table: RawTable, name: str) -> list[str]:
    return list(table.cells.column(name).to_pylist())


VALUES = [
    (dt.date(2026, 4, 1), "2026-04-01"),
    (dt.datetime(2026, 4, 1, 8, 30), "2026-04-01 08:30"),
    (dt.time(9, 0), "09:00"),
    (dt.timedelta(hours=24), "24:00"),
    (100.0, "100"),
    (0.1 + 0.2, "0.3"),
    (34.342286, "34.342286"),
    (1e-7, "0.0000001"),
    (-5, "-5"),
    (True, "TRUE"),
    ("011002", "011002"),
    (" 全角　\n二行目", " 全角　\n二行目"),
]


def test_typed_cells_become_text_as_a_person_reads_them(workbook: Book) -> None:
    path = workbook("a.xlsx", 表=[HEAD, *([f"施設{n}", value, ""] for n, (value, _) in enumerate(VALUES))])
    assert column(read(path, name="a.xlsx"), "値") == [text for _, text in VALUES]


def test_error_cells_keep_their_text_and_are_findings(workbook: Book) -> None:
    path = workbook("a.xlsx", 表=[HEAD, ["あ", "#N/A", ""], ["い", "#DIV/0!", "x"]])
    table = read(path, name="a.xlsx")
    assert column(table, "値") == ["#N/A", "#DIV/0!"]
    found = [(one.code, one.severity, one.row, one.field, one.value) for one in table.findings]
    assert found == [("error-cell", "error", 2, "値", "#N/A"), ("error-cell", "error", 3, "値", "#DIV/0!")]
    assert table.parts[0].cell(3, "値") == "B3"


def test_a_formula_without_a_stored_result_is_told(workbook: Book) -> None:
    table = read(workbook("a.xlsx", 表=[HEAD, ["あ", "=1+1", ""], ["い", 3, "x"]]), name="a.xlsx")
    assert column(table, "値") == ["", "3"]
    assert [(one.code, one.row, one.field) for one in table.findings] == [("uncalculated-formula", 2, "値")]


def test_a_formula_whose_result_is_the_empty_text_has_one(workbook: Book) -> None:
    path = workbook("a.xlsx", 表=[HEAD, ["あ", "=1+1", ""], ["い", 3, "x"]])
    calculated = r'\1 t="str">\2<v></v>'
    rewritten(path, "xl/worksheets/sheet1.xml", lambda xml: re.sub('(<c r="B2")>(<f>.*?</f>)<v ?/?>(?:</v>)?', calculated, xml))
    assert read(path, name="a.xlsx").findings == ()


def test_phantom_rows_and_columns_are_no_rows(workbook: Book) -> None:
    rows: list[list[object]] = [[*HEAD, "", ""], ["あ", 1, "", " ", ""], ["い", 2, "x", "", ""]]
    table = read(workbook("a.xlsx", 表=[*rows, *([["", "", "", "", " "]] * 50)]), name="a.xlsx")
    assert (table.rows, table.cells.column_names, table.asides) == (2, HEAD, ())


def test_the_first_visible_sheet_with_a_table_is_read_and_the_others_are_told(workbook: Book) -> None:
    path = workbook("a.xlsx", 表紙=[["令和8年度"]], 一覧=[HEAD, ["あ", 1, ""]], 旧=[HEAD, ["い", 2, ""]])
    table = read(path, name="a.xlsx", known={"名称", "値"})
    assert [part.sheet for part in table.parts] == ["一覧"]
    assert {one.value for one in table.findings if one.code == "sheet-not-read"} == {"表紙", "旧"}


COVER = [["データ名", "集会所一覧"], ["作成課", "総務課"], ["更新日", "2026-04-01"]]
STRANGE = [["あれ", "これ"], ["1", "2"], ["3", "4"]]


@pytest.mark.parametrize(
    ("sheets", "chosen"),
    [
        ({"表紙": COVER, "一覧": [HEAD, ["あ", 1, ""]]}, "一覧"),
        ({"目次": [["シート"], ["一覧"], ["旧"]], "一覧": STRANGE, "旧": STRANGE}, "一覧"),
        ({"表": STRANGE, "旧": [["名称", "その他"], ["x", "y"]]}, "表"),
        ({"一覧": [HEAD, ["あ", 1, ""]], "表": STRANGE}, "一覧"),
        ({"表": STRANGE, "壊れ": [HEAD, ["\ufffds", 2, ""]]}, "表"),
    ],
)
def test_of_several_tables_the_first_with_known_headings_is_read(
    sheets: dict[str, list[list[object]]], chosen: str, workbook: Book
) -> None:
    table = read(workbook("a.xlsx", **sheets), name="a.xlsx", known={"名称", "値"})
    assert [part.sheet for part in table.parts] == [chosen]
    assert {one.value for one in table.findings if one.code == "sheet-not-read"} == set(sheets) - {chosen}


def test_the_recipe_names_one_sheet_or_all_of_a_pattern(workbook: Book) -> None:
    path = workbook("a.xlsx", **{"4月": [HEAD, ["あ", 1, ""]], "5月": [HEAD, ["い", 2, ""]], "説明": [["x"]]})
    assert column(read(path, name="a.xlsx", recipe=recipe(sheet="5月")), "名称") == ["い"]
    both = read(path, name="a.xlsx", recipe=recipe(sheet="*月"))
    assert [(part.sheet, row) for part, row in zip(both.parts, both.row.to_pylist(), strict=True)] == [("4月", 2), ("5月", 2)]
    with pytest.raises(UnusableSource) as refused:
        read(path, name="a.xlsx", recipe=recipe(sheet="４月分"))
    assert "4月" in refused.value.fix["ja"]


def test_a_garbled_workbook_is_refused_with_its_row(workbook: Book) -> None:
    with pytest.raises(UnusableSource) as refused:
        read(workbook("a.xlsx", 表=[HEAD, ["あ", 1, ""], ["\ufffds", 2, ""]]), name="a.xlsx")
    assert refused.value.code == "mojibake"
    assert "3 行目" in refused.value.message["ja"]


def rewritten(path: Path, member: str, change: Callable[[str], str]) -> Path:
    """Return a workbook in which one member's XML is changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info.filename, change(data.decode()).encode() if info.filename == member else data)
    path.write_bytes(out.getvalue())
    return path


def test_a_sheet_that_claims_to_reach_to_the_last_corner_is_refused(workbook: Book) -> None:
    path = workbook("a.xlsx", 表=[HEAD, ["あ", 1, ""]])
    corner = '<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row></sheetData>'
    rewritten(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("</sheetData>", corner))
    with pytest.raises(UnusableSource) as refused:
        read(path, name="a.xlsx")
    assert refused.value.code == "too-large"


def test_a_workbook_that_unpacks_a_thousandfold_is_refused(workbook: Book) -> None:
    path = workbook("a.xlsx", 表=[HEAD, ["あ", 1, ""]])
    rewritten(path, "docProps/app.xml", lambda _: " " * (100 << 20))
    with pytest.raises(UnusableSource) as refused:
        read(path, name="a.xlsx")
    assert refused.value.code == "too-large"


def test_readings_above_the_characters_are_not_part_of_the_text(workbook: Book) -> None:
    path = workbook("a.xlsx", 表=[HEAD, ["焼津市", 1, ""]])
    ruby = '焼津市</t><rPh sb="0" eb="2"><t>ヤイヅ</t></rPh>'

    def add(xml: str) -> str:
        return re.sub(r"焼津市</t>", ruby, xml)

    rewritten(path, "xl/sharedStrings.xml", add)
    assert column(read(path, name="a.xlsx"), "名称") == ["焼津市"]
