"""The copy that is painted: the clerk's own XLSX opened anew, or any other table laid out with its cells at their addresses.

There are three ways, tried in turn: the workbook as it is, its tables laid out in a new one, no copy at all. Each says what it
leaves out.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

import pyarrow as pa
import pyarrow.compute as pc
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from catalog.errors import MachizuError
from publish.answering.workbook.fitting import Cuts
from publish.answering.workbook.measuring import MOST_CELLS, measure
from publish.answering.workbook.opening import opened
from publish.reading.grids import grid_of
from publish.reading.limits import ZIP_TROUBLE
from publish.reading.workbook import OURS
from publish.reading.workbook import Workbook as Read
from publish.spreadsheet import sheet_name
from publish.table.position import Part, column_letter


@dataclass(slots=True)
class Copy:
    """`sheets`: the sheet of every part that has one; `lost`: what the original has and the copy has not, by code."""

    book: Workbook
    how: str
    """own, rebuilt (a workbook), laid (a text); else why no sheet is there: places, large, heavy, gone, damaged."""
    sheets: Mapping[int, Worksheet] = field(default_factory=dict)
    lost: frozenset[str] = frozenset()
    uncalculated: tuple[str, ...] = ()
    """Cells (sheet!A1) that are blank because their formula had no value."""
    left_out: tuple[str, ...] = ()
    """Sheets of the original that are not in the copy."""
    cuts: Cuts = field(default_factory=Cuts)


def bare(how: str) -> Copy:
    """Return a workbook without any sheet of the clerk's."""
    book = Workbook()
    book.remove(book.worksheets[0])
    return Copy(book, how)


def ways(data: bytes, parts: Mapping[int, Part]) -> Iterator[Callable[[], Copy]]:
    """Give the ways to copy one file, the best first; `parts` are those of the table that stand in it, by their number.

    The first ones may raise anything that a careless or hostile workbook makes openpyxl raise; the last one raises nothing.
    """
    if all(part.kind == "xlsx" for part in parts.values()) and data.startswith(b"PK"):
        yield lambda: _own(data, parts)
    yield lambda: _laid_out(data, parts)
    yield lambda: bare("damaged")


def _own(data: bytes, parts: Mapping[int, Part]) -> Copy:
    seen = measure(data)
    if seen.too_large:
        raise ValueError("too large to be opened")
    cuts = Cuts()
    book, taken_out = opened(data, cuts)
    blank = tuple(
        f"{sheet}!{column_letter(column - 1)}{row}" for sheet, cells in seen.uncalculated.items() for row, column in cells
    )
    sheets = {number: book[part.sheet] for number, part in parts.items()}
    return Copy(book, "own", sheets, frozenset(seen.lost | taken_out), blank, cuts=cuts)


def _laid_out(data: bytes, parts: Mapping[int, Part]) -> Copy:
    """Lay the grids out in a new workbook, one sheet for each sheet or text."""
    copy = bare("rebuilt" if any(part.sheet for part in parts.values()) else "laid")
    sheets: dict[str, Worksheet] = {}
    room = MOST_CELLS
    for part in parts.values():
        if part.sheet not in sheets:
            cells = grid_of(data, part).cells
            room -= sum(pc.sum(pc.not_equal(column, "")).as_py() or 0 for column in cells.columns)
            if room < 0:
                return bare("heavy")
            title = part.sheet or PurePosixPath(part.member or part.file).stem
            sheets[part.sheet] = copy.book.create_sheet(sheet_name(title, frozenset(copy.book.sheetnames)))
            _fill(sheets[part.sheet], cells, copy.cuts)
    copy.sheets = {number: sheets[part.sheet] for number, part in parts.items()}
    copy.lost, copy.left_out = _left_out(data, parts)
    return copy


def _left_out(data: bytes, parts: Mapping[int, Part]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return what a workbook has that was not laid out, and its other sheets; nothing for a text."""
    first = next(iter(parts.values()))
    if not first.sheet:
        return frozenset(), ()
    try:
        lost = frozenset(measure(data).lost)
    except ZIP_TROUBLE:
        lost = frozenset()
    try:
        names = [sheet.name for sheet in Read(data, first.label).sheets]
    except MachizuError:
        names = []
    laid = {part.sheet for part in parts.values()}
    return lost, tuple(name for name in names if name not in laid and not name.endswith(OURS))


def _fill(sheet: Worksheet, cells: pa.Table, cuts: Cuts) -> None:
    for column, texts in enumerate(cells.columns, 1):
        for row, text in enumerate(texts.to_pylist(), 1):
            if text:
                cuts.put(sheet.cell(row, column), text)
