"""Many fewer rows than in the last release."""

from collections.abc import Iterable

from catalog.text import Text
from gis.layer import Layer
from publish.checking.earlier import pairs
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "row-drop"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="前回より行が大きく減っています",
    en="Many fewer rows than last time",
)
MESSAGE = Text(
    ja="前回は{before}行でしたが、今回は{after}行です({percent}%減りました)。",
    en="There were {before} rows last time and {after} now ({percent}% fewer).",
)
FIX = Text(
    ja="一部の行が抜けたファイルでないか確かめてください。本当に減ったなら、{accept}。",
    en="See whether the file is incomplete; if rows really went, {accept}.",
)
USES: frozenset[Use] = frozenset({"previous"})
ALLOWS = True

_LIMIT = 10
"""Percent."""


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Compare the number of rows with the last release, of a series per period.

    What is accepted is the pair of counts. A table without rows has a finding of its own, which nobody can accept.
    """
    for pair in pairs(table, context.previous):
        before, after = pair.before.num_rows, pair.now.num_rows
        lost = before - after
        if after and lost * 100 >= before * _LIMIT > 0:
            values = {"before": str(before), "after": str(after), "percent": str(lost * 100 // before)}
            said = " ".join(filter(None, (pair.period, f"{before}→{after}")))
            yield Finding(CODE, SEVERITY, pair.part, value=said, values=values)
