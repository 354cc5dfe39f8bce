"""Workbook (.xlsx, .xlsm) to Grids: typed cells rendered as a person would read them, error cells kept as text.

Dates become YYYY-MM-DD, times 09:00 (24:00 stays 24:00), 100.0 becomes 100. calamine reads; what it leaves out
(error cells, formulas without result) comes from the sheet's XML.
"""

import io
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Any

import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from catalog.errors import UnusableSource, did_you_mean
from publish.reading.grid import Grid, place_cells
from publish.reading.limits import ZIP_TROUBLE, check_cells
from publish.reading.sheet_xml import Survey, check_strings, check_unpacked, sheet_members, survey
from publish.reading.workbook_facts import numbers_as_text
from publish.table.finding import Finding
from publish.table.position import column_letter

OURS = "(machizu)"
"""Ending of the sheets that machizu adds to a workbook it gives back: no part of what the clerk hands in again."""
Cell = str | float | bool | date | datetime | time | timedelta


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, whether a reader of the workbook sees it, what its XML says."""

    name: str
    visible: bool
    survey: Survey


class Workbook:
    """An opened copy of a workbook."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                check_unpacked(archive, name)
                check_strings(archive)
                members = sheet_members(archive)
                surveys = {sheet: survey(archive, member) for sheet, member in members.items()}
            self._book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        except (CalamineError, *ZIP_TROUBLE) as problem:
            raise _damaged(name) from problem
        self.sheets = tuple(
            Sheet(meta.name, meta.visible == SheetVisibleEnum.Visible, surveys[meta.name])
            for meta in self._book.sheets_metadata
            if meta.typ == SheetTypeEnum.WorkSheet and meta.name in surveys and not meta.name.endswith(OURS)
        )

    def chosen(self, pattern: str) -> tuple[Sheet, ...]:
        """Return the sheets of a name or pattern, else every visible sheet that holds something."""
        if not pattern:
            return tuple(sheet for sheet in self.sheets if sheet.visible and sheet.survey.filled)
        wanted = unicodedata.normalize("NFC", pattern)
        found = tuple(sheet for sheet in self.sheets if fnmatchcase(unicodedata.normalize("NFC", sheet.name), wanted))
        if not found:
            raise self._no_sheet(pattern)
        return found

    def grid(self, sheet: Sheet) -> Grid:
        """Return the cells of a sheet as text, with a finding for each error cell and each formula without result."""
        check_cells(sheet.survey.rows, sheet.survey.columns, self.name)
        try:
            rows = self._book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        except CalamineError as problem:
            raise _damaged(self.name) from problem
        columns = [list(column) for column in zip(*rows, strict=True)]
        for (row, column), text in sheet.survey.errors.items():
            _put(columns, row, column, text)
        cells = place_cells([_rendered(column) for column in columns])
        facts = replace(sheet.survey.facts, text_numbers=numbers_as_text(columns, cells))
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


def _put(columns: list[list[Any]], row: int, column: int, text: str) -> None:
    while len(columns) < column:
        columns.append([""] * (len(columns[0]) if columns else 0))
    if row <= len(columns[column - 1]):
        columns[column - 1][row - 1] = text


def _rendered(column: Sequence[Cell]) -> pa.ChunkedArray:
    kinds = set(map(type, column))
    if not kinds <= {str}:
        texts = {kind: _Texts() for kind in kinds}  # 1 and TRUE are equal in Python, hence one for each type
        column = [value if type(value) is str else texts[type(value)][value] for value in column]
    return pa.chunked_array([pa.array(column, pa.utf8())])


class _Texts(dict[Cell, str]):
    """The values of one type in a column, each rendered one time."""

    def __missing__(self, value: Cell) -> str:
        self[value] = text = render(value)
        return text


def render(value: Cell) -> str:
    """Return one typed cell as text.

    >>> render(100.0), render(34.342286), render(1e-07), render(True)
    ('100', '34.342286', '0.0000001', 'TRUE')
    >>> render(time(9, 0)), render(timedelta(hours=24)), render(date(2026, 4, 1)), render(datetime(2026, 4, 1, 8, 30))
    ('09:00', '24:00', '2026-04-01', '2026-04-01 08:30')
    """
    if type(value) is float:
        return _number(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return _number(float(value))
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, time):
        return _clock(value.hour * 3600 + value.minute * 60 + value.second + round(value.microsecond / 1e6))
    return _clock(round(value.total_seconds())) if isinstance(value, timedelta) else value


def _day(value: date) -> str:
    if not isinstance(value, datetime):
        return value.isoformat()
    return f"{value:%Y-%m-%d %H:%M:%S}" if value.second else f"{value:%Y-%m-%d %H:%M}"


def _number(value: float) -> str:
    """Return what the spreadsheet shows: 15 significant digits, as Excel keeps them, never an exponent."""
    text = f"{value + 0.0:.15g}"  # there is no -0
    return format(Decimal(text), "f") if "e" in text else text


def _clock(seconds: int) -> str:
    hours, rest = divmod(abs(seconds), 3600)
    text = f"{'-' if seconds < 0 else ''}{hours:02d}:{rest // 60:02d}"
    return f"{text}:{rest % 60:02d}" if rest % 60 else text


def _findings(seen: Survey) -> tuple[Finding, ...]:
    errors = [
        Finding("error-cell", "error", 0, row, column_letter(column - 1), text)
        for (row, column), text in sorted(seen.errors.items())
    ]
    blanks = [
        Finding("uncalculated-formula", "warning", 0, row, column_letter(column - 1)) for row, column in seen.uncalculated
    ]
    return (*errors, *blanks)


def _damaged(name: str) -> UnusableSource:
    return UnusableSource(
        f"{name} は壊れていて開けません。",
        f"{name} is damaged and cannot be opened.",
        fix_ja="Excel で開いて保存し直すか、受け取り直してください。",
        fix_en="Open it in Excel and save it again, or ask for it again.",
        code="damaged",
    )
