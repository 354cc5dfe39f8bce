"""More households than people."""

from collections.abc import Iterable, Mapping

import numpy as np

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import findings, numbers
from publish.checking.rule import Use
from publish.checking.rules.people.population_sum import TOTAL
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "households-exceed"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="世帯が人口より多くなっています",
    en="More households than people",
)
MESSAGE = Text(
    ja="{column}は{value}ですが、人口は{people}人です。",
    en="{column} is {value}, but there are only {people} people.",
)
FIX = Text(
    ja="二つの列を入れ違えていないか、数字の写し間違いがないかを確かめてください。",
    en="See whether the two columns are exchanged or a figure is mistyped.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

_HOUSEHOLDS = "世帯数"


def applies(dataset: Dataset) -> bool:
    """Say whether people and households are counted."""
    return {_HOUSEHOLDS, TOTAL} <= {field.name for field in dataset.published}


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Compare the two columns wherever a dataset has both: in every household lives somebody (住民基本台帳法第6条)."""
    if not applies(table.dataset):
        return
    people = numbers(table, TOTAL)

    def values(row: int) -> Mapping[str, str]:
        return {"people": f"{people[row]:.0f}"}

    rows = np.flatnonzero((numbers(table, _HOUSEHOLDS) > people) & (people >= 0))
    yield from findings(table, rows, CODE, SEVERITY, field=_HOUSEHOLDS, values=values)
