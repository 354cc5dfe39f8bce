"""A text that was cut off where a format has no more room."""

from collections.abc import Iterable
from functools import partial

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import Column, Rows, findings, longest, rows_that
from publish.checking.meaning import fields, is_text
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.position import Part
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
_ENDS = ("。", ".", "」", "）", ")", "！", "!")
"""How a whole sentence ends."""
_LEAST = 252
"""Bytes in UTF-8 of the shortest text that can have been cut."""


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look at texts of every published column, by the file they came from."""
    for field in fields(table.dataset, is_text):
        if longest(table, field.name) >= _LEAST:
            for part, where in enumerate(table.parts):
                yield from findings(table, _cut(table, field.name, part, where), CODE, SEVERITY, field=field.name)


def _cut(table: Table, field: str, part: int, where: Part) -> Rows:
    """Return the rows of a part whose text fills what its format has room for.

    None of a geo file where another text is longer than its record; rows of a table come from many programs.
    """
    of_part: npt.NDArray[np.bool_] = table.part.to_numpy() == part
    if where.kind != "vector":
        rows = rows_that(table, field, fills_a_cell, _long)
        return np.asarray(rows[of_part[rows]], np.int64)
    encoding = where.encoding or "utf-8"
    if max((_size(text, encoding) for text in Column.of(table, field).texts), default=0) > _ROOM:
        return np.empty(0, np.int64)
    rows = rows_that(table, field, partial(fills_a_record, encoding=encoding), _long)
    return np.asarray(rows[of_part[rows]], np.int64)


def _long(texts: pa.Array) -> Rows:
    return np.flatnonzero(np.asarray(pc.binary_length(texts)) >= _LEAST)


def _size(text: str, encoding: str) -> int:
    return len(text.encode(encoding, "replace"))


def fills_a_record(text: str, encoding: str) -> bool:
    """Say whether a text fills a field of an attribute table, where the next character would not have found room.

    >>> fills_a_record("a" * 254, "utf-8"), fills_a_record("あ" * 127, "cp932"), fills_a_record("あ" * 84, "utf-8")
    (True, True, True)
    >>> fills_a_record("a" * 253, "utf-8"), fills_a_record("あ" * 84, "cp932"), fills_a_record("あ" * 126 + "。", "cp932")
    (False, False, False)
    """
    size = _size(text, encoding)
    return size <= _ROOM < size + _size(text[-1:], encoding) and not text.endswith(_ENDS)


def fills_a_cell(text: str) -> bool:
    """Say whether a text has as many characters as a short text field takes, and does not end like a sentence.

    >>> fills_a_cell("あ" * 255), fills_a_cell("あ" * 254 + "。"), fills_a_cell("あ" * 250)
    (True, False, False)
    """
    return len(text) == _CELL and not text.endswith(_ENDS)
