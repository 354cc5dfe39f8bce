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

_BAND = re.compile("(?:([0-9]+)歳?(?:[-~〜~]([0-9]+))?(歳以上|歳)|(?:年齢)?不詳)の(男性|女性)")
_NOBODY_OLDER = 999


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
    return sorted([*_apart(spans), *unknown]) if whole in names else []


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
        return {"sum": f"{added[row]:.0f}"}

    yield from findings(table, np.flatnonzero(np.abs(added - total) > 0), CODE, SEVERITY, field=whole, values=values)
