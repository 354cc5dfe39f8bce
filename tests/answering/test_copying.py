"""What the copy of a clerk's workbook keeps, what it leaves out and names, and what it must not break on."""

import io
import re
import tracemalloc
import warnings
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table as Listed

from catalog.library import read_library
from publish.answering.answer import Answer
from publish.answering.workbook import copying, painting
from publish.answering.workbook.fitting import MARK, Cuts, fitted
from publish.answering.workbook.painted import workbooks
from publish.answering.workbook.painting import FILLS
from publish.answering.workbook.template import template
from publish.build import examine_file
from publish.reading.grid import Grid
from publish.spreadsheet import LONGEST
from publish.table.position import Part

TODAY = date(2026, 11, 20)
HEADINGS = ["ID", "名称", "所在地_連結表記", "緯度", "経度", "設置位置", "電話番号", "開始時間", "備考"]
ROWS = [
    ["FF1", "町役場", "本町1-1", 34.8669, 138.3231, "1階", "054-626-1139", "8:30", ""],
    ["FF2", "", "本町2-1", 34.8669, 138.3240, "2階", "054-626-1140", "25:30", ""],
]
Change = Callable[[Workbook], object]
Patch = Callable[[dict[str, bytes]], object]


def clerks(path: Path, change: Change = lambda _: None, patch: Patch = lambda _: None) -> Path:
    """Write a workbook of two rows; `change` works on it before it is saved, `patch` on the members of its zip after."""
    book = Workbook()
    sheet = book.active
    sheet.title = "AED"
    for row in (HEADINGS, *ROWS):
        sheet.append(row)
    change(book)
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    patch(members)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def given_back(path: Path) -> tuple[Workbook, str, bytes]:
    """Return the workbook that is given back, the sentences of its first sheet, and its bytes."""
    report = examine_file(path, read_library(), None, TODAY, "aed").report
    ((_, data),) = workbooks(Answer(path.name, "aed", report, base=path.parent), "ja")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of dates that are none
        book = load_workbook(io.BytesIO(data))
    return book, "\n".join(str(cell.value) for cell in book.worksheets[0]["A"] if cell.value), data


def members(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def is_own(book: Workbook) -> bool:
    """Say whether the clerk's own workbook was opened, and not its table laid out anew as text."""
    return isinstance(book["AED"]["D2"].value, float)


def test_a_cell_far_away_costs_nothing(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book.create_sheet("メモ")["AZ300000"] = "ここ"

    path = clerks(tmp_path / "AED.xlsx", change)
    tracemalloc.start()
    book, _, data = given_back(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100_000_000
    assert book["メモ"]["AZ300000"].value == "ここ"
    assert len(data) < 100_000


@pytest.mark.parametrize(
    "patch",
    [
        lambda sheet: sheet.replace(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        lambda sheet: sheet.replace(b"</sheetData>", b'<row r="9"/>' * 300_000 + b"</sheetData>"),
        lambda sheet: sheet.replace(b"</sheetData>", b'<row r="9">' + b'<c r="A9"/>' * 1_100_000 + b"</row></sheetData>"),
    ],
    ids=["merged", "rows", "cells"],
)
def test_a_sheet_that_would_fill_the_memory_is_left_out_and_named(tmp_path: Path, patch: Callable[[bytes], bytes]) -> None:
    def change(book: Workbook) -> None:
        book.create_sheet("大きい")["A1"] = 1

    def swell(members: dict[str, bytes]) -> None:
        members["xl/worksheets/sheet2.xml"] = patch(members["xl/worksheets/sheet2.xml"])

    book, said, _ = given_back(clerks(tmp_path / "AED.xlsx", change, swell))
    assert book.sheetnames == ["確認結果(machizu)", "AED", "公開される値(machizu)"]
    assert "写しに入れていないシート: 大きい" in said
    assert book["AED"]["B3"].fill.fgColor.rgb == f"00{FILLS['error']}"


def test_numbers_that_are_shown_as_dates_stay_what_they_are(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        for column, number in enumerate((10**10, -5, 46113, 0.354166), 11):
            cell = book["AED"].cell(2, column)
            cell.value, cell.number_format = number, "yyyy/mm/dd"

    book, _, data = given_back(clerks(tmp_path / "AED.xlsx", change))
    assert is_own(book)
    sheet = members(data)["xl/worksheets/sheet2.xml"]
    for number in ("10000000000", "-5", "46113", "0.354166"):
        assert f"<v>{number}</v>" in sheet
    assert book["AED"]["M2"].value.date() == date(2026, 4, 1)


def test_drop_downs_of_a_filled_template_still_lead_to_their_lists(tmp_path: Path) -> None:
    library = read_library()
    path = tmp_path / "AED.xlsx"
    filled = load_workbook(io.BytesIO(template(library.find("aed"), library.code_lists, "ja")))
    filled.worksheets[0].append([None, "FF1", "", "本町1"])
    filled.save(path)
    book, said, _ = given_back(path)
    checks = [one for sheet in book.worksheets for one in sheet.data_validations.dataValidation if one.type == "list"]
    assert checks
    for check in checks:
        title, cells = re.fullmatch(r"'(.+)'!(.+)", check.formula1).groups()  # type: ignore[union-attr]
        assert all(cell.value for (cell,) in book[title][cells.replace("$", "")])
    assert book["選択肢(machizu)"].sheet_state == "hidden"
    assert "入力規則" not in said


def test_nothing_leads_to_other_files_or_asks_the_network(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["AED"]
        for formula in ("[1]一覧!$A$1:$A$9", "INDIRECT(A1)", "なにか", "AED!$A$1:$A$3", '"有,無"', "$A$2:$A$3"):
            check = DataValidation(type="list", formula1=formula)
            check.add("I2:I9")
            sheet.add_data_validation(check)
        book.defined_names["外"] = DefinedName("外", attr_text="[1]Sheet1!$A$1")
        book.defined_names["網"] = DefinedName("網", attr_text='WEBSERVICE("http://x.example")')
        book.defined_names["中"] = DefinedName("中", attr_text="AED!$A$1:$A$3")
        rule = FormulaRule(formula=['WEBSERVICE("http://x.example/"&A2)=1'], fill=PatternFill("solid", bgColor="FFFFFF"))
        sheet.conditional_formatting.add("A2:I9", rule)
        sheet["A2"].hyperlink = "file://share.example/x.xlsx"
        sheet["I2"].hyperlink = "http://x.example/blank"
        sheet["I2"].value = None

    book, said, data = given_back(clerks(tmp_path / "AED.xlsx", change))
    assert is_own(book)
    text = "".join(members(data).values())
    assert not [word for word in ("WEBSERVICE", "[1]", "INDIRECT", "x.example", "share.example") if word in text]
    kept = [one.formula1 for one in book["AED"].data_validations.dataValidation]
    assert kept == ["AED!$A$1:$A$3", '"有,無"', "$A$2:$A$3"]
    assert list(book.defined_names) == ["中"]
    assert book["AED"]["I2"].value is None
    for name in ("条件付き書式", "リンク", "入力規則の一部", "名前の定義の一部"):
        assert name in said


def in_cell(members: dict[str, bytes], text: str) -> None:
    """Put the XML of a text into I2."""
    sheet = "xl/worksheets/sheet1.xml"
    cell = f'<c r="I2" t="inlineStr"><is>{text}</is></c></row><row r="3"'.encode()
    members[sheet] = members[sheet].replace(b'<c r="I2" t="inlineStr"></c>', b"").replace(b'</row><row r="3"', cell)
    assert cell in members[sheet]


LOST: dict[str, Patch] = {
    "マクロ": lambda members: members.update({"xl/vbaProject.bin": b"x"}),
    "返信の付いたコメント": lambda members: members.update({"xl/threadedComments/threadedComment1.xml": b"<x/>"}),
    "ピボットテーブル": lambda members: members.update({"xl/pivotTables/pivotTable1.xml": b"<x/>"}),
    "スライサー": lambda members: members.update({"xl/slicers/slicer1.xml": b"<x/>"}),
    "図や画像": lambda members: members.update({"xl/media/image1.png": b"x"}),
    "図や画像(図形)": lambda members: members.update({"xl/drawings/drawing1.xml": b"<xdr:sp></xdr:sp>"}),
    "ほかのブックへのリンク": lambda members: members.update({"xl/externalLinks/externalLink1.xml": b"<x/>"}),
    "データの接続": lambda members: members.update({"xl/connections.xml": b"<x/>"}),
    "電子署名": lambda members: members.update({"_xmlsignatures/sig1.xml": b"<x/>"}),
    "ふりがな": lambda members: in_cell(members, '<t>町</t><rPh sb="0" eb="1"><t>マチ</t></rPh>'),
    "文字飾り": lambda members: in_cell(members, "<r><t>町</t></r>"),
    "スパークライン": lambda members: members.update(
        {
            "xl/worksheets/sheet1.xml": members["xl/worksheets/sheet1.xml"].replace(
                b"</worksheet>",
                b"<extLst><ext uri='{x}'><x14:sparklineGroups xmlns:x14='x'/></ext></extLst></worksheet>",
            )
        }
    ),
}


@pytest.mark.parametrize("name", LOST)
def test_what_is_lost_is_named(tmp_path: Path, name: str) -> None:
    book, said, _ = given_back(clerks(tmp_path / "AED.xlsx", patch=LOST[name]))
    assert is_own(book)
    (told,) = (line for line in said.splitlines() if "この写しには入っていません" in line)
    assert name.removesuffix("(図形)") in told
    assert "・" not in told.split(": ")[1]


def test_tables_and_rich_texts_are_named_and_their_texts_kept(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["AED"].add_table(Listed(displayName="一覧", ref="A1:I3"))
        book["AED"]["B2"] = CellRichText("町", TextBlock(InlineFont(b=True), "役場"))

    book, said, _ = given_back(clerks(tmp_path / "AED.xlsx", change))
    assert book["AED"]["B2"].value == "町役場"
    assert "テーブルの設定" in said
    assert "文字飾り" in said


def test_formulas_without_a_value_are_blank_and_that_is_said(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["AED"]["I2"] = "=1+1"
        book.create_sheet("計算")["B2"] = "=AED!A1"

    book, said, data = given_back(clerks(tmp_path / "AED.xlsx", change))
    assert book["AED"]["I2"].value is book["計算"]["B2"].value is None
    assert "写しでは空です(2か所: AED!I2・計算!B2)" in said
    assert not re.search(r"<f[ >]", "".join(members(data).values()))


def test_what_is_hidden_is_shown_where_something_was_found_and_only_there(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["AED"]
        sheet.append(["FF3", "体育館", "浜田1", 34.87, 138.32, "1階", "054-626-1141", "9:00", ""])
        sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = True
        sheet.column_dimensions.group("G", "H", hidden=True)
        sheet.column_dimensions["F"].hidden = True

    book, said, _ = given_back(clerks(tmp_path / "AED.xlsx", change))
    sheet = book["AED"]
    assert [sheet.row_dimensions[row].hidden for row in (3, 4)] == [False, True]
    assert [sheet.column_dimensions[letter].hidden for letter in "GF"] == [False, True]
    assert "AED!3:3" in said
    assert "AED!H:H" in said


def test_a_protected_sheet_can_be_corrected_and_that_is_said(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["AED"].protection.set_password("秘密")
        book.security.lockStructure = True

    book, said, _ = given_back(clerks(tmp_path / "AED.xlsx", change))
    assert not book["AED"].protection.sheet
    assert not (book.security and book.security.lockStructure)
    assert "シートの保護は" in said


def test_a_finding_inside_merged_cells_says_which_cell_it_is_about(tmp_path: Path) -> None:
    book, _, _ = given_back(clerks(tmp_path / "AED.xlsx", lambda book: book["AED"].merge_cells("A3:B3")))
    cell = book["AED"]["A3"]
    assert cell.fill.fgColor.rgb == f"00{FILLS['error']}"
    assert "B3 についてです" in cell.comment.text


def test_white_letters_on_a_dark_ground_can_be_read_when_painted(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["AED"]["H3"].font, book["AED"]["H3"].fill = Font(color="FFFFFF", bold=True), PatternFill("solid", fgColor="1F3864")

    book, _, _ = given_back(clerks(tmp_path / "AED.xlsx", change))
    assert book["AED"]["H3"].font.color.rgb == "FF000000"
    assert book["AED"]["H3"].font.bold


def test_long_texts_are_cut_with_a_mark_and_named(tmp_path: Path) -> None:
    book, said, _ = given_back(clerks(tmp_path / "AED.xlsx", patch=lambda members: in_cell(members, f"<t>{'長' * 40_000}</t>")))
    assert is_own(book)
    text = book["AED"]["I2"].value
    assert text.endswith(MARK)
    assert len(text) == LONGEST
    assert "AED!I2" in said


@pytest.mark.parametrize("text", ["長" * 40_000, "😀" * 20_000, "\x01" * 20_000, "a" * LONGEST])
def test_a_text_is_cut_to_what_a_cell_holds_and_not_shorter(text: str) -> None:
    cell = Workbook().active["A1"]
    cuts = Cuts()
    cuts.put(cell, text)
    length = len(cell.value.encode("utf-16-le")) // 2
    assert LONGEST - 20 < length <= LONGEST
    assert bool(cuts.places) == (len(text) > LONGEST or text[0] != "a")
    assert fitted("短い") == "短い"


@pytest.mark.parametrize("where", ["opening", "painting"])
def test_whatever_openpyxl_trips_over_the_table_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    path = clerks(tmp_path / "AED.xlsx")
    if where == "opening":
        monkeypatch.setattr(copying, "opened", lambda *_: 1 / 0)
    else:
        monkeypatch.setattr(painting, "_reveal", lambda *_: 1 / 0)
    book, said, _ = given_back(path)
    if where == "opening":
        assert "セルの番地は元のファイルと同じです" in said
        assert [cell.value for cell in book["AED"][2]][:3] == ["FF1", "町役場", "本町1-1"]
    else:
        assert book.sheetnames == ["確認結果(machizu)", "公開される値(machizu)"]
        assert "写しを作れませんでした" in said


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_workbook_of_another_form_is_laid_out_at_the_same_addresses(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    cells = pa.table([["題名", "", "名称", "=1+1"], ["", "", "緯度", "34.80"]], names=["0", "1"])
    monkeypatch.setattr(copying, "grid_of", lambda *_: Grid(cells))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("Object 1/content.xml", "<x/>")
    data = {"xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ods": stream.getvalue()}[kind]
    first, *_ = copying.ways(data, {0: Part("a." + kind, sheet="一覧 [旧]", kind=kind)})
    copy = first()
    sheet = copy.sheets[0]
    assert (copy.how, sheet.title) == ("rebuilt", "一覧  旧")
    assert [sheet[at].value for at in ("A1", "A4", "B4")] == ["題名", "=1+1", "34.80"]
    assert {sheet[at].data_type for at in ("A1", "A4", "B4")} == {"s"}
    assert copy.lost == ({"chart"} if kind == "ods" else frozenset())


def test_a_file_that_changed_meanwhile_comes_back_without_a_copy(tmp_path: Path) -> None:
    path = clerks(tmp_path / "AED.xlsx")
    report = examine_file(path, read_library(), None, TODAY, "aed").report
    path.unlink()
    ((_, data),) = workbooks(Answer(path.name, "aed", report, base=path.parent), "ja")
    assert "動かされたか変わった" in "".join(str(cell.value) for cell in load_workbook(io.BytesIO(data)).worksheets[0]["A"])


def test_what_was_put_right_is_told_on_the_sheet_of_values(tmp_path: Path) -> None:
    path = tmp_path / "AED.csv"
    path.write_text(
        "ID,名称,所在地_連結表記,緯度,経度,設置位置,電話番号\nFF1,役場,本町1,34.86,138.32,1階,0546261139\n", "utf-8"
    )
    path.write_text(path.read_text("utf-8").replace("34.86", "３４．８６"), "utf-8")
    book, said, _ = given_back(path)
    values = book.worksheets[-1]
    changed = [cell for cell in values[2] if cell.comment]
    assert [cell.value for cell in changed] == ["34.86"]
    assert "元の値: ３４．８６" in changed[0].comment.text
    assert "「公開される値(machizu)」のシートで緑のセル" in said
    assert "緑のセル" in values["A1"].comment.text
