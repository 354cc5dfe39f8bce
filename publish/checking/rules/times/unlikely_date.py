"""A date so long ago, or so far ahead, that a digit must be wrong: 1018, 2205."""

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

CODE = "unlikely-date"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="年が離れすぎています",
    en="Unlikely year",
)
MESSAGE = Text(
    ja="{column}「{value}」は、年の打ち間違いのようです。",
    en="{column} “{value}” looks like a mistyped year.",
)
FIX = Text(
    ja="年の数字を確かめて直してください。この年で正しければ、{accept}。",
    en="Look at the digits of the year; if it is right, {accept}.",
)
USES: frozenset[Use] = frozenset({"today"})
ALLOWS = True

_FIRST = 1868
"""明治元年: offices, designations and laws of today are not older."""
_AHEAD = 50
"""Years: leases and rights are given for so long."""


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look at published dates and years; what should not lie ahead at all has a finding of its own (`future-date`)."""
    for field in table.dataset.published:
        if is_dated(field):
            last = context.today.year + _AHEAD if may_lie_ahead(field) else 9999
            odd = Column.of(table, field.name).rows(partial(_is_odd, last))
            yield from findings(table, odd, CODE, SEVERITY, field=field.name)


def _is_odd(last: int, text: str) -> bool:
    year = year_of(text)
    return year is not None and not _FIRST <= year <= last
