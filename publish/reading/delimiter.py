"""Delimiter: what separates the cells of a text, and how many cells most of its records have.

A line `sep=;` says it (Excel takes such a first line for itself and does not count it). Else it is what makes several cells of
most records, and of the heading first: rows under 名称;緯度 hold decimal commas, cells under 名称,曜日 semicolons.
"""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass

from catalog.errors import UnusableSource
from publish.reading.limits import MAX_COLUMNS

_HEAD = 64 << 10
_SAID = re.compile(rb'"?sep=([,;|\t])"?(?:\r\n|\n|\r|$)', re.IGNORECASE)
_USUAL = ",\t"
_OTHERS = ";|"


@dataclass(frozen=True, slots=True)
class Shape:
    """`width`: cells that most records have; `skipped`: bytes of a first line that only names the delimiter."""

    delimiter: str
    width: int
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class _Fit:
    delimiter: str
    width: int
    first: int
    """The first record of more than one cell."""


def shape(head: bytes, name: str) -> Shape:
    """Look at the beginning of a text, in whole lines; UnusableSource when two delimiters are possible."""
    said = _SAID.match(head)
    skipped = said.end() if said else 0
    text = _whole_records(head[skipped : skipped + _HEAD], cut=len(head) > skipped + _HEAD)
    if said:
        delimiter = said[1].decode()
        return Shape(delimiter, _fit(text, delimiter).width, skipped)
    usual, others = ([fit for one in choices if (fit := _fit(text, one)).width > 1] for choices in (_USUAL, _OTHERS))
    best = min(usual, key=lambda fit: (fit.first, -fit.width), default=None)
    earlier = [fit for fit in others if best is None or fit.first < best.first]
    if len(earlier) > 1 and earlier[0].first == earlier[1].first:
        raise _undecided(name)
    chosen = min(earlier, key=lambda fit: fit.first, default=best)
    return Shape(chosen.delimiter, chosen.width) if chosen else _outnumbered(text)


def _outnumbered(text: str) -> Shape:
    """Return the one delimiter that makes three cells or more of two records at least: titles and notes may be the most."""
    found = []
    for delimiter in _USUAL + _OTHERS:
        wide = [width for width in _widths(text, delimiter) if width > 2]
        if len(wide) > 1:
            found.append(Shape(delimiter, min(max(wide), MAX_COLUMNS)))
    return found[0] if len(found) == 1 else Shape(",", 1)


def _whole_records(head: bytes, *, cut: bool) -> str:
    """Return the beginning as text, without its last line where that may be cut."""
    text = head.decode("utf-8", "ignore")
    end = max(text.rfind("\n"), text.rfind("\r")) + 1
    return text[:end] if cut and end else text


def _fit(text: str, delimiter: str) -> _Fit:
    widths = _widths(text, delimiter)
    counted = Counter(width for width in widths if width)
    width = max(counted, key=lambda width: (counted[width], width), default=1)
    first = next((place for place, width in enumerate(widths) if width > 1), 0)
    return _Fit(delimiter, min(width, MAX_COLUMNS), first)


def _widths(text: str, delimiter: str) -> list[int]:
    """Return the number of cells of each record, 0 for a blank one."""
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return [len(row) if any(row) else 0 for row in rows]
    except csv.Error:  # a cell longer than the csv module takes: Arrow will read it
        return [text.split("\n", 1)[0].count(delimiter) + 1]


def _undecided(name: str) -> UnusableSource:
    return UnusableSource(
        f"{name} の区切り文字を決められません(「;」とも「|」とも読めます)。",
        f"What separates the cells of {name} cannot be decided: it may be ';' or '|'.",
        fix_ja="Excel で開き、「CSV UTF-8(コンマ区切り)」として保存し直してください。",
        fix_en="Open it in Excel and save it as 'CSV UTF-8 (comma delimited)'.",
        code="which-delimiter",
    )
