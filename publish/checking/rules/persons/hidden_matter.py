"""What a file carries that its table does not show: it may be the office's own copy and not the one for the public."""

from collections.abc import Iterable

from catalog.text import Text
from gis.layer import Layer
from publish.checking.rule import Accepts, Use
from publish.context import Context
from publish.disclosure.hidden import hidden, told
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "hidden-matter"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="表に見えないものがファイルに入っています",
    en="Hidden matter in the file",
)
MESSAGE = Text(
    ja="表に見えない{what_ja}があります({found_cells})。公開用でないファイルかもしれません。",
    en="The file carries {what_en} that its table does not show ({found_cells}). It may not be the one for the public.",
)
FIX = Text(
    ja="公開用のファイルかどうかを、渡した課に確かめてください。公開するのは表だけです。それでよければ、{accept}。",
    en="Ask whoever handed it in whether it is for the public. Only the table is published; if that is meant, {accept}.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = False
REFUSES = True
ACCEPTS: Accepts = "together"


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Give one finding for each kind of matter and each sheet that holds it."""
    for part, found in hidden(table, harmless=False):
        yield Finding(CODE, SEVERITY, part, value=found.holder or found.kind, values=told(found))
