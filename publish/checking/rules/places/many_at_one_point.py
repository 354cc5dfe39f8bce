"""Many things with different addresses at exactly one point: where a geocoder puts what it cannot find."""

from collections.abc import Iterable, Iterator

import numpy as np

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import Numbers, Rows
from publish.checking.keys import MISSING
from publish.checking.place import at_zero, points, said
from publish.checking.rule import Use
from publish.checking.rules.columns.same_everywhere import one_place
from publish.checking.sameness import address_field, alike
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "many-at-one-point"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="住所の違うものが同じ一点にあります",
    en="Different addresses at one point",
)
MESSAGE = Text(
    ja="{first}など{count}行は、住所が{addresses}通りあるのに、場所がまったく同じです(緯度、経度の順に「{value}」)。",
    en="Rows: {count}, such as {first}, have {addresses} addresses but exactly one place (latitude, longitude: “{value}”).",
)
FIX = Text(
    ja="住所から場所を調べたときに見つからず、役場などの仮の場所が入ったのかもしれません。正しい場所に直すか、わからなければ空にしてください。",
    en="A place may have been filled in where an address was not found. Write the right one, or leave it blank when unknown.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

_MANY = 5
"""Different addresses: a building has one, a corner of a park two or three ways of writing it."""


def applies(dataset: Dataset) -> bool:
    """Say whether rows are points with addresses."""
    return bool(address_field(dataset)) and dataset.geometry is not None and dataset.geometry.kind == "point"


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Count the addresses at each point; one finding per point. Where every row has one place, `same-everywhere` says so."""
    dataset = table.dataset
    address = address_field(dataset)
    if not address or not applies(dataset) or one_place(table):
        return
    x, y = points(table, layer)
    crowds = list(_crowds(x, y))
    addresses = alike(table, address) if crowds else np.empty(0, np.int64)
    for rows in crowds:
        different = len(np.setdiff1d(addresses[rows], [MISSING]))
        if different >= _MANY:
            first = int(rows[0])
            part, row = table.part[first].as_py(), table.row[first].as_py()
            values = {"first_row": f"{part}:{row}", "count": str(len(rows)), "addresses": str(different)}
            yield Finding(CODE, SEVERITY, part, value=said(x, y, first), values=values)


def _crowds(x: Numbers, y: Numbers) -> Iterator[Rows]:
    """Give the rows of each point that many rows share; 0, 0 has a finding of its own."""
    known = np.flatnonzero(np.isfinite(x) & np.isfinite(y) & ~at_zero(x, y))
    # One number per point: two points that fall on one number by chance are parted below.
    mixed = x[known].view(np.int64) * np.int64(-7046029254386353131) ^ y[known].view(np.int64)
    ordered = np.sort(mixed)
    if not (ordered[_MANY - 1 :] == ordered[: 1 - _MANY]).any():
        return
    order = np.argsort(mixed, kind="stable")
    edges = np.flatnonzero(np.diff(mixed[order])) + 1
    starts, ends = np.append(0, edges), np.append(edges, len(order))
    crowded = ends - starts >= _MANY
    for start, end in zip(starts[crowded].tolist(), ends[crowded].tolist(), strict=True):
        rows = known[order[start:end]]
        yield rows[(x[rows] == x[rows[0]]) & (y[rows] == y[rows[0]])]
