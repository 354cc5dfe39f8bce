"""A start that lies after its end: opening times, periods of events."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial

import numpy as np

from catalog.dataset import Dataset, Field, Text
from gis.layer import Layer
from publish.checking.column import Column, findings
from publish.checking.rule import Use
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
    ja="どちらかを直してください。夜をまたいで使える場所なら、このままでよいと認めてください。",
    en="Correct one of the two; if the place is open past midnight, accept it as it is.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

_WORDS = (("開始", "終了"), ("始期", "終期"))
_TIME = re.compile(r"([01]?[0-9]|2[0-4]):([0-5][0-9])(?::[0-5][0-9])?")


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Compare every pair of published 開始… and 終了… (始期 and 終期) columns of the same type; an end of 00:00 is midnight."""
    for start, end in _pairs(table.dataset):
        until = Column.of(table, end.name)
        late = np.flatnonzero(Column.of(table, start.name).numbers(moment) > until.numbers(_end))
        yield from findings(table, late, CODE, SEVERITY, field=start.name, values=partial(_values, end.name, until))


def _pairs(dataset: Dataset) -> Iterator[tuple[Field, Field]]:
    by_name = {field.name: field for field in dataset.published if field.type in ("time", "date")}
    for name, start in by_name.items():
        for begins, ends in _WORDS:
            end = by_name.get(name.replace(begins, ends))
            if end is not None and end is not start and end.type == start.type:
                yield start, end


def _values(end: str, until: Column, row: int) -> Mapping[str, str]:
    return {"end_field": end, "until": until.text(row)}


def moment(text: str) -> float | None:
    """Return minutes of the day of a time, or days of a date; None for anything else.

    >>> moment("9:30"), moment("1970-01-02"), moment("日没")
    (570.0, 719164.0, None)
    """
    if match := _TIME.fullmatch(text):
        return 60.0 * int(match[1]) + int(match[2])
    try:
        return float(date.fromisoformat(text).toordinal())
    except ValueError:
        return None


def _end(text: str) -> float | None:
    return 1440.0 if moment(text) == 0 else moment(text)
