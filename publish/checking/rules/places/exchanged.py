"""Latitude and longitude in each other’s column."""

from collections.abc import Iterable, Mapping
from functools import partial

import numpy as np

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import findings
from publish.checking.neighbourhood import JAPAN
from publish.checking.place import bounds_fields, inside, latitude_of, longitude_of, said, written
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "coordinates-exchanged"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="緯度と経度が入れかわっています",
    en="Latitude and longitude exchanged",
)
MESSAGE = Text(
    ja="緯度と経度が入れかわっているようです(緯度、経度の順に「{value}」)。",
    en="Latitude and longitude seem to be exchanged (latitude, longitude: “{value}”).",
)
FIX = Text(
    ja="{target}と{other_cell}の値を入れかえてください(緯度は20から46、経度は122から154)。全部の行で入れかわっていれば、見出しを入れかえるだけで直ります。",
    en="Exchange {target} and {other_cell} (latitude is 20 to 46, longitude 122 to 154); "
    "if every row is affected, exchange the two headings.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = False


def applies(dataset: Dataset) -> bool:
    """Say whether places stand in columns."""
    return bool(bounds_fields(dataset))


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look for positions that lie in Japan only when read the other way round."""
    x, y = written(table)
    rows = np.flatnonzero(inside(y, x, JAPAN) & ~inside(x, y, JAPAN))
    other = {"other_field": longitude_of(table)}

    def values(row: int) -> Mapping[str, str]:
        return other

    yield from findings(table, rows, CODE, SEVERITY, field=latitude_of(table), value=partial(said, x, y), values=values)


def covers(dataset: Dataset) -> frozenset[tuple[str, str]]:
    """Say more than the bounds of latitude and longitude do."""
    return bounds_fields(dataset)
