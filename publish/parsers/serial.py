"""Days as spreadsheets count them (45383), where a column proves from which day on. No parser of cells."""

from collections.abc import Iterable
from datetime import date, timedelta

EPOCH = date(1899, 12, 30)
"""Day 0 of the calendar that nearly all workbooks have."""
_EPOCHS = (EPOCH, date(1904, 1, 1))
"""Day 0 of Excel's two calendars. From March 1900 on the first counts as Excel does, who has a 29 February 1900."""
SERIAL_DIGITS = 5


def is_serial(text: str) -> bool:
    """Say whether a half-width text can be the number of a day (from 18 May 1927 on).

    >>> is_serial("45383"), is_serial("45383.5"), is_serial("2024")
    (True, False, False)
    """
    return len(text) == SERIAL_DIGITS and text.isascii() and text.isdigit() and text[0] != "0"


def proven_epoch(serials: Iterable[str], days: Iterable[date]) -> date | None:
    """Return day 0 where the dates of a column prove it: all its numbers lie between them in one calendar only.

    >>> proven_epoch(["45400"], [date(2024, 4, 1), date(2024, 6, 1)])
    datetime.date(1899, 12, 30)
    """
    known, numbers = sorted(set(days)), list(serials)
    if len(known) < 2 or not numbers:
        return None
    fitting = [epoch for epoch in _EPOCHS if all(known[0] <= day_of(number, epoch) <= known[-1] for number in numbers)]
    return fitting[0] if len(fitting) == 1 else None


def day_of(serial: str, epoch: date) -> date:
    """Return the day that a number means from a day 0 on."""
    return epoch + timedelta(days=int(serial))
