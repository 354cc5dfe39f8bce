"""Heading extent: how many rows the headings take, once one of them is known: 男 over 0～4歳 and 5～9歳 are two.

Merged cells prove it where the file has them; elsewhere blanks do: a heading followed by blanks, with headings below them.
What proves nothing leaves one row: a title over the whole table, a date, a row of values.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from publish.reading.heading_rows import names
from publish.reading.spans import Span

MOST = 3
_VALUE = re.compile(r"[-+±▲△]?[\d０-９.,:/()%-]+")
_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_ABOUT = re.compile(r"現在|時点|単位|出典|資料|年.{1,3}月.{1,3}日|^[※*注]|作成|ページ|頁")
"""What stands above a table and is no heading."""
_LONGEST = 40
_AFTER = 5
"""Rows below that are looked at to see whether a column holds values."""
Row = Sequence[str]


def extent(head: Sequence[Row], row: int, merged: Sequence[Span]) -> tuple[int, int]:
    """Return the first and last heading row, counted from 1; `row` is one of them."""
    first = last = row
    while first > 1 and last - first + 1 < MOST and _is_above(head, first, last, merged):
        first -= 1
    while last < len(head) and last - first + 1 < MOST and _is_below(head, first, last, merged):
        last += 1
    return first, last


def unknown(head: Sequence[Row], merged: Sequence[Span]) -> tuple[int, int] | None:
    """Return the first rows that can only be headings of several rows, where no single row is like a heading."""
    for place, row in enumerate(head):
        last = place + 1
        while last < len(head) and last - place < MOST and _are_headings(row) and _is_below(head, place + 1, last, merged):
            last += 1
        lowest = [text for text in head[last - 1] if text.strip()]
        if last > place + 1 and last < len(head) and len(lowest) > 1 and _stands_over_values(head, last - 1):
            return place + 1, last
    return None


def _is_above(head: Sequence[Row], first: int, last: int, merged: Sequence[Span]) -> bool:
    """Say whether the row above the headings groups them."""
    upper, lower = head[first - 2], _together(head[first - 1 : last])
    if not _are_headings(upper) or any(_ABOUT.search(text) for text in upper):
        return False
    table = _filled(lower)
    if not table:
        return False
    here = [one for one in merged if one.top <= first - 1 <= one.bottom and upper[one.left : one.left + 1] != [""]]
    if any(one.bottom >= first and not _covers(one, table) for one in here):
        return True
    alone = len(_filled(upper)) == 1 and _filled(upper)[0] <= table[0]  # a title that is merged over some of the columns
    if here:
        return not alone and any(_children(one, lower) > 1 and not _covers(one, table) for one in here)
    groups = _groups(upper, lower)
    return len(_filled(upper)) > 1 and bool(groups) and table[0] not in groups


def _is_below(head: Sequence[Row], first: int, last: int, merged: Sequence[Span]) -> bool:
    """Say whether the row below the headings belongs to them."""
    upper, lower = _together(head[first - 1 : last]), head[last]
    inside = [one for one in merged if first <= one.top <= last]
    if any(one.bottom > last and not one.wide for one in inside) and _filled(lower):
        return True
    if not _are_headings(lower):
        return False
    groups = _groups(_spread(upper, inside), lower) if inside else _groups(upper, lower)
    under = {place for start, end in groups.items() for place in range(start, end + 1)}
    if groups and set(_filled(lower)) <= under and _differs(head, last, under, alone=bool(inside)):
        return True
    joined = [name for name in names(head[first - 1 : last + 1], merged, first) if name]
    return bool(groups) and len(set(joined)) == len(joined) and _stands_over_values(head, last)


def _together(rows: Sequence[Row]) -> Row:
    """Return one row that has, for each column, the lowest text of several."""
    return ["".join([cell for cell in column if cell.strip()][-1:]) for column in zip(*rows, strict=True)]


def _spread(upper: Row, merged: Sequence[Span]) -> Row:
    """Close what is merged and what is not: only the columns of a wide span stay blank beside their heading."""
    open_to = {place for one in merged if one.wide for place in range(one.left, one.right + 1)}
    return [text if text.strip() or place in open_to else "-" for place, text in enumerate(upper)]


def _groups(upper: Row, lower: Row) -> dict[int, int]:
    """Return where a heading is followed by blanks and all of them have headings below: first column → last."""
    groups = {}
    for start, following in pairwise([*_filled(upper), len(upper)]):
        end = max((place for place in range(start, following) if lower[place].strip()), default=start)
        if end > start and lower[start].strip():
            groups[start] = end
    return groups


def _differs(head: Sequence[Row], last: int, under: set[int], *, alone: bool) -> bool:
    """Say whether rows that follow have something outside of the groups: they are rows of the table, the next one is not.

    `alone`: what is said where none follow. Blanks prove nothing there, merged cells do.
    """
    after = head[last + 1 : last + MOST]
    return alone if not after else any(place not in under for row in after for place in _filled(row))


def _stands_over_values(head: Sequence[Row], last: int) -> bool:
    """Say whether most of the columns below a row of texts hold numbers or dates only."""
    body = head[last + 1 : last + 1 + _AFTER]
    places = _filled(head[last])
    columns = [[row[place] for row in body if row[place].strip()] for place in places]
    values = sum(1 for column in columns if column and all(map(_VALUE.fullmatch, column)))
    return values > 1 and 2 * values >= len(places)


def _are_headings(row: Row) -> bool:
    texts = [row[place].strip() for place in _filled(row)]
    return (
        bool(texts)
        and not texts[0].startswith("#")
        and all(len(text) <= _LONGEST and (not _VALUE.fullmatch(text) or _YEAR.fullmatch(text)) for text in texts)
    )


def _children(span: Span, lower: Row) -> int:
    return sum(1 for text in lower[span.left : span.right + 1] if text.strip())


def _covers(span: Span, table: Sequence[int]) -> bool:
    """Say whether a merged cell reaches over every column of the table: it is its title."""
    return not table or (span.left <= table[0] and span.right >= table[-1])


def _filled(row: Row) -> list[int]:
    return [place for place, text in enumerate(row) if text.strip()]
