"""Signs that some systems show as other signs: circled numbers, Roman numerals, ㈱."""

import re
from collections.abc import Iterable

import pyarrow.compute as pc

from catalog.text import Text
from gis.layer import Layer
from publish.checking.advice import Cells, free_text, in_text
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "machine-dependent"
SEVERITY: Severity = "info"
TITLE = Text(
    ja="機種によって変わる文字があります",
    en="Machine-dependent characters",
)
MESSAGE = Text(
    ja="機種によって変わる文字「{signs}」が{count}個のセルにあります(最初は{cells})。",
    en="Cells with machine-dependent characters ({signs}): {count} (first {cells}).",
)
FIX = Text(
    ja="「①」は「(1)」、「㈱」は「株式会社」のように書くと、どの機械でも同じに読めます。人名や地名の漢字はそのままで構いません。",
    en="Write (1) for ①; every system then reads the same. Kanji of names stay as they are.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

_SIGNS = "①-⑳㉑-㉟㊱-㊿Ⅰ-ⅿ㈠-㉃㊀-㊰㋀-㋿㍻-㍾㏍№℡〝〟"
"""The signs of CP932 that Shift_JIS of JIS X 0208 lacks, and their like; without units (㎡), which everybody writes."""
_ONE = re.compile(f"[{_SIGNS}]")


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Item 1-10 機種依存文字を使用していないか. Look at published text; kanji such as 髙 and 﨑 are names and no fault."""
    cells = Cells(table)
    signs: list[str] = []
    texts = free_text(table)
    for name, rows in in_text(table, texts, lambda column: pc.match_substring_regex(column, f"[{_SIGNS}]")):
        cells.add_rows(name, rows)
        signs += _ONE.findall(table.cells.column(name)[int(rows[0])].as_py())
    yield from cells.finding(CODE, SEVERITY, signs="".join(dict.fromkeys(signs))[:_TOLD])


_TOLD = 8
