"""Two rows of the same name at the same place."""

from collections.abc import Iterable, Mapping

import pyarrow as pa

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import Column, findings, row_name
from publish.checking.keys import combined, repeated
from publish.checking.place import points, sharing
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "same-place-and-name"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="同じ場所に同じ名前の行があります",
    en="Same name at the same place",
)
MESSAGE = Text(
    ja="「{value}」が、同じ場所で{first}にも書かれています。",
    en="“{value}” stands at the same place in {first} too.",
)
FIX = Text(
    ja="同じものを2度書いていれば、この行か{first}のどちらかを消してください。別のものなら、名前か説明で区別できるようにするか、{accept}。",
    en="If it is the same thing twice, delete this row or {first}; otherwise make the names differ, or {accept}.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

_STEP = 1e-5
"""Degrees, about a metre."""


def applies(dataset: Dataset) -> bool:
    """Say whether rows are points."""
    return dataset.geometry is not None and dataset.geometry.kind == "point"


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Compare name and position of the rows of point datasets; further columns that are listed on pages must be equal too."""
    dataset = table.dataset
    if not applies(dataset):
        return
    rows, places = sharing(*points(table, layer), _STEP)
    if not len(rows):
        return
    names = dict.fromkeys((dataset.page.title, *dataset.page.list))
    cells = [table.cells.column(name).take(pa.array(rows)).combine_chunks() for name in names]
    later, first = repeated(combined([places, *(Column(texts.dictionary_encode()).codes for texts in cells)]))
    first_of = dict(zip(rows[later].tolist(), rows[first].tolist(), strict=True))

    def values(row: int) -> Mapping[str, str]:
        return {"first_row": row_name(table, first_of[row])}

    yield from findings(table, rows[later], CODE, SEVERITY, field=dataset.page.title, values=values)
