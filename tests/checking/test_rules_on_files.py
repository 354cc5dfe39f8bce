"""The items of the unified rules, each on a file that breaks it, through the whole line from file to sentence."""

import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.worksheet import Worksheet

from catalog.library import read_library
from publish.answering.sentence import sentence
from publish.build import Examined, examine_file
from publish.reading.source import read
from publish.table.finding import Finding

HEADINGS = ["ID", "名称", "所在地_連結表記", "設置位置", "緯度", "経度", "備考", "小児対応設備の有無"]
ROWS = [[f"FF{n:010d}", f"施設{n}", f"見本町本町{n}", "玄関", 34.8 + n / 1000, 138.3 + n / 1000, "", "有"] for n in range(1, 7)]


def workbook(folder: Path, change: Callable[[Worksheet], object]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (HEADINGS, *ROWS):
        sheet.append(row)
    change(sheet)
    path = folder / "AED一覧.xlsx"
    book.save(path)
    return path


def examined(path: Path, dataset: str | None = "aed") -> Examined:
    return examine_file(path, read_library(), None, date(2026, 11, 20), dataset)


def of_code(path: Path, code: str, dataset: str | None = "aed") -> list[Finding]:
    return [one for one in examined(path, dataset).report.findings if one.code == code]


def put(cells: Mapping[str, object]) -> Callable[[Worksheet], object]:
    def change(sheet: Worksheet) -> None:
        for address, value in cells.items():
            sheet[address] = value

    return change


def merge(*ranges: str) -> Callable[[Worksheet], object]:
    return lambda sheet: [sheet.merge_cells(one) for one in ranges]


def chart(sheet: Worksheet) -> None:
    made = BarChart()
    made.add_data(Reference(sheet, min_col=5, min_row=1, max_row=7), titles_from_data=True)
    sheet.add_chart(made, "J2")


def titled(sheet: Worksheet) -> None:
    sheet.insert_rows(1)
    sheet["A1"] = "AED設置箇所一覧"
    sheet.merge_cells("A1:F1")


ITEMS: dict[str, tuple[Callable[[Worksheet], object], str, str, str]] = {
    "merged-cells": (merge("D2:D4"), "warning", "1", "D2:D4"),
    "merged-headings": (merge("G1:H1"), "info", "1", "G1:H1"),
    "formula-cells": (put({"G2": "=1+1", "G3": "=E3*2"}), "info", "2", "G2, G3"),
    "number-as-text": (put({"E2": "34.801", "F3": "138.303度", "E4": "３４．８０４"}), "info", "3", "E2, E4, F3"),
    "layout-spacing": (put({"B1": "名　称", "D3": "玄　関", "B4": "見本\n公民館"}), "info", "3", "B1, D3, B4"),
    "ditto-mark": (put({"D2": "同上会館", "D3": "〃　2-1", "D4": "同上"}), "warning", "2", "D3, D4"),
    "heading-missing": (put({"I3": "何か"}), "info", "1", "I1"),
    "machine-dependent": (put({"D2": "①階 Ⅱ号室", "G3": "㈱見本"}), "info", "2", "D2, G3"),
    "era-only": (put({"G2": "平成12年設置", "G3": "R5.4.1", "G4": "平成12年(2000年)", "G5": "令和町"}), "info", "2", "G2, G3"),
    "split-table": (lambda sheet: (sheet.insert_rows(4), sheet.insert_cols(4)), "info", "2", "A4, D1"),
}


@pytest.mark.parametrize("code", ITEMS)
def test_an_item_is_one_finding_with_a_count_and_its_first_cells(code: str, tmp_path: Path) -> None:
    change, severity, count, cells = ITEMS[code]
    path = workbook(tmp_path, change)
    (finding,) = of_code(path, code)
    assert (finding.severity, finding.values["count"], finding.values["cells"]) == (severity, count, cells)
    told = sentence(finding, examined(path).report.table, "ja")
    assert cells in told.message
    assert "{" not in told.message + told.fix


def test_a_clean_workbook_is_told_nothing_of_its_form(tmp_path: Path) -> None:
    found = {one.code for one in examined(workbook(tmp_path, lambda _: None)).report.findings}
    assert not found & {*ITEMS, "objects-on-sheet", "unit-missing", "private-character", "second-table", "several-in-cell"}


def test_a_merged_title_above_the_headings_is_no_matter(tmp_path: Path) -> None:
    found = {one.code for one in examined(workbook(tmp_path, titled)).report.findings}
    assert not found & {"merged-cells", "merged-headings"}


def test_charts_on_the_sheet_are_counted(tmp_path: Path) -> None:
    (finding,) = of_code(workbook(tmp_path, chart), "objects-on-sheet")
    assert finding.values["count"] == "1"


def test_a_drawing_that_cannot_be_read_costs_the_advice_and_not_the_file(tmp_path: Path) -> None:
    whole = workbook(tmp_path, chart)
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(broken, "w") as new:
        for member in old.infolist():
            if "drawing" not in member.filename or member.filename.endswith(".rels"):
                new.writestr(member, old.read(member).replace(b"../drawings/drawing1.xml", b"../../../../etc/passwd"))
    facts = read(broken, name="broken.xlsx").parts[0].facts
    assert facts.objects == {}


def test_numbers_kept_as_text_where_text_is_right_are_no_matter(tmp_path: Path) -> None:
    assert of_code(workbook(tmp_path, put({"A2": "0001", "G2": "120"})), "number-as-text") == []


def test_kanji_of_names_and_units_are_no_machine_dependent_characters(tmp_path: Path) -> None:
    assert of_code(workbook(tmp_path, put({"B2": "髙﨑会館", "G2": "120㎡～"})), "machine-dependent") == []


@pytest.mark.parametrize("text", ["渡\ue123記念館", "渡\uf8ff", "渡\U000f0001"])
def test_a_private_character_is_told_with_its_cell(text: str, tmp_path: Path) -> None:
    (finding,) = of_code(workbook(tmp_path, put({"B4": text})), "private-character")
    assert (finding.row, finding.field) == (4, "名称")


def test_full_width_letters_are_no_private_characters(tmp_path: Path) -> None:
    assert of_code(workbook(tmp_path, put({"B4": "ＡＢＣ𠮷野家"})), "private-character") == []


def test_a_second_table_below_a_blank_row_is_told(tmp_path: Path) -> None:
    def below(sheet: Worksheet) -> None:
        for row in ([], ["番号", "名称", "住所", None, "緯度", "経度"], ["FF0000000099", "別館", "町", None, 34.9, 138.4]):
            sheet.append(row)
        sheet["A9"], sheet["B9"], sheet["C9"], sheet["E9"] = "番号", "施設名", "住所", "緯度"

    (finding,) = of_code(workbook(tmp_path, below), "second-table")
    assert finding.values["cells"] == "A9"


def test_several_values_in_one_cell_are_told_instead_of_no_number(tmp_path: Path) -> None:
    found = examined(workbook(tmp_path, put({"E3": "34.8、34.9"}))).report.findings
    assert [(one.code, one.row, one.field) for one in found if one.severity == "error"] == [("several-in-cell", 3, "緯度")]


def test_a_unit_is_asked_for_where_the_heading_is_the_clerks_own(tmp_path: Path) -> None:
    text = "路線番号,路線名,道路の種類,{},認定年月日\n0001,本町線,1級市町村道,1200,1980-03-31\n"
    asked = {}
    for heading in ("実延長", "実延長(m)", "延長"):
        path = tmp_path / "道路.csv"
        path.write_text(text.format(heading), "utf-8")
        asked[heading] = len(of_code(path, "unit-missing", "road"))
    assert asked == {"実延長": 1, "実延長(m)": 0, "延長": 0}
