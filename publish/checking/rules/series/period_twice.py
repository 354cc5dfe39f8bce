"""Two files that hold the same month or year of a series."""

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from catalog.dataset import Dataset
from catalog.site.period import Period
from catalog.text import Text
from gis.layer import Layer
from publish.answering.quoting import quoted
from publish.checking.column import Rows
from publish.checking.keys import BETWEEN, joined
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "period-twice"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="同じ月や年の表が2つのファイルにあります",
    en="Two files hold the same month or year",
)
MESSAGE = Text(
    ja="{period_ja}の表が「{other}」にもあります({key}の同じ行が{shared}行)。",
    en="A table of {period_en} stands in {other} too ({shared} rows with the same {key}).",
)
FIX = Text(
    ja="このファイルに差し替えるなら「{command}」、もう一方にするなら「{command_other}」を実行してください。どちらも消しません。",
    en="To replace the other by this file run {command}; if the other is right, {command_other}. Both files stay.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = False

Texts = npt.NDArray[np.object_]


def applies(dataset: Dataset) -> bool:
    """Say whether it is a series whose rows have a key."""
    return dataset.series is not None and bool(dataset.key)


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Name every file but the first that shares keys with an earlier one of the same period.

    Files that share none are one table in pieces, such as one of every branch office.
    """
    if table.period is None or not applies(table.dataset) or len({part.file for part in table.parts}) < 2:
        return
    periods, files = _per_row(table)
    keys = np.array(joined(table.cells, table.dataset.key).to_pylist(), object)
    known = np.array([bool(key.strip(BETWEEN)) for key in keys.tolist()], bool)
    for period in sorted(set(periods.tolist()) - {""}):
        yield from _twice(table, period, np.flatnonzero((periods == period) & known), files, keys)


def _per_row(table: Table) -> tuple[Texts, Texts]:
    periods = np.array(table.period.to_pylist() if table.period is not None else (), object)
    return periods, np.array([part.file for part in table.parts], object)[np.asarray(table.part)]


def _twice(table: Table, period: str, rows: Rows, files: Texts, keys: Texts) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for file in dict.fromkeys(files[rows].tolist()):
        own = rows[files[rows] == file]
        shared = [first[key] for key in set(keys[own].tolist()) if key in first]
        if shared:
            values = _values(table, period, file, min(shared), len(shared))
            yield Finding(CODE, SEVERITY, table.part[int(own[0])].as_py(), value=f"{period} {file}", values=values)
        first = dict.fromkeys(keys[own].tolist(), file) | first


def _values(table: Table, period: str, file: str, other: str, shared: int) -> dict[str, str]:
    named = Period.parse(period)
    command, command_other = (f"machizu add {quoted(f'sources/{one}')} --replaces {period}" for one in (file, other))
    return {
        "period_ja": named.label("ja"),
        "period_en": named.label("en"),
        "other": other,
        "shared": str(shared),
        "key_field": "\n".join(table.dataset.key),
        "command": command,
        "command_other": command_other,
    }
