"""One cause, one finding: what strikes many rows in the same way is said once, for all of them.

A step of telling, not of judging: a report keeps the findings of every row, since rejecting, accepting, counting and painting
go by rows. Two things show a common cause: the same value in many rows (0, 0; one word spelt the same way), or a column that
is struck nearly from top to bottom (its dates all in a form that cannot be read).
"""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from publish.table.finding import Finding
from publish.table.table import Table

_SAME = 5
"""Rows with the same value from which on they are told together."""
_MANY = 10
"""Rows from which on a column can be struck as a whole."""
_NEARLY = 0.8
"""Share of the filled cells of a column that makes it struck as a whole."""
_FEW = 5
"""Different values of a column struck as a whole that are still told one by one: there are words to say of each."""
_Kind = tuple[str, str, int | None, str | None]


def grouped(findings: Iterable[Finding], table: Table) -> list[Finding]:
    """Return findings in their order, those of one cause as one that carries them; nothing is left out."""
    listed = list(findings)
    leaders = {id(group[0]): group for kind in _kinds(listed) for group in _causes(kind, table)}
    followers = {id(finding) for group in leaders.values() for finding in group[1:]}
    return [_together(leaders[id(one)]) if id(one) in leaders else one for one in listed if id(one) not in followers]


def _kinds(findings: Sequence[Finding]) -> Iterator[list[Finding]]:
    """Give the findings of rows that are of one code and one column of one part, where they are enough to have one cause."""
    kinds: dict[_Kind, list[Finding]] = {}
    for finding in findings:
        if finding.row is not None and not finding.members:
            kinds.setdefault((finding.code, finding.severity, finding.part, finding.field), []).append(finding)
    return (kind for kind in kinds.values() if len(kind) >= _SAME)


def _causes(kind: Sequence[Finding], table: Table) -> Iterator[list[Finding]]:
    """Give the groups of several findings that have one cause each."""
    causes: dict[object, list[Finding]] = {}
    for finding in kind:
        causes.setdefault((finding.value, frozenset(finding.values.items())), []).append(finding)
    if len(kind) >= _MANY and len(kind) >= _NEARLY * _filled(kind[0], table):
        groups = list(causes.values()) if len(causes) <= _FEW else [list(kind)]
    else:
        groups = [group for group in causes.values() if len(group) >= _SAME]
    return (group for group in groups if len(group) > 1)


def _filled(finding: Finding, table: Table) -> int:
    """Return how many cells of the part's column could have been struck like this one."""
    of_part = pc.equal(table.part, pa.scalar(finding.part or 0, pa.int32()))
    if finding.value and finding.field in table.dataset.names:
        of_part = pc.and_(of_part, pc.not_equal(table.cells.column(finding.field).combine_chunks(), ""))
    return int(np.count_nonzero(np.asarray(of_part)))


def _together(group: Sequence[Finding]) -> Finding:
    """Return the first finding for all of them; what was probably meant is said only where it holds for every row."""
    first = group[0]
    values = dict(first.values)
    if any(finding.values.get("nearest") != first.values.get("nearest") for finding in group):
        values["nearest"] = ""
    return dataclasses.replace(first, values=values, members=tuple(group))
