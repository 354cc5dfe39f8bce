"""Schema errors as findings: stable codes, the place in the clerk's file, and what the words need to be useful.

A required column that a file does not have at all is one finding, not one per row.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from catalog.dataset import Dataset, Field
from catalog.library import Library
from publish.checking.column import row_name
from publish.checking.schema import schema_errors
from publish.checking.schema_error import BLANK, KEY, TYPE, UNIQUE, SchemaErrors
from publish.checking.spelling import likely_code, likely_number, likely_time
from publish.table.finding import Finding
from publish.table.table import Table

Rows = npt.NDArray[np.int64]
_LENGTHS = ("minLength", "maxLength")


def schema_findings(table: Table, library: Library, *, fast: bool = True) -> Iterator[Finding]:
    """Judge the published columns of a table by its definition's Table Schema; keys of a series hold within a period.

    `fast` as in `schema_errors`.
    """
    absent = frozenset(_absent(table))
    for part, field in sorted(absent):
        yield Finding("missing-column", "error", part, field=field)
    teller = _Teller(table, library, absent)
    schema = table.dataset.table_schema()
    for rows in _periods(table):
        cells = table.cells if rows is None else table.cells.take(pa.array(rows))
        yield from teller.tell(schema_errors(cells, schema, fast=fast), rows)


def _periods(table: Table) -> Iterator[Rows | None]:
    """Give the rows of each period, or None for all rows: a release holds one CSV per period."""
    if table.period is None:
        yield None
        return
    periods = np.asarray(table.period.to_pylist(), object)
    for period in sorted(set(periods.tolist())):
        yield np.flatnonzero(periods == period)


def _absent(table: Table) -> Iterator[tuple[int, str]]:
    """Give part and field where a required column is not in the file and nobody filled it."""
    required = [field.name for field in table.dataset.published if field.constraints.required]
    for part, headings in enumerate(table.headings):
        missing = [name for name in required if name not in headings]
        rows = pc.equal(table.part, part) if missing else None
        for name in missing:
            cells = table.cells.column(name).filter(rows)
            if len(cells) and pc.all(pc.equal(cells, "")).as_py():
                yield part, name


class _Teller:
    """Turns the errors of one table into findings."""

    def __init__(self, table: Table, library: Library, absent: frozenset[tuple[int, str]]) -> None:
        self._table = table
        self._dataset = table.dataset
        self._absent = absent
        self._part = table.part.to_numpy()
        self._row = table.row.to_numpy()
        self._columns = {field.name: table.cells.column(field.name) for field in table.dataset.published}
        self._likely: Callable[[str, str, str], Mapping[str, str]] = cache(_likely(table.dataset, library))

    def tell(self, errors: SchemaErrors, rows: Rows | None) -> Iterator[Finding]:
        """Give one finding per error; `rows` are the table's rows that were judged, None for all."""
        listed = (errors.row, errors.field, errors.type, errors.constraint, errors.first)
        for row, field, kind, constraint, first in zip(*(column.to_pylist() for column in listed), strict=True):
            place = row if rows is None else int(rows[row])
            earlier = first if rows is None or first < 0 else int(rows[first])
            part = int(self._part[place])
            if constraint != "required" or (part, field) not in self._absent:
                yield self._finding(part, place, field, kind, constraint, earlier)

    def _finding(self, part: int, row: int, field: str, kind: str, constraint: str, first: int) -> Finding:
        number = int(self._row[row])
        if kind == BLANK:
            return Finding("blank-row", "error", part, number)
        if kind == KEY:
            return self._key(part, row, number, first)
        text = self._columns[field][row].as_py()
        if kind == UNIQUE:
            return Finding("unique", "error", part, number, field, text, {"first_row": row_name(self._table, first)})
        code = _code(self._dataset.field(field), kind, constraint)
        return Finding(code, "error", part, number, field, text, self._likely(code, field, text))

    def _key(self, part: int, row: int, number: int, first: int) -> Finding:
        key = self._dataset.key
        field = key[0] if len(key) == 1 else None
        values = {"key_field": "\n".join(key)}
        if first < 0:
            return Finding("key-missing", "error", part, number, field, "", values)
        text = "・".join(self._columns[name][row].as_py() for name in key)
        return Finding("primary-key", "error", part, number, field, text, {**values, "first_row": row_name(self._table, first)})


def _code(field: Field, kind: str, constraint: str) -> str:
    if kind == TYPE:
        return f"type-{field.type}"
    return "length" if constraint in _LENGTHS else constraint


def _likely(dataset: Dataset, library: Library) -> Callable[[str, str, str], Mapping[str, str]]:
    def likely(code: str, name: str, text: str) -> Mapping[str, str]:
        field = dataset.field(name)
        if code in ("type-integer", "type-number"):
            return {"nearest": likely_number(text)}
        if code == "type-time":
            return {"nearest": likely_time(text)}
        if code != "enum":
            return {}
        codes = library.code_lists.get(field.codes) if field.codes else None
        return {"nearest": likely_code(text, field.constraints.enum or (), codes)}

    return likely
