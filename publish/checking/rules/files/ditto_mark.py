"""A mark that means the same as above, where a value belongs."""

import dataclasses
from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from catalog.text import Text
from gis.layer import Layer
from publish.checking.advice import Cells
from publish.checking.column import Rows, rows_that
from publish.checking.meaning import fields, is_text
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

_MARKS = pa.array(("〃", "″", "”", "仝", "同上", "々", "同じ", "上に同じ", "同左", "同右", "〃〃"))
_BEGINS = r"^(?:〃|仝|同上)[\s\x{3000}0-9０-９一二三四五六七八九十]"
"""The mark for a town and its street, with a number of its own behind it."""


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Item 1-6 項目名等を省略していないか. One finding per column of text; other columns cannot hold a mark."""
    for field in fields(table.dataset, is_text):
        cells = Cells(table)
        cells.add_rows(field.name, rows_that(table, field.name, bool, _marks))
        for finding in cells.finding(CODE, SEVERITY):
            yield dataclasses.replace(finding, field=field.name)


def _marks(texts: pa.Array) -> Rows:
    return np.flatnonzero(np.asarray(pc.or_(pc.is_in(texts, _MARKS), pc.match_substring_regex(texts, _BEGINS)), bool))
