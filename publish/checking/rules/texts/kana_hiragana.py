"""Readings in hiragana where the standard has katakana."""

from collections.abc import Iterable

from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import findings, rows_like
from publish.checking.meaning import fields, having, is_kana
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "kana-hiragana"
SEVERITY: Severity = "info"
TITLE = Text(
    ja="読みがひらがなです",
    en="Reading in hiragana",
)
MESSAGE = Text(
    ja="{column}「{value}」に、ひらがながあります。標準では全角カタカナで書きます。",
    en="{column} “{value}” holds hiragana; the standard has full-width katakana.",
)
FIX = Text(
    ja="カタカナに直してください。このままでも公開できます。",
    en="Write it in katakana. It can be published as it is.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True
applies = having(is_kana)

_HIRAGANA = "[ぁ-ゖ]"


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look for hiragana in readings; where there are Chinese characters too, `kana-form` says more."""
    for field in fields(table.dataset, is_kana):
        odd = rows_like(table, field.name, rf"^[^\p{{Han}}]*{_HIRAGANA}[^\p{{Han}}]*$", bool)
        yield from findings(table, odd, CODE, SEVERITY, field=field.name)
