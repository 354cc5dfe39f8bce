"""The last sheet: the rows as they would be published, each with the place it came from; changed values are marked."""

from collections.abc import Iterator
from copy import copy

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.cell_style import StyleArray
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from publish.answering.paper import say
from publish.answering.place import place
from publish.answering.visible import visible
from publish.answering.words import change_title, words
from publish.answering.workbook.fitting import Cuts
from publish.table.change import ChangeLog
from publish.table.table import Table

_CHANGED = PatternFill("solid", fgColor="E2EFDA")
_HEAD = PatternFill("solid", fgColor="1F3864")
_AUTHOR = "machizu"
_TOLD = 1_000
"""Changed cells whose comment says what stood there; the colour is on all of them."""
_Changes = dict[tuple[int, int, str], tuple[str, str]]
"""By part, row and field: what stood there before, and the reason."""


def add_values(book: Workbook, table: Table, parts: frozenset[int], most: int, lang: str, cuts: Cuts) -> bool:
    """Put the published columns of some parts' rows behind all other sheets, at most so many rows; say whether any changed."""
    sheet = book.create_sheet(say("sheet.values", lang))
    names = [field.name for field in table.dataset.published]
    for column, name in enumerate([say("column.origin", lang), *names], 1):
        cuts.put(sheet.cell(1, column), name)
        sheet.cell(1, column).font, sheet.cell(1, column).fill = Font(bold=True, color="FFFFFF"), _HEAD
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = 18
    rows = np.flatnonzero(np.isin(table.part.to_numpy(), sorted(parts)))[:most]
    changed = _changed(table, rows)
    green, told = _style(sheet), 0
    for line, (part, row, values) in enumerate(_lines(table, rows, names), 2):
        cuts.put(sheet.cell(line, 1), place(table, part, row, lang))
        for column, (name, text) in enumerate(zip(names, values, strict=True), 2):
            if text:
                cuts.put(sheet.cell(line, column), text)
            if change := changed.get((part, row, name)):
                sheet.cell(line, column)._style = copy(green)
                if (told := told + 1) <= _TOLD:
                    sheet.cell(line, column).comment = _comment(*change, lang)
    if changed:
        sheet.cell(1, 1).comment = Comment(say("values.changed", lang), _AUTHOR, height=90, width=300)
    sheet.freeze_panes = "B2"
    sheet.sheet_properties.tabColor = "548235"
    return bool(changed)


def _style(sheet: Worksheet) -> StyleArray:
    cell = Cell(sheet)
    cell.fill = _CHANGED
    return cell._style


def _lines(table: Table, rows: npt.NDArray[np.int64], names: list[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    chosen = pa.array(rows)
    part, row = table.part.take(chosen).to_pylist(), table.row.take(chosen).to_pylist()
    columns = [column.to_pylist() for column in table.cells.select(names).take(chosen).columns]
    yield from ((one, line, values) for one, line, *values in zip(part, row, *columns, strict=True))  # type: ignore[misc]


def _changed(table: Table, rows: npt.NDArray[np.int64]) -> _Changes:
    """Return the values that were changed one by one, of the rows that are shown."""
    log = ChangeLog.of(table.changes)
    if not len(rows) or not len(log):
        return {}
    chosen = pa.array(rows)
    shown = set(zip(table.part.take(chosen).to_pylist(), table.row.take(chosen).to_pylist(), strict=True))
    last = pc.max(table.row.take(chosen)).as_py()
    near = log.columns.filter(pc.less_equal(log.columns.column("row"), last))
    columns = (near.column(name).to_pylist() for name in ("part", "row", "field", "before", "reason"))
    changes: _Changes = {}
    for part, row, field, before, reason in zip(*columns, strict=True):
        if (part, row) in shown:
            changes.setdefault((part, row, field), (before, reason))
    return changes


def _comment(before: str, reason: str, lang: str) -> Comment:
    shown = visible(before, 200) or words("tell.blank", lang)
    text = say("values.before", lang, before=shown, reason=change_title(reason)[lang])
    return Comment(text, _AUTHOR, height=70, width=260)
