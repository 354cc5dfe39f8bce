"""A road in the table of certified roads that carries no sign of certification."""

from collections.abc import Iterable

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import blank, filled, findings
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "not-certified"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="認定された道路か分かりません",
    en="Not shown to be a certified road",
)
MESSAGE = Text(
    ja="{column}が空なので、町が認定した道路だと分かりません。",
    en="{column} is blank, so nothing shows that the town has certified this road.",
)
FIX = Text(
    ja="認定路線なら、{target}に{column}を書いてください{such}。認定されていない道(農道・林道・私道・計画中の道路)は、この行をこの表から取り除いてください。",
    en="If the road is certified, write its {column} in {target}{such}; "
    "farm, forest, private and planned roads do not belong here.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = False

_DATASET = "road"
_SIGNS = ("路線番号", "認定年月日", "道路の種類")
"""The last only where the table uses it at all: many ledgers are kept apart by class instead."""


def applies(dataset: Dataset) -> bool:
    """Say whether it is the table of certified roads."""
    return dataset.id == _DATASET


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Nothing is published as a certified road (道路法第8条 市町村道の認定) without its number and date."""
    dataset = table.dataset
    if dataset.id != _DATASET:
        return
    for name in _SIGNS:
        if name in dataset.names and (filled(table, name) or name != _SIGNS[-1]):
            yield from findings(table, blank(table, name), CODE, SEVERITY, field=name)


def covers(dataset: Dataset) -> frozenset[tuple[str, str]]:
    """Say more than that the cell is required."""
    return (
        frozenset((code, name) for name in _SIGNS for code in ("required", "key-missing"))
        if dataset.id == _DATASET
        else frozenset()
    )
