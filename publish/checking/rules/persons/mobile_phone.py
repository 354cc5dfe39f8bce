"""A mobile phone number in a column that will be public."""

import re
import unicodedata
from collections.abc import Iterable

from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import findings, longest, rows_like
from publish.checking.meaning import fields, having, is_text
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "mobile-phone"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="携帯電話の番号のようです",
    en="Looks like a mobile phone number",
)
MESSAGE = Text(
    ja="{column}に携帯電話の番号のようなもの「{value}」があります。個人の番号は公開できません。",
    en="{column} holds what looks like a mobile phone number, “{value}”. Private numbers must not be published.",
)
FIX = Text(
    ja="個人の番号なら、{target}からその番号を消してください。施設や担当の公開してよい番号なら、{accept}。",
    en="If it belongs to a person, delete it from {target}; if it is a public number of a facility, {accept}.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True
applies = having(is_text)

_MOBILE = re.compile(r"(?<![0-9])(?:\+81[ -]?\(?0?\)?|0)[6-9]0[ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9])")
"""060, 070, 080, 090 and eight digits (電気通信番号計画). Numbers of 0x0 with other digits are services."""


_LIKE = "[6-9６-９][0０][^0-9０-９]{0,2}[0-9０-９]{4}[^0-9０-９]{0,2}[0-9０-９]{4}"
"""What every such number looks like before its width is folded."""
_SHORTEST = 11
"""Digits."""
_OF_A_FORM = ("url", "kana", "weekday", "body_code", "postal_code")
"""Parsers of columns for which other rules tell of whatever else stands there."""


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look into every published column of text but those of a form of their own, in which a number would be wrong anyway."""
    for field in fields(table.dataset, is_text):
        if field.parser not in _OF_A_FORM and longest(table, field.name) >= _SHORTEST:
            mobile = rows_like(table, field.name, _LIKE, is_mobile)
            yield from findings(table, mobile, CODE, SEVERITY, field=field.name)


def is_mobile(text: str) -> bool:
    """Say whether a text contains a mobile phone number.

    >>> list(map(is_mobile, ["090-1234-5678", "担当 ０９０１２３４５６７８", "054-626-1111", "0901234567890"]))
    [True, True, False, False]
    """
    return bool(_MOBILE.search(unicodedata.normalize("NFKC", text)))
