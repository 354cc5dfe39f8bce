"""A mail address at a provider for private people in a column that will be public."""

import re
import unicodedata
from collections.abc import Iterable

from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import findings, rows_like
from publish.checking.meaning import fields, having, is_text
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "personal-mail"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="個人のメールアドレスのようです",
    en="Looks like a private mail address",
)
MESSAGE = Text(
    ja="{column}に個人のメールアドレスのようなもの「{value}」があります。",
    en="{column} holds what looks like a private mail address, “{value}”.",
)
FIX = Text(
    ja="個人のものなら、{target}から消すか、担当課のアドレスに書きかえてください。公開してよいものなら、{accept}。",
    en="If it belongs to a person, delete it from {target} or give the section’s address; if it may be public, {accept}.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True
applies = having(is_text)

_PROVIDERS = (
    *("gmail.com", "yahoo.co.jp", "ymail.ne.jp", "hotmail.com", "hotmail.co.jp", "outlook.com", "outlook.jp", "live.jp"),
    *("icloud.com", "me.com", "docomo.ne.jp", "ezweb.ne.jp", "au.com", "softbank.ne.jp", "i.softbank.jp", "vodafone.ne.jp"),
    *("rakuten.jp", "nifty.com", "ocn.ne.jp", "biglobe.ne.jp", "so-net.ne.jp", "plala.or.jp", "dion.ne.jp", "proton.me"),
)
_ANY = "|".join(map(re.escape, _PROVIDERS))
_AT = r"(?: ?@ ?|[★☆●]| ?[\[(<{](?:at?|アット(?:マーク)?)[\])>}] ?| ?アットマーク ?|_at_)"
"""The sign, and what is written for it so that programs do not find the address."""
_ADDRESS = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,64}}{_AT}(?:[\w-]{{1,63}}\.){{0,4}}(?:{_ANY})(?![\w-]|\.\w)", re.ASCII | re.IGNORECASE
)
"""Of ASCII letters only: Japanese words stand right before and behind an address."""
_LIKE = (
    *(rf"@[A-Za-z0-9_.-]*?(?:(?i:{_ANY})|[！-～])", "＠", "﹫", "@ ", "[★☆●]", "アットマーク", "_at_"),
    "[\\[(<{［（＜｛](?i:at?|ａｔ?|アット)[\\])>}］）＞｝]",
)
"""What is found in every such address before its width is folded: a column of the office's own is passed over at once."""


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look into every published column of text."""
    for field in fields(table.dataset, is_text):
        private = rows_like(table, field.name, _LIKE, is_private)
        yield from findings(table, private, CODE, SEVERITY, field=field.name)


def is_private(text: str) -> bool:
    """Say whether a text contains a mail address at a provider for private people, in whatever width.

    >>> list(map(is_private, ["連絡先はtaro@gmail.comまで。", "ｔａｒｏ＠ｇｍａｉｌ.com", "taro@docomo.ne.jp."]))
    [True, True, True]
    >>> is_private("taro(at)gmail.com"), is_private("taro★gmail.com"), is_private("会場★gmail")
    (True, True, False)
    >>> list(map(is_private, ["soumu@town.example.jp", "taro@gmail.com.example.jp", "@gmail.com", "gmail.com"]))
    [False, False, False, False]
    """
    return bool(_ADDRESS.search(unicodedata.normalize("NFKC", text)))
