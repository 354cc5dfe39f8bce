"""A cell for telephone numbers that holds more than telephone numbers."""

from collections.abc import Iterable, Mapping
from functools import partial

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import Column, findings, rows_like
from publish.checking.meaning import fields, having, is_phone
from publish.checking.phone_number import FORM, likely
from publish.checking.rule import Use
from publish.checking.rules.codes.lost_digits import is_rounded
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "phone-form"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="電話番号のほかの文字が書かれています",
    en="More than a telephone number",
)
MESSAGE = Text(
    ja="{column}「{value}」に、電話番号のほかの文字があります。",
    en="{column} “{value}” holds more than a telephone number.",
)
FIX = Text(
    ja="{likely}半角の数字と「-」だけを書き、内線や「代表」などの言葉は、それぞれの列か備考へ移してください。番号がなければ空にしてください。{about}",
    en="{likely}Write digits and hyphens only; move extensions and words to their columns, or leave it blank. {about}",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True
applies = having(is_phone)

_OTHERS = r"[^0-9()+ /#-]|^[^0-9+(#]"


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look at every published column of telephone numbers (行政基本情報データ連携モデル 電話番号: 「（代表）」は書かない)."""
    for field in fields(table.dataset, is_phone):
        odd = rows_like(table, field.name, _OTHERS, lambda text: not FORM.fullmatch(text) and not is_rounded(text))
        if len(odd):
            values = partial(_values, Column.of(table, field.name))
            yield from findings(table, odd, CODE, SEVERITY, field=field.name, values=values)


def covers(dataset: Dataset) -> frozenset[tuple[str, str]]:
    """Say more than the schema's pattern does."""
    return frozenset(("pattern", field.name) for field in fields(dataset, is_phone))


def _values(column: Column, row: int) -> Mapping[str, str]:
    return {"nearest": likely(column.text(row))}
