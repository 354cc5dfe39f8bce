"""The first sheet: what a clerk reads first, then every finding with a link to its cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from publish.answering.paper import say
from publish.answering.sentence import sentence
from publish.answering.workbook.painting import FILLS, ORDER, place_of
from publish.spreadsheet import put_text
from publish.table.finding import Finding
from publish.table.table import Table

MOST = 100_000
"""Findings that the list holds."""
_COLUMNS = {"severity": 16, "place": 20, "cell": 9, "heading": 20, "value": 24, "message": 64, "fix": 56}
"""Columns of the list with their widths in characters."""
_LEGEND = (1, 2, 4, 5)
"""Columns wide enough for the name of a colour."""
_LINK = Font(color="0563C1", underline="single")


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands above the list: a title, the sentences that say the whole, notes about the copy."""

    title: str
    sentences: Sequence[str]
    notes: Sequence[str] = ()


def add_list(
    book: Workbook,
    letter: Letter,
    table: Table | None,
    findings: Sequence[tuple[str, Finding]],
    sheets: Mapping[int, Worksheet],
    lang: str,
) -> None:
    """Put the list in front of all other sheets; `sheets` are those to which the links lead."""
    sheet = book.create_sheet(say("sheet.findings", lang), 0)
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False
    _write_letter(sheet, letter, bool(findings), lang)
    if table is not None and findings:
        _write_findings(sheet, table, findings[:MOST], sheets, lang)
    if len(findings) > MOST:
        _line(sheet, say("list.cut", lang, count=f"{len(findings) - MOST:,}"))
    _lay_out(sheet)


def _write_letter(sheet: Worksheet, letter: Letter, found: bool, lang: str) -> None:
    _line(sheet, letter.title, Font(bold=True, size=14))
    for sentence_ in letter.sentences:
        _line(sheet, sentence_, Font(bold=sentence_ is letter.sentences[0]))
    for note in letter.notes:
        _line(sheet, note, Font(color="595959"))
    if not found:
        return
    _line(sheet, say("list.legend", lang))
    row = sheet.max_row + 1
    for column, severity in zip(_LEGEND, ORDER, strict=True):
        cell = sheet.cell(row, column)
        put_text(cell, say(f"severity.{severity}", lang))
        cell.fill = PatternFill("solid", fgColor=FILLS[severity])


def _line(sheet: Worksheet, text: str, font: Font | None = None) -> None:
    """Write one line over the whole width."""
    row = sheet.max_row + 1 if sheet.cell(1, 1).value else 1
    cell = sheet.cell(row, 1)
    put_text(cell, text)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(_COLUMNS))
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.row_dimensions[row].height = 18 * (1 + len(text) // 100) + (6 if row == 1 else 0)
    if font:
        cell.font = font


def _write_findings(
    sheet: Worksheet, table: Table, findings: Sequence[tuple[str, Finding]], sheets: Mapping[int, Worksheet], lang: str
) -> None:
    head = sheet.max_row + 2
    for column, name in enumerate(_COLUMNS, 1):
        cell = sheet.cell(head, column)
        put_text(cell, say(f"column.{name}", lang))
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="1F3864")
    for row, (severity, finding) in enumerate(findings, head + 1):
        for column, text in enumerate(_told(severity, finding, table, lang), 1):
            cell = sheet.cell(row, column)
            put_text(cell, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(row, 1).fill = PatternFill("solid", fgColor=FILLS[severity])
        sheet.row_dimensions[row].height = _height(sheet, row)
        _link(sheet.cell(row, 3), finding, table, sheets)
    sheet.freeze_panes = sheet.cell(head + 1, 1)
    sheet.auto_filter.ref = f"A{head}:G{head + len(findings)}"
    sheet.print_title_rows = f"{head}:{head}"


def _height(sheet: Worksheet, row: int) -> float:
    """Return the height in points that the longest cell of a row needs: not every spreadsheet works it out on opening."""
    texts = zip(sheet[row], _COLUMNS.values(), strict=True)
    return 15.0 * max(1 + sum(2 - character.isascii() for character in str(cell.value or "")) // wide for cell, wide in texts)


def _told(severity: str, finding: Finding, table: Table, lang: str) -> Iterator[str]:
    said = sentence(finding, table, lang)
    place = place_of(finding, table)
    yield from (say(f"severity.{severity}", lang), said.where, place[1] if place else "", said.column)
    yield from (finding.value, said.message, said.fix)


def _link(cell: Cell, finding: Finding, table: Table, sheets: Mapping[int, Worksheet]) -> None:
    place = place_of(finding, table)
    if place and place[0] in sheets:
        title = sheets[place[0]].title.replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{title}'!{place[1]}")
        cell.font = _LINK


def _lay_out(sheet: Worksheet) -> None:
    for letter, width in zip("ABCDEFG", _COLUMNS.values(), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.sheet_properties.tabColor = "C00000"
