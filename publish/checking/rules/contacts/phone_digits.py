"""A telephone number that cannot be dialled: too few digits, or too many."""

from collections.abc import Iterable, Mapping
from functools import partial

from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import Column, findings, rows_unlike
from publish.checking.meaning import fields, having, is_phone
from publish.checking.phone_number import FORM, can_be_dialled, likely
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
    ja="{likely}市外局番、頭の0、数字の抜けを確かめてください。いくつかあるときは「 / 」で区切ります。",
    en="{likely}See whether area code, leading zero or a digit is missing; several numbers stand with “ / ” between them.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True
applies = having(is_phone)

_USUAL = (
    r"0[1-9]-[1-9][0-9]{3}-[0-9]{4}|0[1-9][1-9]-[0-9]{3}-[0-9]{4}|0[1-9][1-9][0-9]-[0-9]{2}-[0-9]{4}"
    r"|0[1-9][1-9][0-9]{2}-[0-9]-[0-9]{4}|0[5-9]0-[0-9]{4}-[0-9]{4}|0120-[0-9]{3}-[0-9]{3}|0[1-9][1-9][0-9]{7}"
)
"""RE2: how nearly all numbers are written, of which nothing has to be asked."""


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look at cells that hold numbers only (総務省 電気通信番号の種別と構成); several stand with " / " between them."""
    for field in fields(table.dataset, is_phone):
        wrong = rows_unlike(table, field.name, _USUAL, lambda text: bool(FORM.fullmatch(text)) and not can_be_dialled(text))
        yield from findings(table, wrong, CODE, SEVERITY, field=field.name, values=partial(_values, table, field.name))


def _values(table: Table, field: str, row: int) -> Mapping[str, str]:
    return {"nearest": likely(Column.of(table, field).text(row))}
