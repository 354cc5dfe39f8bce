"""Below the heading: lines that a form carries for those who read or fill it in: numbers of the columns (1 2 3), units (人,
㎡), an example (記入例).

Such a line is no row of the table. It is known only right below the headings, and only where it can be nothing else.
"""

import re
from collections.abc import Iterator, Sequence

from catalog.folding import fold
from publish.parsers.width import half_width

NUMBERS, UNITS, EXAMPLE = "column-numbers", "units", "example-row"
LOOKED_AT = 12
"""Rows below the heading that are asked: the first for such a line, the others for what they have instead."""
_LEAST = 3
_NUMBER = re.compile(r"[(\[<【]?([0-9]{1,3})[)\]>】.]?")
_EXAMPLE = re.compile(r"[(\[【<※*]*(?:記入|入力|記載|記述)例(?:[)\]】>:].*)?|[(\[【<]例[)\]】>].*|例:.+|例")
_UNITS = frozenset(
    map(
        fold,
        (
            *(
                "人",
                "名",
                "世帯",
                "戸",
                "件",
                "箇所",
                "か所",
                "ヶ所",
                "棟",
                "台",
                "基",
                "本",
                "回",
                "校",
                "歳",
                "年",
                "月",
                "日",
                "時間",
                "分",
            ),
            *("m", "km", "cm", "mm", "㎡", "m2", "km2", "㎢", "ha", "a", "㎥", "m3", "t", "kg", "円", "千円", "百万円", "億円"),
            *("%", "％", "‰", "人/km2", "人/㎢", "度", "℃", "kw", "kwh", "l"),
        ),
    )
)


def lines(body: Sequence[Sequence[str]]) -> Iterator[tuple[int, str]]:
    """Give the place (from 0) and the reason of such lines at the top of the rows below the heading."""
    for place, row in enumerate(body[:2]):
        reason = _reason(row, body[place + 1 :])
        if not reason:
            return
        yield place, reason


def _reason(row: Sequence[str], below: Sequence[Sequence[str]]) -> str:
    if _is_numbered(row, below):
        return NUMBERS
    if _is_of_units(row):
        return UNITS
    return EXAMPLE if _is_example(row) else ""


def _is_example(row: Sequence[str]) -> bool:
    """Say whether the first text of a row says that it shows how to fill in the others: 記入例, (例)町役場."""
    first = next((text for text in row if text.strip()), "")
    return bool(_EXAMPLE.fullmatch(half_width(first)))


def _is_numbered(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Say whether the cells are 1, 2, 3 … in order, over a table in which at least one column holds texts."""
    places = [place for place, text in enumerate(row) if text.strip()]
    found = [_NUMBER.fullmatch(fold(row[place])) for place in places]
    if len(places) < _LEAST or [int(one[1]) if one else 0 for one in found] != list(range(1, len(places) + 1)):
        return False
    return any(_holds_texts([other[place] for other in below]) for place in places)


def _holds_texts(cells: Sequence[str]) -> bool:
    filled = [fold(cell) for cell in cells if cell.strip()]
    return bool(filled) and all(not re.fullmatch(r"[-+0-9.,:/]+", cell) for cell in filled)


def _is_of_units(row: Sequence[str]) -> bool:
    units = [fold(text).strip("()[]単位:") for text in row if text.strip()]
    return bool(units) and all(unit in _UNITS for unit in units)
