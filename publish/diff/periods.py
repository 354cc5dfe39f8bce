"""What became of the months or years of a series: which are new, which went, which say something else than before."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from publish.diff.table_files import TableFiles

Kind = Literal["added", "corrected", "removed"]


@dataclass(frozen=True, slots=True)
class PeriodChange:
    """One period ("2026-06") and how many of its rows came, changed and went."""

    period: str
    kind: Kind
    added: int
    changed: int
    removed: int


def period_of(id_: str) -> str:
    """Return the period of a row of a series, whose id is `period/id`.

    >>> period_of("2026-06/東町")
    '2026-06'
    """
    return id_.partition("/")[0]


def period_changes(
    before: TableFiles, after: TableFiles, *, added: Sequence[str], changed: Sequence[str], removed: Sequence[str]
) -> Iterator[PeriodChange]:
    """Give the periods with a row in one of the lists of ids, in the order of time; nothing where one side is no series."""
    if before.dataset.series is None or after.dataset.series is None:
        return
    old, new = (frozenset(map(period_of, table.ids)) for table in (before, after))
    came, other, went = (Counter(map(period_of, ids)) for ids in (added, changed, removed))
    for period in sorted({*came, *other, *went}):
        kind: Kind = "added" if period not in old else "removed" if period not in new else "corrected"
        yield PeriodChange(period, kind, came[period], other[period], went[period])
