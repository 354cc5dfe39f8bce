"""The diff of two releases by row: added, removed, changed cells, moved; rows are the same when their ids are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pyarrow as pa
import pyarrow.compute as pc

from catalog.dataset import Dataset
from catalog.site.headline import Headline
from catalog.site.quality_change import QualityChange
from publish.diff.moves import Move, Placing, placing
from publish.diff.periods import PeriodChange, period_changes, period_of
from publish.diff.table_files import TableFiles

TOLD = 10_000
"""Rows whose cells and titles are told one by one; the counts are always of all."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that says something else; field "" where a row got or lost its place without a column for it."""

    id: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Diff:
    """What is different. `first` when there was nothing before; `columns_*` when the shape changed."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    """Ids of rows with changed cells, in file order."""
    cells: tuple[CellChange, ...] = ()
    """The changed cells of the first rows of `changed`."""
    moved: tuple[Move, ...] = ()
    columns_added: tuple[str, ...] = ()
    columns_removed: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    """What people call the first of the rows named above."""
    first: bool = False
    quality: QualityChange = field(default_factory=QualityChange)
    """How complete the columns are and what the checks found, where it is other than before."""
    periods: tuple[PeriodChange, ...] = ()
    """Of a series, the months or years that are other than before; what is new or gone as a whole, and what is corrected."""
    headline: Headline | None = None
    """The one number of a series, as the new release tells it."""

    @property
    def told(self) -> "Diff":
        """The same without the rows of periods that came or went as a whole: nobody reads a month row by row."""
        whole = frozenset(one.period for one in self.periods if one.kind != "corrected")
        if not whole:
            return self
        added, removed = (tuple(id_ for id_ in ids if period_of(id_) not in whole) for ids in (self.added, self.removed))
        return replace(self, added=added, removed=removed)

    @property
    def counts(self) -> dict[str, int]:
        """Number of rows by kind, as catalog.json keeps them."""
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "moved": len(self.moved),
            "removed": len(self.removed),
        }


def diff(before: TableFiles | None, after: TableFiles) -> Diff:
    """Compare two tables of one dataset. Rows keep the order of the new file, removed ones that of the old."""
    if before is None:
        return Diff(added=tuple(after.ids), titles=_titles(after, after.ids[:TOLD]), first=True)
    old, new = pa.array(before.ids, pa.utf8()), pa.array(after.ids, pa.utf8())
    place = pc.index_in(new, value_set=old)
    kept = pc.is_valid(place)
    shared = new.filter(kept)
    added = tuple(new.filter(pc.invert(kept)).to_pylist())
    removed = tuple(old.filter(pc.is_null(pc.index_in(old, value_set=new))).to_pylist())
    placed = placing(before.geojson, after.geojson, frozenset(shared.to_pylist()))
    moved = frozenset(move.id for move in placed.moved)
    pair = _Pair(before.cells.take(place.filter(kept)), after.cells.filter(kept), shared, moved, _coordinates(after.dataset))
    rows = pair.changed_rows()
    placing_cells = _placing_changes(placed, after.dataset)
    changed = tuple(dict.fromkeys([*shared.take(rows).to_pylist(), *(cell.id for cell in placing_cells)]))
    touched = [*added[:TOLD], *changed[:TOLD], *(move.id for move in placed.moved[:TOLD])]
    return Diff(
        added,
        removed,
        changed,
        (*pair.cell_changes(rows.slice(0, TOLD)), *placing_cells[:TOLD]),
        placed.moved,
        tuple(name for name in after.cells.column_names if name not in before.cells.column_names),
        tuple(name for name in before.cells.column_names if name not in after.cells.column_names),
        {**_titles(before, removed[:TOLD]), **_titles(after, touched)},
        periods=tuple(period_changes(before, after, added=added, changed=changed, removed=removed)),
    )


@dataclass(frozen=True, slots=True)
class _Pair:
    """The same rows before and after, aligned, with their ids. The coordinates of moved rows do not count as changed:
    the move says it."""

    before: pa.Table
    after: pa.Table
    ids: pa.Array
    moved: frozenset[str]
    coordinates: frozenset[str]

    @property
    def columns(self) -> list[str]:
        return [name for name in self.after.column_names if name in self.before.column_names]

    def changed_rows(self) -> pa.Array:
        """Return the rows with a changed cell."""
        changed = pa.chunked_array([pa.repeat(pa.scalar(False), len(self.ids))])
        unmoved = pc.invert(pc.is_in(self.ids, value_set=pa.array(sorted(self.moved), pa.utf8())))
        for name in self.columns:
            differs = pc.not_equal(self.before.column(name), self.after.column(name))
            changed = pc.or_(changed, pc.and_(differs, unmoved) if name in self.coordinates else differs)
        return pc.indices_nonzero(changed)

    def cell_changes(self, rows: pa.Array) -> Iterator[CellChange]:
        """Yield every changed cell of some rows, row by row in the order of columns."""
        ids, before, after = self.ids.take(rows).to_pylist(), self.before.take(rows), self.after.take(rows)
        columns = [(name, before.column(name).to_pylist(), after.column(name).to_pylist()) for name in self.columns]
        for row, id_ in enumerate(ids):
            told = self.coordinates if id_ in self.moved else frozenset[str]()
            for name, old, new in columns:
                if old[row] != new[row] and name not in told:
                    yield CellChange(id_, name, old[row], new[row])


def _coordinates(dataset: Dataset) -> frozenset[str]:
    geometry = dataset.geometry
    return frozenset(name for name in (geometry.longitude, geometry.latitude) if name) if geometry else frozenset()


def _placing_changes(placed: Placing, dataset: Dataset) -> list[CellChange]:
    geometry = dataset.geometry
    if geometry is None or geometry.longitude:
        return []
    return [
        *(CellChange(name, "", "", geometry.kind) for name in placed.placed),
        *(CellChange(name, "", geometry.kind, "") for name in placed.unplaced),
    ]


def _titles(table: TableFiles, ids: Sequence[str]) -> dict[str, str]:
    wanted = pa.array(list(dict.fromkeys(ids)), pa.utf8())
    title = table.dataset.page.title
    if not len(wanted) or title not in table.cells.column_names:
        return {}
    rows = pc.index_in(wanted, value_set=pa.array(table.ids, pa.utf8()))
    return dict(zip(wanted.to_pylist(), table.cells.column(title).take(rows).to_pylist(), strict=True))
