"""A text that was cut off where a format has no more room."""

from collections.abc import Callable, Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from catalog.dataset import Text
from gis.layer import Layer
from publish.checking.column import Rows, findings, longest, rows_that
from publish.checking.meaning import fields, is_text
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "cut-text"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="文が途中で切れているようです",
    en="Text cut off",
)
MESSAGE = Text(
    ja="{column}「{value}」は、書き出した形式に入る長さちょうどで終わっています。後ろが切れているかもしれません。",
    en="{column} “{value}” ends exactly where the format has no more room; the end may be missing.",
)
FIX = Text(
    ja="元のデータで続きがあるか確かめてください。続きがあれば、長い文を書ける形式で書き出し直してください。",
    en="See in the original whether the text goes on, and if so export it in a format that takes long texts.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

_ROOM = 254
"""Bytes of a text in an attribute table (dBASE III, field type C, as GIS write it)."""
_CELL = 255
"""Characters to which older spreadsheets, their exchange formats and short text fields of databases cut."""
_LEAST = 252
"""Bytes in UTF-8 of the shortest text that can have been cut."""


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look at texts of every published column, by the file they came from."""
    shapes = np.array([part.kind == "vector" for part in table.parts])
    from_shapes = shapes[table.part.to_numpy()] if len(shapes) else np.zeros(table.rows, bool)
    for field in fields(table.dataset, is_text):
        for holds, of_these in ((fills_a_record, from_shapes), (fills_a_cell, ~from_shapes)):
            rows = _rows(table, field.name, holds) if of_these.any() else np.empty(0, np.int64)
            yield from findings(table, rows[of_these[rows]], CODE, SEVERITY, field=field.name)


def _rows(table: Table, field: str, holds: Callable[[str], bool]) -> Rows:
    if longest(table, field) < _LEAST:
        return np.empty(0, np.int64)
    return rows_that(table, field, holds, _long)


def _long(texts: pa.Array) -> Rows:
    return np.flatnonzero(np.asarray(pc.binary_length(texts)) >= _LEAST)


def fills_a_record(text: str) -> bool:
    """Say whether a text fills a field of an attribute table: the next character would not have found room.

    >>> fills_a_record("a" * 254), fills_a_record("あ" * 127), fills_a_record("あ" * 84), fills_a_record("あ" * 100)
    (True, True, True, False)
    """
    sizes = {len(text.encode(encoding, "replace")) for encoding in ("cp932", "utf-8")}
    return bool(sizes & {_ROOM, _ROOM - 1, _ROOM - 2} - ({_ROOM - 1, _ROOM - 2} if text.isascii() else set()))


def fills_a_cell(text: str) -> bool:
    """Say whether a text has as many characters as a short text field takes, and does not end like a sentence.

    >>> fills_a_cell("あ" * 255), fills_a_cell("あ" * 254 + "。"), fills_a_cell("あ" * 250)
    (True, False, False)
    """
    return len(text) == _CELL and not text.endswith(("。", ".", "」", "）", ")"))
