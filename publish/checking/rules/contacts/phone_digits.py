"""A telephone number that cannot be dialled: too few digits, or too many."""

import re
from collections.abc import Iterable, Mapping
from functools import partial

from catalog.dataset import Text
from gis.layer import Layer
from publish.checking.column import Column, findings, rows_unlike
from publish.checking.meaning import fields, is_phone
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "phone-digits"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="電話番号のけたの数が合いません",
    en="Telephone number of the wrong length",
)
MESSAGE = Text(
    ja="{column}「{value}」は、電話番号としてはけたの数が合いません。市外局番からの番号は、0で始まる10けた(携帯電話などは11けた)です。",
    en="{column} “{value}” has not as many digits as a telephone number: 10 or 11 with area code, beginning with 0.",
)
FIX = Text(
    ja="{likely}市外局番から書いてあるか、頭の0が消えていないか、数字が抜けていないか確かめてください。",
    en="{likely}See whether area code, leading zero or a digit is missing.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

_FORM = re.compile(r"[0-9+(][0-9()+ /-]*")
_SHORT = re.compile(r"1(?:0[0-9]|1[0-9]|7[0-9]|8[0-9]|9[0-9])|#?[0-9]{4}")
"""Three digits beginning with 1 (110, 118, 119, 171, 188 …), and short numbers of four (#7119, #8000)."""
_LONG = re.compile(
    r"0[1-9][1-9][0-9]{7}"  # area codes, 0120, 0570, 0990
    r"|0[2-9]0[0-9]{8}"  # 020, 050, 060, 070, 080, 090, toll-free 0800
    r"|0200[0-9]{10}"
)
_USUAL = (
    r"0[1-9]-[1-9][0-9]{3}-[0-9]{4}|0[1-9][1-9]-[0-9]{3}-[0-9]{4}|0[1-9][1-9][0-9]-[0-9]{2}-[0-9]{4}"
    r"|0[1-9][1-9][0-9]{2}-[0-9]-[0-9]{4}|0[5-9]0-[0-9]{4}-[0-9]{4}|0120-[0-9]{3}-[0-9]{3}|0[1-9][1-9][0-9]{7}"
)
"""RE2: how nearly all numbers are written, of which nothing has to be asked."""
_ABROAD = re.compile(r"\+(?!81)[1-9][0-9]{6,14}")


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look at cells that hold numbers only (総務省 電気通信番号の種別と構成); several stand with " / " between them."""
    for field in fields(table.dataset, is_phone):
        wrong = rows_unlike(table, field.name, _USUAL, lambda text: bool(_FORM.fullmatch(text)) and not can_be_dialled(text))
        yield from findings(table, wrong, CODE, SEVERITY, field=field.name, values=partial(_values, table, field.name))


def can_be_dialled(text: str) -> bool:
    """Say whether every number of a cell has as many digits as its first digits ask for.

    >>> list(map(can_be_dialled, ["054-626-1111", "(03)5353-5111", "0120-999999", "+81 (3)5253-5111", "119"]))
    [True, True, True, True, True]
    >>> list(map(can_be_dialled, ["090-1234-5678 / 0570-00-0000", "626-1111", "54-626-1111", "054-626-111", "090-1234-567"]))
    [True, False, False, False, False]
    """
    return all(map(_is_number, text.split("/")))


def likely(text: str) -> str:
    """Return the number with the leading zero that a spreadsheet has dropped, or nothing.

    >>> likely("54-626-1111"), likely("9012345678"), likely("626-1111")
    ('054-626-1111', '09012345678', '')
    """
    return f"0{text}" if text[:1] in "123456789" and can_be_dialled(f"0{text}") else ""


def _values(table: Table, field: str, row: int) -> Mapping[str, str]:
    return {"nearest": likely(Column.of(table, field).text(row))}


def _is_number(text: str) -> bool:
    digits = re.sub(r"[() -]", "", text)
    if digits.startswith("+81"):
        digits = "0" + digits.removeprefix("+81").removeprefix("0")
    return bool(_SHORT.fullmatch(digits) or _LONG.fullmatch(digits) or _ABROAD.fullmatch(digits))
