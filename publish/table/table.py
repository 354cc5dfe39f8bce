"""RawTable is text as found; Table is the same rows under a definition's names, every change recorded.

Cells are Arrow utf8 columns without nulls: "" is a blank cell. Rows carry part and row number to the end.
Geometry, when a file holds it, is one opaque WKB column (null where a row has none) with a declared reference system.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from catalog.dataset import Dataset
from catalog.memo import Memo
from publish.table.change import Change, ChangeLog
from publish.table.position import Part

if TYPE_CHECKING:
    from publish.table.finding import Finding

__all__ = ["Aside", "Change", "ChangeLog", "RawTable", "Table"]


@dataclass(frozen=True, slots=True)
class Aside:
    """A source row that is not among the kept ones, and why: a blank row, filtered by `where`, rejected."""

    part: int
    row: int
    reason: str
    """A code: blank, title, comment, note, where, total, repeated, reject."""
    text: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    """Of a row of totals: field name → cell, as it would have been checked; the rest of the table is compared with it."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """What a source says, untouched. `cells` has one utf8 column per heading; N rows."""

    parts: tuple[Part, ...]
    cells: pa.Table
    part: pa.Array
    """int32[N]: index into parts."""
    row: pa.Array
    """int64[N]: as the spreadsheet shows it; record number in CSV (heading = 1); feature number from 1 in geometry files."""
    geometry: pa.Array | None = None
    """binary[N]: WKB in `crs`."""
    crs: str = ""
    """Authority code such as EPSG:2450; empty when the file does not say."""
    asides: tuple[Aside, ...] = ()
    findings: "tuple[Finding, ...]" = ()
    """What reading noticed (ragged rows, error cells, sheets not read); `Finding.field` holds the clerk's heading."""
    memo: Memo = field(default_factory=Memo, init=False, repr=False, compare=False)

    @property
    def rows(self) -> int:
        """Rows read, without those set aside."""
        return int(self.cells.num_rows)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under the definition's names. `cells`: utf8 columns named and ordered as `dataset.names`; N rows."""

    dataset: Dataset
    parts: tuple[Part, ...]
    cells: pa.Table
    part: pa.Array
    row: pa.Array
    headings: tuple[Mapping[str, str], ...]
    """Per part: field name → the clerk's own heading; a field that was filled by us is absent."""
    geometry: pa.Array | None = None
    crs: str = ""
    changes: ChangeLog | tuple[Change, ...] = ()
    asides: tuple[Aside, ...] = ()
    period: pa.Array | None = None
    """utf8[N]: the period of each row ("2026-02", "2026") of a series; None for other datasets."""
    as_of: str = ""
    """ISO date the data describes; empty when nobody said so (publish then refuses)."""
    memo: Memo = field(default_factory=Memo, init=False, repr=False, compare=False)
    """What rules share about the columns: encodings, numbers. Forgotten when checking ends."""

    @property
    def rows(self) -> int:
        """Rows kept."""
        return int(self.cells.num_rows)

    def column(self, name: str) -> list[str]:
        """Return one column as Python strings."""
        return [str(value) for value in self.cells.column(name).to_pylist()]

    def without(self, gone: pa.Array, asides: Iterable[Aside]) -> "Table":
        """Return the table without some rows (`gone`: bool[N]), which stand among its asides from now on.

        What we had changed in them goes with them.
        """
        kept = pc.invert(gone)
        return replace(
            self,
            cells=self.cells.filter(kept),
            part=self.part.filter(kept),
            row=self.row.filter(kept),
            geometry=None if self.geometry is None else self.geometry.filter(kept),
            period=None if self.period is None else self.period.filter(kept),
            changes=ChangeLog.of(self.changes).without(self.part.filter(gone), self.row.filter(gone), self.part.filter(kept)),
            asides=(*self.asides, *asides),
        )

    def heading(self, part: int, field: str | None) -> str:
        """Return the clerk's own heading for a field, or the field's name when it is not in the file."""
        return self.headings[part].get(field or "", field or "") if self.headings else field or ""
