"""A measured number of which the file does not say the unit."""

from collections.abc import Iterable, Mapping

from catalog.dataset import Dataset, Field
from catalog.folding import fold, heading_key
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import filled
from publish.checking.rule import Use
from publish.context import Context
from publish.table.change import ChangeLog
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "unit-missing"
SEVERITY: Severity = "info"
TITLE = Text(
    ja="数の単位が書かれていません",
    en="Unit not said",
)
MESSAGE = Text(
    ja="{columns}の単位が、見出しにもセルにも書かれていません。標準の単位({units})の数として公開します。",
    en="Neither heading nor cells say the unit of {columns}. It is published as the unit of the definition ({units}).",
)
FIX = Text(
    ja="単位が合っているか確かめ、元の表の見出しにも単位を書いてください。",
    en="See whether that is right, and write the unit into the heading of the original.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

_MEASURED = frozenset(("m", "km", "cm", "mm", "㎞", "㎡", "m2", "㎢", "km2", "ha", "a", "㎥", "m3", "円", "千円", "%"))


def applies(dataset: Dataset) -> bool:
    """Say whether anything is measured in a unit."""
    return any(field.unit in _MEASURED for field in dataset.published)


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Item 1-9 データの単位を記載しているか. People, households and things are counted in themselves; lengths are not.

    A heading that is the national item name says the unit by its definition.
    """
    told = {line.field for line in ChangeLog.of(table.changes).summaries() if line.reason == "number-unit"}
    missing = [
        field
        for field in table.dataset.published
        if field.unit in _MEASURED
        and field.name not in told
        and any(_silent(field, one) for one in table.headings)
        and filled(table, field.name)
    ]
    if missing:
        names, units = "\n".join(field.name for field in missing), "・".join(dict.fromkeys(field.unit for field in missing))
        yield Finding(CODE, SEVERITY, values={"columns_field": names, "units": units})


def _silent(field: Field, headings: Mapping[str, str]) -> bool:
    heading = headings.get(field.name)
    return heading is not None and heading_key(heading) != heading_key(field.name) and fold(field.unit) not in fold(heading)
