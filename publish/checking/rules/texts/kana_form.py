"""A reading that is not written in kana."""

from collections.abc import Iterable

from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import findings, rows_like
from publish.checking.meaning import fields, having, is_kana
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "kana-form"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="読みがカナではありません",
    en="Reading not in kana",
)
MESSAGE = Text(
    ja="{column}に、漢字まじりの「{value}」があります。",
    en="{column} holds “{value}”, which is not a reading in kana.",
)
FIX = Text(
    ja="読みを全角カタカナで書いてください。名称の列と入れ違えていないかも確かめてください。",
    en="Write the reading in full-width katakana, and see whether it was exchanged with the name.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True
applies = having(is_kana)

_KANJI = r"[\p{Han}々〆]"


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look for Chinese characters in readings (文字: カナは全角カタカナ). Letters, digits and signs belong to some names."""
    for field in fields(table.dataset, is_kana):
        odd = rows_like(table, field.name, _KANJI, bool)
        yield from findings(table, odd, CODE, SEVERITY, field=field.name)
