"""Headings over several columns or rows, made by merging cells."""

from collections.abc import Iterable

from catalog.text import Text
from gis.layer import Layer
from publish.checking.advice import Cells, rows_of_range
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "merged-headings"
SEVERITY: Severity = "info"
TITLE = Text(
    ja="見出しのセルが結合されています",
    en="Merged headings",
)
MESSAGE = Text(
    ja="見出しに、結合されたセルが{count}か所あります(最初は{cells})。",
    en="Headings are merged, ranges: {count} (first {cells}).",
)
FIX = Text(
    ja="元の表では結合を解いて、どの列にも一つずつ見出しを書いてください。このままでも公開できます。",
    en="In the original, unmerge them and give every column a heading of its own. The table can be published as it is.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Item 1-4 セルの結合をしていないか. A title above the headings is no part of the table."""
    cells = Cells(table)
    for number, part in enumerate(table.parts):
        first, last = part.heading or (0, 0)
        merged = [one for one in part.facts.merged.first if first <= rows_of_range(one)[1] and rows_of_range(one)[0] <= last]
        cells.add(number, merged, len(merged))
    yield from cells.finding(CODE, SEVERITY)
