"""Numbers that are kept as text, or carry units and commas."""

from collections.abc import Iterable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.advice import FIRST, Cells, rows_of_parts
from publish.checking.column import Rows
from publish.checking.meaning import is_figure
from publish.checking.rule import Use
from publish.context import Context
from publish.table.change import ChangeLog
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "number-as-text"
SEVERITY: Severity = "info"
TITLE = Text(
    ja="数字が文字として入っています",
    en="Numbers kept as text",
)
MESSAGE = Text(
    ja="数字の列の{count}個のセルに、数字が文字として入っているか、単位やコンマがついています(最初は{cells})。数字に直して読みました。",
    en="Cells that keep a number as text or with a unit or comma: {count} (first {cells}). They were read as numbers.",
)
FIX = Text(
    ja="元の表では、単位を見出しに移し、セルの表示形式を「数値」にして数字だけを入れておくと、計算や並べかえに使えます。",
    en="In the original, move units to the heading and keep plain numbers, so that they can be added and sorted.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

_REASONS = ("number-separator", "number-unit")


def applies(dataset: Dataset) -> bool:
    """Say whether there are columns of numbers."""
    return any(map(is_figure, dataset.published))


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Item 1-3 数値データは数値属性とし、文字列を含まないこと. Look at the number columns of the definition."""
    cells = Cells(table)
    changed = _changed(table)
    kept = rows_of_parts(table)
    for field in table.dataset.published:
        if is_figure(field):
            for number, headings in enumerate(table.headings):
                if field.name in headings:
                    _add(cells, number, headings[field.name], kept[number], changed.get((number, field.name)))
    yield from cells.finding(CODE, SEVERITY)


def _add(cells: Cells, number: int, heading: str, kept: Rows, changed: Rows | None) -> None:
    part = cells.table.parts[number]
    typed = part.facts.text_numbers.get(part.columns.get(heading, ""), np.empty(0, np.int64))
    rows = typed[np.isin(typed, kept)] if len(typed) else typed
    rows = rows if changed is None else np.union1d(rows, changed)
    cells.add(number, [part.cell(row, heading) for row in rows[:FIRST].tolist()], len(rows))


def _changed(table: Table) -> Mapping[tuple[int, str], Rows]:
    """Return by part and field the rows in which a unit or comma was taken off a number."""
    log = ChangeLog.of(table.changes).columns
    log = log.filter(pc.is_in(log.column("reason").cast(pa.utf8()), pa.array(_REASONS)))
    found: dict[tuple[int, str], Rows] = {}
    for field in log.column("field").cast(pa.utf8()).unique().to_pylist():
        of_field = log.filter(pc.equal(log.column("field").cast(pa.utf8()), field))
        for part in of_field.column("part").unique().to_pylist():
            rows = of_field.filter(pc.equal(of_field.column("part"), part)).column("row").drop_null()
            found[part, field] = np.unique(rows.to_numpy())
    return found
