"""A published column that the clerk's own file calls by something private: 所有者, 生年月日, 口座番号."""

from collections.abc import Iterable, Mapping, Sequence

import pyarrow.compute as pc

from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import filled
from publish.checking.rule import Use
from publish.context import Context
from publish.disclosure.headings import is_given_name_beside, speaks_of_a_person
from publish.table.change import ChangeLog
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
    joined = _joined(table)
    beside = {heading for part in table.parts for heading in part.columns}
    for field in table.dataset.published:
        if field.personal == "named" or not filled(table, field.name):
            continue
        own = [headings[field.name] for headings in table.headings if field.name in headings]
        for heading in dict.fromkeys([*own, *joined.get(field.name, ())]):
            if speaks_of_a_person(heading) or is_given_name_beside(heading, beside):
                yield Finding(CODE, SEVERITY, field=field.name, values={"heading": heading, "field": field.name})


def _joined(table: Table) -> Mapping[str, Sequence[str]]:
    """Return by field the headings of all columns that were put together: a table's headings name the first of them."""
    log = ChangeLog.of(table.changes)
    whole = ChangeLog(log.columns.filter(pc.is_null(log.columns.column("row"))))
    return {change.field: change.before.split(" + ") for change in whole if change.reason == "joined"}
