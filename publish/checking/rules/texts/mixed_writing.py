"""A column in which one meaning is written in several ways: ○ here, 有 there, 1 elsewhere."""

from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from catalog.agreement import family_of
from catalog.dataset import Field
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import Column
from publish.checking.rule import Use
from publish.context import Context
from publish.table.change import ChangeLog
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "mixed-writing"
SEVERITY: Severity = "info"
TITLE = Text(
    ja="一つの列に書き方がまざっています",
    en="Several writings in one column",
)
MESSAGE = Text(
    ja="「{column}」の列では、同じ意味が「{value}」のようにいろいろに書かれています。公開するときは一つにそろえます。",
    en="Under {column} one meaning is written in several ways: “{value}”. It is published in one.",
)
FIX = Text(
    ja="このままでも公開できます。元の表も一つの書き方にそろえると、読み違いが減ります。",
    en="It can be published as it is. One way of writing in the original as well avoids mistakes.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

_REASONS = ("code-alias", "truth")


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Compare what stood in the cells of yes-or-no columns, as the changes record it, with what stands there still."""
    changes = ChangeLog.of(table.changes).columns
    for field in _with_two_values(table):
        families: dict[str, str] = {}
        for text in _written(changes, table, field.name):
            families.setdefault(family_of(text), text)
        families.pop("", None)
        if len(families) > 1:
            yield Finding(CODE, SEVERITY, field=field.name, value="・".join(families.values()))


def _with_two_values(table: Table) -> Iterator[Field]:
    """Give the published fields whose values are those of a yes and a no."""
    for field in table.dataset.published:
        values = [value for value in field.constraints.enum or () if value]
        if field.type == "boolean" or (0 < len(values) <= 2 and all(map(family_of, values))):
            yield field


def _written(changes: pa.Table, table: Table, field: str) -> Iterator[str]:
    """Give the different texts of a column as the clerk wrote them: what was changed, and values of which not all were made."""
    of_field = pc.and_(pc.equal(changes.column("field"), field), pc.is_in(changes.column("reason"), pa.array(_REASONS)))
    read = changes.filter(of_field)
    yield from map(str, pc.unique(read.column("before")).to_pylist())
    column = Column.of(table, field)
    if not read.num_rows:
        yield from column.texts
        return
    made = Counter(read.column("after").to_pylist())
    for text, count in zip(column.texts, np.bincount(column.codes, minlength=len(column.texts)), strict=True):
        if count > made[text]:
            yield text
