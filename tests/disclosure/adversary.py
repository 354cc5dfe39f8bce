"""Somebody who has every published table and a solver: what is the least, what the most that a hidden number can be?

Whole numbers of people by period, area and leaf; an equation for every published number, with the groups read from the
published remarks; and, as if other tables of the town told them, the true sums of every column over all areas.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from counted import HIDDEN, LEAVES, TOTAL, WHOLES
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

Published = Mapping[str, Mapping[str, str]]
"""Rows of one published month by area."""
_INTO = re.compile("内訳は「(.+?)」に含めました")


@dataclass
class Adversary:
    """`frozen`: supposes besides that nobody moved, was born or had a birthday wherever the published total stayed the same."""

    frozen: bool = False
    variables: dict[tuple[str, str, str], int] = field(default_factory=dict)
    equations: list[tuple[dict[int, int], int]] = field(default_factory=list)
    constraint: LinearConstraint | None = None
    """All equations as one matrix, once no table follows."""

    def reads(self, month: str, rows: Published, sums: Mapping[str, int]) -> None:
        """Take one published table of a month, and what the town says of all areas together."""
        for area, row in rows.items():
            members = [other for other, one in rows.items() if _carrier(one) == area]
            for column in (*HIDDEN, TOTAL):
                if row[column] != "X":
                    added = column != TOTAL or any(rows[other][TOTAL] == "X" for other in members)
                    group = [area, *members] if added else [area]
                    unknown = [cell for name in group for cell in self._cells(month, name, rows[name], parts(column))]
                    self._equal(unknown, int(row[column]))
        for column, total in sums.items():
            self._equal([cell for area, row in rows.items() for cell in self._cells(month, area, row, parts(column))], total)

    def range(self, month: str, area: str, row: Mapping[str, str], column: str) -> tuple[int, int]:
        """Return the least and the most that a number can be."""
        cost = np.zeros(len(self.variables))
        cost[self._cells(month, area, row, parts(column))] = 1
        return self._extreme(cost), -self._extreme(-cost)

    def _extreme(self, cost: np.ndarray) -> int:
        found = milp(cost, constraints=self._all(len(cost)), bounds=Bounds(0), integrality=1)
        assert found.success, found.message
        return round(found.fun)

    def _all(self, count: int) -> LinearConstraint:
        if self.constraint is None:
            entries = [(n, cell, times) for n, (cells, _) in enumerate(self.equations) for cell, times in cells.items()]
            rows, columns, values = zip(*entries, strict=True)
            matrix = csr_array((values, (rows, columns)), shape=(len(self.equations), count))
            right = [total for _, total in self.equations]
            self.constraint = LinearConstraint(matrix, right, right)
        return self.constraint

    def _equal(self, cells: Iterable[int], total: int) -> None:
        left: dict[int, int] = {}
        for cell in cells:
            left[cell] = left.get(cell, 0) + 1
        self.equations.append((left, total))

    def _cells(self, month: str, area: str, row: Mapping[str, str], leaves: Sequence[str]) -> list[int]:
        when = f"{row[TOTAL]}/{row['世帯数']}" if self.frozen else month
        return [self.variables.setdefault((when, area, leaf), len(self.variables)) for leaf in leaves]


def parts(column: str) -> tuple[str, ...]:
    """The leaves that a column is the sum of."""
    return LEAVES if column == TOTAL else WHOLES.get(column, (column,))


def _carrier(row: Mapping[str, str]) -> str | None:
    match = _INTO.search(row["備考"])
    return match[1] if match else None
