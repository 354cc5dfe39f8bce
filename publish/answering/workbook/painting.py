"""Painting: every cell that a finding points to gets the colour of its severity and a comment that says what to do."""

from collections.abc import Iterable, Mapping

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Border, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from publish.answering.paper import say
from publish.answering.sentence import sentence
from publish.table.finding import Finding
from publish.table.table import Table

FILLS = {"error": "FFB3B3", "warning": "FFE699", "info": "DDEBF7", "reject": "D9D9D9"}
"""Light enough for black text; the comment and the list say in words what the colour means."""
ORDER = ("error", "reject", "warning", "info")
_EDGES = {"error": "thick", "reject": "thick", "warning": "medium", "info": "thin"}
_AUTHOR = "machizu"
_TOLD = 3
"""Findings of one cell that its comment tells; the list has all."""
Place = tuple[int, str]
"""Number of the part, address of the cell."""


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


def paint(sheets: Mapping[int, Worksheet], table: Table, findings: Iterable[tuple[str, Finding]], lang: str) -> None:
    """Paint the cells of findings, each given with its severity or "reject"; a finding without a cell is left to the list."""
    struck: dict[Place, list[tuple[str, Finding]]] = {}
    for severity, finding in findings:
        place = place_of(finding, table)
        if place and place[0] in sheets:
            struck.setdefault(place, []).append((severity, finding))
    for (number, address), told in struck.items():
        _mark(_cell(sheets[number], address), sorted(told, key=lambda one: ORDER.index(one[0])), table, lang)


def _cell(sheet: Worksheet, address: str) -> Cell:
    """Return a cell, of merged ones the one that shows."""
    cell = sheet[address]
    if not isinstance(cell, MergedCell):
        return cell
    merged = next(merged for merged in sheet.merged_cells.ranges if address in merged)
    return sheet.cell(merged.min_row, merged.min_col)


def _mark(cell: Cell, told: list[tuple[str, Finding]], table: Table, lang: str) -> None:
    worst = told[0][0]
    cell.fill = PatternFill("solid", fgColor=FILLS[worst])
    side = Side(style=_EDGES[worst], color="C00000" if worst == "error" else "7F6000")
    cell.border = Border(left=side, right=side, top=side, bottom=side)
    texts = [cell.comment.text] if cell.comment else []
    texts += [_text(severity, finding, table, lang) for severity, finding in told[:_TOLD]]
    if len(told) > _TOLD:
        texts.append(say("comment.more", lang, count=len(told) - _TOLD))
    text = "\n\n".join(texts)
    lines = sum(1 + len(line) // 22 for line in text.split("\n"))
    cell.comment = Comment(text, _AUTHOR, height=20 + 18 * lines, width=340)


def _text(severity: str, finding: Finding, table: Table, lang: str) -> str:
    said = sentence(finding, table, lang)
    return "\n".join(part for part in (f"【{say(f'severity.{severity}', lang)}】", said.message, said.fix) if part)
