"""Pairing: a table and the other half of its source, joined on a key field. Both unmatched sides are listed.

The other half gives geometry, and values for fields that the recipe names and the table leaves blank.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from catalog.errors import RecipeError
from gis.geometry import Geometries
from gis.joining import join, match_key
from publish.headings.addressing import Addresses
from publish.recipe import Side
from publish.table.change import ChangeLog
from publish.table.finding import Finding
from publish.table.table import RawTable, Table


@dataclass(frozen=True, slots=True)
class Paired:
    """`table` knows the parts of both halves; `geometries`: object[N], None where the other half has nothing for a row."""

    table: Table
    geometries: Geometries
    findings: tuple[Finding, ...]


def with_parts(table: Table, side: RawTable, rule: Side) -> Table:
    """Return the table with the parts of the other half behind its own, so that findings can point into it."""
    ((field, heading),) = rule.on.items()
    headings = {field: heading} | {field: heading for heading, field in rule.columns.items()}
    return dataclasses.replace(
        table, parts=(*table.parts, *side.parts), headings=(*table.headings, *(headings for _ in side.parts))
    )


def pair(table: Table, side: RawTable, geometries: Geometries | None, rule: Side) -> Paired:
    """Join on the field that `rule.on` names; `geometries`: those of the other half, aligned with its rows.

    `table` is the one of `with_parts`. RecipeError when field or heading do not exist.
    """
    ((field, wanted),) = rule.on.items()
    if field not in table.dataset.names:
        raise RecipeError(
            f"レシピの join.on にある「{field}」は、この種類のデータの項目ではありません。",
            f"join.on of the recipe names {field!r}, which is no field of {table.dataset.id}.",
        )
    addresses = Addresses(side.cells.column_names, side.parts[0].label if side.parts else rule.source)
    keys, theirs = table.column(field), _texts(side, addresses.get(wanted, "join.on"))
    shapes = np.full(side.rows, None, dtype=object) if geometries is None else geometries
    joined = join(keys, theirs, shapes)
    offset = len(table.parts) - len(side.parts)
    alone = [
        _unmatched("join-unmatched-ledger", table.part, table.row, index, field, keys[index])
        for index in joined.ledger_only.tolist()
    ]
    spare = [
        _unmatched("join-unmatched-geometry", side.part, side.row, index, field, theirs[index], offset)
        for index in joined.pieces_only.tolist()
    ]
    columns = {into: _texts(side, addresses.get(heading, "join.columns")) for heading, into in rule.columns.items()}
    return Paired(_filled(table, keys, theirs, columns), joined.geometries, (*alone, *spare))


def _texts(side: RawTable, heading: str) -> list[str]:
    return [str(text) for text in side.cells.column(heading).to_pylist()]


def _unmatched(code: str, part: pa.Array, row: pa.Array, index: int, field: str, key: str, offset: int = 0) -> Finding:
    return Finding(code, "warning", part[index].as_py() + offset, row[index].as_py(), field, key)


def _filled(table: Table, keys: Sequence[str], theirs: Sequence[str], columns: Mapping[str, Sequence[str]]) -> Table:
    """Write a value of the other half into blank cells, where all pieces of a key say the same."""
    for field, texts in columns.items():
        said: dict[str, set[str]] = {}
        for key, text in zip(theirs, texts, strict=True):
            said.setdefault(match_key(key), set()).update({text} - {""})
        before = table.column(field)
        after = [
            cell if cell or len(found := said.get(match_key(key), set())) != 1 else next(iter(found))
            for cell, key in zip(before, keys, strict=True)
        ]
        table = written(table, field, before, after, "joined")
    return table


def written(table: Table, field: str, before: Sequence[str], after: Sequence[str], reason: str) -> Table:
    """Return the table with a column replaced and every changed cell recorded."""
    old, new = pa.array(before, pa.string()), pa.array(after, pa.string())
    changed = pa.array(np.flatnonzero([one != other for one, other in zip(before, after, strict=True)]))
    if not len(changed):
        return table
    pairs = (old.take(changed), new.take(changed))
    log = ChangeLog.block(
        table.part.take(changed), table.row.take(changed), field, pairs, pa.array([reason] * len(changed), pa.string())
    )
    place = table.cells.column_names.index(field)
    cells = table.cells.set_column(place, table.cells.schema.field(place), new)
    return dataclasses.replace(table, cells=cells, changes=ChangeLog.of(table.changes) + log)
