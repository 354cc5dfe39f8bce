"""Cells whose value is calculated."""

from collections.abc import Iterable

from catalog.text import Text
from gis.layer import Layer
from publish.checking.advice import Cells
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "formula-cells"
SEVERITY: Severity = "info"
TITLE = Text(
    ja="式の入ったセルがあります",
    en="Cells with formulas",
)
MESSAGE = Text(
    ja="式の入ったセルが{count}個あります(最初は{cells})。計算された結果を公開します。",
    en="Cells with formulas: {count} (first {cells}). What they came to is published.",
)
FIX = Text(
    ja="参照先のファイルがなくなると値が変わります。元の表では「値の貼り付け」で数字にしておくと安心です。",
    en="When what they refer to is gone, values change: paste them as values in the original.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Item 1-7 数式を使用している場合は、数値データに修正しているか. Formulas without a result have a warning of their own."""
    cells = Cells(table)
    for number, part in enumerate(table.parts):
        cells.add(number, part.facts.formulas.first, part.facts.formulas.count)
    yield from cells.finding(CODE, SEVERITY)
