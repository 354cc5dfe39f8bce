"""A row of totals that is not the sum of the rows it stands above or below."""

import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import numbers
from publish.checking.rejecting import REASON as REJECTED
from publish.checking.rule import Use
from publish.context import Context
from publish.setting_aside import TOTAL, is_grand
from publish.table.finding import Finding, Severity
from publish.table.table import Aside, Table

CODE = "area-total"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="合計の行と、各行をたした数が違います",
    en="Rows do not add up to the row of totals",
)
MESSAGE = Text(
    ja="合計の行「{word}」の{column}は{value}ですが、{count}行をたすと{sum}です。",
    en="The row of totals “{word}” has {value} in {column}, but its rows ({count}) make {sum}.",
)
FIX = Text(
    ja="抜けている行や2度ある行がないか、数字の写し間違いがないかを確かめてください。数を伏せた行があるなど、これで正しいなら、{accept}。",
    en="See whether a row is missing or stands twice, or a figure is mistyped; if figures are withheld, {accept}.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

_LEAVING = ("where", REJECTED)
"""Rows that were left out on purpose: the rest then makes less than the total."""
_WHOLE = re.compile("-?[0-9]{1,15}")
"""A whole number that floating point adds up exactly; what else stands in a row of totals is compared with nothing."""
Mask = npt.NDArray[np.bool_]


def applies(dataset: Dataset) -> bool:
    """Say whether there are columns of whole numbers."""
    return any(field.type == "integer" for field in dataset.published)


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Compare the whole numbers of each row of totals that was set aside; totals of a few rows (小計) are not judged."""
    totals = [aside for aside in table.asides if aside.reason == TOTAL and is_grand(aside.text)]
    left = {aside.part for aside in table.asides if aside.reason in _LEAVING}
    for aside in totals:
        if aside.part not in left:
            yield from _compared(table, aside, [other.row for other in totals if other.part == aside.part])


def _compared(table: Table, total: Aside, rows: Sequence[int]) -> Iterator[Finding]:
    """Compare with the rows above, up to the total before, or below, down to the next: with the block that fits best."""
    blocks = [block for block in _blocks(table, total, rows) if block.any()]
    if not blocks:
        return
    yield from min(([*_off(table, total, block)] for block in blocks), key=len)


def _blocks(table: Table, total: Aside, rows: Sequence[int]) -> Iterator[Mask]:
    part, row = table.part.to_numpy(), table.row.to_numpy()
    before = max((other for other in rows if other < total.row), default=0)
    after = min((other for other in rows if other > total.row), default=row.max(initial=0) + 1)
    yield (part == total.part) & (row > before) & (row < total.row)
    yield (part == total.part) & (row > total.row) & (row < after)


def _off(table: Table, total: Aside, block: Mask) -> Iterator[Finding]:
    for field in table.dataset.published:
        said = total.cells.get(field.name, "")
        if field.type != "integer" or not _WHOLE.fullmatch(said):
            continue
        added = numbers(table, field.name)[block].sum()
        if not np.isnan(added) and added != int(said):
            values = {"word": total.text, "count": str(int(block.sum())), "sum": f"{added:.0f}"}
            yield Finding(CODE, SEVERITY, total.part, total.row, field.name, said, values)
