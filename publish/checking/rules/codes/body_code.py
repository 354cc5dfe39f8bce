"""A local government code whose sixth digit is not its check digit, or that is not six digits at all."""

from collections.abc import Iterable, Mapping
from functools import partial

from catalog.body_code import check_digit, is_valid
from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import Column, findings
from publish.checking.rule import Use
from publish.checking.rules.codes.lost_digits import is_rounded
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
    ja="{column}「{value}」は、国が決めた6けたの番号ではありません(最後の1けたは、書き間違いに気づくための数字です)。",
    en="{column} “{value}” is no national six-digit number (the last digit is there to detect mistakes).",
)
FIX = Text(
    ja="{likely}分からなければ、6けたの番号を総務省の一覧で調べて、{target}に半角で書いてください(例 東京都千代田区は131016)。",
    en="{likely}If need be, look it up in the ministry’s list, and write it in {target} (Chiyoda in Tokyo is 131016).",
)
USES: frozenset[Use] = frozenset()
ALLOWS = False


def applies(dataset: Dataset) -> bool:
    """Say whether there is a column of such codes."""
    return bool(_fields(dataset))


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look at every published column of local government codes (総務省 全国地方公共団体コード仕様, 検査数字)."""
    for field in _fields(table.dataset):
        column = Column.of(table, field)
        wrong = column.rows(lambda text: bool(text) and not is_valid(text) and not is_rounded(text))
        ours = context.town.code if context.town else ""
        yield from findings(table, wrong, CODE, SEVERITY, field=field, values=partial(_values, column, ours))


def covers(dataset: Dataset) -> frozenset[tuple[str, str]]:
    """Say more than the schema's pattern and lengths do."""
    return frozenset((code, field) for field in _fields(dataset) for code in ("pattern", "length"))


def _fields(dataset: Dataset) -> list[str]:
    names = ("全国地方公共団体コード", "市区町村コード")
    return [field.name for field in dataset.published if field.name.endswith(names)]


def _values(column: Column, ours: str, row: int) -> Mapping[str, str]:
    return {"nearest": likely(column.text(row), ours)}


def likely(code: str, ours: str = "") -> str:
    """Return the code that was probably meant, or nothing: a lost leading zero, a missing or a mistyped check digit.

    Five digits can lack either; then the town's own code decides, else nothing is said.

    >>> likely("92011"), likely("22212"), likely("焼津市"), likely("222128", "222127"), likely("222128")
    ('092011', '222127', '', '222127', '')
    >>> likely("13102"), likely("13102", "131024")
    ('', '131024')
    """
    if not (code.isascii() and code.isdigit() and len(code) in (5, 6)):
        return ""
    if len(code) == 6:
        return ours if code[:5] == ours[:5] else ""
    completed = ("0" + code, code + check_digit(code))
    possible = [found for found in completed if is_valid(found) and "01" <= found[:2] <= "47"]
    return ours if ours in completed else possible[0] if len(possible) == 1 else ""
