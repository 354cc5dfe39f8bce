"""A column in which a town's own definition would publish persons that the definition which comes with machizu does not."""

from collections.abc import Iterable

from catalog.text import Text
from gis.layer import Layer
from publish.checking.rule import Accepts, Use
from publish.context import Context
from publish.disclosure.columns import opened
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "opened-column"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="もとの定義より広く公開する列です",
    en="Column opened beyond the original definition",
)
MESSAGE = Text(
    ja="町の定義では「{column}」の列に個人の名前などを出せますが、もとの定義では出さない列です。",
    en="By the town’s own definition the column {column} may say of persons what the original definition does not publish.",
)
FIX = Text(
    ja="町の定義をもとに戻してください。公開すると決めたのなら、その決定と文書番号を町の設定に columns として書いてください。",
    en="Take that back in the town’s definition, or record the decision as columns in the town’s settings.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = False
REFUSES = True
ACCEPTS: Accepts = ""


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Compare with the definition of the same id that comes with machizu, column by column."""
    for name in opened(table.dataset, context.town):
        yield Finding(CODE, SEVERITY, field=name)
