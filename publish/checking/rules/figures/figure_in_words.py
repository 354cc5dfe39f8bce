"""A figure that is kept as text by the standard and written with more than digits: 300人程度, 10～20."""

from collections.abc import Iterable

from catalog.dataset import Field
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import findings, rows_unlike
from publish.checking.meaning import fields, having, is_figure
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "figure-in-words"
SEVERITY: Severity = "info"
TITLE = Text(
    ja="数の列に、数だけでないセルがあります",
    en="Not figures only in a column of figures",
)
MESSAGE = Text(
    ja="{column}「{value}」は、一つの数としては読めません。書かれたままの文字で公開します。",
    en="{column} “{value}” cannot be read as one figure. It is published as text, as it is written.",
)
FIX = Text(
    ja="数字だけで書けるなら数字に直し、説明は備考に移してください。このままでも公開できます。",
    en="Write the figure alone where there is one, and the rest under remarks. It can be published as it is.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

_FIGURE = r"-?[0-9]+(?:\.[0-9]+)?"


def _is_written_figure(field: Field) -> bool:
    return field.type == "string" and is_figure(field)


applies = having(_is_written_figure)


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look at texts that are read as numbers; where the definition has a number, the schema says so."""
    for field in fields(table.dataset, _is_written_figure):
        yield from findings(table, rows_unlike(table, field.name, _FIGURE), CODE, SEVERITY, field=field.name)
