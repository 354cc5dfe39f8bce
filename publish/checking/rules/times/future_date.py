"""A date of something that has already happened, lying in the future."""

from collections.abc import Iterable
from functools import partial

from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import Column, findings
from publish.checking.moment import is_dated, may_lie_ahead, year_of
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "future-date"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="まだ来ていない日付です",
    en="Date in the future",
)
MESSAGE = Text(
    ja="{column}「{value}」は、まだ来ていない日付です。",
    en="{column} “{value}” has not come yet.",
)
FIX = Text(
    ja="年の書き間違い(和暦の直し間違いなど)でないか確かめて、{target}を直してください。これからの日付で正しければ、{accept}。",
    en="See whether the year is mistyped and correct {target}; if the date is right, {accept}.",
)
USES: frozenset[Use] = frozenset({"today"})
ALLOWS = True


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look at the published dates of what has happened: surveys, designations, notices, years of laying."""
    today = context.today.isoformat()
    for field in table.dataset.published:
        if is_dated(field) and not may_lie_ahead(field):
            later = Column.of(table, field.name).rows(partial(_lies_after, today))
            yield from findings(table, later, CODE, SEVERITY, field=field.name)


def _lies_after(today: str, text: str) -> bool:
    """Compare a date, or a year of four digits, with the same piece of today's date; a day that no month has is no date.

    >>> [_lies_after("2026-11-20", text) for text in ("2026-11-21", "2027", "2026-11-20", "2099-02-30", "2099-9-9999")]
    [True, True, False, False, False]
    """
    return len(text) in (4, 10) and text > today[: len(text)] and year_of(text) is not None
