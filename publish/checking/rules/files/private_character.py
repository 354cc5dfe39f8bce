"""A character of the user’s own (外字) that no other system can show."""

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import findings
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "private-character"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="外字が入っています",
    en="Private characters",
)
MESSAGE = Text(
    ja="{column}「{value}」に、ほかの機械では表示できない外字が入っています。",
    en="{column} “{value}” holds a private character (gaiji) that no other system can show.",
)
FIX = Text(
    ja="読みの同じ普通の漢字かひらがなに直してください。",
    en="Write an ordinary kanji, or kana.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

_LEAST = 0xEE
"""The first byte in UTF-8 of the private-use areas (E000–F8FF, planes 15, 16) and of little else: full-width letters, 𠮷."""
_PRIVATE = r"[\x{e000}-\x{f8ff}\x{f0000}-\x{10fffd}]"


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Item 1-10 機種依存文字を使用していないか, at its worst: CP932 reads 外字 as private-use characters silently."""
    for field in table.dataset.published:
        column = table.cells.column(field.name)
        if field.type == "string" and any(_may_hold(chunk) for chunk in column.chunks):
            rows = np.flatnonzero(pc.match_substring_regex(column, _PRIVATE).to_numpy())
            yield from findings(table, rows, CODE, SEVERITY, field=field.name)


def _may_hold(chunk: pa.Array) -> bool:
    data = chunk.buffers()[2]
    return data is not None and data.size > 0 and int(np.frombuffer(data, np.uint8).max()) >= _LEAST
