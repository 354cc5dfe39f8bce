"""The same identifier in two rows, where the definition does not already make it the key."""

from collections.abc import Iterable

from catalog.dataset import Text
from gis.layer import Layer
from publish.checking.column import Column, blank, findings
from publish.checking.keys import MISSING, repeated
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "duplicate-id"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="同じIDが2度使われています",
    en="Identifier used twice",
)
MESSAGE = Text(
    ja="{column}「{value}」は、ほかの行でも使われています。",
    en="{column} “{value}” is used in another row too.",
)
FIX = Text(
    ja="どちらかの行に別の番号を書くか、空にしてください。空にすると新しい番号を自動でつけます。",
    en="Give one of the rows another number, or leave it blank: a new one is then given.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = False


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look for repeated identifiers; a key or a unique field is the schema's own business."""
    dataset = table.dataset
    field = dataset.identifier.field if dataset.identifier else ""
    if not field or dataset.key == (field,) or dataset.field(field).constraints.unique:
        return
    column = Column.of(table, field)
    if len(column.encoded.dictionary) == table.rows:
        return
    codes = column.codes.copy()
    codes[blank(table, field)] = MISSING
    later, _ = repeated(codes)
    yield from findings(table, later, CODE, SEVERITY, field=field)
