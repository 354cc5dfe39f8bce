"""Advice about the file itself: one finding per item for the whole table, with a count and where the first cells stand.

They follow the items of 総務省「統計表における機械判読可能なデータの表記方法の統一ルール」(2020-12-18); where each item was
found is said in docs/rules/README.md. They never stop anything by themselves unless a value would be lost.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from publish.checking.column import Rows
from publish.table.finding import Finding, Severity
from publish.table.table import Table

LOOKED_AT = 20_000
"""Rows from the top in which the way of writing is looked at: advice needs no millionth example."""
FIRST = 3


@dataclass
class Cells:
    """Cells that an advice is about: how many, where the first ones stand, and what the first one holds."""

    table: Table
    count: int = 0
    first: list[str] = field(default_factory=list)
    example: str = ""

    def add(self, part: int, addresses: Sequence[str], count: int, example: str = "") -> None:
        """Take cells of one part by their addresses, of which the first few are enough."""
        for address in addresses[: FIRST - len(self.first)]:
            several = len(self.table.parts) > 1
            self.first.append(f"{self.table.parts[part].label} {address}" if several else address)
        self.count += count
        self.example = self.example or example

    def add_rows(self, field_name: str, rows: Rows) -> None:
        """Take cells of one field by their row positions in the table."""
        cells = self.table.cells.column(field_name)
        for row in rows[: max(1, FIRST - len(self.first))].tolist():
            part = self.table.part[row].as_py()
            number = self.table.row[row].as_py()
            # A feature of a geo file has no address but its number.
            address = self.table.parts[part].cell(number, self.table.heading(part, field_name)) or str(number)
            self.add(part, [address], 0, cells[row].as_py())
        self.count += len(rows)

    def finding(self, code: str, severity: Severity, **values: str) -> Iterator[Finding]:
        """Give the one finding, or none where there is no such cell."""
        if self.count:
            said = {"count": str(self.count), "cells": ", ".join(self.first), **values}
            yield Finding(code, severity, value=self.example, values=said)


def free_text(table: Table) -> list[str]:
    """Return the published columns that may hold any text; none of a geo file, which the rules on workbooks are not about."""
    if table.parts and all(part.kind == "vector" for part in table.parts):
        return []
    return [field.name for field in table.dataset.published if field.type == "string" and not field.constraints.enum]


def in_text(
    table: Table, names: Iterable[str], like: Callable[[pa.ChunkedArray], pa.ChunkedArray]
) -> Iterator[tuple[str, Rows]]:
    """Give by field the rows, among the first ones, of which `like` says so (bool[N]), where there are any."""
    for name in names:
        rows = np.flatnonzero(like(table.cells.column(name).slice(0, LOOKED_AT)).to_numpy())
        if len(rows):
            yield name, rows


def rows_of_parts(table: Table) -> list[Rows]:
    """Return the row numbers of each part that are kept, in order."""
    part, row = table.part.to_numpy(), table.row.to_numpy()
    if len(table.parts) == 1:
        return [np.sort(row)]
    return [np.sort(row[part == number]) for number in range(len(table.parts))]


def rows_of_range(cells: str) -> tuple[int, int]:
    """Return the first and last row of a range.

    >>> rows_of_range("B2:D14")
    (2, 14)
    """
    first, _, last = cells.partition(":")
    return int(first.lstrip(_LETTERS)), int((last or first).lstrip(_LETTERS))


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
