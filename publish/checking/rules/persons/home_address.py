"""The address of a home beside a name, in a column that is not there for addresses."""

from collections.abc import Iterable

from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import findings, rows_like
from publish.checking.meaning import fields, having
from publish.checking.rule import Use
from publish.context import Context
from publish.disclosure.numbers import home_address
from publish.disclosure.personal import is_for_no_contact, what_is_seen
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "home-address"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="自宅の住所のようです",
    en="Looks like a home address",
)
MESSAGE = Text(
    ja="{column}に自宅の住所のようなもの「{seen}」があります。個人の住所は公開できません。",
    en="{column} holds what looks like the address of a home, “{seen}”. Addresses of private persons must not be published.",
)
FIX = Text(
    ja="個人の住所なら、{target}から消してください。施設の住所なら、{accept}。",
    en="If it is the address of a person, delete it from {target}; if it is that of a facility, {accept}.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = False
REFUSES = True
applies = having(is_for_no_contact)

_LIKE = r"丁目|番地|[0-9０-９][番‐‑‒–—―−－﹣ー-]"
"""What every address has that leads to a house."""


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look into every published column of words."""
    for field in fields(table.dataset, is_for_no_contact):
        rows = rows_like(table, field.name, _LIKE, lambda text: bool(home_address(text)))
        seen = what_is_seen(table, field, rows, home_address)
        yield from findings(table, rows, CODE, SEVERITY, field=field.name, values=seen)
