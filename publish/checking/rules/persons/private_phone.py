"""A telephone number of a private person, in a column that is not there for telephone numbers."""

from collections.abc import Iterable

from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import findings, rows_like
from publish.checking.meaning import fields, having
from publish.checking.rule import Use
from publish.context import Context
from publish.disclosure.numbers import private_phone
from publish.disclosure.personal import is_for_no_contact, what_is_seen
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "private-phone"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="個人の電話番号のようです",
    en="Looks like a private telephone number",
)
MESSAGE = Text(
    ja="{column}に個人の電話番号のようなもの「{seen}」があります。個人の番号は公開できません。",
    en="{column} holds what looks like a private telephone number, “{seen}”. Private numbers must not be published.",
)
FIX = Text(
    ja="個人の番号なら、{target}から消してください。施設や担当の公開してよい番号なら、{accept}。",
    en="If it belongs to a person, delete it from {target}; if it is a public number of a facility, {accept}.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = False
REFUSES = True
applies = having(is_for_no_contact)

_LIKE = (r"[0０][^0-9０-９]{0,2}[0-9０-９]|[0-9０-９]{3}", "[〇零][六七八九][〇零]")
"""What every telephone number has, in kanji too."""


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look into every published column of words."""
    for field in fields(table.dataset, is_for_no_contact):
        rows = rows_like(table, field.name, _LIKE, lambda text: bool(private_phone(text)))
        seen = what_is_seen(table, field, rows, private_phone)
        yield from findings(table, rows, CODE, SEVERITY, field=field.name, values=seen)
