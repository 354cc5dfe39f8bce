"""Age bands that do not add up to the men or the women."""

import re
from collections.abc import Iterable, Mapping

import numpy as np

from catalog.dataset import Dataset, Text
from gis.layer import Layer
from publish.checking.column import findings, numbers
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "age-band-sum"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="年齢別の合計が男女の人数と違います",
    en="Age bands do not add up",
)
MESSAGE = Text(
    ja="{column}は{value}人ですが、年齢別の人数をたすと{sum}人です。",
    en="{column} is {value}, but the age bands make {sum}.",
)
FIX = Text(
    ja="元の表を確かめて、{column}か年齢別の人数を直してください。",
    en="Look at the original table and correct {column} or one of its age bands.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

_BAND = re.compile(r"[0-9]+(?:-[0-9]+歳|歳以上)の(男性|女性)")


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Add the age bands of men and of women row by row; a row with a blank band is left alone."""
    for whole in ("男性", "女性"):
        bands = _bands(table.dataset, whole)
        if bands:
            yield from _off(table, whole, bands)


def _bands(dataset: Dataset, whole: str) -> list[str]:
    names = {field.name for field in dataset.published}
    found = [name for name in names if (match := _BAND.fullmatch(name)) and match[1] == whole]
    return sorted(found) if whole in names else []


def _off(table: Table, whole: str, bands: list[str]) -> Iterable[Finding]:
    total = numbers(table, whole)
    added = np.zeros(table.rows)
    for band in bands:
        added += numbers(table, band)

    def values(row: int) -> Mapping[str, str]:
        return {"sum": f"{added[row]:.0f}"}

    yield from findings(table, np.flatnonzero(np.abs(added - total) > 0), CODE, SEVERITY, field=whole, values=values)
