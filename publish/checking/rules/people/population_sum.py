"""Men and women that do not add up to the total."""

from collections.abc import Iterable, Mapping

import numpy as np

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import findings, numbers
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "population-sum"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="男女の合計が総人口と違います",
    en="Men and women do not add up",
)
MESSAGE = Text(
    ja="{column}は{value}人ですが、男性{men}人と女性{women}人をたすと{sum}人で、{apart}人違います。",
    en="{column} is {value}, but {men} men and {women} women make {sum}: {apart} apart.",
)
FIX = Text(
    ja="元の表を確かめて、{target}・{addend_cell}のうち、まちがっているものを直してください。{sole}",
    en="Look at the original table and correct what is wrong among {target}, {addend_cell}. {sole}",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

TOTAL, MEN, WOMEN = "総人口", "男性", "女性"


def applies(dataset: Dataset) -> bool:
    """Say whether the table counts men, women and both."""
    return {TOTAL, MEN, WOMEN} <= {field.name for field in dataset.published}


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Add the columns of 地域・年齢別人口 row by row; a row with a blank among the three is left alone."""
    if not applies(table.dataset):
        return
    total, men, women = (numbers(table, name) for name in (TOTAL, MEN, WOMEN))
    off = np.flatnonzero(np.abs(men + women - total) > 0)

    def values(row: int) -> Mapping[str, str]:
        both = men[row] + women[row]
        counted = {"men": men[row], "women": women[row], "sum": both, "apart": abs(total[row] - both)}
        return {**{name: f"{count:.0f}" for name, count in counted.items()}, "addend_field": f"{MEN}\n{WOMEN}"}

    yield from findings(table, off, CODE, SEVERITY, field=TOTAL, values=values)
