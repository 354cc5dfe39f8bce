"""A published column that the clerk's own file calls by something private: 所有者, 生年月日, 口座番号."""

from collections.abc import Iterable

from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import filled
from publish.checking.rule import Use
from publish.context import Context
from publish.disclosure.headings import speaks_of_a_person
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "person-heading"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="個人に関わる見出しの列です",
    en="Heading of a private matter",
)
MESSAGE = Text(
    ja="元のファイルで「{heading}」という列が、公開する項目「{field}」に入っています。",
    en="A column that the file calls {heading} is published as {field}.",
)
FIX = Text(
    ja="個人に関わる列なら、{recipe}の columns で ignore と書いて外してください。そうでない列なら、{accept}。",
    en="If it is about persons, leave it out: write ignore for it under columns in {recipe}. If nothing in it is, {accept}.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = False
REFUSES = True


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look at the headings of the file over every published column that the definition does not say names persons."""
    for field in table.dataset.published:
        if field.personal == "named" or not filled(table, field.name):
            continue
        for heading in dict.fromkeys(headings[field.name] for headings in table.headings if field.name in headings):
            if speaks_of_a_person(heading):
                yield Finding(CODE, SEVERITY, field=field.name, values={"heading": heading, "field": field.name})
