"""A workbook given back: the clerk's own cells painted, every finding listed with a link, the published values behind."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from catalog.errors import UnusableSource
from catalog.library import read_library
from publish.answering.answer import Answer
from publish.answering.workbook import notes, painted, painting
from publish.answering.workbook.painted import workbooks
from publish.answering.workbook.painting import FILLS
from publish.build import examine_file
from publish.table.finding import Finding, Report

TODAY = date(2026, 11, 20)
HEADINGS = ["ID", "名称", "所在地_連結表記", "緯度", "経度", "設置位置", "電話番号", "開始時間", "小児対応設備の有無"]
ROWS = [
    ["FF1", "町役場", "本町1-1", 34.8669, 138.3231, "1階", "054-626-1139", "8:30", "○"],
    ["FF2", "", "本町2-1", 34.8669, 138.3240, "2階", "054-626-1140", "25:30", "無"],
    ["FF3", "体育館", "浜田2-3", 138.3199, 34.8701, '=HYPERLINK("http://x.example")', "054-626-1141", "9:00", "ゆう"],
]
CSV = "\n".join(",".join(f'"{cell}"'.replace('"http://x.example"', "x") for cell in row) for row in [HEADINGS, *ROWS]) + "\n"


def clerks_workbook(path: Path) -> Path:
    """Write a workbook as clerks do: a title in merged cells, a computed cell, a chart, a comment, a second sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "AED"
    sheet.append(["AED設置箇所一覧"])
    sheet.merge_cells("A1:E1")
    sheet.append(HEADINGS)
    for row in ROWS:
        sheet.append(row)
    sheet["F5"].data_type = "s"
    sheet["B4"].comment = Comment("名前は確認中", "係長")
    sheet["K3"] = "=SUM(D3:D4)"
    chart = BarChart()
    sheet.add_chart(chart, "M2")
    book.create_sheet("メモ")["A1"] = "メモです"
    book.save(path)
    return path


def answer(path: Path) -> Answer:
    report = examine_file(path, read_library(), None, TODAY, "aed").report
    return Answer(path.name, "aed", report, base=path.parent)


def given_back(path: Path, lang: str = "ja") -> tuple[Report, bytes]:
    found = answer(path)
    assert found.report
    ((file, data),) = workbooks(found, lang)
    assert file == path.name
    return found.report, data


def opened(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def cells_of(report: Report) -> dict[str, Finding]:
    table = report.table
    addressed = {
        table.parts[0].cell(found.row, table.heading(0, found.field)): found for found in report.findings if found.field
    }
    return {address: found for address, found in addressed.items() if address}


@pytest.fixture(params=["xlsx", "csv"])
def handed_in(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "xlsx":
        return clerks_workbook(tmp_path / "AED一覧.xlsx")
    path = tmp_path / "AED一覧.csv"
    path.write_text(CSV, "cp932")
    return path


def test_every_finding_of_a_cell_is_painted_there_and_commented(handed_in: Path) -> None:
    report, data = given_back(handed_in)
    struck = cells_of(report)
    errors = {address: found for address, found in struck.items() if found.severity == "error"}
    assert len(errors) >= 4
    sheet = opened(data).worksheets[1]
    for address, found in errors.items():
        assert sheet[address].fill.fgColor.rgb == f"00{FILLS['error']}"
        assert "【直してください】" in sheet[address].comment.text
        assert found.value == "" or sheet[address].value is not None


def test_the_list_leads_to_every_painted_cell(handed_in: Path) -> None:
    report, data = given_back(handed_in)
    book = opened(data)
    listed = book.worksheets[0]
    assert listed.title == "確認結果(machizu)"
    links = [cell.hyperlink.location for row in listed.iter_rows() for cell in row if cell.hyperlink]
    target = book.worksheets[1].title
    assert {f"'{target}'!{address}" for address in cells_of(report)} <= set(links)
    severities = [cell.value for cell in listed["A"] if cell.fill.fgColor.rgb in {f"00{fill}" for fill in FILLS.values()}]
    assert severities.count("直してください") == 1 + sum(found.severity == "error" for found in report.findings)


def test_the_last_sheet_holds_the_published_values(handed_in: Path) -> None:
    report, data = given_back(handed_in)
    *_, last = opened(data).worksheets
    rows = list(last.values)
    names = [field.name for field in report.table.dataset.published]
    assert list(rows[0][1:]) == names
    for place, row in enumerate(rows[1:]):
        assert [text or "" for text in row[1:]] == [report.table.column(name)[place] for name in names]


def test_what_is_given_back_can_be_handed_in_again(handed_in: Path, tmp_path: Path) -> None:
    report, data = given_back(handed_in)
    again = tmp_path / "again.xlsx"
    again.write_bytes(data)
    second, _ = given_back(again)
    assert second.table.column("名称") == report.table.column("名称")
    errors = {(found.code, found.row, found.field, found.value) for found in report.findings if found.severity == "error"}
    assert errors == {
        (found.code, found.row, found.field, found.value) for found in second.findings if found.severity == "error"
    }


def test_nothing_in_it_computes(handed_in: Path) -> None:
    _, data = given_back(handed_in)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not [name for name in archive.namelist() if "externalLink" in name or "vba" in name]
    assert len(sheets) >= 3
    assert not [sheet for sheet in sheets if re.search(rb"<f[ >]", sheet)]


def test_a_comment_of_the_clerk_is_kept_and_what_is_lost_is_named(tmp_path: Path) -> None:
    _, data = given_back(clerks_workbook(tmp_path / "AED一覧.xlsx"))
    book = opened(data)
    assert book["AED"]["B4"].comment.text.startswith("名前は確認中")
    assert book["メモ"]["A1"].value == "メモです"
    said = " ".join(str(cell.value) for cell in book.worksheets[0]["A"])
    assert "グラフ" in said
    assert "図や画像" not in said
    assert "マクロ" not in said


def test_a_large_table_is_listed_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(painted, "MOST", 2)
    report, data = given_back(clerks_workbook(tmp_path / "AED一覧.xlsx"))
    book = opened(data)
    assert book.sheetnames == ["確認結果(machizu)", "公開される値(machizu)"]
    assert "2行を超える" in " ".join(str(cell.value) for cell in book.worksheets[0]["A"])
    assert len(list(book.worksheets[1].values)) == 3
    assert report.table.rows == 3


def test_a_file_that_cannot_be_read_comes_back_with_the_reason() -> None:
    error = UnusableSource("これは表ではありません。", "No table.", fix_ja="CSV にしてください。", fix_en="Make it a CSV.")
    ((file, data),) = workbooks(Answer("絵.xlsx", None, error=error), "ja")
    sheet = opened(data).worksheets[0]
    assert file == "絵.xlsx"
    assert [cell.value for cell in sheet["A"]] == ["絵.xlsx の確認結果", "これは表ではありません。", "CSV にしてください。"]


def test_text_of_a_file_that_no_xml_can_hold_is_written_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(CSV.replace("ゆう", "\x0b\x1b[31mゆう\ufffe"), "utf-8")
    _, data = given_back(path)
    assert "確認結果(machizu)" in opened(data).sheetnames


def test_english_readers_get_english_sheets(tmp_path: Path) -> None:
    _, data = given_back(clerks_workbook(tmp_path / "AED一覧.xlsx"), "en")
    assert opened(data).sheetnames == ["Findings (machizu)", "AED", "メモ", "As published (machizu)"]


def test_comments_end_where_a_spreadsheet_would_choke_and_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(painting, "COMMENTS", 1)
    monkeypatch.setattr(notes, "COMMENTS", 1)
    _, data = given_back(clerks_workbook(tmp_path / "AED一覧.xlsx"))
    book = opened(data)
    coloured = [cell for row in book["AED"].iter_rows() for cell in row if cell.fill.fill_type]
    assert len(coloured) > 3
    assert sum(bool(cell.comment) and "【" in cell.comment.text for cell in coloured) == 1
    said = " ".join(str(cell.value) for cell in book.worksheets[0]["A"])
    assert f"コメントは1か所までです。残りの{len(coloured) - 1}か所は色だけ" in said


def test_no_row_of_the_list_is_higher_than_a_spreadsheet_allows(tmp_path: Path) -> None:
    path = tmp_path / "AED.csv"
    path.write_text(CSV.replace("25:30", "長" * 5_000), "utf-8")
    _, data = given_back(path)
    listed = opened(data).worksheets[0]
    heights = [told.height for told in listed.row_dimensions.values() if told.height]
    assert max(heights) == 409
    assert all(told.height > 0 for told in listed.row_dimensions.values() if told.height)


def test_the_list_is_written_row_by_row_without_looking_at_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def looked(*_: object) -> None:
        raise AssertionError("openpyxl looks at every cell to find the last row")

    monkeypatch.setattr(Worksheet, "__getitem__", looked)
    monkeypatch.setattr(Worksheet, "max_row", property(looked))
    path = tmp_path / "AED.csv"
    path.write_text(CSV, "utf-8")
    found = answer(path)
    assert found.report
    ((_, data),) = workbooks(found, "ja")
    monkeypatch.undo()
    assert opened(data).sheetnames[1] == "AED"
