"""Painting: every cell that a finding points to gets the colour of its severity and a comment that says what to do."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Border, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import column_index_from_string
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.worksheet.worksheet import Worksheet

from publish.answering.paper import say
from publish.answering.sentence import sentence
from publish.answering.workbook.fitting import fitted
from publish.table.finding import Finding
from publish.table.table import Table

FILLS = {"error": "FFB3B3", "reject": "D9D9D9", "warning": "FFE699", "info": "DDEBF7", "agreed": "E4DFEC"}
"""Light enough for black text; the comment and the list say in words what the colour means. In the order of their weight."""
ORDER = tuple(FILLS)
_EDGES = {"error": "thick", "reject": "thick", "warning": "medium", "info": "thin", "agreed": "thin"}
_AUTHOR = "machizu"
_TOLD = 3
"""Findings of one cell that its comment tells; the list has all."""
COMMENTS = 5_000
"""Cells with a comment: with more of them a spreadsheet takes minutes to open."""
Place = tuple[int, str]
"""Number of the part, address of the cell."""


@dataclass(slots=True)
class Painted:
    """What painting did that has to be told: what it made visible, and whether comments ran out."""

    revealed: dict[str, None] = field(default_factory=dict)
    uncommented: int = 0
    columns: set[tuple[int, str]] = field(default_factory=set)
    """Columns of sheets that were looked at."""
    styles: dict[tuple[str, bytes], StyleArray] = field(default_factory=dict)
    """What a weight makes of a style; making one takes longer than everything else about a cell."""


def place_of(finding: Finding, table: Table) -> Place | None:
    """Return the cell that shows a finding: its own, the first of its row, the heading of its column; None for a table."""
    number = finding.part or 0
    part = table.parts[number] if table.parts else None
    if part is None or part.kind == "vector" or not part.columns:
        return None
    heading = table.heading(number, finding.field)
    if finding.row is not None:
        letter = part.columns.get(heading) or next(iter(part.columns.values()))
        return number, f"{letter}{finding.row}"
    if part.heading and heading in part.columns:
        return number, f"{part.columns[heading]}{part.heading[1]}"
    return None


def paint(
    sheets: Mapping[int, Worksheet], table: Table, findings: Iterable[tuple[str, Finding]], lang: str, recipe: str
) -> Painted:
    """Paint the cells of findings, each given with its weight; a finding without a cell is left to the list.

    A sheet, row or column that is hidden is shown where something in it is painted.
    """
    struck: dict[Place, list[tuple[str, Finding]]] = {}
    for severity, finding in findings:
        place = place_of(finding, table)
        if place and place[0] in sheets:
            struck.setdefault(place, []).append((severity, finding))
    done = Painted()
    tops = {id(sheet): _tops(sheet) for sheet in sheets.values()}
    for count, ((number, address), told) in enumerate(struck.items()):
        sheet = sheets[number]
        letter, row = coordinate_from_string(address)
        cell = sheet.cell(
            *tops[id(sheet)].get((row, column_index_from_string(letter)), (row, column_index_from_string(letter)))
        )
        _reveal(sheet, letter, row, done)
        heaviest_first = sorted(told, key=lambda one: ORDER.index(one[0]))
        _mark(cell, heaviest_first[0][0], done.styles)
        if count < COMMENTS:
            _comment(cell, address, heaviest_first, table, lang, recipe)
        else:
            done.uncommented += 1
    return done


def _tops(sheet: Worksheet) -> dict[tuple[int, int], tuple[int, int]]:
    """Return for every cell that is hidden in a merged one the cell that shows."""
    return {
        place: (merged.min_row, merged.min_col)
        for merged in sheet.merged_cells.ranges
        for place in merged.cells
        if isinstance(sheet._cells.get(place), MergedCell)
    }


def _reveal(sheet: Worksheet, letter: str, row: int, done: Painted) -> None:
    """Show what is painted: a person corrects only what can be seen."""
    if sheet.sheet_state != "visible":
        sheet.sheet_state = "visible"
        done.revealed[sheet.title] = None
    if sheet.sheet_format.zeroHeight:
        sheet.sheet_format.zeroHeight = None
        done.revealed[f"{sheet.title}!1:1048576"] = None
    if row in sheet.row_dimensions and sheet.row_dimensions[row].hidden:
        sheet.row_dimensions[row].hidden = False
        done.revealed[f"{sheet.title}!{row}:{row}"] = None
    if (id(sheet), letter) in done.columns:
        return
    done.columns.add((id(sheet), letter))
    place = column_index_from_string(letter)
    for name, told in sheet.column_dimensions.items():
        first = told.min or column_index_from_string(name)
        if told.hidden and first <= place <= (told.max or first):
            told.hidden = False
            done.revealed[f"{sheet.title}!{letter}:{letter}"] = None


def _mark(cell: Cell, worst: str, styles: dict[tuple[str, bytes], StyleArray]) -> None:
    key = worst, (cell._style or StyleArray()).tobytes()
    if key in styles:
        cell._style = copy(styles[key])
        return
    cell.fill = PatternFill("solid", fgColor=FILLS[worst])
    side = Side(style=_EDGES[worst], color="C00000" if worst == "error" else "7F6000")
    cell.border = Border(left=side, right=side, top=side, bottom=side)
    colour = cell.font.color
    if colour is not None and not (colour.type == "theme" and colour.theme == 1):  # white on dark would be white on light
        font = copy(cell.font)
        font.color = "FF000000"
        cell.font = font
    styles[key] = copy(cell._style)


def _comment(cell: Cell, address: str, told: list[tuple[str, Finding]], table: Table, lang: str, recipe: str) -> None:
    texts = [cell.comment.text] if cell.comment else []
    if cell.coordinate != address:
        texts.append(say("comment.merged", lang, cell=address))
    texts += [_text(severity, finding, table, lang, recipe) for severity, finding in told[:_TOLD]]
    if len(told) > _TOLD:
        texts.append(say("comment.more", lang, count=len(told) - _TOLD))
    text = fitted("\n\n".join(texts))
    lines = sum(1 + len(line) // 22 for line in text.split("\n"))
    # What the clerk wrote stays the clerk's: a file with other people's comments is asked about when it is handed in.
    author = cell.comment.author if cell.comment else _AUTHOR
    cell.comment = Comment(text, author, height=min(20 + 18 * lines, 1_000), width=340)


def _text(severity: str, finding: Finding, table: Table, lang: str, recipe: str) -> str:
    said = sentence(finding, table, lang, recipe)
    return "\n".join(part for part in (f"【{say(f'severity.{severity}', lang)}】", said.message, said.fix) if part)
