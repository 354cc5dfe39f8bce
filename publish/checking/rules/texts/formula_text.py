"""The text of a formula where its result belongs."""

import re
from collections.abc import Iterable

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import findings, rows_beginning
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "formula-text"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="計算式がそのまま書かれています",
    en="Formula left in the cell",
)
MESSAGE = Text(
    ja="{column}に、計算の結果ではなく式「{value}」が書かれています。",
    en="{column} holds a formula, “{value}”, in place of its result.",
)
FIX = Text(
    ja="式の結果を値として貼り付けてから、書き出し直してください。",
    en="Paste the results as values, then export again.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = False

_FORMULA = re.compile(
    r"[=＝+@]\s*[-+(]*[A-Z][A-Z0-9.]{1,20}\(.*"
    r"|[=＝+]\s*[-+(]*(?:'[^'!]{1,31}'!|[^\s'!]{1,31}!)?\$?[A-Z]{1,3}\$?[0-9]{1,7}(?:[-+*/&^:,)].*)?",
    re.IGNORECASE | re.DOTALL,
)
_SIGNS = "=＝+@"


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look at every published column for what begins like a formula and calls a function or names a cell."""
    for field in table.dataset.published:
        left = rows_beginning(table, field.name, _SIGNS, is_formula)
        yield from findings(table, left, CODE, SEVERITY, field=field.name)


def covers(dataset: Dataset) -> frozenset[tuple[str, str]]:
    """Say more than that it is no number, date or allowed value."""
    kinds = ("integer", "number", "date", "time", "year", "boolean", "string")
    codes = ("pattern", "enum", "length", *(f"type-{kind}" for kind in kinds))
    return frozenset((code, field.name) for field in dataset.published for code in codes)


def is_formula(text: str) -> bool:
    """Say whether a text is a formula: it calls a function or points to a cell.

    >>> list(map(is_formula, ["=SUM(A1:A3)", '=HYPERLINK("http://a.jp","町")', "='月 別'!B2", "=A1*2", "+C3"]))
    [True, True, True, True, True]
    >>> list(map(is_formula, ["=", "+81 3-5253-5111", "@town_jp", "=>", "+α", "＝第2駐車場A1", "@mihon2024"]))
    [False, False, False, False, False, False, False]
    """
    return bool(_FORMULA.fullmatch(text.strip()))
