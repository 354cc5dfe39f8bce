"""What a Table Schema says about a table: the errors that `frictionless.validate` gives for a CSV of the same cells.

In: Arrow text columns and a schema. Out: position, field and type of every error. Each column is dictionary-encoded and
every distinct text is judged once; a vectorised acceptor can be put in front of `Readers` without anyone noticing.
Not judged: foreign keys, and the shape of a file (heading, missing and extra cells), which a Table does not have.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from publish.checking.keys import MISSING, Codes, Rows, combined, repeated, value_codes
from publish.checking.residue import Readers

Mask = npt.NDArray[np.bool_]
TYPE, CONSTRAINT, UNIQUE, KEY, BLANK = "type-error", "constraint-error", "unique-error", "primary-key", "blank-row"
"""Types of frictionless' errors, https://framework.frictionlessdata.io/docs/errors/."""


@dataclass(frozen=True, slots=True)
class SchemaErrors:
    """E errors. `row`: int64[E] position in the table from 0; `field`, `type`, `constraint`: dictionary-encoded utf8[E].

    `field` is empty for errors of a whole row, `constraint` for errors that are not about one. `first`: int64[E], for a
    repeated value the row where it stood first, else -1.
    """

    row: pa.Array
    first: pa.Array
    field: pa.Array
    type: pa.Array
    constraint: pa.Array

    def __len__(self) -> int:
        return len(self.row)


@dataclass(frozen=True, slots=True)
class _Found:
    field: str
    type: str
    constraint: str
    rows: Rows
    first: Rows | None = None


def schema_errors(cells: pa.Table, schema: Mapping[str, Any]) -> SchemaErrors:
    """Return every schema error of a table whose columns are named and ordered as the schema's fields."""
    columns = [_Column(cells.column(field["name"]), field, schema) for field in schema["fields"]]
    readers = Readers(schema)
    blank = _blank_rows(columns, cells.num_rows)
    found = [
        _Found(error.field, error.type, error.constraint, error.rows[~blank[error.rows]])
        for position, column in enumerate(columns)
        for error in column.errors(readers, position)
    ]
    found += [_Found("", BLANK, "", np.flatnonzero(blank))]
    found += _key_errors(columns, schema, readers)
    return _gathered([error for error in found if len(error.rows)])


class _Column:
    """One column with its field's descriptor; distinct texts and their verdicts are kept where keys need them."""

    def __init__(self, cells: pa.ChunkedArray, field: Mapping[str, Any], schema: Mapping[str, Any]) -> None:
        self.name: str = field["name"]
        self.constraints: Mapping[str, Any] = field.get("constraints", {})
        self._cells = cells
        self._missing: Sequence[str] = field.get("missingValues", schema.get("missingValues", [""]))
        # Any text is a valid string: such a column needs no reader, only its missing cells.
        self._plain = (
            field.get("type", "string") == "string"
            and field.get("format", "default") == "default"
            and not set(self.constraints) - {"required", "unique"}
        )

    def missing(self) -> Mask:
        """Say which cells are missing values."""
        found = pc.is_in(self._cells, value_set=pa.array(self._missing, pa.string()))
        return np.asarray(found.to_numpy())

    def errors(self, readers: Readers, position: int) -> list[_Found]:
        """Return type and constraint errors; those of blank rows still among them."""
        if self._plain:
            required = self.constraints.get("required")
            return [_Found(self.name, CONSTRAINT, "required", np.flatnonzero(self.missing()))] if required else []
        texts, codes = self._encoded()
        verdicts = readers.read(position, texts)
        return [self._found(note, _struck(positions, len(texts), codes)) for note, positions in verdicts.wrong.items()]

    def value_codes(self, readers: Readers, position: int) -> Codes:
        """Return one number per row, equal where typed values are equal."""
        texts, codes = self._encoded()
        return value_codes(readers.read(position, texts).typed, codes)

    def _encoded(self) -> tuple[list[str], Codes]:
        encoded = self._cells.combine_chunks().dictionary_encode()
        return encoded.dictionary.to_pylist(), encoded.indices.to_numpy().astype(np.int64)

    def _found(self, note: str, rows: Rows) -> _Found:
        return _Found(self.name, TYPE, "", rows) if note == "type" else _Found(self.name, CONSTRAINT, note, rows)


def _struck(positions: Sequence[int], texts: int, codes: Codes) -> Rows:
    wrong = np.zeros(texts, bool)
    wrong[positions] = True
    return np.flatnonzero(wrong[codes])


def _blank_rows(columns: Sequence[_Column], rows: int) -> Mask:
    blank = np.ones(rows, bool)
    for column in columns:
        if not blank.any():
            break
        blank &= column.missing()
    return blank


def _key_errors(columns: Sequence[_Column], schema: Mapping[str, Any], readers: Readers) -> list[_Found]:
    """Return unique and primary-key errors: a row that repeats an earlier value, or a key that is missing altogether."""
    names = [column.name for column in columns]
    key = [names.index(name) for name in _listed(schema.get("primaryKey", []))]
    unique = [position for position, column in enumerate(columns) if column.constraints.get("unique")]
    codes = {position: columns[position].value_codes(readers, position) for position in {*key, *unique}}
    found = [_Found(names[position], UNIQUE, "", *repeated(codes[position])) for position in unique]
    if key:
        together = combined([codes[position] for position in key])
        found += [_Found("", KEY, "", np.flatnonzero(together == MISSING)), _Found("", KEY, "", *repeated(together))]
    return found


def _listed(names: str | Sequence[str]) -> Sequence[str]:
    return [names] if isinstance(names, str) else names


def _gathered(found: Sequence[_Found]) -> SchemaErrors:
    """Lay errors out as columns, in the order of rows and within a row of fields."""
    rows = np.concatenate([error.rows for error in found]) if found else np.empty(0, np.int64)
    first = [np.full(len(error.rows), -1) if error.first is None else error.first for error in found]
    which = np.repeat(np.arange(len(found)), [len(error.rows) for error in found])
    order = np.argsort(rows, kind="stable")
    which = pa.array(which[order], pa.int32())

    def column(texts: Sequence[str]) -> pa.Array:
        return pa.DictionaryArray.from_arrays(which, pa.array(texts, pa.string()))

    return SchemaErrors(
        pa.array(rows[order], pa.int64()),
        pa.array(np.concatenate(first)[order] if found else [], pa.int64()),
        column([error.field for error in found]),
        column([error.type for error in found]),
        column([error.constraint for error in found]),
    )
