"""Sheet: one sheet of an opened workbook, whatever its format: what was seen of it beforehand, and its typed cells."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pyarrow as pa

from publish.table.file_facts import NO_FACTS, FileFacts, Rows

Cell = str | float | bool | date | datetime | time | timedelta
Place = tuple[int, int]
"""Row and column, counted from 1."""


@dataclass(frozen=True, slots=True)
class Survey:
    """Last row and column that hold anything (counted from 1), error cells with their text, formulas without a result."""

    rows: int
    columns: int
    filled: bool
    errors: dict[Place, str]
    uncalculated: tuple[Place, ...] = ()
    facts: FileFacts = NO_FACTS


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, whether a reader of the workbook sees it, what it holds."""

    name: str
    visible: bool
    survey: Survey
    read: Callable[[], Sequence[Sequence[Cell]]]
    """Give the typed cells row by row from A1, all rows equally long; called when the survey is within the limits."""
    texts: Callable[[], tuple[pa.Table, Mapping[str, Rows]] | None] = lambda: None
    """Give the cells as a Grid has them, and by column letter the rows in which a text says a number; None: see `read`."""
