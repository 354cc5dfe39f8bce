"""A mark that means the same as above, where a value belongs."""

import dataclasses
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from catalog.text import Text
from gis.layer import Layer
from publish.checking.advice import Cells, free_text, in_text
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "ditto-mark"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="「同上」の印がそのまま入っています",
    en="Ditto marks",
)
MESSAGE = Text(
    ja="{column}の{count}個のセルに「{value}」と書かれています(最初は{cells})。上の行から離れると、何のことか分からなくなります。",
    en="Cells of {column} that say “{value}”: {count} (first {cells}). Away from the row above, nobody knows what is meant.",
)
FIX = Text(
    ja="上の行と同じ値を、どのセルにも書いてください。",
    en="Write the value itself into every cell.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

_MARKS = ("〃", "″", "”", "仝", "同上", "々", "同じ", "上に同じ", "同左", "同右", "〃〃")


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Item 1-6 項目名等を省略していないか. One finding per column of text; other columns cannot hold a mark."""
    texts = free_text(table)
    for name, rows in in_text(table, texts, lambda column: pc.is_in(column, pa.array(_MARKS))):
        cells = Cells(table)
        cells.add_rows(name, rows)
        for finding in cells.finding(CODE, SEVERITY):
            yield dataclasses.replace(finding, field=name)
