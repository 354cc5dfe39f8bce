"""Schema errors of a table: where each stands and what it is, as columns."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from publish.checking.octets import Rows

TYPE, CONSTRAINT, BLANK = "type-error", "constraint-error", "blank-row"
UNIQUE, KEY, REFERENCE = "unique-error", "primary-key", "foreign-key"
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
class Struck:
    """The rows that one kind of error strikes in one field; `first` as in SchemaErrors."""

    field: str
    type: str
    constraint: str
    rows: Rows
    first: Rows | None = None


def gathered(found: Sequence[Struck]) -> SchemaErrors:
    """Lay errors out as columns, in the order of rows and within a row as they were found."""
    found = [error for error in found if len(error.rows)]
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
