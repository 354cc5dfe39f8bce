"""The date in the name of a file or sheet: 20260401, 2026-04-01, 202604, R8.4.1, 令和8年4月. No parser of cells."""

import re
import unicodedata

from publish.parsers.date import era_year, read_date

_FULL = re.compile(
    r"(?<![0-9])(?:(?:19|20)[0-9]{2}(?:[-_./][0-9]{1,2}){2}|(?:19|20)[0-9]{6}|(?:19|20)[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日)(?![0-9])"
)
_ERA_FULL = re.compile(
    r"(?<![A-Za-z0-9])((?:令和|平成|昭和|[RHS])(?:[0-9]{1,2}|元)(?:[-_./][0-9]{1,2}[-_./][0-9]{1,2}|年[0-9]{1,2}月[0-9]{1,2}日))(?![0-9])"
)
_ERA_DIGITS = re.compile(r"(?<![A-Za-z0-9])([RHS])([0-9]{2})([0-9]{2})([0-9]{2})(?![0-9])")
_MONTH = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?:[-_./]?(0[1-9]|1[0-2])|年([0-9]{1,2})月)(?![0-9])")
_ERA_MONTH = re.compile(
    r"(?<![A-Za-z0-9])(令和|平成|昭和|[RHS])([0-9]{1,2}|元)(?:[-_./]([0-9]{1,2})|年([0-9]{1,2})月)(?![0-9])"
)
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?:年度?)?(?![0-9])")
_ERA_YEAR = re.compile(r"(?<![A-Za-z0-9])(令和|平成|昭和|[RHS])([0-9]{1,2}|元)(?:年度?)?(?![0-9])")


def date_in_name(name: str) -> str:
    """Return "YYYY-MM-DD", "YYYY-MM" or "YYYY" as exactly as a name says it; "" when it says nothing.

    >>> date_in_name("aed_20260401.csv"), date_in_name("人口 令和８年２月"), date_in_name("222127_aed.csv")
    ('2026-04-01', '2026-02', '')
    """
    folded = unicodedata.normalize("NFKC", name)
    for find in (_full, _month, _year):
        if found := find(folded):
            return found
    return ""


def dated_pattern(name: str) -> str:
    """Return a file name with `*` where its date stands, as it is when it has none.

    >>> dated_pattern("aed_20260401.csv"), dated_pattern("222127_aed.csv")
    ('aed_*.csv', '222127_aed.csv')
    """
    wanted = date_in_name(name)
    for pattern in (_FULL, _ERA_FULL, _ERA_DIGITS, _MONTH, _ERA_MONTH, _YEAR, _ERA_YEAR) if wanted else ():
        for found in pattern.finditer(name):
            if date_in_name(found[0]) == wanted:
                return f"{name[: found.start()]}*{name[found.end() :]}"
    return name


def _full(name: str) -> str:
    for pattern in (_FULL, _ERA_FULL):
        for found in pattern.finditer(name):
            if reading := read_date(re.sub("[-_.]", "/", found[0])):
                return reading.text
    for found in _ERA_DIGITS.finditer(name):
        if reading := read_date(f"{found[1]}{found[2]}/{found[3]}/{found[4]}"):
            return reading.text
    return ""


def _month(name: str) -> str:
    if found := _MONTH.search(name):
        return _checked(int(found[1]), int(found[2] or found[3]))
    if found := _ERA_MONTH.search(name):
        return _checked(era_year(found[1], found[2]), int(found[3] or found[4]))
    return ""


def _checked(year: int, month: int) -> str:
    return f"{year:04d}-{month:02d}" if 1 <= month <= 12 else ""


def _year(name: str) -> str:
    if found := _YEAR.search(name):
        return found[1]
    if found := _ERA_YEAR.search(name):
        return str(era_year(found[1], found[2]))
    return ""
