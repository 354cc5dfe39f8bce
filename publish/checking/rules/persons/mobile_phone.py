"""A mobile phone number in a column that is there for telephone numbers."""

from collections.abc import Iterable

from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import findings, longest, rows_like
from publish.checking.meaning import fields, having
from publish.checking.rule import Use
from publish.context import Context
from publish.disclosure.numbers import mobile_phone
from publish.disclosure.personal import is_for_contact
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
applies = having(is_for_contact)

_LIKE = "[6-9６-９][0０][^0-9０-９]{0,3}[0-9０-９]{4}[^0-9０-９]{0,3}[0-9０-９]{4}"
"""What every such number looks like before its width is folded."""
_SHORTEST = 11
"""Digits."""


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look into the published columns that say how a facility is reached; in others the rule private-phone finds it."""
    for field in fields(table.dataset, is_for_contact):
        if longest(table, field.name) >= _SHORTEST:
            mobile = rows_like(table, field.name, _LIKE, lambda text: bool(mobile_phone(text)))
            yield from findings(table, mobile, CODE, SEVERITY, field=field.name)
