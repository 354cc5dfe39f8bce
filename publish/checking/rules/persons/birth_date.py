"""The day on which somebody was born, said in a cell."""

from collections.abc import Iterable

from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import findings, rows_like
from publish.checking.meaning import fields, having
from publish.checking.rule import Use
from publish.context import Context
from publish.disclosure.numbers import birth_date
from publish.disclosure.personal import holds_words, what_is_seen
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "birth-date"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="生年月日のようです",
    en="Looks like a date of birth",
)
MESSAGE = Text(
    ja="{column}に生年月日のようなもの「{seen}」があります。生年月日は公開できません。",
    en="{column} holds what looks like a date of birth, “{seen}”. Dates of birth must not be published.",
)
FIX = Text(
    ja="{target}から消してください。歴史上の人物などで公開してよいものなら、{accept}。",
    en="Delete it from {target}. If it may be public, as of a historic person, {accept}.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = False
REFUSES = True
applies = having(holds_words)

_LIKE = "生"
"""What every cell has that speaks of a birth."""


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look into every published column of words."""
    for field in fields(table.dataset, holds_words):
        rows = rows_like(table, field.name, _LIKE, lambda text: bool(birth_date(text)))
        seen = what_is_seen(table, field, rows, birth_date)
        yield from findings(table, rows, CODE, SEVERITY, field=field.name, values=seen)
