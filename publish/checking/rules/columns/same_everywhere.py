"""One value in every row of a column that should tell the rows apart."""

from collections.abc import Iterable, Iterator, Sequence

import pyarrow.compute as pc

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "same-everywhere"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="どの行も同じ値です",
    en="The same value in every row",
)
MESSAGE = Text(
    ja="「{column}」の列は、{count}行すべてが「{value}」です。行を見分けるための列です。",
    en="The column {column}, which should tell the rows apart, holds “{value}” in every row: {count}.",
)
FIX = Text(
    ja="違う列を結びつけていないか、下の行まで写してしまっていないか確かめてください。本当に同じなら、{accept}。",
    en="See whether another column was meant, or one cell was copied downwards; if it is right, {accept}.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

_ADDRESS = "所在地_連結表記"
_ENOUGH = 5
"""Rows: four buses that all stop at one place are nothing unusual."""


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look at the column that names a row, unless it is a code, at addresses, and at places as a whole.

    Several rows at one point, but not all, are told by `many-at-one-point`.
    """
    for names in (*_telling(table.dataset), _place(table.dataset)):
        if same := _shared(table, names):
            values = {"count": str(table.rows)}
            yield Finding(CODE, SEVERITY, field=names[0], value=", ".join(same), values=values)


def one_place(table: Table) -> bool:
    """Say whether every row has the same place written in it."""
    return bool(_shared(table, _place(table.dataset)))


def _shared(table: Table, names: Sequence[str]) -> Sequence[str]:
    """Return what all rows hold in some columns, nothing where they differ in one or are few."""
    same = [text for name in names if table.rows >= _ENOUGH and (text := _only(table, name))]
    return same if len(same) == len(names) else ()


def _only(table: Table, name: str) -> str:
    """Return the one text of a column that is filled throughout, "" where there are several."""
    cells = table.cells.column(name)
    first = str(cells[0].as_py()) if len(cells) else ""
    return first if first and pc.all(pc.equal(cells, first)).as_py() else ""


def _telling(dataset: Dataset) -> Iterator[tuple[str, ...]]:
    """Give the columns of words that tell rows apart."""
    title = dataset.field(dataset.page.title)
    if title.type == "string" and not title.constraints.enum:
        yield (title.name,)
    if _ADDRESS in _published(dataset) and title.name != _ADDRESS:
        yield (_ADDRESS,)


def _place(dataset: Dataset) -> tuple[str, ...]:
    """Return latitude and longitude, which tell rows apart together; nothing where rows are no points."""
    geometry = dataset.geometry
    if geometry is None or geometry.kind != "point" or not (geometry.latitude and geometry.longitude):
        return ()
    return (geometry.latitude, geometry.longitude) if {geometry.latitude, geometry.longitude} <= _published(dataset) else ()


def _published(dataset: Dataset) -> set[str | None]:
    return {field.name for field in dataset.published}
