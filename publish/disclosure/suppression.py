"""Suppression (秘匿・合算): the cells of a table with small areas hidden and added to a neighbour, and what it cost.

The sum of every published column over the areas stays what it was, so that no other table of the town's totals tells more.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from catalog.dataset import Dataset
from catalog.suppression import MARK, Suppression
from catalog.town import Town
from gis.layer import Layer
from publish.disclosure.areas import Areas, read_areas
from publish.disclosure.changes import require_nobody_told, shown
from publish.disclosure.differencing import HiddenAreas
from publish.disclosure.grouping import Grouping, Groups
from publish.disclosure.marks import added_to, beside, carried
from publish.disclosure.neighbours import neighbourhood
from publish.disclosure.single_cells import hide_cells


@dataclass(frozen=True, slots=True)
class Added:
    """One hidden area of one period and the row that carries its breakdown: for staff, not for the public."""

    area: str
    into: str
    period: str


@dataclass(frozen=True, slots=True)
class Suppressed:
    """What suppression did to a table."""

    terms: Suppression
    columns: tuple[str, ...]
    """Columns in which the mark may stand."""
    added: tuple[Added, ...]
    cells: int
    """Cells that hold the mark, in all periods."""
    remembered: HiddenAreas

    @property
    def areas(self) -> int:
        """How many areas are hidden in some period."""
        return len({one.area for one in self.added})


def suppress(
    cells: pa.Table, layer: Layer | None, period: pa.Array | None, dataset: Dataset, town: Town, before: HiddenAreas | None
) -> tuple[pa.Table, Suppressed | None]:
    """Return the cells as they may leave, and what was hidden; None where nothing is ever hidden.

    `before`: what releases hide that were published before. DisclosureRefused when an area cannot be protected.
    """
    terms = town.suppressed(dataset)
    if terms is None:
        return cells, None
    columns = terms.columns(field.name for field in dataset.published if field.type == "integer")
    tables = read_areas(cells, period, dataset, terms)
    known = before or HiddenAreas(dataset=dataset.id)
    grouping = _grouping(cells, layer, tables, terms, columns, known)
    decision = town.suppression.get(dataset.id)
    grouping.settle(decision.into if decision else {})
    groups = {one: grouping.groups(one) for one in tables}
    if terms.totals == "show" and (decision is None or decision.totals is None):
        require_nobody_told(tables, groups, columns, terms, known.seen)
    texts = {name: cells.column(name).to_pylist() for name in (*columns, terms.note)}
    for one, areas in tables.items():
        for carrier, members in groups[one].items():
            _write_group(texts, areas, carrier, members, columns, terms)
    single = hide_cells(texts, tables, groups, columns, terms, known)
    for name, column in texts.items():
        cells = cells.set_column(cells.column_names.index(name), name, pa.array(column, pa.utf8()))
    marked = sum(texts[name].count(MARK) for name in columns)
    told = shown(tables, groups, columns, known.seen) if terms.totals == "show" else known.seen
    remembered = grouping.remembered(dataset.id).model_copy(update={"cells": single, "seen": told})
    return cells, Suppressed(terms, columns, tuple(_added(groups)), marked, remembered)


def _grouping(
    cells: pa.Table,
    layer: Layer | None,
    tables: Mapping[str, Areas],
    terms: Suppression,
    columns: Sequence[str],
    known: HiddenAreas,
) -> Grouping:
    wholes = [columns.index(name) for name in terms.wholes(columns)]
    return Grouping(tables, terms, neighbourhood(cells, layer, tables, terms), known, wholes)


def _added(groups: Mapping[str, Groups]) -> Iterator[Added]:
    for period, here in groups.items():
        for carrier, members in here.items():
            yield from (Added(member, carrier, period) for member in members)


def _write_group(
    texts: dict[str, list[str]],
    areas: Areas,
    carrier: str,
    members: Sequence[str],
    columns: Sequence[str],
    terms: Suppression,
) -> None:
    place = areas.at[carrier]
    sums = areas.added([place, *(areas.at[name] for name in members)])
    row = int(areas.rows[place])
    for number, name in enumerate(columns):
        if areas.counts[place, number] >= 0:  # what is blank stays unknown, with whatever is added
            texts[name][row] = str(sums[number])
    notes = texts[terms.note]
    notes[row] = beside(notes[row], carried(terms, members))
    for member in members:
        row = int(areas.rows[areas.at[member]])
        for name in columns:
            texts[name][row] = MARK
        notes[row] = beside(notes[row], added_to(terms, carrier))
