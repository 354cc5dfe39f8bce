"""Half a thing: a number of things or people that is not whole."""

from collections.abc import Iterable

import numpy as np

from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import findings, numbers
from publish.checking.meaning import fields, having, is_count
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "fraction-of-count"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="数に小数があります",
    en="Count that is not whole",
)
MESSAGE = Text(
    ja="{column}「{value}」は、ものや人の数なのに整数ではありません。",
    en="{column} “{value}” counts things or people, but is not whole.",
)
FIX = Text(
    ja="小数点の打ち間違いでないか、割合や平均の列を使っていないか確かめてください。",
    en="See whether a point is mistyped, or a column of shares or averages was taken.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True
applies = having(is_count)


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look at counts that the definition takes as numbers; where it asks for whole numbers, the schema says so."""
    for field in fields(table.dataset, is_count):
        if field.type == "number":
            values = numbers(table, field.name)
            yield from findings(table, np.flatnonzero(values % 1 > 0), CODE, SEVERITY, field=field.name)
