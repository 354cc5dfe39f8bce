"""Text cells as typed Arrow columns, for formats that know types: Table Schema types in, blank cells become null.

A column in which one value does not fit its type stays text as a whole: no value is lost or bent.
"""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

_ARROW = {
    "integer": pa.int64(),
    "year": pa.int32(),
    "number": pa.float64(),
    "date": pa.date32(),
    "boolean": pa.bool_(),
}
_FORMS = {
    "integer": r"^[+-]?[0-9]{1,18}$",
    "year": r"^-?[0-9]{1,6}$",
    "number": r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?$",
    "date": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "boolean": r"^(true|True|TRUE|1|false|False|FALSE|0)$",
}
"""What Table Schema allows for each type, narrowed to what Arrow reads without change."""


def typed(cells: pa.Table, types: Mapping[str, str]) -> pa.Table:
    """Return the same columns with Arrow types; `types`: Table Schema type by column name, text where none is given."""
    columns = [_typed(cells.column(name), types.get(name, "string")) for name in cells.column_names]
    return pa.table(columns, names=cells.column_names)


def _typed(column: pa.ChunkedArray, kind: str) -> pa.ChunkedArray:
    texts = pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)
    if kind not in _ARROW or not pc.all(pc.match_substring_regex(texts, _FORMS[kind]), min_count=0).as_py():
        return texts
    try:
        found = pc.replace_substring_regex(texts, r"^\+", "").cast(_ARROW[kind])
    except pa.ArrowInvalid:
        # 2026-02-30 has the form of a date; checking has said so before.
        return texts
    # 1e999 has the form of a number and would become infinity.
    return texts if kind == "number" and not pc.all(pc.is_finite(found), min_count=0).as_py() else found
