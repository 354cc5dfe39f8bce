"""Naming: the name of a code and the code of a name, where a row has only one of the two.

The two numberings of 用途地域 differ from 8 on, so that a number alone says nothing: each numbering is a column of its own,
whose code list labels every number with the name. What stands in the file is never overwritten; where code and name
disagree, a rule says so.
"""

import dataclasses
from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from catalog.code_list import CodeList
from publish.table.change import Change, ChangeLog
from publish.table.table import Table

FROM_CODE, FROM_NAME = "name-from-code", "code-from-name"


def name_codes(table: Table, lists: Mapping[str, CodeList]) -> Table:
    """Return the table with blank names filled from codes, then blank codes from names, each recorded as a change.

    A code is only given to a name that is itself of a code list: names that an office writes freely have no number.
    """
    coded = [field for field in table.dataset.fields if field.code_of and field.codes]
    for field in coded:
        table = _filled(table, field.name, str(field.code_of), names_of(lists[str(field.codes)]), FROM_CODE)
    for field in coded:
        if table.dataset.field(str(field.code_of)).codes:
            codes = {name: code for code, name in names_of(lists[str(field.codes)]).items()}
            table = _filled(table, str(field.code_of), field.name, codes, FROM_NAME)
    return table


def names_of(codes: CodeList) -> Mapping[str, str]:
    """Return the name of every code: its Japanese label, which is how the named field publishes it."""
    return {code.value: code.label.ja for code in codes.codes if code.value}


def _filled(table: Table, source: str, target: str, meaning: Mapping[str, str], reason: str) -> Table:
    """Fill blank cells of `target` with what the row's `source` means."""
    before = table.cells.column(target).combine_chunks()
    places = pc.index_in(table.cells.column(source).combine_chunks(), pa.array(list(meaning), pa.utf8()))
    meant = pa.array(list(meaning.values()), pa.utf8()).take(places)
    filled = np.asarray(pc.and_(pc.equal(before, ""), pc.is_valid(meant)))
    if not filled.any():
        return table
    after = pc.if_else(pa.array(filled), meant, before)
    cells = table.cells.set_column(table.cells.column_names.index(target), target, after)
    changes = ChangeLog.of(table.changes) + _record(table, target, after, filled, reason)
    return dataclasses.replace(table, cells=cells, changes=changes)


def _record(table: Table, field: str, after: pa.Array, filled: np.ndarray, reason: str) -> ChangeLog:
    """Record every cell; once per part, with its first row as example, where the column was blank in all rows."""
    rows = np.flatnonzero(filled)
    if filled.all():
        parts, firsts = np.unique(np.asarray(table.part), return_index=True)
        pairs = zip(parts.tolist(), firsts.tolist(), strict=True)
        return ChangeLog.of(Change(part, None, field, "", after[row].as_py(), reason) for part, row in pairs)
    places = pa.array(rows)
    texts = (pa.repeat("", len(rows)), after.take(places))
    return ChangeLog.block(table.part.take(places), table.row.take(places), field, texts, pa.repeat(reason, len(rows)))
