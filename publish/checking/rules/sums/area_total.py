"""A row of totals that is not the sum of the rows it stands above or below."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import numbers
from publish.checking.rejecting import REASON as REJECTED
from publish.checking.rule import Use
from publish.context import Context
from publish.setting_aside import TOTAL, is_grand, level
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
    """Compare the whole numbers of each row of totals that was set aside; running totals (累計) are not judged.

    A total takes in the rows up to the one before it that takes in as much. Which rows a 小計 means is only certain where some
    of them add up: otherwise nothing is said of any.
    """
    left = {aside.part for aside in table.asides if aside.reason in _LEAVING}
    totals = [aside for aside in table.asides if aside.reason == TOTAL and level(aside.text) >= 0 and aside.part not in left]
    compared = [(total, _compared(table, total, _rows(totals, total))) for total in totals]
    proven = any(one.agreeing for total, one in compared if not is_grand(total.text))
    for total, one in compared:
        if proven or is_grand(total.text):
            yield from one.off


@dataclass(frozen=True, slots=True)
class _Compared:
    """A row of totals beside the rows that it takes in."""

    agreeing: int
    """Columns that add up."""
    off: tuple[Finding, ...]


def _rows(totals: Sequence[Aside], total: Aside) -> list[int]:
    """Return where totals stand that take in as much or more."""
    least = level(total.text)
    return [other.row for other in totals if other.part == total.part and level(other.text) >= least]


def _compared(table: Table, total: Aside, rows: Sequence[int]) -> _Compared:
    """Compare with the rows above, up to the total before, or below, down to the next: with the block that fits best."""
    found = [_beside(table, total, block) for block in _blocks(table, total, rows) if block.any()]
    return min(found, key=lambda one: len(one.off), default=_Compared(0, ()))


def _blocks(table: Table, total: Aside, rows: Sequence[int]) -> Iterator[Mask]:
    part, row = table.part.to_numpy(), table.row.to_numpy()
    before = max((other for other in rows if other < total.row), default=0)
    after = min((other for other in rows if other > total.row), default=row.max(initial=0) + 1)
    if beside := _beside_it(table, total):
        yield np.isin(part, beside)
    yield (part == total.part) & (row > before) & (row < total.row)
    yield (part == total.part) & (row > total.row) & (row < after)


def _beside_it(table: Table, total: Aside) -> list[int]:
    """Return the blocks side by side that the only total of all rows among them may take in; none where that is not certain."""
    own = table.parts[total.part]
    places = [
        place
        for place, part in enumerate(table.parts)
        if part.block and (part.file, part.member, part.sheet) == (own.file, own.member, own.sheet)
    ]
    among = [aside for aside in table.asides if aside.part in places]
    grand = sum(aside.reason == TOTAL and is_grand(aside.text) for aside in among)
    whole = grand == 1 and is_grand(total.text) and not any(aside.reason in _LEAVING for aside in among)
    return places if own.block and whole else []


def _beside(table: Table, total: Aside, block: Mask) -> _Compared:
    agreeing, off = 0, []
    for field in table.dataset.published:
        said = total.cells.get(field.name, "")
        if field.type != "integer" or not _WHOLE.fullmatch(said):
            continue
        added = numbers(table, field.name)[block].sum()
        if added == int(said):
            agreeing += 1
        elif not np.isnan(added):
            values = {"word": total.text, "count": str(int(block.sum())), "sum": f"{added:.0f}"}
            off.append(Finding(CODE, SEVERITY, total.part, total.row, field.name, said, values))
    return _Compared(agreeing, tuple(off))
