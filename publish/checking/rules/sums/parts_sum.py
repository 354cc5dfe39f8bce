"""A total that is not the sum of its parts, wherever a definition says under `sums:` what it is made of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import Numbers, filled, findings, numbers
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "parts-sum"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="内訳をたした数と合計が違います",
    en="Parts do not add up",
)
MESSAGE = Text(
    ja="{column}は{value}ですが、{parts}をたすと{sum}です。",
    en="{column} is {value}, but {parts} make {sum}.",
)
FIX = Text(
    ja="元の表を確かめて、合計か内訳を直してください。これで正しいなら、{accept}。",
    en="Look at the original table and correct the total or its parts; if it is right, {accept}.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

_DUST = 1e-9
"""Of the sum: decimals are added in binary."""


def applies(dataset: Dataset) -> bool:
    """Say whether the definition names sums."""
    return bool(dataset.sums)


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Add the parts row by row. Blank parts count as nothing, but a total that is larger than known parts is no mistake."""
    for whole, parts in table.dataset.sums.items():
        known = [part for part in parts if filled(table, part)]
        if known and filled(table, whole):
            yield from _off(table, whole, parts, known)


def _off(table: Table, whole: str, parts: Sequence[str], known: Sequence[str]) -> Iterator[Finding]:
    total = numbers(table, whole)
    columns = np.stack([numbers(table, part) for part in known])
    added: Numbers = np.nansum(columns, axis=0)
    complete = ~np.isnan(columns).any(axis=0) & (len(known) == len(parts))
    slack = _DUST * np.maximum(np.abs(added), 1)
    off = (added - total > slack) | (complete & (total - added > slack))
    named = "\n".join(known)

    def values(row: int) -> Mapping[str, str]:
        return {"parts_field": named, "sum": f"{added[row]:.10g}"}

    yield from findings(table, np.flatnonzero(off), CODE, SEVERITY, field=whole, values=values)
