"""A recommended column that the file does not have."""

from collections.abc import Iterable

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import filled
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "recommended-missing"
SEVERITY: Severity = "info"
TITLE = Text(
    ja="あるとよい列がありません",
    en="Recommended column missing",
)
MESSAGE = Text(
    ja="標準で推奨されている「{column}」の列がありません。{about}",
    en="The recommended column {column} is missing. {about}",
)
FIX = Text(
    ja="分かるなら、見出しの行に「{column}」と書いた列を足し、値を書いてください{such}。なくても公開できます。",
    en="If it is known, add a column headed {column} and fill it in{such}. The table can be published without it.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True


def applies(dataset: Dataset) -> bool:
    """Say whether any column is recommended."""
    return any(field.requirement == "recommended" for field in dataset.published)


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look for published columns marked 推奨 that are in no part of the file and that we did not fill either."""
    known = {name for headings in table.headings for name in headings}
    for field in table.dataset.published:
        if field.requirement == "recommended" and field.name not in known and not filled(table, field.name):
            yield Finding(CODE, SEVERITY, field=field.name)
