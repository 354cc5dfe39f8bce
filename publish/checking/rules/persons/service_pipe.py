"""A service pipe, or whatever else leads from a main into somebody's house."""

import re
from collections.abc import Iterable

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import findings, rows_like
from publish.checking.rule import Accepts, Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "service-pipe"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="家への引き込みの管です",
    en="Pipe into a house",
)
MESSAGE = Text(
    ja="{column}に「{value}」とあります。家への引き込みの管は、どの公開区分でも公開できません。",
    en="{column} says “{value}”. Pipes into houses are published in no class.",
)
FIX = Text(
    ja="この行を元のファイルから取り除いてください。",
    en="Take this row out of the file.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = False
REFUSES = True
ACCEPTS: Accepts = ""

_DATASETS = frozenset(("water_pipe", "sewer_pipe"))
_SERVICE = "給水管|給水装置|引込管|引き込み管|取付管|取り付け管|宅内|屋内配管|水栓番号"
_IS_SERVICE = re.compile(_SERVICE)


def applies(dataset: Dataset) -> bool:
    """Say whether it is a table of pipes."""
    return dataset.id in _DATASETS


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look for the words of service connections in every published column of text, closed by a code list or not."""
    if not applies(table.dataset):
        return
    for field in table.dataset.published:
        if field.type == "string":
            rows = rows_like(table, field.name, _SERVICE, lambda text: bool(_IS_SERVICE.search(text)))
            yield from findings(table, rows, CODE, SEVERITY, field=field.name)
