"""A column that is there but holds nothing."""

from collections.abc import Iterable

from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import filled
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "empty-column"
SEVERITY: Severity = "info"
TITLE = Text(
    ja="中身のない列があります",
    en="Empty column",
)
MESSAGE = Text(
    ja="「{column}」の列は、どの行も空です。",
    en="The column {column} is blank in every row.",
)
FIX = Text(
    ja="分かる値があれば書いてください{such}。空のままでも公開できます。",
    en="Fill in what is known{such}. The table can be published as it is.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look for published columns of the file that are blank throughout; required ones have findings of their own."""
    known = {name for headings in table.headings for name in headings}
    for field in table.dataset.published:
        if table.rows and field.name in known and not field.constraints.required and not filled(table, field.name):
            yield Finding(CODE, SEVERITY, field=field.name)
