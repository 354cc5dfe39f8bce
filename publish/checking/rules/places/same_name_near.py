"""Two rows of the same name less than fifty metres apart."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from gis.near import distance_m
from publish.checking.column import Numbers, Rows, findings, row_name
from publish.checking.keys import MISSING, Codes
from publish.checking.place import points
from publish.checking.rule import Use
from publish.checking.sameness import alike, telling_apart
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "same-name-near"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="すぐ近くに同じ名前の行があります",
    en="Same name close by",
)
MESSAGE = Text(
    ja="「{value}」と同じ名前が、{metres}m離れた場所で{first}にも書かれています。",
    en="The name “{value}” also stands in {first}, {metres} m away.",
)
FIX = Text(
    ja="同じものを2度書いていれば、どちらかの行を消してください。別のものなら、名前か設置位置で区別できるようにするか、{accept}。",
    en="If it is the same thing twice, delete one row; otherwise let name or position differ, or {accept}.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

_FAR = 50.0
_SAME = 1.0
"""Metres: up to here it is one place, which `same-place-and-name` judges."""
_MOST = 10
"""A name that more rows bear is the name of a kind (消火栓), and pairs within it would be without number."""
_WINDOW = 0.001
"""Degrees: more than fifty metres everywhere in Japan."""


def applies(dataset: Dataset) -> bool:
    """Say whether rows are points."""
    return dataset.geometry is not None and dataset.geometry.kind == "point"


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Measure the distance between rows of one name in point datasets; rows that other columns tell apart are different."""
    dataset = table.dataset
    if not applies(dataset) or table.rows < 2:
        return
    x, y = points(table, layer)
    names = np.where(np.isfinite(x) & np.isfinite(y), alike(table, dataset.page.title), MISSING)
    found: dict[int, tuple[int, float]] = {}
    for first, later, metres in _near(table, names, x, y):
        if later not in found or metres < found[later][1]:
            found[later] = first, metres

    def values(row: int) -> Mapping[str, str]:
        first, metres = found[row]
        return {"first_row": row_name(table, first), "metres": f"{metres:.0f}"}

    yield from findings(table, np.array(sorted(found), np.int64), CODE, SEVERITY, field=dataset.page.title, values=values)


def _near(table: Table, names: Codes, x: Numbers, y: Numbers) -> Iterator[tuple[int, int, float]]:
    """Give every pair of rows (earlier, later) with its distance in metres."""
    for one, other in _pairs(names):
        close = (np.abs(x[one] - x[other]) < _WINDOW) & (np.abs(y[one] - y[other]) < _WINDOW)
        if not close.any():
            continue  # geodesy takes longer to load than a small table to check
        first, later = one[close], other[close]
        metres = distance_m(x[first], y[first], x[later], y[later])
        near = (metres > _SAME) & (metres <= _FAR) & ~_apart(table, first, later)
        yield from zip(first[near].tolist(), later[near].tolist(), metres[near].tolist(), strict=True)


def _pairs(names: Codes) -> Iterator[tuple[Rows, Rows]]:
    """Give pairs of rows of one name, neighbours in their group, then neighbours but one, and so on."""
    counts = np.bincount(names - MISSING)
    shared = (counts > 1) & (counts <= _MOST)
    shared[:1] = False
    rows = np.flatnonzero(shared[names - MISSING])
    order = rows[np.argsort(names[rows], kind="stable")]
    for step in range(1, _MOST):
        first, later = order[:-step], order[step:]
        same = names[first] == names[later]
        if not same.any():
            return
        yield first[same], later[same]


def _apart(table: Table, first: Rows, later: Rows) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Say which pairs differ in a column by which such rows are told apart, both being filled there."""
    apart = np.zeros(len(first), bool)
    for name in telling_apart(table.dataset) if len(first) else ():
        codes = alike(table, name)
        apart |= (codes[first] != codes[later]) & (codes[first] != MISSING) & (codes[later] != MISSING)
    return apart
