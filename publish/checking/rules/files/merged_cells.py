"""Cells among the rows that are merged: only the first of them holds the value."""

from collections.abc import Iterable

import numpy as np

from catalog.text import Text
from gis.layer import Layer
from publish.checking.advice import Cells, rows_of_parts, rows_of_range
from publish.checking.column import Rows
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "merged-cells"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="結合されたセルがあります",
    en="Merged cells",
)
MESSAGE = Text(
    ja="表の中に、結合されたセルが{count}か所あります(最初は{cells})。値は左上のセルにだけあり、ほかのセルは空として読みました。",
    en="Merged cells among the rows: {count} (first {cells}). Only the first cell of each has the value, the rest are blank.",
)
FIX = Text(
    ja="セルの結合を解いて、それぞれのセルに値を書いてください。空のままで正しければ、{accept}。",
    en="Unmerge them and write the value into every cell; if blanks are right, {accept}.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Item 1-4 セルの結合をしていないか. Count merged ranges that touch a row of the table.

    Reading keeps the places of very many, not of all: the others are counted as well, since so many are not all headings.
    """
    cells = Cells(table)
    kept = rows_of_parts(table)
    for number, part in enumerate(table.parts):
        rows = kept[number]
        touched = [one for one in part.facts.merged.first if _touches(one, rows)]
        beyond = part.facts.merged.count - len(part.facts.merged.first)
        cells.add(number, touched, len(touched) + beyond)
    yield from cells.finding(CODE, SEVERITY)


def _touches(merged: str, rows: Rows) -> bool:
    first, last = rows_of_range(merged)
    return bool(np.searchsorted(rows, last, "right") > np.searchsorted(rows, first, "left"))
