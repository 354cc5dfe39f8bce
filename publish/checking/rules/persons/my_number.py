"""A My Number (個人番号), which no law lets anybody publish."""

from collections.abc import Iterable

from catalog.dataset import Field
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import findings, rows_like
from publish.checking.meaning import fields, having, is_text
from publish.checking.rule import Use
from publish.context import Context
from publish.disclosure.names.person import person_in
from publish.disclosure.numbers import my_numbers, speaks_of_my_number
from publish.disclosure.personal import texts_of, what_is_seen
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "my-number"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="マイナンバーのようです",
    en="Looks like a My Number",
)
MESSAGE = Text(
    ja="{column}にマイナンバー(個人番号)のような12桁の番号「{seen}」があります。",
    en="{column} holds twelve digits that look like a My Number (individual number), “{seen}”.",
)
FIX = Text(
    ja="{target}から消してください。ファイルを受け取った経路も確かめてください。マイナンバーでない番号なら、{accept}。",
    en="Delete it from {target} and see how the file came here. If it is another number, {accept}.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = False
REFUSES = True
applies = having(is_text)

_LIKE = "(?:[0-9０-９]{4}[ 　・_ー－−‐-]?[0-9０-９]{4}[ 　・_ー－−‐-]?[0-9０-９]{4}|[0-9０-９](?:[ 　][0-9０-９]){11})"
_SURE = 3
"""Cells by which a column without a telling heading is one of My Numbers: each ends rightly by chance once in eleven times."""


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Twelve digits with the right check digit, where heading or cell speaks of them, or nearly all cells have it."""
    for field in fields(table.dataset, is_text):
        rows = rows_like(table, field.name, _LIKE, lambda text: bool(my_numbers(text)))
        texts = texts_of(table, field, rows)
        if not _is_column_of_them(table, field, set(texts.values())):
            rows = rows[[speaks_of_my_number(texts[row]) or bool(person_in(texts[row])) for row in rows.tolist()]]
        seen = what_is_seen(table, field, rows, lambda text: my_numbers(text)[0])
        yield from findings(table, rows, CODE, SEVERITY, field=field.name, values=seen)


def _is_column_of_them(table: Table, field: Field, right: set[str]) -> bool:
    if any(speaks_of_my_number(heading.get(field.name, "")) for heading in table.headings):
        return True
    like = rows_like(table, field.name, f"^{_LIKE}$", lambda _: True)
    return len(right) >= _SURE and len(right) * 10 >= 9 * len(set(texts_of(table, field, like).values()))
