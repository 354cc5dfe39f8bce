"""A column in a town's own definition of farmland that the law does not put on the internet."""

from collections.abc import Iterable

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.rule import Accepts, Use
from publish.context import Context
from publish.disclosure.farmland import beyond_the_law, is_farmland
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "farmland-item"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="インターネットで公表できない農地の項目です",
    en="Item of farmland that is not for the internet",
)
MESSAGE = Text(
    ja="「{column}」の列は、農地法がインターネットで公表するとしている項目ではありません。",
    en="The column {column} is none of the items that the Agricultural Land Act lets anybody publish on the internet.",
)
FIX = Text(
    ja="町の定義で、この列を公開しないようにしてください。氏名・住所・借賃・耕作者の番号は、どのような見出しでも公開できません。",
    en="Keep this column at home in the town’s definition; names, addresses, rent and numbers of cultivators never go out.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = False
REFUSES = True
ACCEPTS: Accepts = ""


def applies(dataset: Dataset) -> bool:
    """Say whether it is a table of farmland."""
    return is_farmland(dataset)


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """農地法第52条の3 with 施行規則第104条: what is not listed there is seen at the counter only."""
    for name in beyond_the_law(table.dataset):
        yield Finding(CODE, SEVERITY, field=name)
