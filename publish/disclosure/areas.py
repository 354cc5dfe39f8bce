"""Areas: the numbers of one period's table by area, taken out of its text cells for suppression."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from catalog.dataset import Dataset
from catalog.errors import DisclosureRefused
from catalog.suppression import Suppression

Counts = npt.NDArray[np.int64]

UNKNOWN = -1
"""A cell that is blank or no count."""
_COUNT = re.compile(r"\+?[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Areas:
    """N areas of one period with K hidden columns; UNKNOWN where a cell holds no count."""

    rows: Counts
    """Row number of each area in the whole table."""
    names: tuple[str, ...]
    at: Mapping[str, int]
    """Place of each name."""
    totals: Counts
    households: Counts
    counts: Counts
    """int[N, K], columns as `Suppression.columns` returns them."""

    def total(self, place: int) -> int | None:
        """Return the people of an area; None when unknown, or when nobody is said to live where somebody is counted."""
        total = int(self.totals[place])
        return None if total == UNKNOWN or (total == 0 and self.counts[place].max(initial=0) > 0) else total

    def household(self, place: int) -> int | None:
        """Return the households of an area; None when unknown."""
        return None if self.households[place] == UNKNOWN else int(self.households[place])

    def persons(self, places: list[int]) -> Counts:
        """Return the people of some areas; where the total is unknown, at least as many as one column counts."""
        return np.asarray(np.maximum(self.totals[places], self.counts[places].max(axis=1, initial=0)))

    def added(self, places: list[int]) -> Counts:
        """Return the sums of some areas by column; an unknown count adds nothing."""
        return np.asarray(np.maximum(self.counts[places], 0).sum(axis=0))

    def smallest(self, place: int, columns: list[int]) -> int | None:
        """Return the smallest number above none of an area in some columns; None where there is none."""
        counted = self.counts[place, columns]
        return int(counted[counted > 0].min()) if (counted > 0).any() else None

    @property
    def used(self) -> npt.NDArray[np.bool_]:
        """Columns in which any area has a count: an optional column that a town leaves blank hides nothing."""
        return np.asarray((self.counts != UNKNOWN).any(axis=0))

    def is_broken_down(self, place: int) -> bool:
        """Say whether an area has any number that could be hidden: an office may have left them out itself."""
        return bool((self.counts[place] != UNKNOWN).any())

    def complete(self, place: int) -> bool:
        """Say whether an area has a count in every used column: nothing can be added to a blank."""
        return not bool(((self.counts[place] == UNKNOWN) & self.used).any())


def read_areas(cells: pa.Table, period: pa.Array | None, dataset: Dataset, terms: Suppression) -> dict[str, Areas]:
    """Return the areas of each period, oldest first ("" where there are no periods).

    DisclosureRefused when a row names no area or two rows of a period the same one: what is hidden could not be told apart.
    """
    names = [str(name) for name in cells.column(terms.area).to_pylist()]
    periods = [str(one) for one in period.to_pylist()] if period is not None else [""] * len(names)
    columns = terms.columns(field.name for field in dataset.published if field.type == "integer")
    counts = np.stack([_counts(cells, name) for name in columns], axis=1)
    totals = _counts(cells, terms.total)
    households = _counts(cells, terms.households) if terms.households else np.full(len(names), UNKNOWN)
    found: dict[str, Areas] = {}
    for one in sorted(set(periods)):
        rows = np.array([row for row, other in enumerate(periods) if other == one], np.int64)
        here = tuple(names[row] for row in rows)
        at = {name: place for place, name in enumerate(here)}
        if len(at) < len(here) or "" in at:
            raise _unclear(dataset, terms.area, one)
        found[one] = Areas(rows, here, at, totals[rows], households[rows], counts[rows])
    return found


def _counts(cells: pa.Table, name: str) -> Counts:
    texts = cells.column(name).to_pylist()
    return np.array([int(text) if _COUNT.fullmatch(text) else UNKNOWN for text in texts], np.int64)


def _unclear(dataset: Dataset, column: str, period: str) -> DisclosureRefused:
    return DisclosureRefused(
        f"「{dataset.id}」の{period}の表で、「{column}」が空の行か、同じ名前の行があります。人数の少ない地域を伏せることができません。",
        f"{dataset.id!r} {period}: {column!r} is blank or stands twice, so areas with few people cannot be hidden.",
        fix_ja=f"元の表の「{column}」を、1行に一つずつ、ちがう名前にしてください。",
        fix_en=f"Give every row of the source a name of its own under {column!r}.",
        code="areas-unclear",
    )
