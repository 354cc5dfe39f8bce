"""An identifier that does not have the national form: two letters and ten digits."""

from collections.abc import Iterable

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import rows_unlike
from publish.checking.rule import Use
from publish.checking.rules.codes.lost_digits import ROUNDED
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "id-form"
SEVERITY: Severity = "info"
TITLE = Text(
    ja="IDの形が標準と違います",
    en="Identifier not in the standard form",
)
MESSAGE = Text(
    ja="{column}のうち{count}件(例「{value}」)は、標準の形(例「{form}」)ではありません。",
    en="{column} does not have the standard form (such as “{form}”); rows where it does not: {count} (such as “{value}”).",
)
FIX = Text(
    ja="このままでも公開できます。空にしておくと、標準の形の番号を自動でつけます。一度公開した番号は変えないでください。",
    en="It can be published as it is. Left blank, a standard number is given. Never change a number once it is public.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True


def applies(dataset: Dataset) -> bool:
    """Say whether rows have identifiers."""
    return dataset.identifier is not None


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Compare identifiers with two letters and digits (自治体標準オープンデータセット, ID); one finding for all.

    Other letters than the definition's, and numbers that a spreadsheet has rounded, have findings of their own.
    """
    identifier = table.dataset.identifier
    if identifier is None:
        return
    odd = rows_unlike(table, identifier.field, f"[A-Z]{{2}}[0-9]{{{identifier.digits}}}|{ROUNDED}")
    if len(odd):
        example = identifier.prefix + "1".zfill(identifier.digits)
        values = {"form": example, "count": str(len(odd))}
        yield Finding(
            CODE, SEVERITY, None, None, identifier.field, table.cells.column(identifier.field)[int(odd[0])].as_py(), values
        )
