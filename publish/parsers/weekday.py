"""Weekdays of opening, to the national form 月火水木金土日: 月・火, 月～金, 月曜日から金曜日, 毎日.

平日 is left: whether it holds on public holidays nobody knows.
"""

import re
import unicodedata

from publish.parsers.parser import Parser, Reading, always

_DAYS = "月火水木金土日"
_LIST = re.compile(f"[{_DAYS}](?:[・,、/ ]?[{_DAYS}])*")
_SPAN = re.compile(f"([{_DAYS}])(?:~|〜|-|ー|から)([{_DAYS}])")


def _read(text: str) -> Reading | None:
    folded = re.sub(r"曜日?", "", unicodedata.normalize("NFKC", text)).strip()
    if folded == "毎日":
        return Reading(_DAYS, "weekday-form")
    if (span := _SPAN.fullmatch(folded)) and _DAYS.index(span[1]) < _DAYS.index(span[2]):
        return Reading(_DAYS[_DAYS.index(span[1]) : _DAYS.index(span[2]) + 1], "weekday-form")
    if not _LIST.fullmatch(folded):
        return None
    days = [day for day in folded if day in _DAYS]
    return Reading("".join(days), "weekday-form") if days == sorted(set(days), key=_DAYS.index) else None


PARSER = Parser(lambda _field: f"[{_DAYS}]+", always(_read))
