"""Spaces and line breaks that only lay out what is written."""

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

CODE = "layout-spacing"
SEVERITY: Severity = "info"
TITLE = Text(
    ja="体裁のための空白や改行があります",
    en="Spaces and line breaks for layout",
)
MESSAGE = Text(
    ja="体裁を整える空白や改行が{count}個のセルにあります(最初は{cells}、例「{value}」)。",
    en="Cells with spaces or line breaks for layout: {count} (first {cells}: “{value}”).",
)
FIX = Text(
    ja="元の表では「県　名」を「県名」のように書き、位置をそろえるにはセルの書式を使ってください。このままでも公開できます。",
    en="In the original, leave such spaces out and use the format of the cell instead. The table can be published as it is.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

_LETTER = r"[\p{Han}\p{Hiragana}\p{Katakana}]"
_SPACED = rf"^\s*{_LETTER}(?:[ \x{{3000}}]+{_LETTER})+\s*$"
_WORD = re.compile(r"\S(?:[ \u3000]+\S)+")


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Item 1-5 スペースや改行等で体裁を整えていないか. Look at headings, at what was trimmed, and at letters set apart.

    A line break in a longer text is none for layout; in a name or an address it is.
    """
    cells = Cells(table)
    for number, part in enumerate(table.parts):
        laid = [name for name, written in part.facts.headings.items() if "\n" in written or _WORD.fullmatch(written.strip())]
        row = part.heading[1] if part.heading else None
        cells.add(number, [part.cell(row, name) for name in laid], len(laid), part.facts.headings[laid[0]] if laid else "")
    dataset = table.dataset
    texts = free_text(table)
    for name, rows in in_text(table, texts, lambda column: pc.match_substring_regex(column, _SPACED)):
        cells.add_rows(name, rows)
    naming = (dataset.page.title, *(dataset.identifier.match if dataset.identifier else ()))
    short = [name for name in texts if name in naming]
    for name, rows in in_text(table, short, lambda column: pc.match_substring(column, "\n")):
        cells.add_rows(name, rows)
    yield from cells.finding(CODE, SEVERITY)
