"""Several numbers, times or dates in one cell."""

import re
import unicodedata
from collections.abc import Iterable

import numpy as np
import pyarrow.compute as pc

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.advice import in_text
from publish.checking.column import findings
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "several-in-cell"
SEVERITY: Severity = "error"
TITLE = Text(
    ja="一つのセルにいくつもの値があります",
    en="Several values in one cell",
)
MESSAGE = Text(
    ja="{column}「{value}」は、一つのセルに二つ以上の値が書かれています。一つのセルには一つの値だけを書きます。",
    en="{column} “{value}” holds two values or more; a cell holds one.",
)
FIX = Text(
    ja="行か列を分けて一つずつ書くか、主な値だけを残し、ほかは備考に書いてください。",
    en="Give each a row or column of its own, or keep the main one and write the rest under remarks.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = False

_KINDS = ("integer", "number", "date", "time", "year")
_LIKE = r"[0-9０-９].*[、，;；\n・~～〜(（/／].*[0-9０-９]"
_APART = re.compile("[、,;\n・~(/]")
_THOUSANDS = re.compile("(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_DATE = re.compile("[0-9]{1,4}/[0-9]{1,2}(?:/[0-9]{1,4})?.{0,9}")
_FIGURE = re.compile("[^0-9]{0,4}[0-9]")
_LONGEST = 60
"""Characters: a longer text is no list of values but a sentence."""


def applies(dataset: Dataset) -> bool:
    """Say whether there are columns that hold one value only."""
    return any(field.type in _KINDS for field in dataset.published)


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Item 1-2 1セル1データとなっているか. Columns of text may hold lists; a number, time or date may not."""
    names = [field.name for field in table.dataset.published if field.type in _KINDS]
    for name, rows in in_text(table, names, lambda column: pc.match_substring_regex(column, f"(?s){_LIKE}")):
        column = table.cells.column(name)
        several = [row for row in rows.tolist() if is_several(column[row].as_py())]
        yield from findings(table, np.array(several, np.int64), CODE, SEVERITY, field=name)


def is_several(text: str) -> bool:
    r"""Say whether a text holds two numbers, times or dates side by side.

    >>> [is_several(text) for text in ("12、13", "120(35)", "9:00～12:00", "10\n20", "1,200人", "2020/4/1", "3(概数)")]
    [True, True, True, True, False, False, False]
    """
    plain = unicodedata.normalize("NFKC", text).replace("〜", "~").strip()
    if len(plain) > _LONGEST or _DATE.fullmatch(plain):
        return False
    return sum(bool(_FIGURE.match(piece)) for piece in _APART.split(_THOUSANDS.sub("", plain))) > 1


def covers(dataset: Dataset) -> frozenset[tuple[str, str]]:
    """Say more than that the cell is no number, time or date."""
    return frozenset((f"type-{field.type}", field.name) for field in dataset.published if field.type in _KINDS)
