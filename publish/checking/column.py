"""One column of a table as rules look at it: every distinct text once, or as numbers; and findings at chosen rows.

What several rules ask about a column is worked out once and kept in the table's memo while it is checked.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from publish.checking.octets import Octets
from publish.checking.searching import Searched
from publish.table.finding import Finding, Severity
from publish.table.table import Table

Rows = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]
_NUMBER = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)$"
"""What Arrow and Python read as the same number; the few other texts are asked one by one."""
_SAMPLE = 1_000
"""Cells by which a column is judged before it is encoded: encoding a column without repetition costs most and saves nothing."""
_SPARSE = 0.2
"""Share of cells that are not blank, below which the blank ones are left out first."""
_NOWHERE: Rows = np.empty(0, np.int64)


@dataclass(frozen=True, eq=False)
class Column:
    """`encoded`: the column as distinct cells and which of them every row holds."""

    encoded: pa.DictionaryArray

    @classmethod
    def of(cls, table: Table, field: str) -> "Column":
        """Encode one column of a table."""
        return cls(table.memo.once(("encoded", field), lambda: _cells(table, field).dictionary_encode()))

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The distinct cells."""
        return tuple(self.encoded.dictionary.to_pylist())

    @cached_property
    def codes(self) -> Rows:
        """Which of the texts every row holds."""
        return np.asarray(self.encoded.indices.to_numpy(), np.int64)

    def rows(self, holds: Callable[[str], bool]) -> Rows:
        """Return the rows whose text holds; the question is asked once per distinct text."""
        return self.where(np.flatnonzero(np.fromiter(map(holds, self.texts), bool, len(self.texts))))

    def numbers(self, read: Callable[[str], float | None]) -> Numbers:
        """Return one number per row, NaN where the text says none."""
        values = np.array([_or_nan(read(text)) for text in self.texts], np.float64)
        return values[self.codes] if self.texts else np.empty(0, np.float64)

    def text(self, row: int) -> str:
        """Return the cell of one row."""
        return str(self.encoded[int(row)].as_py())

    def where(self, chosen: Rows) -> Rows:
        """Return the rows that hold one of the texts at the chosen positions."""
        if not len(chosen):
            return _NOWHERE
        marked = np.zeros(len(self.encoded.dictionary), bool)
        marked[chosen] = True
        return np.flatnonzero(marked[self.codes])


def numbers(table: Table, field: str) -> Numbers:
    """Return a column as numbers, NaN where a cell is blank or no number. Read-only: every rule is given the same."""
    return table.memo.once(("numbers", field), lambda: _read_only(_numbers(_cells(table, field))))


def rows_that(table: Table, field: str, holds: Callable[[str], bool], among: Callable[[pa.Array], Rows]) -> Rows:
    """Return the rows whose text holds; `among` names, of many texts at once, the positions of those that have to be asked.

    This is what makes a rule bearable on a million different texts: a few operations on the whole column leave few to ask.
    """
    if not filled(table, field):
        return _NOWHERE
    asked = _asked(table, field)
    return asked.rows(_holding(asked.texts, among(asked.texts), holds))


def rows_like(table: Table, field: str, pattern: str | Sequence[str], holds: Callable[[str], bool]) -> Rows:
    r"""Return the rows whose text holds, asking only those that match an RE2 pattern: for questions that few texts deserve.

    The more a pattern says, the cheaper: a million different texts are searched at once, and only what it finds is asked.
    A pattern that begins with a plain letter is searched twenty times as fast as a choice of two, so that there may be
    several patterns, of which one must match; `\A`, `\z` and (?-m) make the search slow.
    """

    def among(texts: pa.Array) -> Rows:
        searched = _searched(table, field, texts)
        found = [searched.like(one) for one in ([pattern] if isinstance(pattern, str) else pattern)]
        return np.unique(np.concatenate(found)) if len(found) > 1 else found[0]

    return rows_that(table, field, holds, among)


def rows_unlike(table: Table, field: str, form: str, holds: Callable[[str], bool] | None = None) -> Rows:
    """Return the rows whose text is neither blank nor wholly of an RE2 form, and holds: for what nearly all texts are.

    The form may be narrower than what is right, since the others are asked. One that may contain a line break is slow.
    """

    def among(texts: pa.Array) -> Rows:
        return table.memo.once(("unlike", field, form), lambda: _searched(table, field, texts).unlike(form))

    return rows_that(table, field, holds or _any, among)


def rows_beginning(table: Table, field: str, letters: str, holds: Callable[[str], bool]) -> Rows:
    """Return the rows whose text begins with one of some letters and holds."""
    leads = np.zeros(256, bool)
    leads[[letter.encode()[0] for letter in letters]] = True
    cells = _cells(table, field)
    first = table.memo.once(("first", field), lambda: Octets.of(cells).first())
    return _holding(cells, np.flatnonzero(leads[first]), lambda text: text[0] in letters and holds(text))


def longest(table: Table, field: str) -> int:
    """Return the bytes (UTF-8) of the longest cell."""
    return table.memo.once(("longest", field), lambda: int(pc.max(pc.binary_length(table.cells.column(field))).as_py() or 0))


def filled(table: Table, field: str) -> int:
    """Return how many cells of a column are not blank."""
    return table.memo.once(("filled", field), lambda: int(pc.sum(pc.not_equal(table.cells.column(field), "")).as_py() or 0))


def blank(table: Table, field: str) -> Rows:
    """Return the rows whose cell is blank."""
    if filled(table, field) == table.rows:
        return _NOWHERE
    return np.flatnonzero(np.asarray(pc.equal(_cells(table, field), ""), bool))


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
    if not len(rows):
        return
    wanted = pa.array(rows, pa.int64())
    places = table.part.take(wanted).to_pylist(), table.row.take(wanted).to_pylist()
    cells = table.cells.column(field).take(wanted).to_pylist() if field and value is None else [""] * len(rows)
    for row, part, number, cell in zip(rows.tolist(), *places, cells, strict=True):
        said = value(row) if value else cell
        yield Finding(code, severity, part, number, field, said, values(row) if values else {})


def row_name(table: Table, row: int) -> str:
    """Return "part:row" for a value whose name ends in `_row`: told as people call a row of the file."""
    return f"{table.part[row].as_py()}:{table.row[row].as_py()}"


def _cells(table: Table, field: str) -> pa.Array:
    column = table.cells.column(field)
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


@dataclass(frozen=True, slots=True)
class _Asked:
    """The texts of a column that have to be asked, and the way from their positions to the rows that hold them."""

    texts: pa.Array
    rows: Callable[[Rows], Rows]


def _asked(table: Table, field: str) -> _Asked:
    """Return the distinct texts; or every text that is not blank, where few are, or where encoding them would not pay."""
    return table.memo.once(("asked", field), lambda: _choose_asked(table, field))


def _choose_asked(table: Table, field: str) -> _Asked:
    cells, rows = _cells(table, field), None
    if filled(table, field) < _SPARSE * len(cells):
        rows = np.flatnonzero(np.asarray(pc.not_equal(cells, ""), bool))
        cells = cells.take(pa.array(rows))
    elif repeats(cells):
        column = Column.of(table, field)
        return _Asked(column.encoded.dictionary, column.where)
    return _Asked(cells, lambda chosen: chosen if rows is None else rows[chosen])


def _searched(table: Table, field: str, texts: pa.Array) -> Searched:
    return table.memo.once(("searched", field), lambda: Searched(texts))


def _any(_text: str) -> bool:
    return True


def repeats(cells: pa.Array) -> bool:
    """Say whether cells repeat one another, by a sample over the whole length."""
    if len(cells) <= _SAMPLE:
        return True
    places = np.linspace(0, len(cells) - 1, _SAMPLE).astype(np.int64)
    return len(cells.take(pa.array(places)).unique()) * 2 < _SAMPLE


def _holding(texts: pa.Array, likely: Rows, holds: Callable[[str], bool]) -> Rows:
    """Return which of the likely positions hold, asking every distinct text once."""
    return likely[Column(texts.take(pa.array(likely)).dictionary_encode()).rows(holds)] if len(likely) else _NOWHERE


def _numbers(cells: pa.Array) -> Numbers:
    written = pc.if_else(pc.equal(cells, ""), pa.scalar(None, pa.utf8()), cells)
    try:
        return np.array(pc.cast(written, pa.float64()).to_numpy(zero_copy_only=False), np.float64)
    except pa.ArrowInvalid:
        plain = pc.match_substring_regex(cells, _NUMBER)
        read = np.array(pc.cast(pc.if_else(plain, cells, pa.scalar(None, pa.utf8())), pa.float64()).to_numpy(False), np.float64)
        odd = np.flatnonzero(~np.asarray(plain, bool))
        read[odd] = Column(cells.take(pa.array(odd)).dictionary_encode()).numbers(_number)
        return read


def _read_only(values: Numbers) -> Numbers:
    values.flags.writeable = False
    return values


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _or_nan(number: float | None) -> float:
    return float("nan") if number is None else number
