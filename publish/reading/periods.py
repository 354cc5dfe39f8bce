"""Periods: the month of a sheet from its name, and the day a table describes from the rows around it.

R6.4, 令和６年４月 and 2024-04 say it themselves; 4月 needs a year from the file's name or a title, and in a 年度 January to
March belong to the next year. What stays open is "", never guessed.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from publish.parsers.name_date import date_in_name

NEWEST = "newest"
"""As the name of a sheet in a recipe: the one whose name says the newest date."""
_MONTH = re.compile(r"(?<![0-9年])(1[0-2]|0?[1-9])月(?:分|末|期)?(?![0-9])")
_FISCAL = re.compile(r"年度")
_SAID = re.compile("現在|時点")
_DAYS = re.compile(
    r"(?:(?:19|20)[0-9]{2}|(?:令和|平成|昭和|[RHS])\.?(?:[0-9]{1,2}|元))(?:年[0-9]{1,2}月[0-9]{1,2}日|([-/.])[0-9]{1,2}\1[0-9]{1,2})(?![0-9])"
)
_MONTH_END = re.compile(r"((?:(?:19|20)[0-9]{2}|(?:令和|平成|昭和|[RHS])(?:[0-9]{1,2}|元))年[0-9]{1,2}月)末")
TITLES = ("title", "note", "comment")
"""Reasons for which rows around a table are set aside."""


def is_dated(sheet: str) -> bool:
    """Say whether a sheet is named for a month, a year or a day.

    >>> [is_dated(name) for name in ("R6.4", "令和６年４月", "4月分", "Sheet1", "施設一覧")]
    [True, True, True, False, False]
    """
    return bool(date_in_name(sheet)) or _month(sheet) > 0


def periods_of(sheets: Sequence[str], around: Iterable[str]) -> Mapping[str, str]:
    """Return the date of every sheet as exactly as it is known, "" where it is not; `sheets` in the order of the workbook.

    `around`: the file's name and what stands above the tables, where the year of a month may be found.

    >>> dict(periods_of(["4月", "1月"], ["人口_令和6年度"]))
    {'4月': '2024-04', '1月': '2025-01'}
    >>> dict(periods_of(["4月", "1月"], ["人口_2024"]))
    {'4月': '', '1月': ''}
    """
    texts = [unicodedata.normalize("NFKC", text) for text in around]
    year, fiscal = next(
        ((int(said[:4]), bool(_FISCAL.search(text))) for text in texts if (said := date_in_name(text))), (0, False)
    )
    months = {sheet: _month(sheet) for sheet in sheets if not date_in_name(sheet)}
    in_order = [month for month in months.values() if month]
    proven = fiscal or all(one < other for one, other in pairwise(in_order))
    return {sheet: date_in_name(sheet) or (_dated(year, months[sheet], fiscal) if year and proven else "") for sheet in sheets}


def titled_month(sheet: str, around: Iterable[str]) -> str:
    """Return the month that the rows around a table say with its year, where it is the one the sheet is named for; else "".

    >>> titled_month("1月", ["人口", "令和7年1月末現在"]), titled_month("1月", ["令和7年4月"])
    ('2025-01', '')
    """
    month = _month(sheet)
    said = {found[:7] for text in around if len(found := date_in_name(text)) > 4 and int(found[5:7]) == month}
    return said.pop() if len(said) == 1 else ""


def _month(sheet: str) -> int:
    found = _MONTH.findall(unicodedata.normalize("NFKC", sheet))
    return int(found[0]) if len(found) == 1 else 0


def _dated(year: int, month: int, fiscal: bool) -> str:
    return f"{year + (fiscal and month < 4):04d}-{month:02d}" if month else ""


def newest(sheets: Sequence[str], around: Iterable[str]) -> tuple[str, ...]:
    """Return the sheets of the newest date, as far as every dated one is known; else nothing."""
    dated = [sheet for sheet in sheets if is_dated(sheet)]
    known = periods_of(dated, around)
    if not dated or not all(known.values()):
        return ()
    last = max(known.values())
    return tuple(sheet for sheet in dated if known[sheet] == last)


def titled_day(texts: Iterable[str]) -> str:
    """Return the one day that the rows around a table say; of several, the one that is called 現在 or 時点; else "".

    >>> titled_day(["一覧", "（令和６年４月１日現在）"]), titled_day(["R6.4.1作成", "R6.3.31 時点"]), titled_day(["4月1日現在"])
    ('2024-04-01', '2024-03-31', '')
    >>> titled_day(["令和6年2月末日現在"])
    '2024-02-29'
    """
    said = [unicodedata.normalize("NFKC", text) for text in texts]
    for chosen in ([text for text in said if _SAID.search(text)], said):
        days = {day for text in chosen for day in _days(text)}
        if days:
            return days.pop() if len(days) == 1 else ""
    return ""


def is_said(texts: Iterable[str]) -> bool:
    """Say whether one of several texts says of itself that it tells the day of the data."""
    return any(_SAID.search(unicodedata.normalize("NFKC", text)) for text in texts)


def _days(text: str) -> Iterable[str]:
    tight = re.sub(r"\s+(?=[0-9年月日./-])|(?<=[年月./-])\s+", "", text)
    said = (date_in_name(found[0].replace("/", "-")) for found in _DAYS.finditer(tight))
    yield from (day for day in said if len(day) == len("2026-04-01"))
    yield from (last_day(month) for found in _MONTH_END.finditer(tight) if (month := date_in_name(found[1])))


def last_day(month: str) -> str:
    """Return the last day (ISO) of a month: 2024-02 gives 2024-02-29."""
    return f"{month}-{monthrange(int(month[:4]), int(month[5:]))[1]:02d}"
