"""Opening hours that end although a remark says 24 hours."""

import re
from collections.abc import Iterable, Mapping
from functools import partial

import numpy as np

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import Column, findings, rows_like
from publish.checking.meaning import fields, is_remark
from publish.checking.moment import moment
from publish.checking.rule import Use
from publish.checking.span import spans
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "hours-and-remark"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="24時間という説明と時間が合いません",
    en="Hours against a remark of 24 hours",
)
MESSAGE = Text(
    ja="{remark}には「{said}」とありますが、{column}は「{value}」、{end}は「{until}」です。",
    en="{remark} says “{said}”, but {column} is “{value}” and {end} “{until}”.",
)
FIX = Text(
    ja="一日中使えるなら「00:00」から「23:59」までと書いてください。使えないなら説明を直してください。",
    en="If it is open all day, write 00:00 to 23:59; otherwise correct the remark.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

_ALL_DAY = re.compile(
    r"(?:24|２４|二十四)時間(?!前|以内|以上|後|まで|を|表示|表記|で|制|[^、。]{0,4}(?:警備|監視|管理|防犯|録画|常駐))"
)
"""Not a time before which to call, a way of writing, or people and cameras who are there all day."""
_UNLESS = ("ではな", "でな", "不可", "できな", "除", "のみ", "だけ")
"""Words by which a remark takes back what it says, or says it of something else."""
_HOURS = 23.5 * 60
"""Minutes: 00:00 to 23:59 is all day."""


def applies(dataset: Dataset) -> bool:
    """Say whether there are hours, and remarks about them."""
    return any(span.start.type == "time" for span in spans(dataset)) and any(map(is_remark, dataset.published))


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Compare each remark about hours with the hours beside it, where both ends are written."""
    remarks = [field.name for field in fields(table.dataset, is_remark) if field.name.endswith("特記事項")]
    for span in spans(table.dataset):
        for remark in remarks if span.start.type == "time" else ():
            start, end = (Column.of(table, field.name) for field in (span.start, span.end))
            begins, ends = start.numbers(moment), end.numbers(moment)
            open_for = np.where(ends <= begins, ends + 1440, ends) - begins
            said = rows_like(table, remark, "(24|２４|二十四)時間", says_all_day)
            beside = partial(_values, remark, Column.of(table, remark), span.end.name, end)
            narrow = said[open_for[said] < _HOURS]
            yield from findings(table, narrow, CODE, SEVERITY, field=span.start.name, values=beside)


def says_all_day(text: str) -> bool:
    """Say whether a remark says without condition that something is open all day.

    >>> list(map(says_all_day, ["24時間利用可能", "２４時間", "24時間ではない", "24時間前までに予約", "正面玄関のみ24時間"]))
    [True, True, False, False, False]
    >>> list(map(says_all_day, ["24時間警備員がいます", "24時間有人監視"]))
    [False, False]
    """
    return bool(_ALL_DAY.search(text)) and not any(word in text for word in _UNLESS)


def _values(remark: str, says: Column, end: str, until: Column, row: int) -> Mapping[str, str]:
    return {"remark_field": remark, "said": says.text(row), "end_field": end, "until": until.text(row)}
