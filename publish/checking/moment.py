"""Dates, years and times of day as rules compare them, and which of them may rightly lie ahead."""

import re
from datetime import date

from catalog.dataset import Field

_TIME = re.compile(r"([01]?[0-9]|2[0-4]):([0-5][0-9])(?::[0-5][0-9])?")
_AHEAD = (
    *("開始", "終了", "満了", "廃止", "廃業", "期限", "予定", "締切", "有効", "更新", "始期", "終期"),
    *("開催", "提供", "受付", "募集", "申込", "供用", "施行", "公演", "実施", "配布", "見直し"),
)
"""Words in names of dates that rightly lie ahead."""


def moment(text: str) -> float | None:
    """Return minutes of the day of a time, or days of a date; None for anything else.

    >>> moment("9:30"), moment("1970-01-02"), moment("日没")
    (570.0, 719164.0, None)
    """
    if match := _TIME.fullmatch(text):
        return 60.0 * int(match[1]) + int(match[2])
    try:
        return float(date.fromisoformat(text).toordinal())
    except ValueError:
        return None


def is_dated(field: Field) -> bool:
    """Say whether a field holds years of four digits, or dates as YYYY-MM-DD."""
    return field.type == "year" or (field.type == "date" and field.format in ("default", "%Y-%m-%d"))


def may_lie_ahead(field: Field) -> bool:
    """Say whether a date of that name may rightly lie in the future: ends, deadlines, plans, events, menus."""
    return any(word in field.name for word in _AHEAD)


def year_of(text: str) -> int | None:
    """Return the year of a date or year, None for anything else.

    >>> year_of("2026-04-01"), year_of("1018"), year_of("昭和")
    (2026, 1018, None)
    """
    year = text[:4]
    fits = len(year) == 4 and year.isascii() and year.isdigit() and (len(text) == 4 or moment(text) is not None)
    return int(year) if fits else None
