"""A map drawn from results of a survey, of whose approval the town's settings say nothing."""

from collections.abc import Iterable

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.rule import Accepts, Use
from publish.context import Context
from publish.disclosure.survey import lacks_statement
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "survey-approval"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="測量成果の使用の承認が書かれていません",
    en="No approval for results of a survey",
)
MESSAGE = Text(
    ja="このデータは測量成果をもとにしています。測量法の承認の番号か、承認の要らない理由が、町の設定にありません。",
    en="This dataset is drawn from results of a survey; the town’s settings name neither an approval nor why none is needed.",
)
FIX = Text(
    ja="町の設定に、承認の番号か、要らない理由を書いてください。",
    en="Write the number of the approval, or why none is needed, into the town’s settings.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = False
REFUSES = True
ACCEPTS: Accepts = ""


def applies(dataset: Dataset) -> bool:
    """Say whether it is drawn from results of a survey."""
    return dataset.survey


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """測量法第29, 30, 43, 44条: the use of results of a survey wants to be approved. Outside a town nothing is published."""
    if context.town and lacks_statement(table.dataset, context.town):
        yield Finding(CODE, SEVERITY)
