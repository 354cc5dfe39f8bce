"""A person who is named in a column that is not there to name one."""

from collections.abc import Iterable

from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import findings
from publish.checking.meaning import fields, having
from publish.checking.rule import Use
from publish.context import Context
from publish.disclosure.personal import (
    is_column_of_persons,
    may_name_nobody,
    person_named,
    rows_with_persons,
    what_is_seen,
)
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "person-name"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="人の名前のようです",
    en="Looks like the name of a person",
)
MESSAGE = Text(
    ja="{column}に人の名前のようなもの「{seen}」があります。個人の名前は公開できません。",
    en="{column} holds what looks like the name of a person, “{seen}”. Names of private persons must not be published.",
)
FIX = Text(
    ja="個人の名前なら、{target}から消してください。個人でないもの(施設の名前など)や公開してよい名前なら、{accept}。",
    en="If it is a private person, delete it from {target}; if it is none, such as a facility, or may be public, {accept}.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = False
REFUSES = True
applies = having(may_name_nobody)


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look into every published column of words; where most cells name somebody, the rule person-column says it once."""
    for field in fields(table.dataset, may_name_nobody):
        if is_column_of_persons(table, field):
            continue
        rows = rows_with_persons(table, field)
        seen = what_is_seen(table, field, rows, person_named(field))
        yield from findings(table, rows, CODE, SEVERITY, field=field.name, values=seen)
