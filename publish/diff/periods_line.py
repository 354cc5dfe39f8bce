"""The first line of a series' diff: which months or years came, are corrected or went, a run of them as one."""

from collections.abc import Sequence
from pathlib import Path

from catalog.message import render
from catalog.site.period import Period, runs, span_label
from publish.diff.periods import PeriodChange

LOCALE = Path(__file__).parent / "locale"
_RUNS = 3
"""Runs of periods that a line names; of more it says how many."""


def periods_line(changes: Sequence[PeriodChange], lang: str) -> str:
    """Return one clause for each kind of change, with the rows of all its periods together.

    >>> periods_line([PeriodChange("2026-05", "corrected", 0, 2, 0), PeriodChange("2026-06", "added", 305, 0, 0)], "ja")
    '2026年6月を追加(305行)、2026年5月を訂正(追加0・変更2・削除0)'
    """
    clauses = []
    for kind in ("added", "corrected", "removed"):
        of_kind = [one for one in changes if one.kind == kind]
        if of_kind:
            counts = {name: f"{sum(getattr(one, name) for one in of_kind):,}" for name in ("added", "changed", "removed")}
            periods = _named([Period.parse(one.period) for one in of_kind], lang)
            clauses.append(render(LOCALE, f"periods-{kind}", lang, periods=periods, **counts))
    return ("、" if lang == "ja" else "; ").join(clauses)


def _named(periods: Sequence[Period], lang: str) -> str:
    found = runs(periods)
    listed = ("・" if lang == "ja" else ", ").join(span_label(*run, lang) for run in found[:_RUNS])
    left = [one for one in periods if one > found[:_RUNS][-1][1]]
    return render(LOCALE, "periods-more", lang, listed=listed, count=len(left)) if left else listed
