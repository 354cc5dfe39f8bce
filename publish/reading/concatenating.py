"""Concatenating: the tables of several files, sheets or layers as one, each row still knowing its part."""

import dataclasses
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from catalog.errors import UnusableSource
from publish.table.table import Aside, RawTable


def concatenate(tables: Sequence[RawTable]) -> RawTable:
    """Return one table with the columns of all (blank where a part lacks one), parts and rows in order.

    UnusableSource when geometry of different reference systems would meet, or geometry meets none.
    """
    if len(tables) == 1:
        return tables[0]
    _same_system(tables)
    offsets = np.cumsum([0, *(len(table.parts) for table in tables)])[:-1].tolist()
    headings = list(dict.fromkeys(heading for table in tables for heading in table.cells.column_names))
    moved = [_moved(table, offset) for table, offset in zip(tables, offsets, strict=True)]
    geometry = [table.geometry for table in tables if table.geometry is not None]
    return RawTable(
        parts=tuple(part for table in tables for part in table.parts),
        cells=pa.concat_tables([_spread(table.cells, headings) for table in tables]),
        part=pa.concat_arrays([table.part for table in moved]),
        row=pa.concat_arrays([_flat(table.row) for table in tables]),
        geometry=pa.concat_arrays([_flat(array) for array in geometry]) if geometry else None,
        crs=tables[0].crs,
        asides=tuple(aside for table in moved for aside in table.asides),
        findings=tuple(finding for table in moved for finding in table.findings),
    )


def _same_system(tables: Sequence[RawTable]) -> None:
    first = tables[0]
    for table in tables[1:]:
        if table.crs != first.crs or (table.geometry is None) != (first.geometry is None):
            one, other = first.parts[0].label, table.parts[0].label
            raise UnusableSource(
                f"{one}(座標系 {first.crs or '記載なし'})と {other}(座標系 {table.crs or '記載なし'})は、まとめて読めません。",
                f"{one} ({first.crs or 'no system'}) and {other} ({table.crs or 'no system'}) cannot be read together.",
                fix_ja="同じ座標系・同じ種類のファイルにそろえるか、recipe を分けてください。",
                fix_en="Hand in files of one reference system and kind, or give them separate recipes.",
                code="mixed-reference-systems",
            )


def _spread(cells: pa.Table, headings: Sequence[str]) -> pa.Table:
    present = set(cells.column_names)
    blank = pa.chunked_array([pa.repeat("", cells.num_rows)])
    return pa.table({heading: cells.column(heading) if heading in present else blank for heading in headings})


def _moved(table: RawTable, offset: int) -> RawTable:
    part = np.asarray(_flat(table.part)) + offset
    return dataclasses.replace(
        table,
        part=pa.array(part.astype(np.int32)),
        asides=tuple(Aside(aside.part + offset, aside.row, aside.reason, aside.text) for aside in table.asides),
        findings=tuple(dataclasses.replace(found, part=(found.part or 0) + offset) for found in table.findings),
    )


def _flat(array: pa.Array | pa.ChunkedArray) -> pa.Array:
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
