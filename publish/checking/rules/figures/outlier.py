"""A figure that is many times larger or smaller than all others of its column."""

from collections.abc import Iterable, Mapping

import numpy as np

from catalog.dataset import Dataset, Field
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import Numbers, Rows, findings, numbers
from publish.checking.meaning import fields, is_figure
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "outlier"
SEVERITY: Severity = "info"
TITLE = Text(
    ja="ほかと大きく違う数です",
    en="Far from all others",
)
MESSAGE = Text(
    ja="{column}「{value}」は、ほかの行の数(真ん中は{median})と大きく違います。",
    en="{column} “{value}” is far from the other rows, whose middle is {median}.",
)
FIX = Text(
    ja="けたや単位の間違い、合計の行がまざっていないか確かめてください。正しければ、このままで公開できます。",
    en="See whether digits or unit are wrong, or a row of totals slipped in; if it is right, it can be published as it is.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

_ENOUGH = 30
"""Figures without which nothing can be said of what is usual."""
_DEVIATIONS = 6.0
"""Robust standard deviations: of a million usual figures none is so far off."""
_TIMES = 20.0
"""However narrow a column is, what is less than so many times larger or smaller is no wrong digit."""
_COUNTABLE = 1_000_000
"""Whole numbers below are counted one by one."""
_NORMAL = 1.4826
"""Median absolute deviation → standard deviation, for the normal distribution."""


def applies(dataset: Dataset) -> bool:
    """Say whether anything is measured."""
    return any(_is_measure(dataset, field) for field in dataset.published)


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Compare figures by their logarithms, since lengths, areas and people spread over powers of ten; zero says nothing."""
    for field in fields(table.dataset, lambda field: _is_measure(table.dataset, field)):
        values = numbers(table, field.name)
        rows, median = outliers(values)

        def beside(_row: int, median: float = median) -> Mapping[str, str]:
            return {"median": f"{median:,.6g}"}

        yield from findings(table, rows, CODE, SEVERITY, field=field.name, values=beside)


def outliers(values: Numbers) -> tuple[Rows, float]:
    """Return the rows far from the median by logarithm, and the median; none where there are too few figures.

    The median absolute deviation bears half the figures being wrong (Hampel's identifier).
    """
    known = np.flatnonzero(np.isfinite(values) & (values > 0))
    if len(known) < _ENOUGH:
        return np.empty(0, np.int64), 0.0
    figures, counts = _different(values[known])
    logs = np.log10(figures)
    off = np.abs(logs - _median(logs, counts))
    if off.max() <= np.log10(_TIMES):
        return np.empty(0, np.int64), 0.0
    nearest = np.argsort(off)
    limit = max(_DEVIATIONS * _NORMAL * _median(off[nearest], counts[nearest]), np.log10(_TIMES))
    return known[np.isin(values[known], figures[off > limit])], _median(figures, counts)


def _different(values: Numbers) -> tuple[Numbers, Rows]:
    """Return the different figures, ascending, and how often each stands: whole numbers repeat, and logarithms cost."""
    if values.max() < _COUNTABLE and (values == (wholes := values.astype(np.int64))).all():
        counts = np.bincount(wholes)
        whole = np.flatnonzero(counts)
        return np.asarray(whole, np.float64), np.asarray(counts[whole], np.int64)
    figures, counts = np.unique(values, return_counts=True)
    return figures, np.asarray(counts, np.int64)


def _median(ascending: Numbers, counts: Rows) -> float:
    """Return the median of figures that each stand so often."""
    ends = np.cumsum(counts)
    middle = [int(np.searchsorted(ends, place, side="right")) for place in ((ends[-1] - 1) // 2, ends[-1] // 2)]
    return float(ascending[middle].mean())


def _is_measure(dataset: Dataset, field: Field) -> bool:
    """Say whether a field measures or counts: no place, no code, no number of a thing, nothing that the definition bounds."""
    places = (dataset.geometry.longitude, dataset.geometry.latitude) if dataset.geometry else ()
    names = ("番号", "コード", "ID", "高", "緯度", "経度", "高度の値", "料金", "価格", "金額")
    measures = is_figure(field) and not field.constraints.enum and field.name not in dataset.key
    return measures and field.name not in places and field.constraints.maximum is None and not field.name.endswith(names)
