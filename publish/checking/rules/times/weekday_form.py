"""Weekdays that are not written as the standard writes them: Monday first, each once, nothing else."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import partial

from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import Column, findings
from publish.checking.meaning import fields, having, is_weekdays
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "weekday-form"
SEVERITY: Severity = "info"
TITLE = Text(
    ja="曜日の書き方が標準と違います",
    en="Weekdays not in the standard form",
)
MESSAGE = Text(
    ja="{column}「{value}」は、「月火水木金」のような標準の書き方ではありません。",
    en="{column} “{value}” is not in the standard form, from Monday to Sunday.",
)
FIX = Text(
    ja="{likely}使える曜日を月曜から順に、区切らずに書いてください。祝日や第2土曜などの決まりは、特記事項の列に書きます。",
    en="{likely}Write the days from Monday on, without anything between; holidays and every second Saturday go to the remarks.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True
applies = having(is_weekdays)

_DAYS = "月火水木金土日"
_STANDARD = re.compile("".join(f"{day}?" for day in _DAYS))
_BETWEEN = re.compile(r"曜日?|[・、,/.\s]")


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look at every published column of weekdays (行政基本情報データ連携モデル 日付及び時刻: 月曜から, 曜日は付けない)."""
    for field in fields(table.dataset, is_weekdays):
        column = Column.of(table, field.name)
        odd = column.rows(lambda text: not _STANDARD.fullmatch(text))
        yield from findings(table, odd, CODE, SEVERITY, field=field.name, values=partial(_values, column))


def likely(text: str) -> str:
    """Return the days that are named, from Monday on, where a text names days and nothing else, each of them once.

    >>> likely("日月火水木金土"), likely("土、日"), likely("水曜・月曜"), likely("月月火"), likely("平日"), likely("月～金")
    ('月火水木金土日', '土日', '月水', '', '', '')
    """
    days = _BETWEEN.sub("", unicodedata.normalize("NFKC", text))
    once = len(set(days)) == len(days) and set(days) <= set(_DAYS)
    return "".join(sorted(days, key=_DAYS.index)) if once else ""


def _values(column: Column, row: int) -> Mapping[str, str]:
    return {"nearest": likely(column.text(row))}
