"""Months or years that are missing between the first and the last of a series."""

from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from catalog.dataset import Dataset
from catalog.site.period import Period, runs, span_label
from catalog.text import Text
from gis.layer import Layer
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "period-gap"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="あいだの月や年の表がありません",
    en="Months or years between are missing",
)
MESSAGE = Text(
    ja="{gap_ja}の表がありません。",
    en="There is no table of {gap_en}.",
)
FIX = Text(
    ja="抜けている期間のファイルを、ほかの期間のファイルと同じ所に置いてください。もともとないなら、{accept}。",
    en="Put the missing files beside those of the other periods; if there never were any, {accept}.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True


def applies(dataset: Dataset) -> bool:
    """Say whether it is a series."""
    return dataset.series is not None


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Name every gap as one, at the first table after it.

    Where more is missing than is there, a town publishes a month now and then: that is told and nobody has to accept it.
    """
    texts = sorted(set(table.period.to_pylist()) - {""}) if table.period is not None else []
    there = runs(map(Period.parse, texts))
    gaps = [(before.following, after) for (_, before), (after, _) in pairwise(there)]
    missing = [_missing(first, until) for first, until in gaps]
    severity: Severity = SEVERITY if sum(map(len, missing)) <= len(texts) else "info"
    periods = np.array(table.period.to_pylist(), object) if gaps and table.period is not None else np.array([])
    for gap, (_, until) in zip(missing, gaps, strict=True):
        part = table.part[int(np.flatnonzero(periods == str(until))[0])].as_py()
        yield Finding(CODE, severity, part, value=f"{gap[0]}/{gap[-1]}", values=_values(gap))


def _missing(first: Period, until: Period) -> list[Period]:
    """Return the periods from one to before another."""
    found = [first]
    while found[-1].following != until:
        found.append(found[-1].following)
    return found


def _values(gap: list[Period]) -> dict[str, str]:
    ja, en = (span_label(gap[0], gap[-1], lang) for lang in ("ja", "en"))
    if len(gap) == 1:
        return {"gap_ja": ja, "gap_en": en}
    unit = Text(ja="か月", en="months") if gap[0].month else Text(ja="年", en="years")
    return {"gap_ja": f"{ja}の{len(gap)}{unit.ja}", "gap_en": f"{en} ({len(gap)} {unit.en})"}
