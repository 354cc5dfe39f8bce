"""A row that says it belongs to another municipality than the one that publishes."""

from collections.abc import Iterable

from catalog.body_code import is_valid
from catalog.dataset import BODY_CODE, Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import Column, findings
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "other-town"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="ほかの団体のコードです",
    en="Code of another municipality",
)
MESSAGE = Text(
    ja="この町の番号は「{town}」ですが、{column}に「{value}」と書かれています。",
    en="This municipality has the code “{town}”, but {column} says “{value}”.",
)
FIX = Text(
    ja="ほかの市町村の行がまざっていないか確かめ、まざっていれば、この行を取り除いてください。この町の行なら、{target}を「{town}」に直してください。",
    en="See whether rows of another municipality slipped in and remove this row; if it is ours, write “{town}” in {target}.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True


def applies(dataset: Dataset) -> bool:
    """Say whether rows name the body that publishes."""
    return dataset.named(BODY_CODE) is not None


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Compare the column of the publishing body with machizu.toml; outside a town folder nothing is known.

    所在地_全国地方公共団体コード is where a facility stands, which may be elsewhere.
    """
    field = table.dataset.named(BODY_CODE)
    if context.town is None or field is None:
        return
    ours = context.town.code
    other = Column.of(table, field).rows(lambda text: text != ours and is_valid(text))
    yield from findings(table, other, CODE, SEVERITY, field=field, values=lambda _: {"town": ours})
