"""The first sheet: what a clerk reads first, then every finding with a link to its cell."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.cell_style import StyleArray
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from publish.answering.paper import say
from publish.answering.sentence import sentence
from publish.answering.workbook.fitting import Cuts
from publish.answering.workbook.painting import FILLS, ORDER, place_of
from publish.table.finding import Finding
from publish.table.table import Table

MOST = 100_000
"""Findings that the list holds."""
_COLUMNS = {"severity": 16, "place": 20, "cell": 9, "heading": 20, "value": 24, "message": 64, "fix": 56}
"""Columns of the list with their widths in characters."""
_LEGEND = (1, 2, 4, 5, 6)
"""Columns wide enough for the name of a colour."""
_HIGHEST = 409
"""Points: no row of a spreadsheet is higher."""
_LINK = Font(color="0563C1", underline="single")


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands above the list: a title, the sentences that say the whole, notes about the copy."""

    title: str
    sentences: Sequence[str]
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list tells: findings with their weight, the sheets to which the links lead, the town's recipe for the advice."""

    table: Table | None = None
    findings: Sequence[tuple[str, Finding]] = ()
    sheets: Mapping[int, Worksheet] = field(default_factory=dict)
    recipe: str = ""


def add_list(book: Workbook, letter: Letter, listed: Listed, lang: str, cuts: Cuts) -> None:
    """Put the list in front of all other sheets."""
    sheet = book.create_sheet(say("sheet.findings", lang), 0)
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False
    page = _Page(sheet, lang, cuts)
    page.write_letter(letter, bool(listed.findings))
    if listed.table is not None and listed.findings:
        page.write_findings(listed, listed.table)
    if len(listed.findings) > MOST:
        page.line(say("list.cut", lang, count=len(listed.findings) - MOST))
    _lay_out(sheet)


@dataclass(slots=True)
class _Page:
    """The sheet while it is written, from top to bottom; `row` is the last one that was."""

    sheet: Worksheet
    lang: str
    cuts: Cuts
    row: int = 0
    _styles: dict[str, StyleArray] = field(default_factory=dict)
    """By severity, "" and "link": making a style takes longer than writing a cell."""

    def write_letter(self, letter: Letter, found: bool) -> None:
        self.line(letter.title, Font(bold=True, size=14))
        for text in letter.sentences:
            self.line(text, Font(bold=text is letter.sentences[0]))
        for note in letter.notes:
            self.line(note, Font(color="595959"))
        if not found:
            return
        self.line(say("list.legend", self.lang))
        self.row += 1
        for column, severity in zip(_LEGEND, ORDER, strict=True):
            cell = self.sheet.cell(self.row, column)
            self.cuts.put(cell, say(f"severity.{severity}", self.lang))
            cell.fill = PatternFill("solid", fgColor=FILLS[severity])
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        self.sheet.row_dimensions[self.row].height = 32

    def line(self, text: str, font: Font | None = None) -> None:
        """Write one line over the whole width."""
        self.row += 1
        cell = self.sheet.cell(self.row, 1)
        self.cuts.put(cell, text)
        self.sheet.merge_cells(start_row=self.row, end_row=self.row, start_column=1, end_column=len(_COLUMNS))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        lines = _lines(text, sum(_COLUMNS.values()))
        self.sheet.row_dimensions[self.row].height = min(18 * lines + (6 if self.row == 1 else 0), _HIGHEST)
        if font:
            cell.font = font

    def write_findings(self, listed: Listed, table: Table) -> None:
        head = self.row + 2
        for column, name in enumerate(_COLUMNS, 1):
            cell = self.sheet.cell(head, column)
            self.cuts.put(cell, say(f"column.{name}", self.lang))
            cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="1F3864")
        self.row = head
        for severity, finding in listed.findings[:MOST]:
            self.row += 1
            self._write_finding(severity, finding, table, listed)
        self.sheet.freeze_panes = self.sheet.cell(head + 1, 1)
        self.sheet.auto_filter.ref = f"A{head}:G{self.row}"
        self.sheet.print_title_rows = f"{head}:{head}"

    def _write_finding(self, severity: str, finding: Finding, table: Table, listed: Listed) -> None:
        said = sentence(finding, table, self.lang, listed.recipe)
        place = place_of(finding, table)
        told = (say(f"severity.{severity}", self.lang), said.where, place[1] if place else "", said.column)
        texts = (*told, finding.value, said.message, said.fix)
        for column, text in enumerate(texts, 1):
            cell = self.sheet.cell(self.row, column)
            self.cuts.put(cell, text)
            cell._style = self._style(severity if column == 1 else "")
        # Not every spreadsheet works the height out on opening.
        lines = max(_lines(text, wide) for text, wide in zip(texts, _COLUMNS.values(), strict=True))
        self.sheet.row_dimensions[self.row].height = min(15.0 * lines, _HIGHEST)
        if place and place[0] in listed.sheets:
            self._link(listed.sheets[place[0]].title, place[1])

    def _link(self, sheet: str, address: str) -> None:
        cell, quoted = self.sheet.cell(self.row, 3), sheet.replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{address}")
        cell._style = self._style("link")

    def _style(self, name: str) -> StyleArray:
        if name not in self._styles:
            cell = Cell(self.sheet)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if name in FILLS:
                cell.fill = PatternFill("solid", fgColor=FILLS[name])
            if name == "link":
                cell.font = _LINK
            self._styles[name] = cell._style
        return copy(self._styles[name])


def _lines(text: str, wide: int) -> int:
    """Return how many lines a text takes in a column; a Japanese letter is as wide as two others."""
    return sum(1 + sum(2 - character.isascii() for character in line) // wide for line in text.split("\n"))


def _lay_out(sheet: Worksheet) -> None:
    for letter, width in zip("ABCDEFG", _COLUMNS.values(), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.sheet_properties.tabColor = "C00000"
