"""A place at longitude 0, latitude 0: an unknown position written as zero."""

from collections.abc import Iterable, Mapping
from functools import partial

import numpy as np

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import findings
from publish.checking.place import at_zero, bounds_fields, latitude_of, longitude_of, said, written
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
    ja="緯度と経度が「{value}」になっています。アフリカの沖の海の上を指します。",
    en="Latitude and longitude are “{value}”: a point in the sea off Africa.",
)
FIX = Text(
    ja="{target}に緯度(20から46)、{other_cell}に経度(122から154)を書いてください。分からなければ、両方とも空にしてください。",
    en="Write latitude (20 to 46) in {target} and longitude (122 to 154) in {other_cell}; "
    "leave both blank when the place is not known.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = False


def applies(dataset: Dataset) -> bool:
    """Say whether places stand in columns."""
    return bool(bounds_fields(dataset))


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look at the coordinates that stand in the columns."""
    x, y = written(table)
    rows = np.flatnonzero(at_zero(x, y))
    other = {"other_field": longitude_of(table)}

    def values(row: int) -> Mapping[str, str]:
        return other

    yield from findings(table, rows, CODE, SEVERITY, field=latitude_of(table), value=partial(said, x, y), values=values)


def covers(dataset: Dataset) -> frozenset[tuple[str, str]]:
    """Say more than the bounds of latitude and longitude do."""
    return bounds_fields(dataset)
