"""Beside: is there another table on the sheet, beside the one that is read and with no heading of its row?

A total, a unit, a caption or a note is none, nor a legend, nor cells of the table itself whose column lacks a heading: those
touch the table, and in a CSV they are slipped values. Each of them waits as an advice or a warning of its own.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping

from publish.table.position import Part, column_letter, column_number

_WIDE, _TALL = 2, 3
"""Columns, and rows with so many filled, from which on cells are a table."""
_LEGEND = re.compile(r"[ (<\[【■●※*]*(?:凡例|注|記号|選択肢|リスト|記入|入力|プルダウン)")
"""What explains the marks of the table, or which words are to be chosen in its cells, stands over it."""


def table_beside(part: Part, outside: Mapping[str, str]) -> tuple[str, ...]:
    """Return the first and the last cell of another table among the cells of a part under no heading, or nothing."""
    if part.kind == "csv" or len(outside) < _WIDE * _TALL:
        return ()
    places = {(row, column): text for cell, text in outside.items() for row, column in [_place(cell)]}
    columns = {column for _, column in places}
    own = {column_number(letters) for letters in part.columns.values()} - columns
    for group in _groups(columns, own):
        wide = [row for row in sorted({row for row, _ in places}) if sum((row, one) in places for one in group) >= _WIDE]
        if len(wide) >= _TALL and not _explains(places, group, wide[0]):
            ends = [[column for column in group if (row, column) in places] for row in (wide[0], wide[-1])]
            return f"{column_letter(ends[0][0] - 1)}{wide[0]}", f"{column_letter(ends[1][-1] - 1)}{wide[-1]}"
    return ()


def _place(cell: str) -> tuple[int, int]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]), column_number(letters)


def _groups(columns: Collection[int], own: Collection[int]) -> Iterator[list[int]]:
    """Give the columns that lie side by side and do not touch a column of the table."""
    group: list[int] = []
    for column in [*sorted(columns), 0]:
        if group and column != group[-1] + 1:
            if not {group[0] - 1, group[-1] + 1} & set(own):
                yield group
            group = []
        group.append(column)


def _explains(places: Mapping[tuple[int, int], str], group: Collection[int], top: int) -> bool:
    over = [text for (row, column), text in places.items() if row <= top and column in group]
    return any(_LEGEND.match(unicodedata.normalize("NFKC", text)) for text in over)
