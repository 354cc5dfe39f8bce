"""A local government code whose sixth digit is not its check digit, or that is not six digits at all."""

from collections.abc import Iterable, Mapping
from functools import partial

from catalog.body_code import check_digit, is_valid
from catalog.dataset import Dataset, Text
from gis.layer import Layer
from publish.checking.column import Column, findings
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "body-code"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="全国地方公共団体コードが正しくありません",
    en="Wrong local government code",
)
MESSAGE = Text(
    ja="{column}は、最後の1けたが検査のための数字になる6けたの番号ですが、「{value}」はそうなっていません。",
    en="{column} is a six-digit number whose last digit is a check digit; “{value}” is not such a number.",
)
FIX = Text(
    ja="{likely}総務省の一覧にある6けたの番号を書いてください。",
    en="{likely}Write the six-digit number from the list of the Ministry of Internal Affairs and Communications.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = False


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look at every published column of local government codes (総務省 全国地方公共団体コード仕様, 検査数字)."""
    for field in _fields(table.dataset):
        column = Column.of(table, field)
        wrong = column.rows(lambda text: bool(text) and not is_valid(text))
        yield from findings(table, wrong, CODE, SEVERITY, field=field, values=partial(_values, column))


def covers(dataset: Dataset) -> frozenset[tuple[str, str]]:
    """Say more than the schema's pattern and lengths do."""
    return frozenset((code, field) for field in _fields(dataset) for code in ("pattern", "length"))


def _fields(dataset: Dataset) -> list[str]:
    names = ("全国地方公共団体コード", "市区町村コード")
    return [field.name for field in dataset.published if field.name.endswith(names)]


def _values(column: Column, row: int) -> Mapping[str, str]:
    return {"nearest": likely(column.text(row))}


def likely(code: str) -> str:
    """Return the code that was probably meant, or nothing: a lost leading zero, or a missing check digit.

    >>> likely("92011"), likely("22212"), likely("焼津市")
    ('092011', '222127', '')
    """
    if not (code.isascii() and code.isdigit() and len(code) == 5):
        return ""
    return "0" + code if is_valid("0" + code) else code + check_digit(code)
