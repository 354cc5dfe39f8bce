"""Filling: what a town's settings say and a clerk need not repeat: the body's code and name, and parts of the address.

Only blank cells are filled, and parts of the address only where the address itself begins with the town's name.
"""

import dataclasses
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from catalog.dataset import BODY_CODE, BODY_NAME
from catalog.town import Town
from publish.table.change import Change, ChangeLog
from publish.table.table import Table

_MUNICIPALITY = "municipality_code"
_ADDRESS = "所在地_連結表記"
_ADDRESS_CODE, _PREFECTURE, _TOWN = "所在地_全国地方公共団体コード", "所在地_都道府県", "所在地_市区町村"
Mask = npt.NDArray[np.bool_]


def fill(table: Table, town: Town | None) -> Table:
    """Return the table with blank town fields filled, each recorded as a change; as it is outside of a town."""
    if town is None or not table.rows:
        return table
    cells, changes = table.cells, ChangeLog.of(table.changes)
    for field, value, allowed in _fillings(table, town):
        place = cells.column_names.index(field)
        column = cells.column(field).combine_chunks()
        blank = np.asarray(pc.equal(column, "")) & allowed
        if value and blank.any():
            filled = pc.if_else(pa.array(blank), value, column)
            cells = cells.set_column(place, field, filled)
            changes = changes + _record(table, field, value, blank)
    return dataclasses.replace(table, cells=cells, changes=changes)


def _fillings(table: Table, town: Town) -> Iterator[tuple[str, str, Mask | bool]]:
    """Yield field, value and the rows in which it may be filled."""
    for key, value in ((BODY_CODE, town.code), (BODY_NAME, town.full_name), (_MUNICIPALITY, town.code)):
        field = table.dataset.named(key)
        if field is not None:
            yield field, value, True
    names = table.dataset.names
    address = table.dataset.address
    if address is not None and address.fill and _ADDRESS in names:
        ours = _in_town(table.cells.column(_ADDRESS).combine_chunks(), town)
        for field, value in ((_ADDRESS_CODE, town.code), (_PREFECTURE, town.prefecture.ja), (_TOWN, town.name.ja)):
            if field in names:
                yield field, value, ours


def _in_town(addresses: pa.Array, town: Town) -> Mask:
    """Say which addresses begin with the prefecture and town, or with the town."""
    full = pc.starts_with(addresses, town.full_name)
    return np.asarray(pc.or_(full, pc.starts_with(addresses, town.name.ja)))


def _record(table: Table, field: str, value: str, blank: Mask) -> ChangeLog:
    """Record one change per part where every row was blank, else one per row."""
    named = field in (table.dataset.named(BODY_NAME), _PREFECTURE, _TOWN)
    reason = "filled-town-name" if named else "filled-town-code"
    if blank.all():
        parts = sorted(set(np.unique(np.asarray(table.part)).tolist()))
        return ChangeLog.of(Change(part, None, field, "", value, reason) for part in parts)
    places = pa.array(np.flatnonzero(blank))
    pairs = (pa.repeat("", len(places)), pa.repeat(value, len(places)))
    return ChangeLog.block(table.part.take(places), table.row.take(places), field, pairs, pa.repeat(reason, len(places)))
