"""A row of totals that stands among the rows under some other name, such as the town's."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import findings, numbers
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "total-among-rows"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="合計の行がまざっているようです",
    en="A row of totals among the rows",
)
MESSAGE = Text(
    ja="「{value}」の数は、ほかの行をすべてたした数と同じです。このまま公開すると、2重に数えることになります。",
    en="The figures of “{value}” are the sums of all other rows: published like this, everything is counted twice.",
)
FIX = Text(
    ja="合計の行なら、表から取り除いてください。合計でないなら、{accept}。",
    en="If it is a row of totals, remove it; otherwise {accept}.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

_LEAST_ROWS = 4
"""Of two or three rows one is easily the sum of the others."""
_LEAST_COLUMNS = 2
Mask = npt.NDArray[np.bool_]


def applies(dataset: Dataset) -> bool:
    """Say whether there are columns of whole numbers."""
    return any(field.type == "integer" for field in dataset.published)


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look for a row that is half of the sum of every column of whole numbers, per period of a series."""
    if table.rows < _LEAST_ROWS:
        return
    found = np.zeros(table.rows, bool)
    for rows in _periods(table):
        found |= _half(table, rows) if np.count_nonzero(rows) >= _LEAST_ROWS else False
    yield from findings(table, np.flatnonzero(found), CODE, SEVERITY, field=table.dataset.page.title)


def _periods(table: Table) -> Iterable[Mask]:
    if table.period is None:
        return [np.ones(table.rows, bool)]
    encoded = table.period.dictionary_encode()
    return [np.asarray(encoded.indices) == code for code in range(len(encoded.dictionary))]


def _half(table: Table, rows: Mask) -> Mask:
    """Say which of some rows hold half of what a column adds up to, in two columns or more and against it in none."""
    agree, columns = np.flatnonzero(rows), 0
    for field in table.dataset.published:
        if field.type == "integer" and len(agree):
            figures = numbers(table, field.name)
            total = figures.sum(where=rows & np.isfinite(figures))
            if total:
                agree = agree[figures[agree] * 2 == total]
                columns += 1
    found = np.zeros(table.rows, bool)
    found[agree] = columns >= _LEAST_COLUMNS
    return found
