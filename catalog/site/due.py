"""When a release must be followed by the next one: the one place that says how long is too long.

A promise (`frequency`) counts from the day that the data describes, not from the day of publication: a table of last
year that is published again today is still a table of last year. To one interval comes the time that an office needs
between the day described and publication; only what is later than both is called late, so that the word means something.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from catalog.site.period import Period
from catalog.site.release import Release


@dataclass(frozen=True, slots=True)
class _Wait:
    """Months and days, to be added to a day."""

    months: int = 0
    days: int = 0


_LATE_AFTER = {
    # Offices rest from Friday to Monday: what describes Friday is followed on Monday.
    "DAILY": _Wait(days=1 + 3),
    "WEEKLY": _Wait(days=7 + 7),
    # Counts as of the first or the last of a month are public about the middle of the next one.
    "MONTHLY": _Wait(months=1 + 1),
    "QUARTERLY": _Wait(months=3 + 1),
    "ANNUAL_2": _Wait(months=6 + 2),
    # Lists as of 1 April are gathered in May and June, after posts have changed hands.
    "ANNUAL": _Wait(months=12 + 3),
}
"""Interval + time to publish, by code of the EU frequency vocabulary. CONT, IRREG and UNKNOWN promise no day."""


def due(release: Release) -> date | None:
    """Return the last day on which the next release is still in time; None where the definition promises none.

    The promise is the release's own: what the town has said in public, also where the definition has changed since.
    """
    wait = _LATE_AFTER.get(release.dataset.frequency)
    return _later(described_until(release), wait) if wait else None


def described_until(release: Release) -> date:
    """Return the last day that a release describes: the end of its newest period, else its as-of date (the end of the
    month or year where only that is known), else, where nobody said one, the day on which it became public.
    """
    said = release.periods[-1] if release.periods else release.as_of or release.entry.published[:10]
    if len(said) == len("2026-06-30"):
        return date.fromisoformat(said)
    newest = Period.parse(said)
    month = newest.month or 12
    return date(newest.year, month, _last_day(newest.year, month))


def _later(day: date, wait: _Wait) -> date:
    """Add months by the calendar, then days; the last day of a month stays one."""
    count = day.year * 12 + day.month - 1 + wait.months
    year, month = count // 12, count % 12 + 1
    last = _last_day(year, month)
    ends = wait.months and day.day == _last_day(day.year, day.month)
    return date(year, month, last if ends else min(day.day, last)) + timedelta(days=wait.days)


def _last_day(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
