"""A place at longitude 0, latitude 0: an unknown position written as zero."""

from collections.abc import Iterable
from functools import partial

import numpy as np

from catalog.dataset import Dataset, Text
from gis.layer import Layer
from publish.checking.column import findings
from publish.checking.place import at_zero, bounds_fields, latitude_of, said, written
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "null-island"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="緯度・経度が0です",
    en="Position 0, 0",
)
MESSAGE = Text(
    ja="緯度と経度が0になっています。アフリカの沖の海の上を指します。",
    en="Latitude and longitude are 0: a point in the sea off Africa.",
)
FIX = Text(
    ja="正しい緯度・経度を書くか、わからなければ両方とも空にしてください。",
    en="Write the right latitude and longitude, or leave both blank when unknown.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = False


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look at the coordinates that stand in the columns."""
    x, y = written(table)
    rows = np.flatnonzero(at_zero(x, y))
    yield from findings(table, rows, CODE, SEVERITY, field=latitude_of(table), value=partial(said, x, y))


def covers(dataset: Dataset) -> frozenset[tuple[str, str]]:
    """Say more than the bounds of latitude and longitude do."""
    return bounds_fields(dataset)
