"""Protection: how exactly a hidden number can be worked out from a group whose breakdown is published as one sum.

Members of a group, each with its published total, against columns with their published sums: a table of whole numbers with
known margins. Each hidden number lies between max(0, T + S − N) and min(T, S), and both are reached (Fréchet's bounds; they
stay exact for any columns that count some of the people, however these overlap, because all are sums of one finest breakdown).
T: people of the member; S: the group's sum of the column; N: people of the group.
"""

import numpy as np
import numpy.typing as npt

from publish.disclosure.areas import Areas, Counts

Exposed = npt.NDArray[np.bool_]


def ranges(totals: Counts, sums: Counts) -> tuple[Counts, Counts]:
    """Return the least and the most that each hidden number can be: int[M, K] of M members with `totals` and K `sums`.

    Where a town's figures contradict one another (a sum above all people) the people are taken to be as many as the sum.
    """
    people = np.maximum(totals.sum(), sums)
    most = np.minimum(totals[:, None], sums)
    least = np.maximum(totals[:, None] + sums - people, 0)
    return least, most


def _unknown(count: int, sums: Counts) -> tuple[Counts, Counts]:
    most = np.tile(sums, (count, 1))
    return np.zeros_like(most), most


def exposed(areas: Areas, carrier: int, members: list[int], protection: int, *, totals_shown: bool = True) -> Exposed:
    """Return which hidden numbers are too narrow: bool[M, K] of the members whose breakdown is added to the carrier.

    Where the members' own totals are hidden, too, each number can be anything from none to the group's sum.
    An area of fewer people than `protection` cannot leave more room than its people; a column in which the whole table counts
    nearly nobody leaves no more than these, as long as the group holds all of them.
    """
    group = [*members, carrier]
    sums, whole = areas.added(group), areas.added(list(range(len(areas.names))))
    least, most = ranges(areas.persons(group), sums) if totals_shown else _unknown(len(group), sums)
    wanted = np.minimum(areas.persons(members), protection)[:, None]
    wanted = np.where(sums == whole, np.minimum(wanted, whole), wanted)
    narrow = (most - least)[: len(members)] < wanted
    return np.asarray(narrow & areas.used & (areas.counts[carrier] >= 0))
