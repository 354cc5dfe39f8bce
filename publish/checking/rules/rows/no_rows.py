"""A table without a single row."""

from collections.abc import Iterable

from catalog.text import Text
from gis.layer import Layer
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "no-rows"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="行がありません",
    en="No rows",
)
MESSAGE = Text(
    ja="公開できる行が1つもありません。",
    en="There is not one row to publish.",
)
FIX = Text(
    ja="正しいファイルを選んだか、見出しの行と、行を絞りこむ条件が合っているかを確かめてください。",
    en="See whether this is the right file, and whether heading row and row filter fit.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = False


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """An empty table never replaces a full one."""
    if table.rows == 0:
        yield Finding(CODE, SEVERITY)
