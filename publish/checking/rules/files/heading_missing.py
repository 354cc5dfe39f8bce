"""A column with values and no heading."""

from collections.abc import Iterable

from catalog.text import Text
from gis.layer import Layer
from publish.checking.advice import Cells
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "heading-missing"
SEVERITY: Severity = "info"
TITLE = Text(
    ja="見出しのない列があります",
    en="Columns without a heading",
)
MESSAGE = Text(
    ja="値があるのに見出しのない列が{count}列あります({cells})。何の値か分からないので、公開していません。",
    en="Columns that hold values under no heading: {count} ({cells}). Nobody knows what they are; they are not published.",
)
FIX = Text(
    ja="公開する列なら、見出しを書いてください。",
    en="If a column is to be published, give it a heading.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Item 1-6 項目名等を省略していないか. Such a column was called by its letter when it was read (B列)."""
    cells = Cells(table)
    for number, part in enumerate(table.parts):
        used = set(table.headings[number].values()) if number < len(table.headings) else set()
        if part.heading and part.kind != "vector":
            unnamed = [name for name, letter in part.columns.items() if name == f"{letter}列" and name not in used]
            cells.add(number, [part.cell(part.heading[1], name) for name in unnamed], len(unnamed))
    yield from cells.finding(CODE, SEVERITY)
