"""The copy that is painted: the clerk's own XLSX opened anew, or any other table laid out with its cells at their addresses.

Nothing in it is computed: formulas are replaced by the values that were stored with them, links to other files are dropped,
and texts that look like formulas stay texts. What cannot be kept (charts, pictures, macros …) is named.
"""

import io
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

import pyarrow as pa
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from publish.reading.grids import grid_of
from publish.reading.workbook import OURS
from publish.spreadsheet import FORMULA, put_text, sheet_name
from publish.table.position import Part

_TROUBLE = (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, zipfile.BadZipFile, OSError)
"""What openpyxl raises on workbooks that other programs wrote carelessly; such a one is laid out anew."""
_LOST = {
    "chart": ("xl/charts/",),
    "picture": ("xl/media/", "xl/drawings/drawing", "xl/diagrams/"),
    "macro": ("xl/vbaProject.bin", "xl/macrosheets/"),
    "pivot": ("xl/pivotTables/",),
    "control": ("xl/ctrlProps/", "xl/activeX/"),
    "embedded": ("xl/embeddings/",),
}


@dataclass(frozen=True, slots=True)
class Copy:
    """`sheets`: the sheet of every part that has one; `lost`: what the original has and the copy has not, by code."""

    book: Workbook
    sheets: Mapping[int, Worksheet] = field(default_factory=dict)
    lost: tuple[str, ...] = ()
    rebuilt: bool = False


def bare() -> Copy:
    """Return a workbook without any sheet of the clerk's."""
    book = Workbook()
    book.remove(book.worksheets[0])
    return Copy(book)


def copy_of(data: bytes, parts: Mapping[int, Part]) -> Copy:
    """Return the copy of one file; `parts` are those of the table that stand in it, by their number."""
    opened = _opened(data) if all(part.kind == "xlsx" for part in parts.values()) else None
    if opened is None or not all(part.sheet in opened.sheetnames for part in parts.values()):
        return _laid_out(data, parts)
    for sheet in opened.worksheets:
        _make_harmless(sheet)
    return Copy(opened, {number: opened[part.sheet] for number, part in parts.items()}, tuple(_lost(data)))


def _opened(data: bytes) -> Workbook | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions that openpyxl leaves out; what matters to a clerk is named in `lost`
        try:
            book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
        except _TROUBLE:
            return None
    for sheet in (*book.chartsheets, *(sheet for sheet in book.worksheets if sheet.title.endswith(OURS))):
        book.remove(sheet)
    return book


def _make_harmless(sheet: Worksheet) -> None:
    """Take out what openpyxl keeps by halves, and let no text begin to compute."""
    sheet._charts, sheet._images = [], []  # there is no public way
    sheet.legacy_drawing = None
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith(FORMULA):
                put_text(cell, cell.value)


def _lost(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.namelist()
    for what, starts in _LOST.items():
        if any(member.startswith(starts) for member in members):
            yield what


def _laid_out(data: bytes, parts: Mapping[int, Part]) -> Copy:
    """Lay the grids out in a new workbook, one sheet for each sheet or text."""
    copy = bare()
    sheets: dict[str, Worksheet] = {}
    for part in parts.values():
        if part.sheet not in sheets:
            title = part.sheet or PurePosixPath(part.member or part.file).stem
            sheets[part.sheet] = copy.book.create_sheet(sheet_name(title, frozenset(copy.book.sheetnames)))
            _fill(sheets[part.sheet], grid_of(data, part).cells)
    return Copy(copy.book, {number: sheets[part.sheet] for number, part in parts.items()}, rebuilt=True)


def _fill(sheet: Worksheet, cells: pa.Table) -> None:
    columns: Sequence[list[str]] = [column.to_pylist() for column in cells.columns]
    for column, texts in enumerate(columns, 1):
        for row, text in enumerate(texts, 1):
            if text:
                put_text(sheet.cell(row, column), text)
