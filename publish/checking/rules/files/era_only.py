"""A year or date of an era without its Western year, in a column of text."""

import re
import unicodedata
from collections.abc import Iterable

import numpy as np
import pyarrow.compute as pc

from catalog.text import Text
from gis.layer import Layer
from publish.checking.advice import Cells, free_text, in_text
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "era-only"
SEVERITY: Severity = "info"
TITLE = Text(
    ja="和暦だけの年月日があります",
    en="Dates of an era only",
)
MESSAGE = Text(
    ja="西暦のない和暦の年月日が{count}個のセルにあります(最初は{cells}、例「{value}」)。文字の列なので、そのまま公開します。",
    en="Cells with a year of an era and no Western year: {count} (first {cells}: “{value}”); published as they stand.",
)
FIX = Text(
    ja="「平成12年(2000年)」のように西暦も書くと、並べかえや外国の人の助けになります。",
    en="Write the Western year beside it, in brackets.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

_REST = 12
"""Characters that may follow: month, day, a word such as 設置. A longer text is a title in which a year stands."""
_NAMED = r"(?:明治|大正|昭和|平成|令和|[㍻-㍾㋿])\s*(?:元|[0-9０-９]{1,2})\s*年"
_DIGITS = "[0-9０-９]{1,2}"
_MONTH = "(?:0?[1-9]|1[0-2]|[０]?[１-９]|１[０-２])"
_MARK = rf"[MTSHRＭＴＳＨＲ明大昭平令][.．・]?\s*{_DIGITS}"
_SHORT = rf"{_MARK}(?:年|[.．/]{_DIGITS}[.．/]{_DIGITS}|[.．/]{_MONTH}(?:\s*$|[\s月~～〜(（-]))"
"""H12年, S55.3.31, H12.4: a letter and one point alone are a height (H2.5m) or the number of a house (S1.2号棟)."""
_ERA = rf"^\s*(?:{_NAMED}|{_SHORT}).{{0,{_REST}}}$"
_WESTERN = re.compile(r"(?:1[89]|20)[0-9]{2}")


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Item 1-11 西暦表記又は和暦に西暦の併記がされているか. Columns of dates are published in Western years."""
    cells = Cells(table)
    texts = free_text(table)
    for name, rows in in_text(table, texts, lambda column: pc.match_substring_regex(column, _ERA)):
        column = table.cells.column(name)
        only = [row for row in rows.tolist() if not _WESTERN.search(unicodedata.normalize("NFKC", column[row].as_py()))]
        cells.add_rows(name, np.array(only, np.int64))
    yield from cells.finding(CODE, SEVERITY)
