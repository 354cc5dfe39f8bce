"""Change: a value that we changed, and the log of all of a table's changes.

A million changed cells are ordinary (a column of full-width digits): the log keeps them as Arrow columns, thirty bytes each,
and makes `Change` values only while somebody iterates.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


@dataclass(frozen=True, slots=True)
class Change:
    """A value that we changed: where, what it was, what it is, why. `row` None means every row of the part."""

    part: int
    row: int | None
    field: str
    before: str
    after: str
    reason: str
    """A code: code-alias, number-width, date-era, filled-town-code, assigned-id …; titles live in publish/locale."""


_ROWS = 1 << 40
"""More rows than a part can have."""
_WORD = pa.dictionary(pa.int32(), pa.utf8())
SCHEMA = pa.schema(
    [
        ("part", pa.int32()),
        ("row", pa.int64()),
        ("field", _WORD),
        ("before", _WORD),
        ("after", _WORD),
        ("reason", _WORD),
    ]
)
"""`row` is null where every row of the part was changed."""


@dataclass(frozen=True, slots=True)
class Summary:
    """All changes of one field for one reason: how many, and the first as example."""

    field: str
    reason: str
    count: int
    example: Change


@dataclass(frozen=True, slots=True, eq=False)
class ChangeLog:
    """Changes in the order they were made. Behaves as a tuple of `Change`: len, iteration, index, `+`, equality."""

    columns: pa.Table
    __hash__ = None  # type: ignore[assignment]

    @classmethod
    def of(cls, changes: Iterable[Change]) -> "ChangeLog":
        """Return the log of some changes; a log is returned as it is."""
        if isinstance(changes, ChangeLog):
            return changes
        listed = list(changes)
        arrays = [
            pa.array([getattr(change, name) for change in listed], _plain(SCHEMA.field(name).type)) for name in SCHEMA.names
        ]
        return cls(_table(arrays))

    @classmethod
    def block(
        cls, part: pa.Array, row: pa.Array, field: str, pairs: tuple[pa.Array, pa.Array], reason: pa.Array
    ) -> "ChangeLog":
        """Return the log of one field's changes from aligned arrays; `pairs` are the texts before and after."""
        size = len(part)
        return cls(_table([part, row, _constant(field, size), *pairs, reason]))

    @classmethod
    def concat(cls, logs: Sequence["ChangeLog"]) -> "ChangeLog":
        """Return several logs as one, in order."""
        return cls(pa.concat_tables([log.columns for log in logs]).combine_chunks()) if logs else cls.of(())

    def __len__(self) -> int:
        return int(self.columns.num_rows)

    def __iter__(self) -> Iterator[Change]:
        for batch in self.columns.to_batches(max_chunksize=10_000):
            yield from map(Change, *(column.to_pylist() for column in batch.columns))

    def __getitem__(self, index: int) -> Change:
        place = index + len(self) if index < 0 else index
        if not 0 <= place < len(self):
            raise IndexError(index)
        return next(iter(ChangeLog(self.columns.slice(place, 1))))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ChangeLog | tuple) and len(self) == len(other) and tuple(self) == tuple(other)

    def __add__(self, other: Iterable[Change]) -> "ChangeLog":
        return ChangeLog(pa.concat_tables([self.columns, ChangeLog.of(other).columns]))

    def __radd__(self, other: Iterable[Change]) -> "ChangeLog":
        return ChangeLog.of(other) + self

    def without(self, part: pa.Array, row: pa.Array, parts: pa.Array) -> "ChangeLog":
        """Return the log without the changes of some rows (`part` int32[N], `row` int64[N], aligned).

        Of the changes of every row those stay whose part is among `parts`, the ones that still have rows.
        """
        ours, gone = (_places(self.columns.column("part"), self.columns.column("row")), _places(part, row))
        kept = pc.invert(pc.is_in(ours, value_set=gone.combine_chunks() if isinstance(gone, pa.ChunkedArray) else gone))
        left = pc.is_in(self.columns.column("part"), value_set=pc.unique(parts).cast(pa.int32()))
        return ChangeLog(self.columns.filter(pc.and_(kept, pc.or_(pc.is_valid(self.columns.column("row")), left))))

    def plain(self, *names: str) -> pa.Table:
        """Return some of the columns with their words as plain text, as Arrow groups them."""
        return self.columns.select(names).cast(pa.schema([(name, _plain(SCHEMA.field(name).type)) for name in names]))

    def summaries(self) -> tuple[Summary, ...]:
        """Return one line per field and reason, most frequent first, without making every Change."""
        if not len(self):
            return ()
        field, reason = (_encoded(self.columns.column(name)) for name in ("field", "reason"))
        kinds = np.asarray(field.indices, np.int64) * len(reason.dictionary) + np.asarray(reason.indices)
        _, firsts, counts = np.unique(kinds, return_index=True, return_counts=True)
        examples = [self[place] for place in firsts.tolist()]
        lines = [Summary(one.field, one.reason, count, one) for one, count in zip(examples, counts.tolist(), strict=True)]
        return tuple(sorted(lines, key=lambda line: (-line.count, line.field, line.reason)))


def _places(part: pa.Array, row: pa.Array) -> pa.Array:
    """Return one number for each part and row; null where a change is of every row."""
    return pc.add(pc.multiply(part.cast(pa.int64()), _ROWS), row.cast(pa.int64()))


def _encoded(words: pa.ChunkedArray) -> pa.DictionaryArray:
    return words.cast(pa.utf8()).combine_chunks().dictionary_encode()


def _plain(kind: pa.DataType) -> pa.DataType:
    return pa.utf8() if kind == _WORD else kind


def _constant(text: str, size: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array([0] * size, pa.int32()), pa.array([text], pa.utf8()))


def _table(arrays: list[pa.Array]) -> pa.Table:
    return pa.table([array.cast(field.type) for array, field in zip(arrays, SCHEMA, strict=True)], schema=SCHEMA)
