"""The same identifier in two rows, where the definition does not already make it the key."""

from collections.abc import Iterable, Mapping

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import Column, blank, findings, row_name
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
    ja="{column}「{value}」は、{first}でも使われています。",
    en="{column} “{value}” is used in {first} too.",
)
FIX = Text(
    ja="{target}に、ほかの行にない番号を書くか、空にしてください。空にすると新しい番号を自動でつけます。",
    en="Write a number in {target} that no other row has, or leave it blank: a new one is then given.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = False


def applies(dataset: Dataset) -> bool:
    """Say whether rows have identifiers whose repetition is not the schema's own business."""
    field = dataset.identifier.field if dataset.identifier else ""
    return bool(field) and dataset.key != (field,) and not dataset.field(field).constraints.unique


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look for repeated identifiers; a key or a unique field is the schema's own business."""
    identifier = table.dataset.identifier
    if identifier is None or not applies(table.dataset):
        return
    field = identifier.field
    column = Column.of(table, field)
    if len(column.encoded.dictionary) == table.rows:
        return
    codes = column.codes.copy()
    codes[blank(table, field)] = MISSING
    later, first = repeated(codes)
    first_of = dict(zip(later.tolist(), first.tolist(), strict=True))

    def values(row: int) -> Mapping[str, str]:
        return {"first_row": row_name(table, first_of[row])}

    yield from findings(table, later, CODE, SEVERITY, field=field, values=values)
