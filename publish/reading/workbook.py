"""Workbook to Grids: typed cells rendered as a person would read them, error cells kept as text; the same for every format.

calamine reads .xlsx, .xlsm (macros are never looked at) and .xls; what it leaves out (error cells, formulas without result)
comes from the sheet's XML or records. OpenDocument is read by a module of its own.
"""

import io
import struct
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import partial
from typing import Any, NoReturn

import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook, SheetMetadata, SheetTypeEnum, SheetVisibleEnum

from catalog.errors import UnusableSource, did_you_mean
from publish.reading import biff
from publish.reading.cell_parts import NotPlainError
from publish.reading.cell_text import rendered
from publish.reading.compound import MAGIC, Compound
from publish.reading.few_cells import FewCells
from publish.reading.grid import Grid, place_cells
from publish.reading.limits import ZIP_TROUBLE, check_cells
from publish.reading.open_document import open_document
from publish.reading.plain_sheet import PlainSheet, plain_sheets
from publish.reading.plain_texts import plain_texts
from publish.reading.refusing import damaged, locked
from publish.reading.sheet import Cell, Place, Sheet, Survey
from publish.reading.sheet_xml import check_strings, check_unpacked, sheet_members, survey
from publish.reading.workbook_facts import numbers_as_text
from publish.table.file_facts import Marks, Rows
from publish.table.finding import Finding
from publish.table.position import column_letter

OURS = "(machizu)"
"""Ending of the sheets that machizu adds to a workbook it gives back: no part of what the clerk hands in again."""
_TROUBLE = (CalamineError, *ZIP_TROUBLE, KeyError, struct.error)
_MERGED_KEPT = 1_000


class Workbook:
    """An opened copy of a workbook."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            sheets = _old(data, name) if data.startswith(MAGIC) else _zipped(data, name)
        except biff.LockedError as problem:
            raise locked(name) from problem
        except _TROUBLE as problem:
            raise damaged(name) from problem
        except BaseException as problem:
            _unless_panic(problem, name)
        self.sheets = tuple(sheet for sheet in sheets if not sheet.name.endswith(OURS))

    def chosen(self, pattern: str) -> tuple[Sheet, ...]:
        """Return the sheets of a name or pattern, else every visible sheet that holds something.

        A hidden sheet is only read when it is named as it is called.
        """
        if not pattern:
            return tuple(sheet for sheet in self.sheets if sheet.visible and sheet.survey.filled)
        wanted = unicodedata.normalize("NFC", pattern)
        names = [(sheet, unicodedata.normalize("NFC", sheet.name)) for sheet in self.sheets]
        found = tuple(sheet for sheet, name in names if name == wanted or (sheet.visible and fnmatchcase(name, wanted)))
        if not found:
            raise self._no_sheet(pattern)
        return found

    def grid(self, sheet: Sheet) -> Grid:
        """Return the cells of a sheet as text, with a finding for each error cell and each formula without result."""
        check_cells(sheet.survey.rows, sheet.survey.columns, self.name)
        try:
            cells, text_numbers = sheet.texts() or _rendered(sheet)
        except _TROUBLE as problem:
            raise damaged(self.name) from problem
        except BaseException as problem:
            _unless_panic(problem, self.name)
        facts = replace(sheet.survey.facts, text_numbers=text_numbers)
        return Grid(cells, _findings(sheet.survey), facts)

    def _no_sheet(self, pattern: str) -> UnusableSource:
        names = [sheet.name for sheet in self.sheets]
        hint_ja, hint_en = did_you_mean(pattern, names)
        listed = "、".join(names[:10])
        return UnusableSource(
            f"{self.name} に「{pattern}」というシートがありません。{hint_ja}",
            f"{self.name} has no sheet {pattern!r}.{hint_en}",
            fix_ja=f"recipe の sheet を直してください。シートは {listed} です。",
            fix_en=f"Correct `sheet` in the recipe. The sheets are: {listed}.",
            code="no-sheet",
        )


def _zipped(data: bytes, name: str) -> list[Sheet]:
    """Open a workbook that is a zip: OpenDocument or Office Open XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check_unpacked(archive, name)
        if "content.xml" in archive.namelist():
            return open_document(archive, name)
        check_strings(archive)
        members = sheet_members(archive)
        plain = plain_sheets(archive, members)
        parsed = {sheet: survey(archive, member) for sheet, member in members.items() if sheet not in plain}
        surveys = parsed | {sheet: one.survey for sheet, one in plain.items()}
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    found = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet and meta.name in surveys]
    left_out = frozenset(members.values())
    few = {sheet: FewCells(data, sheet, member, left_out, _read) for sheet, member in members.items()}
    sheets = [_sheet(book, meta, surveys[meta.name]) for meta in found]
    return [_with_texts(sheet, plain[sheet.name], few[sheet.name]) if sheet.name in plain else sheet for sheet in sheets]


def _old(data: bytes, name: str) -> list[Sheet]:
    """Open a workbook of Excel 5 to 2003; calamine takes all of it at once, so every sheet must be within the limits."""
    container = Compound(data)
    surveys = biff.surveys(biff.records_of(container))
    for one in surveys:
        check_cells(one.rows, one.columns, name)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    pairs = zip(book.sheets_metadata, surveys, strict=True)
    return [_with_ranges(_sheet(book, meta, one), book) for meta, one in pairs if meta.typ == SheetTypeEnum.WorkSheet]


def _sheet(book: CalamineWorkbook, meta: SheetMetadata, seen: Survey) -> Sheet:
    return Sheet(meta.name, meta.visible == SheetVisibleEnum.Visible, seen, partial(_cells, book, meta.name))


def _with_texts(sheet: Sheet, plain: PlainSheet, few: FewCells) -> Sheet:
    return replace(sheet, texts=partial(_texts, plain, few))


def _cells(book: CalamineWorkbook, name: str) -> Sequence[Sequence[Cell]]:
    return book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _read(data: bytes, name: str) -> Sequence[Sequence[Cell]]:
    return _cells(CalamineWorkbook.from_filelike(io.BytesIO(data)), name)


def _with_ranges(sheet: Sheet, book: CalamineWorkbook) -> Sheet:
    """Add the merged ranges, which calamine tells of old workbooks."""
    ranges = book.get_sheet_by_name(sheet.name).merged_cell_ranges or []
    told = tuple(":".join(f"{column_letter(column)}{row + 1}" for row, column in one) for one in ranges[:_MERGED_KEPT])
    facts = replace(sheet.survey.facts, merged=Marks(len(ranges), told))
    return replace(sheet, survey=replace(sheet.survey, facts=facts))


def _texts(plain: PlainSheet, few: FewCells) -> tuple[pa.Table, Mapping[str, Rows]] | None:
    """Return the texts of a plain sheet; None when its cells show that it is none, or calamine cannot tell what they mean."""
    try:
        return plain_texts(plain.pieces, few.typed)
    except (NotPlainError, *_TROUBLE):
        return None
    except BaseException as problem:
        if not _is_panic(problem):
            raise
        return None


def _rendered(sheet: Sheet) -> tuple[pa.Table, Mapping[str, Rows]]:
    columns: list[Sequence[Any]] = list(zip(*sheet.read(), strict=True))
    _put_errors(columns, sheet.survey.errors)
    cells = place_cells([rendered(column) for column in columns])
    return cells, numbers_as_text(columns, cells)


def _put_errors(columns: list[Sequence[Any]], errors: Mapping[Place, str]) -> None:
    """Write the error cells into the columns in which they stand."""
    height = len(columns[0]) if columns else 0
    changed: dict[int, list[Any]] = {}
    for (row, column), text in errors.items():
        if column not in changed:
            columns += [[""] * height for _ in range(column - len(columns))]
            changed[column] = list(columns[column - 1])
        if row <= height:
            changed[column][row - 1] = text
    for column, cells in changed.items():
        columns[column - 1] = cells


def _findings(seen: Survey) -> tuple[Finding, ...]:
    errors = [
        Finding("error-cell", "error", 0, row, column_letter(column - 1), text)
        for (row, column), text in sorted(seen.errors.items())
    ]
    blanks = [
        Finding("uncalculated-formula", "warning", 0, row, column_letter(column - 1)) for row, column in seen.uncalculated
    ]
    return (*errors, *blanks)


def _unless_panic(problem: BaseException, name: str) -> NoReturn:
    """Refuse a workbook on which calamine gave up."""
    if not _is_panic(problem):
        raise problem
    raise damaged(name) from problem


def _is_panic(problem: BaseException) -> bool:
    """Say whether calamine gave up; PyO3 hands that over as an exception that no library exports."""
    return type(problem).__name__ == "PanicException"
