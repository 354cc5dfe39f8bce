"""Schema errors as findings: stable codes, the place in the clerk's file, and what the words need to be useful.

A required column that a file does not have at all is one finding, not one per row.
"""

from collections import Counter
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
from publish.parsers.date import meant_day
from publish.table.finding import Finding
from publish.table.table import Table

Rows = npt.NDArray[np.int64]
_LENGTHS = ("minLength", "maxLength")
_MISSPELT = 1_000
"""Different texts of a column that are compared with its codes: a column with more of them is not misspelt but another one."""


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
        self._key = table.dataset.key
        self._fields = {field.name: field for field in table.dataset.published}
        self._absent = absent
        self._part = table.part.to_numpy()
        self._row = table.row.to_numpy()
        self._likely: Callable[[str, str, str], Mapping[str, str]] = cache(_likely(table.dataset, library))

    def tell(self, errors: SchemaErrors, rows: Rows | None) -> Iterator[Finding]:
        """Give one finding per error; `rows` are the table's rows that were judged, None for all."""
        places, firsts = errors.row.to_numpy(), errors.first.to_numpy()
        if rows is not None:
            places, firsts = rows[places], np.where(firsts < 0, firsts, rows[firsts])
        kinds = (column.to_pylist() for column in (errors.field, errors.type, errors.constraint))
        spots = (numbers.tolist() for numbers in (self._part[places], self._row[places], firsts))
        listed = zip(*kinds, self._texts(errors, places), *spots, strict=True)
        for field, kind, constraint, text, part, number, first in listed:
            if constraint != "required" or (part, field) not in self._absent:
                yield self._finding(part, number, field, kind, constraint, text, first)

    def _texts(self, errors: SchemaErrors, places: Rows) -> list[str]:
        """Return the cell that each error is about, those of a key joined, "" for a row; whole columns at once."""
        texts = np.full(len(places), "", object)
        codes = np.asarray(errors.field.indices)
        for code, name in enumerate(errors.field.dictionary.to_pylist()):
            at = np.flatnonzero(codes == code)
            if name and len(at):
                texts[at] = self._table.cells.column(name).take(pa.array(places[at])).to_pylist()
        keyed = np.flatnonzero(np.asarray(pc.equal(errors.type.cast(pa.utf8()), KEY), bool))
        if len(keyed):
            parts = (self._table.cells.column(name).take(pa.array(places[keyed])).to_pylist() for name in self._key)
            texts[keyed] = ["・".join(cells) for cells in zip(*parts, strict=True)]
        return list(texts)

    def _finding(self, part: int, row: int, field: str, kind: str, constraint: str, text: str, first: int) -> Finding:
        if kind == BLANK:
            return Finding("blank-row", "error", part, row)
        if kind == KEY:
            return self._of_key(part, row, text, first)
        if kind == UNIQUE:
            return Finding("unique", "error", part, row, field, text, {"first_row": row_name(self._table, first)})
        code = _code(self._fields[field], kind, constraint)
        return Finding(code, "error", part, row, field, text, self._likely(code, field, text))

    def _of_key(self, part: int, number: int, text: str, first: int) -> Finding:
        field = self._key[0] if len(self._key) == 1 else None
        values = {"key_field": "\n".join(self._key)}
        if first < 0:
            return Finding("key-missing", "error", part, number, field, "", values)
        return Finding("primary-key", "error", part, number, field, text, {**values, "first_row": row_name(self._table, first)})


def _code(field: Field, kind: str, constraint: str) -> str:
    if kind == TYPE:
        return f"type-{field.type}"
    return "length" if constraint in _LENGTHS else constraint


def _likely(dataset: Dataset, library: Library) -> Callable[[str, str, str], Mapping[str, str]]:
    asked: Counter[str] = Counter()

    def likely(code: str, name: str, text: str) -> Mapping[str, str]:
        field = dataset.field(name)
        if code in ("type-integer", "type-number"):
            return {"nearest": likely_number(text)}
        if code == "type-time":
            return {"nearest": likely_time(text)}
        if code == "type-date" and field.format in ("default", "any"):
            return {"nearest": meant_day(text)}
        if code != "enum":
            return {}
        asked[name] += 1
        if asked[name] > _MISSPELT:
            return {"nearest": ""}
        codes = library.code_lists.get(field.codes) if field.codes else None
        return {"nearest": likely_code(text, field.constraints.enum or (), codes)}

    return likely
