"""Who made a file, and what office software writes into it beside: not published, and no reason to stop."""

from collections.abc import Iterable

from catalog.text import Text
from gis.layer import Layer
from publish.checking.rule import Use
from publish.context import Context
from publish.disclosure.hidden import hidden, told
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "file-properties"
SEVERITY: Severity = "info"
TITLE = Text(
    ja="ファイルに作成者などの情報があります",
    en="Author and other properties in the file",
)
MESSAGE = Text(
    ja="ファイルに{what_ja}があります({found_cells})。公開するファイルには入りません。",
    en="The file carries {what_en} ({found_cells}); none of it is in what is published.",
)
FIX = Text(
    ja="そのままで公開できます。元のファイルをほかの人にも渡すときは、消しておくと安心です。",
    en="Nothing needs to be done; clean it only if you give the file itself to others.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Give one finding for each kind of property."""
    for part, found in hidden(table, harmless=True):
        yield Finding(CODE, SEVERITY, part, value=found.kind, values=told(found))
