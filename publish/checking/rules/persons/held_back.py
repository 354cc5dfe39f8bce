"""A column that is filled and that the definition keeps at home: said, so that nobody thinks it was published."""

from collections.abc import Iterable

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import filled
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "held-back"
SEVERITY: Severity = "info"
TITLE = Text(
    ja="公開しない列です",
    en="Column that is not published",
)
MESSAGE = Text(
    ja="「{column}」の列は公開しない項目です。公開するファイルには入りません。",
    en="The column {column} is not for publication and is left out of the published files.",
)
FIX = Text(
    ja="そのままで公開できます。知らせたいことがあれば、個人の名前などを除いて備考に書いてください。",
    en="Nothing needs to be done. Write what people should know under remarks, without names of persons.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True


def applies(dataset: Dataset) -> bool:
    """Say whether any column stays behind."""
    return len(dataset.published) < len(dataset.fields)


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look for columns of the file that hold something and are not among the published ones."""
    public = {field.name for field in table.dataset.published}
    known = {name for headings in table.headings for name in headings}
    for name in table.dataset.names:
        if name in known - public and filled(table, name):
            yield Finding(CODE, SEVERITY, field=name)
