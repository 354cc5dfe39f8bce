"""An area with so few people or households that its breakdown is hidden when the table is published."""

from collections.abc import Iterable, Mapping

import numpy as np

from catalog.dataset import Dataset
from catalog.suppression import Suppression
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import findings, numbers
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "few-people"
SEVERITY: Severity = "info"
TITLE = Text(
    ja="人数の少ない地域です",
    en="An area with few people",
)
MESSAGE = Text(
    ja="{column}は{value}人(世帯数 {held})です。公開するときは、個人がわからないように内訳を伏せ、近くの地域に加えます。",
    en="{column} is {value} (households: {held}). So that nobody is recognised, the breakdown will be added to a neighbour.",
)
FIX = Text(
    ja="このままで公開できます。加えた先は、公開の準備をするときに知らせます。",
    en="It can be published as it is; to which neighbour it is added is told when the release is built.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True


def applies(dataset: Dataset) -> bool:
    """Say whether the table counts people by area."""
    return dataset.disclosure.suppression is not None


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Name the areas below the threshold of the definition, or of the town where it decided its own."""
    declared = table.dataset.disclosure.suppression
    terms = context.town.suppressed(table.dataset) if context.town else declared
    if terms is None:
        return
    people = numbers(table, terms.total)
    held = numbers(table, terms.households) if terms.households else np.full(table.rows, np.nan)
    told = np.zeros(table.rows, bool)
    for name in terms.columns(field.name for field in table.dataset.published if field.type == "integer"):
        told |= ~np.isnan(numbers(table, name))  # what an office left out itself needs no hiding
    rows = np.array([row for row in np.flatnonzero(told) if _is_small(terms, people[row], held[row])], np.int64)

    def values(row: int) -> Mapping[str, str]:
        return {"held": "–" if np.isnan(held[row]) else f"{held[row]:.0f}"}

    yield from findings(table, rows, CODE, SEVERITY, field=terms.total, values=values)


def _is_small(terms: Suppression, people: np.float64, held: np.float64) -> bool:
    """Say so of figures that can be one: what is no number, or beyond all bounds, other rules tell of."""
    return bool(np.isfinite(people)) and terms.is_small(int(people), int(held) if np.isfinite(held) else None)
