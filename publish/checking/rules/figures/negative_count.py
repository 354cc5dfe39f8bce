"""Fewer than none: a negative number of things or people."""

from collections.abc import Iterable

import numpy as np

from catalog.dataset import Dataset, Field
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import findings, numbers
from publish.checking.meaning import fields, is_count, is_figure
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "negative-count"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="数や量がマイナスです",
    en="Negative amount",
)
MESSAGE = Text(
    ja="{column}「{value}」は、0より小さい数です。",
    en="{column} “{value}” is less than none.",
)
FIX = Text(
    ja="符号の打ち間違いでないか、差や増減の表を使っていないか確かめてください。",
    en="See whether the sign is mistyped, or a table of differences was taken.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

_AMOUNTS = ("面積", "延長", "幅員", "口径", "容量", "定員", "料金", "価格", "金額", "距離", "重量", "率")


def applies(dataset: Dataset) -> bool:
    """Say whether anything is counted or measured."""
    return any(map(_is_amount, dataset.published))


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look at counts and amounts by their names; where the definition gives a least value, the schema says so."""
    for field in fields(table.dataset, _is_amount):
        below = np.flatnonzero(numbers(table, field.name) < 0)
        yield from findings(table, below, CODE, SEVERITY, field=field.name)


def _is_amount(field: Field) -> bool:
    amount = is_figure(field) and field.name.endswith(_AMOUNTS)
    return field.constraints.minimum is None and (amount or is_count(field))
