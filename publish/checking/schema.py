"""What a Table Schema says about a table: the errors that `frictionless.validate` gives for a CSV of the same cells.

In: Arrow text columns and a schema. Out: position, field and type of every error. An acceptor passes what is provably
valid, frictionless' own readers are asked about the rest, once per distinct text. Not judged: the shape of a file (heading,
missing and extra cells), which a Table does not have.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa

from catalog.errors import DefinitionError
from publish.checking.field_check import FieldCheck
from publish.checking.key_columns import KeyColumns, key_names, listed
from publish.checking.octets import Mask
from publish.checking.residue import Readers
from publish.checking.schema_error import BLANK, CONSTRAINT, KEY, REFERENCE, TYPE, UNIQUE, SchemaErrors, Struck, gathered
from publish.checking.values import Values

_BATCH = 1 << 16
"""Rows judged together: what is computed about them stays small beside the table, and in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A table that foreign keys refer to, and the schema by which its cells are read."""

    cells: pa.Table
    schema: Mapping[str, Any]


def schema_errors(
    cells: pa.Table,
    schema: Mapping[str, Any],
    *,
    references: Mapping[str, Reference] | None = None,
    fast: bool = True,
) -> SchemaErrors:
    """Return every schema error of a table whose columns are named and ordered as the schema's fields.

    `references`: by resource name the tables that foreign keys refer to ("" is the table itself); DefinitionError when one
    is not there. With `fast=False` frictionless is asked about every cell, and answers the same.
    """
    check = SchemaCheck(schema, references=references, fast=fast)
    for batch in _batches(cells, schema):
        check.feed(batch)
    return check.finish()


class SchemaCheck:
    """The same for a table that comes in batches, as a CSV does that is read piece by piece; arguments as there."""

    def __init__(
        self, schema: Mapping[str, Any], *, references: Mapping[str, Reference] | None = None, fast: bool = True
    ) -> None:
        self._schema = schema
        self._references = references or {}
        self._fast = fast
        self._values = Values()
        self._fields = _fields(schema, fast)
        self._key_names = key_names(schema)
        self._keys = KeyColumns(self._fields, self._key_names, self._values)
        self._found: list[Struck] = []
        self._rows = 0

    def feed(self, cells: pa.RecordBatch) -> None:
        """Judge the next rows; their columns are text without nulls, in the order of the fields."""
        blank: Mask = np.ones(cells.num_rows, bool)
        missing: dict[str, Mask] = {}
        found: list[Struck] = []
        for field, column in zip(self._fields, cells.columns, strict=True):
            absent = missing[field.name] = field.missing(column)
            blank &= absent
            for note, rows in field.wrong(column, absent):
                kind, constraint = (TYPE, "") if note == "type" else (CONSTRAINT, note)
                found.append(Struck(field.name, kind, constraint, rows))
        self._keys.add(self._fields, cells, missing)
        # A row without any value is blank and nothing else.
        found = [replace(error, rows=error.rows[~blank[error.rows]]) for error in found]
        found.append(Struck("", BLANK, "", np.flatnonzero(blank)))
        self._found += [replace(error, rows=error.rows + self._rows) for error in found if len(error.rows)]
        self._rows += cells.num_rows

    def finish(self) -> SchemaErrors:
        """Return all errors, those of keys among them, which only the whole table shows."""
        return gathered([*self._found, *self._unique(), *self._primary(), *self._foreign()])

    def _unique(self) -> Iterator[Struck]:
        for field in self._fields:
            if field.unique:
                yield Struck(field.name, UNIQUE, "", *self._keys.repeated([field.name]))

    def _primary(self) -> Iterator[Struck]:
        """A row that has no value of the key, or repeats an earlier one."""
        if names := listed(self._schema.get("primaryKey", [])):
            yield Struck("", KEY, "", self._keys.without_value(names))
            yield Struck("", KEY, "", *self._keys.repeated(names))

    def _foreign(self) -> Iterator[Struck]:
        for key in self._schema.get("foreignKeys", []):
            names = listed(key["reference"]["fields"])
            known = self._referred(key["reference"].get("resource", ""), names)
            yield Struck("", REFERENCE, "", self._keys.unknown(listed(key["fields"]), known, names))

    def _referred(self, resource: str, names: Sequence[str]) -> KeyColumns:
        """Return the columns that a foreign key refers to, with their values written as ours are."""
        if not resource:
            return self._keys
        if resource not in self._references:
            raise DefinitionError(
                f"外部キーが指す表「{resource}」がありません。",
                f"The table {resource!r} that a foreign key refers to is not there.",
            )
        reference = self._references[resource]
        fields = _fields(reference.schema, self._fast)
        known = KeyColumns(fields, names, self._values)
        for batch in _batches(reference.cells, reference.schema):
            known.add(fields, batch, {field.name: field.missing(batch[field.name]) for field in fields if field.name in names})
        return known


def _fields(schema: Mapping[str, Any], fast: bool) -> list[FieldCheck]:
    readers = Readers(schema)
    return [FieldCheck(schema, position, readers, fast=fast) for position in range(len(schema["fields"]))]


def _batches(cells: pa.Table, schema: Mapping[str, Any]) -> Iterator[pa.RecordBatch]:
    """Cut a table into batches of a size that pays, also where it was put together from many small pieces."""
    cells = cells.select([field["name"] for field in schema["fields"]])
    pieces = max((column.num_chunks for column in cells.columns), default=0)
    whole = cells.combine_chunks() if pieces > 2 + cells.num_rows // (_BATCH // 4) else cells
    yield from whole.to_batches(max_chunksize=_BATCH)
