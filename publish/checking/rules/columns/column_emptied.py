"""A column that had values in the last release and has none now, though it is still in the file."""

from collections.abc import Iterable

from catalog.text import Text
from gis.layer import Layer
from publish.checking.earlier import lost_columns
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "column-emptied"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="前回あった値がすべて空になった列があります",
    en="Column lost all its values",
)
MESSAGE = Text(
    ja="「{column}」は前回{before}行に値がありましたが、今回はどの行も空です。",
    en="{column} had values in {before} rows last time and is blank in every row now.",
)
FIX = Text(
    ja="写し忘れか、参照している別の表がなくなっていないか確かめてください。もう公開しないなら、{accept}。",
    en="See whether the column was not copied or a sheet it refers to is gone; if it is no longer published, {accept}.",
)
USES: frozenset[Use] = frozenset({"previous"})
ALLOWS = True


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Compare the filled cells of each published column with the last release; required columns are the schema's business."""
    known = {name for headings in table.headings for name in headings}
    for name, before in lost_columns(table, context.previous):
        if name in known:
            yield Finding(CODE, SEVERITY, field=name, values={"before": str(before)})
