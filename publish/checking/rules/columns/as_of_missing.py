"""A table that does not say which day it describes."""

from collections.abc import Iterable

from catalog.text import Text
from gis.layer import Layer
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "as-of-missing"
SEVERITY: Severity = "info"
TITLE = Text(
    ja="いつ時点のデータか分かりません",
    en="As-of date missing",
)
MESSAGE = Text(
    ja="いつ時点のデータかが、どこにも書かれていません。決めるまで公開できません。",
    en="Nothing says which day the data describes. It cannot be published until somebody decides.",
)
FIX = Text(
    ja='{recipe}に as_of: "2026-04-01" のように日付を書くか、ファイル名・シート名・列から読むように決めてください。',
    en='Write the date into {recipe} (as_of: "2026-04-01"), or let it be read from file name, sheet or a column.',
)
ALONE = Text(
    ja="ファイル名に日付を入れておくと、受け取った側が迷いません(例 AED一覧_令和8年4月1日.xlsx)。",
    en="Put the date into the file’s name, so that whoever receives it knows (such as AED_20260401.xlsx).",
)
USES: frozenset[Use] = frozenset()
ALLOWS = False


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Say so early; `publish` refuses later. A file's own time stamp is never taken for it."""
    if not table.as_of:
        yield Finding(CODE, SEVERITY)
