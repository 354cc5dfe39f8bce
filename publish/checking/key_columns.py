"""The key columns of a table that comes in batches: what keys and references compare once all rows are there."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from publish.checking.field_check import FieldCheck
from publish.checking.keys import MISSING, Codes, combined, repeated, suspects, text_codes
from publish.checking.octets import Mask, Octets, Prints, Rows
from publish.checking.values import ALONE, Values

_MIX = np.uint64(0xC2B2AE3D27D4EB4F)
_TEXT = "\1"
"""Put before texts where they are compared with values of another type: no text of such a value begins with it."""


class KeyColumns:
    """Those of the named fields that exist; every other name is a column without values, as it is to frictionless."""

    def __init__(self, fields: Sequence[FieldCheck], names: Collection[str], values: Values) -> None:
        self._values = values
        self._is_text = {field.name: field.is_text for field in fields if field.name in names}
        self._texts: dict[str, list[pa.StringArray]] = {name: [] for name in self._is_text}
        self._prints: dict[str, list[Prints]] = {name: [] for name in self._is_text}
        self._rows = 0

    def add(self, fields: Sequence[FieldCheck], cells: pa.RecordBatch, missing: Mapping[str, Mask]) -> None:
        """Take the next rows; `missing` says of every key field which cells are missing values."""
        for field, column in zip(fields, cells.columns, strict=True):
            if field.name in self._texts:
                key = field.key(column, missing[field.name], self._values)
                self._texts[field.name].append(key)
                self._prints[field.name].append(_prints(key))
        self._rows += cells.num_rows

    def without_value(self, names: Sequence[str]) -> Rows:
        """Return the rows in which all of these columns are missing."""
        return np.flatnonzero(_without_value(self._columns(names)))

    def repeated(self, names: Sequence[str]) -> tuple[Rows, Rows]:
        """Return the rows whose values stood together in an earlier row, and that first row of each."""
        prints = [np.concatenate([np.empty(0, np.uint64), *self._prints[name]]) for name in names]
        columns = self._columns(names)
        present = np.flatnonzero(~_without_value(columns))
        rows = present[suspects(_together(prints)[present])]
        again, first = repeated(_codes([column.take(pa.array(rows)) for column in columns]))
        return rows[again], rows[first]

    def unknown(self, names: Sequence[str], known: "KeyColumns", known_names: Sequence[str]) -> Rows:
        """Return the rows whose values, some at least, stand together in no row of the columns that they refer to."""
        ours, theirs = self._columns(names), known._columns(known_names)
        for number, (our_name, their_name) in enumerate(zip(names, known_names, strict=True)):
            if self._is_text.get(our_name) != known._is_text.get(their_name):
                ours[number] = _marked(ours[number]) if self._is_text.get(our_name) else ours[number]
                theirs[number] = _marked(theirs[number]) if known._is_text.get(their_name) else theirs[number]
        codes = _codes([pa.chunked_array([*our.chunks, *their.chunks]) for our, their in zip(ours, theirs, strict=True)])
        mine, others = codes[: self._rows], codes[self._rows :]
        return np.flatnonzero((mine != MISSING) & (self._alone(names) | ~np.isin(mine, others)))

    def _alone(self, names: Sequence[str]) -> Mask:
        """Say which rows hold a value that equals nothing: also where a column refers to itself, it is not found there."""
        alone = np.zeros(self._rows, bool)
        for name, column in zip(names, self._columns(names), strict=True):
            if not self._is_text.get(name):
                alone |= np.asarray(pc.fill_null(pc.starts_with(column, ALONE), False), bool)
        return alone

    def _columns(self, names: Sequence[str]) -> list[pa.ChunkedArray]:
        nothing = pa.nulls(self._rows, pa.string())
        return [pa.chunked_array(self._texts.get(name, [nothing]), pa.string()) for name in names]


def _prints(key: pa.StringArray) -> Prints:
    return Octets.of(key).prints() if not key.null_count else np.where(key.is_null(), np.uint64(0), Octets.of(key).prints())


def _together(columns: Sequence[Prints]) -> Prints:
    mixed = columns[0]
    for column in columns[1:]:
        mixed = (mixed * _MIX) ^ column
    return mixed


def _codes(columns: Sequence[pa.ChunkedArray]) -> Codes:
    return combined([text_codes(column) for column in columns])


def _without_value(columns: Sequence[pa.ChunkedArray]) -> Mask:
    empty = np.asarray(columns[0].is_null())
    for column in columns[1:]:
        empty = empty & np.asarray(column.is_null())
    return empty


def _marked(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.binary_join_element_wise(_TEXT, column, "")


def key_names(schema: Mapping[str, Any]) -> set[str]:
    """Return the fields whose values are compared with those of other rows."""
    unique = {field["name"] for field in schema["fields"] if field.get("constraints", {}).get("unique")}
    foreign = [
        name
        for key in schema.get("foreignKeys", [])
        for names in (key["fields"], key["reference"]["fields"])
        for name in listed(names)
    ]
    return {*unique, *listed(schema.get("primaryKey", [])), *foreign}


def listed(names: str | Sequence[str]) -> Sequence[str]:
    """Return names as a list: Table Schema allows a single one to stand alone."""
    return [names] if isinstance(names, str) else names
