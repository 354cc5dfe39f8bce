"""Heading rows: where the headings stand and what every column is called, so that each can be addressed.

A heading row is known by its words (the recipe's, or every heading any definition knows); without any known word it is
known by its shape: texts, all different, as wide as the table, with rows below.
"""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from catalog.folding import heading_key
from publish.reading.spans import Span

SEARCHED = 40
"""Rows from the top in which a heading may stand."""
_LEAST = 2
"""Columns of a block: 電話 and 電話 beside each other are two columns of one name."""
Columns = tuple[int, int]
"""First column of a block, and the one after its last."""
_VALUE = re.compile(r"[-+±▲△]?[\d０-９.,:/年月日()%-]+")
_PERIOD = re.compile(r"[\d０-９]{1,2}月|(?:[\d０-９]{4}|(?:平成|令和)[\d０-９元]{1,2})年度?")
"""Reads like a value and is what columns of figures are called."""
_QUOTED = re.compile(r'^="([^"]*)"$')
_SPACES = re.compile(r"\s+")


def find(head: Sequence[Sequence[str]], known: Collection[str]) -> int | None:
    """Return the row (counted from 1) in which the headings stand; `known` are heading keys. None when there is none."""
    words = frozenset(known)
    matches = [(len({heading_key(cell) for cell in row if cell} & words), -place) for place, row in enumerate(head[:SEARCHED])]
    best, place = max(matches, default=(0, 0))
    if best and (best >= 2 or best * 2 >= _filled(head[-place])):
        return 1 - place
    return _by_shape(head[:SEARCHED])


def _by_shape(head: Sequence[Sequence[str]]) -> int | None:
    width = max((_filled(row) for row in head), default=0)
    for place, row in enumerate(head):
        if _looks_like_headings(row, width) and any(_filled(below) for below in head[place + 1 :]):
            return place + 1
    return None


def _looks_like_headings(row: Sequence[str], width: int) -> bool:
    texts = [cell.strip() for cell in row if cell.strip()]
    if not texts or len(texts) * 10 < width * 6 or (texts[0].startswith("#") and not texts[0].startswith("#property")):
        return False
    words = sum(1 for text in texts if (_PERIOD.fullmatch(text) or not _VALUE.fullmatch(text)) and len(text) <= 60)
    if all(map(_PERIOD.fullmatch, texts)):
        return False
    different = len(set(texts)) * 10 >= len(texts) * 8 or (len(texts) >= width and bool(repeated(texts)))
    return words * 10 >= len(texts) * 9 and different


def repeated(headings: Sequence[str]) -> list[Columns]:
    """Return the columns of every block, where the headings are one sequence said twice or more; else nothing.

    >>> repeated(("名称", "住所", "", "名称", "住所")), repeated(("地区", "男", "女", "男", "女"))
    ([(0, 3), (3, 5)], [])
    """
    places = [place for place, heading in enumerate(headings) if heading]
    said = [headings[place] for place in places]
    for size in range(_LEAST, len(said) // 2 + 1):
        base = said[:size]
        if base * (len(said) // size) == said and len(set(base)) == size:
            return list(pairwise([0, *places[size::size], len(headings)]))
    return []


def _filled(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell.strip())


def names(rows: Sequence[Sequence[str]], merged: Sequence[Span] = (), first: int = 1) -> tuple[str, ...]:
    """Return one name per column from one or more heading rows, "" where a column has none; not yet made different.

    `first` is the number of the first of the rows, as `merged` counts them. Of several rows the texts above each other are
    joined with "_".
    """
    if len(rows) == 1:
        return tuple(clean(cell) for cell in rows[0])
    levels = [_carried(rows, level, [one for one in merged if one.top == first + level]) for level in range(len(rows))]
    return tuple("_".join(dict.fromkeys(clean(cell) for cell in column if clean(cell))) for column in zip(*levels, strict=True))


def _carried(rows: Sequence[Sequence[str]], level: int, merged: Sequence[Span]) -> list[str]:
    """Return one heading row with its texts carried over the columns that they stand for.

    Those of a merged cell are known. Otherwise a text stands for the blanks after it as far as there are headings below, and
    no further than the heading above it.
    """
    row = list(rows[level])
    ends = {one.right + 1 for one in merged}
    for one in merged:
        row[one.left : one.right + 1] = [rows[level][one.left]] * len(row[one.left : one.right + 1])
    carried, current = [], ""
    for place, text in enumerate(row):
        below = any(lower[place].strip() for lower in rows[level + 1 :])
        begins = place in ends or any(upper[place].strip() for upper in rows[:level])
        current = (text or current) if below and (text.strip() or not begins) else ""
        carried.append(text if text.strip() else current)
    return carried


def clean(text: str) -> str:
    """Return a heading on one line, as a recipe writes it: white space inside collapsed, none around, nor the ="…" of a CSV.

    >>> clean(" 設置　 位置 "), clean('="0歳"')
    ('設置 位置', '0歳')
    """
    return _QUOTED.sub(r"\1", _SPACES.sub(" ", text).strip())


def unique(headings: Sequence[str], letters: Sequence[str]) -> tuple[str, ...]:
    """Return names that are all different: an unnamed column is called by its letter, a second 備考 "備考(2)".

    >>> unique(("備考", "", "備考"), "ABC")
    ('備考', 'B列', '備考(2)')
    """
    taken = {heading for heading in headings if heading}
    made: dict[str, None] = {}
    for heading, letter in zip(headings, letters, strict=True):
        wanted = heading or f"{letter}列"
        name, number = wanted, 1
        while name in made or (name in taken and name != heading):
            number += 1
            name = f"{wanted}({number})"
        made[name] = None
    return tuple(made)
