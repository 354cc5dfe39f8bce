"""The last sheet: the rows as they would be published, each with the place it came from; changed values are marked."""

import numpy as np
import pyarrow.compute as pc
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook import Workbook

from publish.answering.paper import say
from publish.answering.place import place
from publish.spreadsheet import put_text
from publish.table.change import ChangeLog
from publish.table.table import Table

_CHANGED = PatternFill("solid", fgColor="E2EFDA")
_HEAD = PatternFill("solid", fgColor="1F3864")


def add_values(book: Workbook, table: Table, parts: frozenset[int], most: int, lang: str) -> None:
    """Put the published columns of some parts' rows behind all other sheets, at most so many rows."""
    sheet = book.create_sheet(say("sheet.values", lang))
    names = [field.name for field in table.dataset.published]
    for column, name in enumerate([say("column.origin", lang), *names], 1):
        put_text(sheet.cell(1, column), name)
        sheet.cell(1, column).font, sheet.cell(1, column).fill = Font(bold=True, color="FFFFFF"), _HEAD
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = 18
    rows = np.flatnonzero(np.isin(table.part.to_numpy(), sorted(parts)))[:most]
    chosen = table.cells.select(names).take(rows)
    changed = _changed(table, most)
    for line, values in enumerate(zip(rows.tolist(), *(column.to_pylist() for column in chosen.columns), strict=True), 2):
        part, row = table.part[values[0]].as_py(), table.row[values[0]].as_py()
        put_text(sheet.cell(line, 1), place(table, part, row, lang))
        for column, (name, text) in enumerate(zip(names, values[1:], strict=True), 2):
            if text:
                put_text(sheet.cell(line, column), text)
            if (part, row, name) in changed:
                sheet.cell(line, column).fill = _CHANGED
    sheet.freeze_panes = "B2"
    sheet.sheet_properties.tabColor = "548235"


def _changed(table: Table, most: int) -> frozenset[tuple[int, int, str]]:
    """Return part, row and field of the values that were changed one by one, of as many rows as are shown."""
    log = ChangeLog.of(table.changes).columns
    last = pc.max(table.row.slice(0, most)).as_py() or 0
    near = log.filter(pc.and_(pc.is_valid(log.column("row")), pc.less_equal(log.column("row"), last)))
    return frozenset(zip(*(near.column(name).to_pylist() for name in ("part", "row", "field")), strict=True))
