"""Age bands that do not add up to the men or the women."""

import re
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

CODE = "age-band-sum"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="年齢別の合計が男女の人数と違います",
    en="Age bands do not add up",
)
MESSAGE = Text(
    ja="{column}は{value}人ですが、{from}から{to}までの年齢別の人数をたすと{sum}人で、{apart}人違います。",
    en="{column} is {value}, but the age bands {from} to {to} make {sum}: {apart} apart.",
)
FIX = Text(
    ja="元の表を確かめて、{target}か年齢別の人数({from_cell}から{to_cell})のまちがいを直してください。{sole}",
    en="Look at the original table and correct {target} or its age bands ({from_cell} to {to_cell}). {sole}",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

_BAND = re.compile("(?:([0-9]+)歳?(?:[-~〜~]([0-9]+))?(歳以上|歳)|(?:年齢)?不詳)の(男性|女性)")
_NOBODY_OLDER = 999


def applies(dataset: Dataset) -> bool:
    """Say whether the table counts age bands."""
    return any(_bands(dataset, whole) for whole in ("男性", "女性"))


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Add the age bands of men and of women row by row; a row with a blank band is left alone."""
    for whole in ("男性", "女性"):
        bands = _bands(table.dataset, whole)
        if bands:
            yield from _off(table, whole, bands)


def _bands(dataset: Dataset, whole: str) -> list[str]:
    """Return the bands that make up the whole, with those whose age is not known (年齢不詳), nobody counted twice."""
    names = {field.name for field in dataset.published}
    found = {name: match for name in names if (match := _BAND.fullmatch(name)) and match[4] == whole}
    unknown = [name for name, match in found.items() if match[1] is None]
    spans = {name: _span(match) for name, match in found.items() if match[1] is not None}
    made = {*_apart(spans), *unknown}
    return [field.name for field in dataset.published if field.name in made] if whole in names else []


def _span(match: re.Match[str]) -> range:
    """Return the years of age of a band."""
    first = int(match[1])
    last = int(match[2]) if match[2] else _NOBODY_OLDER if match[3] == "歳以上" else first
    return range(first, last + 1)


def _apart(spans: Mapping[str, range]) -> set[str]:
    """Return bands that do not lie in one another: the finer where they fill the wider, else the wider (うち100歳以上)."""
    apart: set[str] = set()
    for name, span in sorted(spans.items(), key=lambda band: len(band[1])):
        inside = {other for other in apart if span[0] <= spans[other][0] and spans[other][-1] <= span[-1]}
        if not inside or sum(len(spans[other]) for other in inside) != len(span):
            apart = apart - inside | {name}
    return apart


def _off(table: Table, whole: str, bands: list[str]) -> Iterable[Finding]:
    total = numbers(table, whole)
    added = np.zeros(table.rows)
    for band in bands:
        added += numbers(table, band)

    def values(row: int) -> Mapping[str, str]:
        counted = {"sum": f"{added[row]:.0f}", "apart": f"{abs(added[row] - total[row]):.0f}"}
        return {**counted, "from_field": bands[0], "to_field": bands[-1]}

    yield from findings(table, np.flatnonzero(np.abs(added - total) > 0), CODE, SEVERITY, field=whole, values=values)
