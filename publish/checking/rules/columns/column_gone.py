"""A column that had values in the last release and is no longer in the file."""

from collections.abc import Iterable

from catalog.text import Text
from gis.layer import Layer
from publish.checking.earlier import lost_columns
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "column-gone"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="前回あった列がなくなりました",
    en="Column no longer in the file",
)
MESSAGE = Text(
    ja="「{column}」は前回{before}行に値がありましたが、今回のファイルにその列がありません。",
    en="{column} had values in {before} rows last time; the file no longer has the column.",
)
FIX = Text(
    ja="列を消していないか、見出しの書き方が変わっていないか確かめてください。もう公開しないなら、{accept}。",
    en="See whether the column was deleted or its heading changed; if it is no longer published, {accept}.",
)
USES: frozenset[Use] = frozenset({"previous"})
ALLOWS = True


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Compare with the last release; a required column that is missing is the schema's business."""
    known = {name for headings in table.headings for name in headings}
    for name, before in lost_columns(table, context.previous):
        if name not in known:
            yield Finding(CODE, SEVERITY, field=name, values={"before": str(before)})
