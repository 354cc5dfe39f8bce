"""Sheet choice: which sheets of a workbook may be meant, and which of their tables is, where nobody names one."""

from collections.abc import Collection, Iterable, Sequence

from catalog.errors import RecipeError, UnusableSource
from catalog.folding import heading_key
from publish.reading.periods import NEWEST, is_dated, newest
from publish.reading.sheet import Sheet
from publish.reading.workbook import Workbook
from publish.table.position import Part
from publish.table.table import RawTable

_KNOWN = 2
"""Headings by which a table is one that somebody knows; one word may stand on any cover."""


def candidates(book: Workbook, part: Part, wanted: str, *, months: bool) -> Sequence[Sheet]:
    """Return the sheets that may be read: those that a recipe names (`wanted`, a name or pattern), the newest, or all that are
    named for a period. RecipeError where their names do not say which is the newest.
    """
    if wanted == NEWEST and NEWEST not in (sheet.name for sheet in book.sheets):
        shown = book.chosen("")
        last = newest([sheet.name for sheet in shown], [part.file])
        if not last:
            raise _no_newest(part.label)
        return [sheet for sheet in shown if sheet.name in last]
    sheets = book.chosen(wanted)
    dated = [sheet for sheet in sheets if is_dated(sheet.name)] if months else []
    return dated or sheets


def _no_newest(name: str) -> RecipeError:
    return RecipeError(
        f"{name}: どのシートがいちばん新しいか、シートの名前から分かりません。",
        f"{name}: the names of the sheets do not say which is the newest.",
        fix_ja="シートの名前を「R6.4」のように年月にするか、recipe の sheet に読むシートの名前を書いてください。",
        fix_en="Name the sheets by year and month, such as R6.4, or write the sheet to read into the recipe as `sheet`.",
        code="no-newest-sheet",
    )


def best(tables: Iterable[RawTable], words: Collection[str]) -> RawTable | None:
    """Return the first table of known headings (`words`), else the first of several columns, else the first: a cover has one.

    No more sheets are read than are needed to find it. UnusableSource of the first table that cannot be read; one behind a
    table that can is left, as it would be had nobody looked for a better one.
    """
    first: RawTable | None = None
    try:
        for table in tables:
            columns = table.cells.column_names
            known = sum(heading_key(heading) in words for heading in columns)
            if known >= _KNOWN or known == len(columns):
                return table
            if first is None or len(columns) > 1 == first.cells.num_columns:
                first = table
    except UnusableSource:
        if first is None:
            raise
    return first
