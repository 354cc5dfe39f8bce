"""Months to YYYY-MM: 2026年4月, 令和8年4月分, R8.4, 2026/4, 202604, or a day of the month."""

from publish.parsers.date import fold_date, read_date
from publish.parsers.parser import Parser, Reading, always

_FIRST_DAYS = ("", "1日", "/1", ".1", "-1", "01")
"""What makes a month, in each of the ways to write one, its first day."""


def _read(text: str) -> Reading | None:
    month = fold_date(text).removesuffix("分")
    days = (read_date(month + first) for first in _FIRST_DAYS)
    return next((Reading(day.text[:7], day.reason) for day in days if day), None)


PARSER = Parser(lambda _field: "[0-9]{4}-(?:0[1-9]|1[0-2])", always(_read))
