"""A second table on the same sheet, below the first."""

from collections.abc import Iterable

import numpy as np

from catalog.folding import heading_key
from catalog.text import Text
from gis.layer import Layer
from publish.checking.advice import Cells
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "second-table"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="表の下に別の表があるようです",
    en="Another table below",
)
MESSAGE = Text(
    ja="空の行の下に、見出しのような行が{count}行あります(最初は{cells})。その下は別の表かもしれませんが、同じ表の続きとして読みました。",
    en="Rows like headings below a blank row: {count} (first {cells}). Another table may follow, read as part of this.",
)
FIX = Text(
    ja="別の表なら、シートを分けてください。見出しのような行が値として正しければ、{accept}。",
    en="If it is another table, give it a sheet of its own; if such a row is right as it stands, {accept}.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

_LEAST = 2


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Item 2-2 1シートに複数の表が掲載されていないか. Look below each blank row, or a title there, for headings."""
    cells = Cells(table)
    blank = [one for one in table.asides if one.reason == "blank"]
    known = _headings(table) if blank else frozenset()
    for part in sorted({one.part for one in blank}):
        below = np.array([one.row + 1 for one in blank if one.part == part], np.int64)
        mine = table.part.to_numpy() == part
        rows = np.flatnonzero(mine & np.isin(table.row.to_numpy(), below))
        titled = np.array([table.row[row].as_py() + 1 for row in rows.tolist() if len(_texts(table, row)) == 1], np.int64)
        rows = np.union1d(rows, np.flatnonzero(mine & np.isin(table.row.to_numpy(), titled)))
        found = [str(table.row[row].as_py()) for row in rows.tolist() if _is_heading(table, row, known)]
        cells.add(part, [f"A{number}" for number in found], len(found))
    yield from cells.finding(CODE, SEVERITY)


def _texts(table: Table, row: int) -> list[str]:
    return [text for column in table.cells.columns if (text := column[row].as_py())]


def _headings(table: Table) -> frozenset[str]:
    names = (name for field in table.dataset.fields for name in (field.name, *field.aliases, *field.old))
    return frozenset(map(heading_key, names))


def _is_heading(table: Table, row: int, known: frozenset[str]) -> bool:
    filled = _texts(table, row)
    headings = sum(heading_key(text) in known for text in filled)
    return headings >= _LEAST and headings * 2 >= len(filled)
