"""Weekdays of opening, to the national form 月火水木金土日: 月・火, 月～金, 月～水・金, 月曜日から金曜日まで, 毎日.

平日 and 祝 are left: whether it opens on public holidays is no weekday, and would be lost.
"""

import re

from publish.parsers.parser import Parser, Reading, always
from publish.parsers.width import half_width

_DAYS = "月火水木金土日"
_EVERY = ("毎日", "年中無休")
_ITEM = f"[{_DAYS}](?:[~〜ー‐–—―−-][{_DAYS}])?"
_LIST = re.compile(f"{_ITEM}(?:[・,、/ ]*{_ITEM})*")


def _read(text: str) -> Reading | None:
    folded = half_width(text)
    if folded in _EVERY:
        return Reading(_DAYS, "weekday-form")
    bare = re.sub("曜日?", "", folded).replace("から", "~").removesuffix("まで")
    if not _LIST.fullmatch(bare):
        return None
    spans = [_span(item) for item in re.findall(_ITEM, bare)]
    days = "".join(spans)
    ordered = "".join(sorted(set(days), key=_DAYS.index))
    return Reading(days, "weekday-form") if all(spans) and days == ordered else None


def _span(item: str) -> str:
    """Return the days of one item; nothing of a span that does not go forward in a week."""
    first, last = _DAYS.index(item[0]), _DAYS.index(item[-1])
    return _DAYS[first : last + 1] if len(item) == 1 or first < last else ""


PARSER = Parser(lambda _field: f"[{_DAYS}]+", always(_read))
