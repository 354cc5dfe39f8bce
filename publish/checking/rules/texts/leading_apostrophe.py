"""An apostrophe in front of a value: the spreadsheet's sign for text, exported as if it were part of it."""

import re
from collections.abc import Iterable, Mapping
from functools import partial

from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import Column, findings, rows_beginning
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "leading-apostrophe"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="値の前に記号が残っています",
    en="Apostrophe in front of the value",
)
MESSAGE = Text(
    ja="{column}「{value}」の前に、表計算ソフトで文字列にするときの記号(アポストロフィ)が残っています。",
    en="In front of {column} “{value}” stands the apostrophe by which spreadsheets mark text.",
)
FIX = Text(
    ja="{likely}先頭の記号を消してください。",
    en="{likely}Delete the apostrophe.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

_SIGNS = "'’‘＇`"
_DECADE = re.compile(r".[0-9]{2}(?:年|s)")
"""'90年代, '64 of years: the apostrophe stands for the century."""


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look at every published column: such a sign stands in front of codes, telephone numbers and dates."""
    for field in table.dataset.published:
        marked = rows_beginning(table, field.name, _SIGNS, _is_marked)
        values = partial(_values, table, field.name)
        yield from findings(table, marked, CODE, SEVERITY, field=field.name, values=values)


def _is_marked(text: str) -> bool:
    """Say whether the sign in front stands alone: one that is closed again quotes something."""
    return len(text) > 1 and set(_SIGNS).isdisjoint(text[1:]) and not _DECADE.match(text)


def _values(table: Table, field: str, row: int) -> Mapping[str, str]:
    return {"nearest": Column.of(table, field).text(row)[1:].strip()}
