"""A start that lies after its end: opening times, periods of events, of permits, of school districts."""

from collections.abc import Iterable, Mapping
from functools import partial

import numpy as np
import numpy.typing as npt

from catalog.dataset import Dataset, Field
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import Column, findings, rows_like
from publish.checking.meaning import fields, is_remark
from publish.checking.moment import moment
from publish.checking.rule import Use
from publish.checking.span import Span, spans
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "start-after-end"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="始まりが終わりより後です",
    en="Start after end",
)
MESSAGE = Text(
    ja="{column}「{value}」が、{end}「{until}」より後になっています。",
    en="{column} “{value}” is later than {end} “{until}”.",
)
FIX = Text(
    ja="{target}か{end_cell}のまちがっている方を直してください。夜をまたいで使える場所なら、{accept}。",
    en="Correct {target} or {end_cell}; if the place is open past midnight, {accept}.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

_OVERNIGHT = ("翌", "夜間", "深夜", "24時間", "２４時間")
"""Words of remarks by which a place is open past midnight."""


def applies(dataset: Dataset) -> bool:
    """Say whether there is a pair of columns."""
    return any(True for _ in spans(dataset))


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Compare every start with its end, by their names; an end of 00:00 is midnight.

    Times of day are left where a remark says that it is open past midnight, and where the start's day is before the end's.
    """
    found = list(spans(table.dataset))
    for span in found:
        until = Column.of(table, span.end.name)
        begins, ends = Column.of(table, span.start.name).numbers(moment), until.numbers(partial(_end, span.end))
        late = begins > ends
        if span.start.type == "time":
            late &= ~_overnight(table) & ~_days_between(table, span, found)
        beside = partial(_values, span.end.name, until)
        yield from findings(table, np.flatnonzero(late), CODE, SEVERITY, field=span.start.name, values=beside)


def _overnight(table: Table) -> npt.NDArray[np.bool_]:
    said = np.zeros(table.rows, bool)
    for field in fields(table.dataset, is_remark):
        said[rows_like(table, field.name, "|".join(_OVERNIGHT), bool)] = True
    return said


def _days_between(table: Table, times: Span, found: Iterable[Span]) -> npt.NDArray[np.bool_]:
    """Say in which rows the days of the same span differ: an event that begins on one evening and ends on another morning."""
    for days in found:
        if days.start.type == "date" and days.stem == times.stem:
            first, last = (Column.of(table, field.name).numbers(moment) for field in (days.start, days.end))
            return np.asarray(first < last)
    return np.zeros(table.rows, bool)


def _values(end: str, until: Column, row: int) -> Mapping[str, str]:
    return {"end_field": end, "until": until.text(row)}


def _end(field: Field, text: str) -> float | None:
    return 1440.0 if field.type == "time" and moment(text) == 0 else moment(text)
