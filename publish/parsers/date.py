"""Dates: Western and Japanese eras in the writings of offices, to YYYY-MM-DD.

Eras begin on 明治 1868-01-25 (Gregorian only from 1873-01-01), 大正 1912-07-30, 昭和 1926-12-25, 平成 1989-01-08,
令和 2019-05-01. A day outside its era, one that does not exist, or one with a wrong weekday beside it is left as it is.
4/1/2018 and 45383 are read only when the column itself proves the order of day and month, or the calendar.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date

from catalog.dataset import Field
from publish.parsers.kanji_number import dates_in_digits
from publish.parsers.parser import Parser, Reader, Reading
from publish.parsers.serial import EPOCH, SERIAL_DIGITS, day_of, is_serial, proven_epoch
from publish.parsers.width import half_width

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
_END = r"(?:[T ]?00?:00(?::00(?:\.0+)?)?)?"
"""A midnight time is how a spreadsheet writes a date that is typed as a time."""
_WEEKDAYS = "月火水木金土日"
_WEEKDAY = re.compile(rf"\s*(?:\(([{_WEEKDAYS}])(?:曜日?)?\)|([{_WEEKDAYS}])曜日?)")
_WESTERN = re.compile(rf"([0-9]{{4}})(?:([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}})|年([0-9]{{1,2}})月([0-9]{{1,2}})日){_END}")
_JAPANESE = re.compile(
    rf"({_ERA})\.?([0-9]{{1,2}}|元)(?:([-/.])([0-9]{{1,2}})\3([0-9]{{1,2}})|年([0-9]{{1,2}})月([0-9]{{1,2}})日){_END}",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"([12][0-9]{3})([0-9]{2})([0-9]{2})(?:\.0)?")
_ERA_DIGITS = re.compile("([RHSTM])([0-9]{2})([0-9]{2})([0-9]{2})", re.IGNORECASE)
_SHORT = re.compile(rf"([0-9]{{1,2}})/([0-9]{{1,2}})/([0-9]{{4}}){_END}")
_LONGEST = 60
"""Characters of a date in any writing, with its weekday and a time."""
Order = Callable[[int, int], tuple[int, int]]


def read_date(text: str) -> Reading | None:
    """Read one date by itself; a weekday beside it must be the day's own.

    >>> read_date("令和元年５月１日").text, read_date("H31.4.30").text, read_date("2026/4/1(水)").text
    ('2019-05-01', '2019-04-30', '2026-04-01')
    >>> read_date("平成31年5月1日"), read_date("2026/2/30"), read_date("2026/4/1(木)")
    (None, None, None)
    """
    if len(text) > _LONGEST:
        return None
    folded = fold_date(text)
    weekday = _WEEKDAY.search(folded)
    if weekday is None or weekday.end() != len(folded):
        return _read(folded, text)
    reading = _read(folded[: weekday.start()], text)
    return reading if reading and _weekday_of(reading) == (weekday[1] or weekday[2]) else None


def meant_day(text: str) -> str:
    """Return the day (ISO) that a text probably means which is read as none: outside its era, or a spreadsheet's number; or "".

    >>> meant_day("平成31年5月1日"), meant_day("R1.4.30"), meant_day("45383"), meant_day("R6.2.30"), meant_day("4/1/24")
    ('2019-05-01', '2019-04-30', '2024-04-01', '', '')
    """
    folded = fold_date(text) if len(text) <= _LONGEST else ""
    if found := _JAPANESE.fullmatch(folded):
        era, number, _, month, day, kanji_month, kanji_day = found.groups()
        reading = _day(era_year(era, number), int(month or kanji_month), int(day or kanji_day), "date-era")
        return reading.text if reading else ""
    return day_of(folded, EPOCH).isoformat() if is_serial(folded) else ""


def _weekday_of(reading: Reading) -> str:
    return _WEEKDAYS[date.fromisoformat(reading.text).weekday()]


def _read(folded: str, text: str) -> Reading | None:
    if found := _WESTERN.fullmatch(folded):
        year, _, month, day, kanji_month, kanji_day = found.groups()
        reason = "date-separator" if folded == text else "date-width"
        return _day(int(year), int(month or kanji_month), int(day or kanji_day), reason)
    if found := _JAPANESE.fullmatch(folded):
        era, number, _, month, day, kanji_month, kanji_day = found.groups()
        return _in_era(era, number, int(month or kanji_month), int(day or kanji_day))
    if found := _DIGITS.fullmatch(folded):
        return _day(int(found[1]), int(found[2]), int(found[3]), "date-separator")
    if found := _ERA_DIGITS.fullmatch(folded):
        return _in_era(found[1], found[2], int(found[3]), int(found[4]))
    return None


def fold_date(text: str) -> str:
    """Return a date in half width without spaces between its pieces, with one hyphen and point, and in digits.

    A space before a time or a weekday stays.

    >>> fold_date("令和 六年　四月 一日"), fold_date("令６・４・１"), fold_date("2024―4―1")
    ('令和6年4月1日', '令6.4.1', '2024-4-1')
    """
    folded = re.sub("(?<=[0-9元])[‐‑‒–—―−ー](?=[0-9])", "-", half_width(text))
    folded = re.sub("(?<=[0-9元])・(?=[0-9])", ".", folded)
    return dates_in_digits(re.sub(r"(?<=[年月日./\-和成治正])\s+|\s+(?=[年月日./\-])", "", folded))


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

    def read(text: str) -> Reading | None:
        return read_date(text) or (read_short(text, order) if order else None)

    epoch = _epoch(values, read)
    return lambda text: read(text) or _read_serial(text, epoch)


def _epoch(values: Sequence[str], read: Reader) -> date | None:
    """Return day 0 of the numbers of days in a column; its own dates are asked only where it has such numbers."""
    serials = [number for value in values if len(value) == SERIAL_DIGITS and is_serial(number := half_width(value))]
    readings = [reading for value in values if (reading := read(value))] if serials else []
    return proven_epoch(serials, [date.fromisoformat(reading.text) for reading in readings])


def _read_serial(text: str, epoch: date | None) -> Reading | None:
    number = half_width(text)
    return Reading(day_of(number, epoch).isoformat(), "date-serial") if epoch and is_serial(number) else None


def proven_order(values: Sequence[str]) -> Order | None:
    """Return how n/n/yyyy is to be read when a column proves it: one of the numbers exceeds 12 somewhere, the other never."""
    pairs = [(int(found[1]), int(found[2])) for value in values if (found := _short(value))]
    first, second = any(pair[0] > 12 for pair in pairs), any(pair[1] > 12 for pair in pairs)
    if first == second:
        return None
    return month_first if second else (lambda day, month: (month, day))


def _short(text: str) -> re.Match[str] | None:
    return _SHORT.fullmatch(fold_date(text)) if len(text) <= _LONGEST and ("/" in text or "／" in text) else None


def month_first(month: int, day: int) -> tuple[int, int]:
    """Return month and day of n/n/yyyy as Americans and Excel's m/d/yy write it."""
    return month, day


def read_short(text: str, order: Order) -> Reading | None:
    """Read n/n/yyyy in a known order."""
    found = _short(text)
    return _day(int(found[3]), *order(int(found[1]), int(found[2])), "date-order") if found else None


PARSER = Parser(lambda _field: "[0-9]{4}-[0-9]{2}-[0-9]{2}", _reader, asks=True)
