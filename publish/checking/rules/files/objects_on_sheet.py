"""Pictures, shapes and charts that lie on the sheet."""

from collections.abc import Iterable

from catalog.text import Text
from gis.layer import Layer
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "objects-on-sheet"
SEVERITY: Severity = "info"
TITLE = Text(
    ja="シートに図や写真がのっています",
    en="Objects on the sheet",
)
MESSAGE = Text(
    ja="シートに画像・図形・グラフが{count}個のっています。中に書かれたことは読んでいません。",
    en="Pictures, shapes or charts on the sheet: {count}. What is written in them was not read.",
)
FIX = Text(
    ja="図形の中に大事な説明があれば、セルに書き写してください。このままでも表は公開できます。",
    en="If something important is written in them, copy it into cells. The table can be published as it is.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Item 1-8 オブジェクトを使用していないか. Count what the drawings of the sheets hold."""
    count = sum(sum(part.facts.objects.values()) for part in table.parts)
    if count:
        yield Finding(CODE, SEVERITY, values={"count": str(count)})
