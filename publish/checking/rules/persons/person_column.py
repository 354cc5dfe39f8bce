"""A column most of whose cells name a person: an owner, a sole trader, a member of a list."""

from collections.abc import Iterable

from catalog.text import Text
from gis.layer import Layer
from publish.checking.meaning import fields, having
from publish.checking.rule import Accepts, Use
from publish.context import Context
from publish.disclosure.personal import (
    is_column_of_persons,
    may_name_nobody,
    person_named,
    rows_with_persons,
    texts_of,
)
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "person-column"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="人の名前の列のようです",
    en="Looks like a column of names of persons",
)
MESSAGE = Text(
    ja="「{column}」の列には、人の名前のようなものが{count}件あります(「{seen}」など)。個人の名前は公開できません。",
    en="The column {column} holds what looks like names of persons ({count} cells, such as “{seen}”).",
)
FIX = Text(
    ja="{recipe}の columns で ignore と書くか、元のファイルから列ごと消してください。1件ずつ認めることはできません。",
    en="Write ignore for it under columns in {recipe}, or delete the column. It cannot be accepted cell by cell.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = False
REFUSES = True
ACCEPTS: Accepts = ""
applies = having(may_name_nobody)


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Count the cells that name somebody in every published column of words."""
    for field in fields(table.dataset, may_name_nobody):
        if is_column_of_persons(table, field):
            rows = rows_with_persons(table, field)
            named = person_named(field)
            first = texts_of(table, field, rows[:1]).values()
            values = {"count": str(len(rows)), "seen": "".join(map(named, first))}
            yield Finding(CODE, SEVERITY, field=field.name, values=values)
