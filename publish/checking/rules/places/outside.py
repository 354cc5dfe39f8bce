"""A place outside the wider neighbourhood of the town."""

from collections.abc import Iterable
from functools import partial

import numpy as np

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import findings
from publish.checking.neighbourhood import JAPAN, neighbourhood
from publish.checking.place import inside, latitude_of, points, said
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "outside-area"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="町の周辺から離れた場所です",
    en="Outside the neighbourhood",
)
MESSAGE = Text(
    ja="場所が町の周辺から離れています(緯度、経度の順に「{value}」)。",
    en="The place lies far from the town (latitude, longitude: “{value}”).",
)
FIX = Text(
    ja="緯度・経度のけたや、座標の種類(平面直角座標の系など)の間違いがないか確かめて直してください。本当にそこにあるなら、{accept}。",
    en="Correct digits or the reference system (the plane zone) where they are wrong; if it really stands there, {accept}.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True


def applies(dataset: Dataset) -> bool:
    """Say whether rows have places."""
    return dataset.geometry is not None


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Compare every position with the town's box.

    What does not even lie in Japan breaks the bounds of its columns, or is told by locating.
    """
    x, y = points(table, layer)
    box = neighbourhood(context.town)
    rows = np.flatnonzero(inside(x, y, JAPAN) & ~inside(x, y, box))
    yield from findings(table, rows, CODE, SEVERITY, field=latitude_of(table), value=partial(said, x, y))
