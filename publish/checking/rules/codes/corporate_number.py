"""A corporate number whose first digit is not its check digit, or that is not thirteen digits at all."""

from collections.abc import Iterable, Mapping
from functools import partial

import numpy as np
import pyarrow as pa

from catalog.corporate_number import check_digit, is_valid
from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import Column, Rows, findings, rows_that
from publish.checking.meaning import fields, having, is_corporate_number
from publish.checking.octets import Octets
from publish.checking.rule import Use
from publish.checking.rules.codes.lost_digits import is_rounded
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "corporate-number"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="法人番号が正しくありません",
    en="Wrong corporate number",
)
MESSAGE = Text(
    ja="法人番号は、最初の1けたが検査のための数字になる13けたの番号ですが、「{value}」はそうなっていません。",
    en="A corporate number has thirteen digits, of which the first is a check digit; “{value}” is not such a number.",
)
FIX = Text(
    ja="{likely}国税庁の法人番号公表サイトで確かめて、13けたの番号を書いてください。分からなければ空にしてください。",
    en="{likely}Look it up on the National Tax Agency’s corporate number site; leave it blank when unknown.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = False
applies = having(is_corporate_number)

_DIGITS = 13
_WEIGHTS = np.array([2 - place % 2 for place in range(1, _DIGITS)][::-1], np.int64)
"""Of the second digit to the last, as in `check_digit`."""


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look at every published column of corporate numbers; what a spreadsheet has rounded has a finding of its own."""
    for field in fields(table.dataset, is_corporate_number):
        wrong = rows_that(table, field.name, lambda text: not is_valid(text) and not is_rounded(text), _doubtful)
        yield from findings(table, wrong, CODE, SEVERITY, field=field.name, values=partial(_values, table, field.name))


def covers(dataset: Dataset) -> frozenset[tuple[str, str]]:
    """Say more than the schema's pattern and lengths do."""
    return frozenset((code, field.name) for field in fields(dataset, is_corporate_number) for code in ("pattern", "length"))


def likely(text: str) -> str:
    """Return the number of which only the twelve digits of the register (会社法人等番号) were written, or nothing.

    >>> likely("000012050002"), likely("0000-12-050002"), likely("12050002")
    ('7000012050002', '7000012050002', '')
    """
    digits = text.replace("-", "")
    return check_digit(digits) + digits if len(digits) == 12 and digits.isascii() and digits.isdigit() else ""


def _doubtful(texts: pa.Array) -> Rows:
    """Return the positions of what is neither blank nor, digit by digit, a number as in `is_valid`."""
    octets = Octets.of(texts)
    doubtful = octets.lengths > 0
    rows = np.flatnonzero(octets.lengths == _DIGITS)
    digits = octets.square(rows, _DIGITS) - np.uint8(ord("0"))
    check = 9 - digits[:, 1:] @ _WEIGHTS % 9
    doubtful[rows[(digits <= 9).all(axis=1) & (digits[:, 0] == check)]] = False
    return np.flatnonzero(doubtful)


def _values(table: Table, field: str, row: int) -> Mapping[str, str]:
    return {"nearest": likely(Column.of(table, field).text(row))}
