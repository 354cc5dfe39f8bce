"""Single small cells (補助秘匿): where a town asks for it, numbers from 1 to below N of larger areas are hidden as well.

A hidden number is the sum of its row less the others, and the sum of its column less the others (a town's totals are known). So
further cells are hidden until every hidden one can be raised or lowered by `protection` along cycles of hidden cells that leave
all sums as they are: the exact ranges of a table of whole numbers with known sums, found as flow (Gusfield 1988).
"""

from collections import deque

import numpy as np
import numpy.typing as npt

from publish.disclosure.areas import Counts

Cells = npt.NDArray[np.bool_]
Cell = tuple[int, int]


def hide_small(values: Counts, below: int, protection: int, before: Cells) -> Cells | None:
    """Return which cells of a table are hidden: bool[R, C]; None where one cannot be protected.

    `values` int[R, C], negative where a cell holds no number; `before`: cells that were hidden before and stay so.
    """
    found = (before & (values >= 0)) | ((values >= 1) & (values < below))
    for row, column in np.argwhere(found).tolist():
        wanted = _possible(values, (row, column), protection)
        if room(values, found, (row, column), wanted) < wanted:
            corners = _corners(values, found, (row, column), wanted)
            if corners is None:
                return None
            for corner in corners:
                found[corner] = True
    return found


def room(values: Counts, hidden: Cells, cell: Cell, enough: int) -> int:
    """Return how far apart the least and the most of a hidden number lie, counted up to `enough`."""
    raised = 0
    for raising in (True, False):
        left = values.copy()
        while raised < enough and (raising or left[cell] > 0) and _shift(left, hidden, cell, raising):
            raised += 1
    return raised


def _possible(values: Counts, cell: Cell, protection: int) -> int:
    """No cell leaves more room than its row and its column count."""
    row, column = np.maximum(values[cell[0]], 0).sum(), np.maximum(values[:, cell[1]], 0).sum()
    return int(min(protection, row, column))


def _shift(left: Counts, hidden: Cells, cell: Cell, raising: bool) -> bool:
    """Raise or lower a cell by one and others with it, so that all sums stay; False when that cannot be done.

    A way through the table: along a row to a cell that is raised, along its column to one that is lowered, and so on.
    """
    row, column = cell
    count = len(left)  # rows are the nodes 0…R-1, columns R…R+C-1
    start, goal = (count + column, row) if raising else (row, count + column)
    came = {start: -1}
    waiting = deque([start])
    while waiting and goal not in came:
        node = waiting.popleft()
        for other in _next(left, hidden, node, count):
            if other not in came and {node, other} != {row, count + column}:
                came[other] = node
                waiting.append(other)
    if goal not in came:
        return False
    left[cell] += 1 if raising else -1
    node = goal
    while node != start:
        before = came[node]
        place = (before, node - count) if before < count else (node, before - count)
        left[place] += 1 if before < count else -1
        node = before
    return True


def _next(left: Counts, hidden: Cells, node: int, count: int) -> list[int]:
    """From a row any hidden cell can be raised; from a column those can be lowered that are not none yet."""
    if node < count:
        return [count + int(column) for column in np.flatnonzero(hidden[node])]
    return np.flatnonzero(hidden[:, node - count] & (left[:, node - count] > 0)).tolist()


def _corners(values: Counts, hidden: Cells, cell: Cell, wanted: int) -> list[Cell] | None:
    """Return the three cells that make a cycle with this one at the least cost: the fewest people newly hidden."""
    row, column = cell
    fits = (values >= 0) & (values[row][None, :] >= 0) & (values[:, column][:, None] >= 0)
    raised = (values[row][None, :] >= wanted) & (values[:, column][:, None] >= wanted)
    lowered = (values >= wanted) & bool(values[cell] >= wanted)
    fits &= raised | lowered
    fits[row] = False
    fits[:, column] = False
    if not fits.any():
        return None
    price = np.where(hidden, 0, values + 1)
    cost = price + price[row][None, :] + price[:, column][:, None]
    other, beside = np.unravel_index(np.argmin(np.where(fits, cost, np.iinfo(np.int64).max)), cost.shape)
    return [(row, int(beside)), (int(other), column), (int(other), int(beside))]
