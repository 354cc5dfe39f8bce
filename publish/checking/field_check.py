"""One field: what is wrong with its cells, batch after batch, and its texts as a key compares them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from publish.checking.acceptor import Acceptor
from publish.checking.octets import Mask, Octets, Rows
from publish.checking.residue import Readers, Typed
from publish.checking.values import Values, equals_nothing

_TEXTS = ("string", "any")


class FieldCheck:
    """The field at one position of a schema. Cells come as Arrow text without nulls, in batches of any length."""

    def __init__(self, schema: Mapping[str, Any], position: int, readers: Readers, *, fast: bool) -> None:
        field = schema["fields"][position]
        self.name: str = field["name"]
        constraints = field.get("constraints", {})
        self.unique = bool(constraints.get("unique"))
        self.is_text = field.get("type", "string") in _TEXTS
        """Whether its values are texts: those equal no value of another type."""
        self._required = bool(constraints.get("required"))
        self._missing = [_text(value) for value in field.get("missingValues", schema.get("missingValues", [""]))]
        self._acceptor = Acceptor(field, on=fast)
        self._fast = fast
        self._readers, self._position = readers, position

    def missing(self, cells: pa.StringArray) -> Mask:
        """Say which cells are missing values."""
        if self._missing == [""]:
            return np.asarray(Octets.of(cells).lengths == 0)
        return np.asarray(pc.is_in(cells, value_set=pa.array(self._missing, pa.string())))

    def wrong(self, cells: pa.StringArray, missing: Mask) -> Iterator[tuple[str, Rows]]:
        """Give "type" or the name of a constraint, and the rows that it strikes."""
        if self._fast:
            if self._required:
                yield "required", np.flatnonzero(missing)
            proven = missing | self._acceptor.valid(cells)
        else:
            proven = np.zeros(len(cells), bool)
        rows = np.flatnonzero(~proven)
        if len(rows):
            texts, codes = _distinct(cells, rows)
            for note, positions in self._readers.read(self._position, texts).wrong.items():
                struck = np.zeros(len(texts), bool)
                struck[positions] = True
                yield note, rows[struck[codes]]

    def key(self, cells: pa.StringArray, missing: Mask, values: Values) -> pa.StringArray:
        """Return the cells as texts that are equal where the typed values are, null for a missing or unreadable one."""
        settled = self._acceptor.settled(cells) & ~missing
        texts = cells if settled.all() else pc.if_else(pa.array(settled), cells, pa.scalar(None, pa.string()))
        rows = np.flatnonzero(~(settled | missing) if self._fast else ~settled)
        if not len(rows):
            return texts
        distinct, codes = _distinct(cells, rows)
        typed = self._readers.read(self._position, distinct).typed
        mask = np.zeros(len(cells), bool)
        mask[rows] = True
        return pc.replace_with_mask(texts, pa.array(mask), _written(typed, codes, values))


def _distinct(cells: pa.StringArray, rows: Rows) -> tuple[Sequence[str], Rows]:
    encoded = cells.take(pa.array(rows)).dictionary_encode()
    return encoded.dictionary.to_pylist(), np.asarray(encoded.indices)


def _written(typed: Sequence[Typed], codes: Rows, values: Values) -> pa.StringArray:
    """Write the values of some rows; NaN equals nothing, so that every row with one gets a text of its own."""
    texts = pa.array([values.text(value) for value in typed], pa.string()).take(pa.array(codes))
    alone = np.array([equals_nothing(value) for value in typed], bool)[codes]
    if not alone.any():
        return texts
    own = pa.array([values.text(typed[code]) for code in codes[alone].tolist()], pa.string())
    return pc.replace_with_mask(texts, pa.array(alone), own)


def _text(missing: str | Mapping[str, str]) -> str:
    """A missing value may have a label (Data Package 2.0, Table Schema, missingValues)."""
    return missing if isinstance(missing, str) else missing["value"]
