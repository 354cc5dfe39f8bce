"""A number of a thing that a spreadsheet has rounded: 5.22001E+12 has lost its last digits for good."""

import re
from collections.abc import Iterable

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import findings, rows_like
from publish.checking.meaning import fields, having, is_number_of_thing
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "lost-digits"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="番号のけたが失われています",
    en="Number with lost digits",
)
MESSAGE = Text(
    ja="「{value}」は、表計算ソフトが長い番号を丸めたものです。下のけたは失われていて、元に戻せません。",
    en="“{value}” is a long number that a spreadsheet has rounded; its last digits are lost.",
)
FIX = Text(
    ja="列の書式を「文字列」にしてから、元の資料にある番号を書き直してください。",
    en="Format the column as text, then write the number again from the original.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = False
applies = having(is_number_of_thing)

ROUNDED = r"\s*[0-9](?:\.[0-9]+)?[eE]\+[0-9]{1,3}\s*"
"""RE2: a number as spreadsheets show one with too many digits; 2E-01 is a room or a building."""


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look at every published column of numbers by which things are called."""
    for field in fields(table.dataset, is_number_of_thing):
        rounded = rows_like(table, field.name, r"[0-9][eE]\+[0-9]", is_rounded)
        yield from findings(table, rounded, CODE, SEVERITY, field=field.name)


def covers(dataset: Dataset) -> frozenset[tuple[str, str]]:
    """Say more than that the form or the length is wrong."""
    return frozenset((code, field.name) for field in fields(dataset, is_number_of_thing) for code in ("pattern", "length"))


def is_rounded(text: str) -> bool:
    """Say whether a text is a number as spreadsheets show one with too many digits.

    >>> list(map(is_rounded, ["5.22001E+12", "1.31025e+11", "1E5", "2E-01", "5220010000000"]))
    [True, True, False, False, False]
    """
    return bool(re.fullmatch(ROUNDED, text))
