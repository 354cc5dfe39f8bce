"""A bank account in a column that will be public."""

from collections.abc import Iterable

from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import findings, rows_like
from publish.checking.meaning import fields, having
from publish.checking.rule import Use
from publish.context import Context
from publish.disclosure.numbers import bank_account
from publish.disclosure.personal import holds_words, what_is_seen
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "bank-account"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="銀行口座のようです",
    en="Looks like a bank account",
)
MESSAGE = Text(
    ja="{column}に銀行口座のようなもの「{seen}」があります。口座は公開できません。",
    en="{column} holds what looks like a bank account, “{seen}”. Accounts must not be published.",
)
FIX = Text(
    ja="{target}から消してください。口座でないもの、または公開してよい口座(寄附の受け口など)なら、{accept}。",
    en="Delete it from {target}. If it is none, or one for the public such as for donations, {accept}.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = False
REFUSES = True
applies = having(holds_words)

_LIKE = r"[0-9０-９]{6}"
"""What every account has."""


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look into every published column of words."""
    for field in fields(table.dataset, holds_words):
        rows = rows_like(table, field.name, _LIKE, lambda text: bool(bank_account(text)))
        seen = what_is_seen(table, field, rows, bank_account)
        yield from findings(table, rows, CODE, SEVERITY, field=field.name, values=seen)
