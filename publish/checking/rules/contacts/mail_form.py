"""A cell for a mail address that holds something else."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import partial

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import Column, findings, rows_unlike
from publish.checking.meaning import fields, having, is_mail
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "mail-form"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="メールアドレスではありません",
    en="Not a mail address",
)
MESSAGE = Text(
    ja="{column}「{value}」は、メールアドレスの形ではありません。",
    en="{column} “{value}” does not have the form of a mail address.",
)
FIX = Text(
    ja="{likely}「@」の入った半角のアドレスを書いてください。問い合わせページは専用の列へ移し、ないときは空にしてください。",
    en="{likely}Write one in half width, with “@” in it; move addresses of forms to their column, or leave it blank.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True
applies = having(is_mail)

_FORM = (
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+"
)
"""The form that browsers accept in a mail field (HTML Standard, valid e-mail address), with a dot in the host."""
_ADDRESS = re.compile(_FORM)
_AT = re.compile(r"\s*(?:\[at\]|\(at\)|★|☆|【at】|_at_|@)\s*", re.IGNORECASE)
"""Ways to hide an address from collectors."""


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look at every published column of mail addresses; several stand with " / " or ";" between them."""
    for field in fields(table.dataset, is_mail):
        wrong = rows_unlike(table, field.name, _FORM, lambda text: not all(map(is_mail_address, re.split(r" / |;", text))))
        yield from findings(table, wrong, CODE, SEVERITY, field=field.name, values=partial(_values, table, field.name))


def covers(dataset: Dataset) -> frozenset[tuple[str, str]]:
    """Say more than that the text is no address, or not of the pattern."""
    return frozenset((code, field.name) for field in fields(dataset, is_mail) for code in ("type-string", "pattern"))


def is_mail_address(text: str) -> bool:
    """Say whether a text is one mail address.

    >>> list(map(is_mail_address, ["soumu@town.example.jp", "soumu＠town.example.jp", "soumu@town", "https://example.jp/"]))
    [True, False, False, False]
    """
    return bool(_ADDRESS.fullmatch(text))


def likely(text: str) -> str:
    """Return the address in half width, with the sign that was hidden, or nothing.

    >>> likely("ｓｏｕｍｕ＠example.jp"), likely("soumu★example.jp"), likely("mailto:soumu@example.jp"), likely("なし")
    ('soumu@example.jp', 'soumu@example.jp', 'soumu@example.jp', '')
    """
    folded = unicodedata.normalize("NFKC", text).strip().removeprefix("mailto:")
    meant = _AT.sub("@", folded)
    return meant if is_mail_address(meant) else ""


def _values(table: Table, field: str, row: int) -> Mapping[str, str]:
    return {"nearest": likely(Column.of(table, field).text(row))}
