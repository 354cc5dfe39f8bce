"""Identifiers that begin with the letters of another dataset."""

import re
from collections.abc import Iterable

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import rows_unlike
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "id-prefix"
SEVERITY: Severity = "info"
TITLE = Text(
    ja="IDがほかのデータの文字で始まっています",
    en="Identifier with the letters of another dataset",
)
MESSAGE = Text(
    ja="{column}のうち{count}件(例「{value}」)は、このデータの文字「{prefix}」で始まっていません。",
    en="{column} does not begin with the letters of this dataset, “{prefix}”, in rows: {count}, such as “{value}”.",
)
FIX = Text(
    ja="ほかの表の番号が入っていないか確かめてください。もう公開している番号なら、変えないでください。",
    en="See whether numbers of another table slipped in. Never change a number that is already public.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True


def applies(dataset: Dataset) -> bool:
    """Say whether rows have identifiers."""
    return dataset.identifier is not None


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look at identifiers of the standard form; one finding for all. The letters of some datasets are not certain: no more."""
    identifier = table.dataset.identifier
    if identifier is None:
        return
    form = re.compile(f"[A-Z]{{2}}[0-9]{{{identifier.digits}}}")
    ours = f"{identifier.prefix}[0-9]{{{identifier.digits}}}"
    others = rows_unlike(table, identifier.field, ours, lambda text: bool(form.fullmatch(text)))
    if len(others):
        values = {"prefix": identifier.prefix, "count": str(len(others))}
        yield Finding(
            CODE, SEVERITY, None, None, identifier.field, table.cells.column(identifier.field)[int(others[0])].as_py(), values
        )
