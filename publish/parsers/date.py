"""Dates: Western and Japanese eras in the writings of offices, to YYYY-MM-DD.

Eras begin on 明治 1868-01-25 (Gregorian only from 1873-01-01), 大正 1912-07-30, 昭和 1926-12-25, 平成 1989-01-08,
令和 2019-05-01. A day outside its era, or one that does not exist, is left as it is. 4/1/2018 is read only when the
column itself proves the order of day and month.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date

from catalog.dataset import Field
from publish.parsers.parser import Parser, Reader, Reading

ERAS = (
    ("令和", "R", date(2019, 5, 1), date(9999, 12, 31)),
    ("平成", "H", date(1989, 1, 8), date(2019, 4, 30)),
    ("昭和", "S", date(1926, 12, 25), date(1989, 1, 7)),
    ("大正", "T", date(1912, 7, 30), date(1926, 12, 24)),
    ("明治", "M", date(1873, 1, 1), date(1912, 7, 29)),
)
"""Name, letter, first and last day on which a date can be read."""
_FIRST_YEAR = {"令和": 2019, "平成": 1989, "昭和": 1926, "大正": 1912, "明治": 1868}
_ERA = "令和|平成|昭和|大正|明治|[令平昭大明RHSTM]"
_END = r"(?: ?00:00(?::00)?)?"
"""A midnight time is how a spreadsheet writes a date that is typed as a time."""
_WESTERN = re.compile(rf"([0-9]{{4}})(?:([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}})|年([0-9]{{1,2}})月([0-9]{{1,2}})日){_END}")
_JAPANESE = re.compile(
    rf"({_ERA})\.?([0-9]{{1,2}}|元)(?:([-/.])([0-9]{{1,2}})\3([0-9]{{1,2}})|年([0-9]{{1,2}})月([0-9]{{1,2}})日){_END}",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"([12][0-9]{3})([0-9]{2})([0-9]{2})")
_SHORT = re.compile(rf"([0-9]{{1,2}})/([0-9]{{1,2}})/([0-9]{{4}}){_END}")
Order = Callable[[int, int], tuple[int, int]]


def read_date(text: str) -> Reading | None:
    """Read one date by itself.

    >>> read_date("令和元年５月１日").text, read_date("H31.4.30").text, read_date("2026/4/1").text
    ('2019-05-01', '2019-04-30', '2026-04-01')
    >>> read_date("平成31年5月1日"), read_date("2026/2/30")
    (None, None)
    """
    folded = fold_date(text)
    if found := _WESTERN.fullmatch(folded):
        year, _, month, day, kanji_month, kanji_day = found.groups()
        reason = "date-separator" if folded == text else "date-width"
        return _day(int(year), int(month or kanji_month), int(day or kanji_day), reason)
    if found := _JAPANESE.fullmatch(folded):
        era, number, _, month, day, kanji_month, kanji_day = found.groups()
        return _in_era(era, number, int(month or kanji_month), int(day or kanji_day))
    if found := _DIGITS.fullmatch(folded):
        return _day(int(found[1]), int(found[2]), int(found[3]), "date-separator")
    return None


def fold_date(text: str) -> str:
    """Return a date in half width without spaces between its pieces; a space before a time stays."""
    folded = unicodedata.normalize("NFKC", text).strip()
    return re.sub(r"(?<=[年月日./\-和成治正])\s+|\s+(?=[年月日./\-])", "", folded)


def era_year(era: str, number: str) -> int:
    """Return the Western year of an era's name or letter and its year (元 is 1).

    >>> era_year("R", "8"), era_year("平成", "元")
    (2026, 1989)
    """
    name = next(name for name, letter, _, _ in ERAS if era.upper() in (name, name[0], letter))
    return _FIRST_YEAR[name] + (1 if number == "元" else int(number)) - 1


def _in_era(era: str, number: str, month: int, day: int) -> Reading | None:
    reading = _day(era_year(era, number), month, day, "date-era")
    bounds = next((first, last) for name, letter, first, last in ERAS if era.upper() in (name, name[0], letter))
    return reading if reading and bounds[0] <= date.fromisoformat(reading.text) <= bounds[1] else None


def _day(year: int, month: int, day: int, reason: str) -> Reading | None:
    try:
        return Reading(date(year, month, day).isoformat(), reason)
    except ValueError:
        return None


def _reader(values: Sequence[str], _field: Field) -> Reader:
    order = proven_order(values)
    return lambda text: read_date(text) or (read_short(text, order) if order else None)


def proven_order(values: Sequence[str]) -> Order | None:
    """Return how n/n/yyyy is to be read when a column proves it: one of the numbers exceeds 12 somewhere, the other never."""
    pairs = [(int(found[1]), int(found[2])) for value in values if (found := _SHORT.fullmatch(fold_date(value)))]
    first, second = any(pair[0] > 12 for pair in pairs), any(pair[1] > 12 for pair in pairs)
    if first == second:
        return None
    return month_first if second else (lambda day, month: (month, day))


def month_first(month: int, day: int) -> tuple[int, int]:
    """Return month and day of n/n/yyyy as Americans and Excel's m/d/yy write it."""
    return month, day


def read_short(text: str, order: Order) -> Reading | None:
    """Read n/n/yyyy in a known order."""
    found = _SHORT.fullmatch(fold_date(text))
    return _day(int(found[3]), *order(int(found[1]), int(found[2])), "date-order") if found else None


PARSER = Parser(lambda _field: "[0-9]{4}-[0-9]{2}-[0-9]{2}", _reader)
