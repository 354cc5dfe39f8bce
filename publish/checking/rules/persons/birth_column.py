"""A column of text whose days are spread as births are."""

from collections.abc import Iterable
from datetime import date

from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import filled, rows_like
from publish.checking.meaning import fields, having
from publish.checking.rule import Use
from publish.context import Context
from publish.disclosure.numbers import are_births
from publish.disclosure.personal import holds_words, texts_of
from publish.parsers.date import read_date
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "birth-column"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="生年月日の列のようです",
    en="Looks like a column of dates of birth",
)
MESSAGE = Text(
    ja="「{column}」の列の日付は、生年月日のように年も日も広く散らばっています({count}件)。",
    en="The dates of the column {column} are spread over years and days as births are ({count} cells).",
)
FIX = Text(
    ja="生年月日なら、この列を{recipe}の columns で ignore と書いて外してください。ほかの日付なら、{accept}。",
    en="Dates of birth: write ignore for the column under columns in {recipe}. Other dates: {accept}.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = False
REFUSES = True
applies = having(holds_words)

_LEAST = 10
"""Cells from which on a column can be judged by how its days are spread."""
_LIKE = r"[0-9０-９]{1,2}[日/.-]?[0-9０-９]*$"


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look into columns of text nearly all of whose cells are days; columns of dates say themselves what they are for."""
    for field in fields(table.dataset, holds_words):
        if filled(table, field.name) < _LEAST:
            continue
        rows = rows_like(table, field.name, _LIKE, lambda text: bool(_day(text)))
        days = [day for day in map(_day, texts_of(table, field, rows).values()) if day]
        if len(days) * 10 >= 9 * filled(table, field.name) and are_births(days):
            yield Finding(CODE, SEVERITY, field=field.name, values={"count": str(len(days))})


def _day(text: str) -> date | None:
    said = read_date(text)
    return date.fromisoformat(said.text) if said else None
