"""A name in Latin letters that is written in Japanese ones, or in full width."""

from collections.abc import Iterable

from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import findings, rows_like
from publish.checking.meaning import fields, having, is_latin
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "latin-form"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="英字の名前に日本語や全角の文字があります",
    en="Latin name with Japanese characters",
)
MESSAGE = Text(
    ja="{column}「{value}」に、日本語か全角の文字があります。",
    en="{column} “{value}” holds Japanese or full-width characters.",
)
FIX = Text(
    ja="半角のローマ字か英語で書いてください。ないときは空にしてください。",
    en="Write it in half-width Latin letters, or leave it blank.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True
applies = having(is_latin)

_JAPANESE = r"[\p{Han}\p{Hiragana}\p{Katakana}ー々〆！-～　]"


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look at names in Latin letters (文字: 英字は半角). Accents, macrons and signs belong to some names."""
    for field in fields(table.dataset, is_latin):
        odd = rows_like(table, field.name, _JAPANESE, bool)
        yield from findings(table, odd, CODE, SEVERITY, field=field.name)
