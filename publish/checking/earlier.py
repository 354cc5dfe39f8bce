"""What a table is compared with: the last release, of a series the same period as it was, or the period before."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from publish.table.table import Table


@dataclass(frozen=True, slots=True)
class Pair:
    """Rows of today and rows of the last release that belong together; `period` is today's, "" where there is no series."""

    period: str
    part: int | None
    """The part in which a period of a series stands, None where it has several or there is no series."""
    now: pa.Table
    before: pa.Table


def pairs(table: Table, previous: Table | None) -> Iterator[Pair]:
    """Give what can be compared; nothing for a first release, or a period that has none before it."""
    if previous is None:
        return
    if table.period is None or previous.period is None:
        yield Pair("", None, table.cells, previous.cells)
        return
    known = sorted(previous.period.unique().to_pylist())
    for period in sorted(table.period.unique().to_pylist()):
        before = max((other for other in known if other <= period), default=None)
        if period and before is not None:
            parts = table.part.filter(pc.equal(table.period, period)).unique().to_pylist()
            part = parts[0] if len(parts) == 1 else None
            yield Pair(period, part, _of(table, period), _of(previous, before))


def lost_columns(table: Table, previous: Table | None) -> Iterator[tuple[str, int]]:
    """Give the published columns that had values in the last release and have none now, with how many rows had one.

    Of a series the newest period is compared; a required column is left to the schema, a table without rows to its own rule.
    """
    newest = max(pairs(table, previous), key=lambda pair: pair.period, default=None)
    if newest is None or not newest.now.num_rows:
        return
    there = set(newest.before.column_names)
    for field in table.dataset.published:
        if field.name in there and not field.constraints.required and not _filled(newest.now, field.name):
            before = _filled(newest.before, field.name)
            if before:
                yield field.name, before


def _filled(cells: pa.Table, name: str) -> int:
    return int(pc.sum(pc.not_equal(cells.column(name), "")).as_py() or 0)


def _of(table: Table, period: str) -> pa.Table:
    return table.cells.filter(pc.equal(table.period, period))
