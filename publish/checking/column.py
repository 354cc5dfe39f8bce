"""One column of a table as rules look at it: every distinct text once, or as numbers; and findings at chosen rows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from publish.table.finding import Finding, Severity
from publish.table.table import Table

Rows = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Column:
    """`texts`: the distinct cells; `codes`: which of them every row holds."""

    texts: tuple[str, ...]
    codes: Rows

    @classmethod
    def of(cls, table: Table, field: str) -> "Column":
        """Encode one column of a table."""
        encoded = table.cells.column(field).combine_chunks().dictionary_encode()
        return cls(tuple(encoded.dictionary.to_pylist()), encoded.indices.to_numpy().astype(np.int64))

    def rows(self, holds: Callable[[str], bool]) -> Rows:
        """Return the rows whose text holds; the question is asked once per distinct text."""
        chosen = np.fromiter((holds(text) for text in self.texts), bool, len(self.texts))
        return np.flatnonzero(chosen[self.codes]) if self.texts else np.empty(0, np.int64)

    def numbers(self, read: Callable[[str], float | None]) -> Numbers:
        """Return one number per row, NaN where the text says none."""
        values = np.array([_or_nan(read(text)) for text in self.texts], np.float64)
        return values[self.codes] if self.texts else np.empty(0, np.float64)

    def text(self, row: int) -> str:
        """Return the cell of one row."""
        return self.texts[int(self.codes[row])]


def numbers(table: Table, field: str) -> Numbers:
    """Return a column as numbers, NaN where a cell is blank or no number."""
    cells = table.cells.column(field)
    try:
        cast = pc.cast(pc.if_else(pc.equal(cells, ""), pa.scalar(None, pa.string()), cells), pa.float64())
    except pa.ArrowInvalid:
        return Column.of(table, field).numbers(_number)
    return np.asarray(pc.fill_null(cast, float("nan")).to_numpy(), np.float64)


def rows_like(table: Table, field: str, pattern: str, holds: Callable[[str], bool]) -> Rows:
    """Return the rows whose text holds, asking only those that match an RE2 pattern: for questions that few texts deserve."""
    cells = table.cells.column(field)
    if not filled(table, field):
        return np.empty(0, np.int64)
    rows = np.flatnonzero(pc.match_substring_regex(cells, pattern).to_numpy())
    return np.array([row for row in rows.tolist() if holds(cells[row].as_py())], np.int64)


def filled(table: Table, field: str) -> int:
    """Return how many cells of a column are not blank."""
    return int(pc.sum(pc.not_equal(table.cells.column(field), "")).as_py() or 0)


def findings(
    table: Table,
    rows: Rows,
    code: str,
    severity: Severity,
    *,
    field: str | None = None,
    value: Callable[[int], str] | None = None,
    values: Callable[[int], Mapping[str, str]] | None = None,
) -> Iterator[Finding]:
    """Make one finding per row position; `value` is the field's cell unless given, `values` what the words name beside."""
    cells = table.cells.column(field) if field and value is None else None
    for row in rows.tolist():
        said = value(row) if value else cells[row].as_py() if cells is not None else ""
        beside = values(row) if values else {}
        yield Finding(code, severity, table.part[row].as_py(), table.row[row].as_py(), field, said, beside)


def row_name(table: Table, row: int) -> str:
    """Return "part:row" for a value whose name ends in `_row`: told as people call a row of the file."""
    return f"{table.part[row].as_py()}:{table.row[row].as_py()}"


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _or_nan(number: float | None) -> float:
    return float("nan") if number is None else number
