"""Period: the month or year that one table of a series is about ("2026-06", "2026"); June is a period, a corrected June
a version of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from catalog.errors import UsageError

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A year, or a month of it (month 0 stands for the whole year); orders as time does."""

    year: int
    month: int = 0

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read "2026" or "2026-06"; UsageError otherwise.

        >>> Period.parse("2026-06") > Period.parse("2025-12")
        True
        """
        match = re.fullmatch(r"([12][0-9]{3})(?:-(0[1-9]|1[0-2]))?", text)
        if not match:
            raise UsageError(f"「{text}」は期間ではありません(例: 2026-06)。", f"{text!r} is not a period (example: 2026-06).")
        return cls(int(match[1]), int(match[2] or 0))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}" if self.month else f"{self.year:04d}"

    @property
    def following(self) -> "Period":
        """The month or year that comes next.

        >>> str(Period(2026, 12).following), str(Period(2026).following)
        ('2027-01', '2027')
        """
        if not self.month:
            return Period(self.year + 1)
        return Period(self.year + self.month // 12, self.month % 12 + 1)

    def label(self, lang: str) -> str:
        """Return how people read it.

        >>> Period(2026, 6).label("ja"), Period(2026, 6).label("en"), Period(2026).label("ja")
        ('2026年6月', 'June 2026', '2026年')
        """
        if lang == "en":
            return f"{_MONTHS[self.month - 1]} {self.year}" if self.month else str(self.year)
        return f"{self.year}年{self.month}月" if self.month else f"{self.year}年"


def runs(periods: Iterable[Period]) -> list[tuple[Period, Period]]:
    """Return the first and last of those that follow one another without a gap, in the order of time.

    >>> [(str(first), str(last)) for first, last in runs([Period(2026, 3), Period(2025, 12), Period(2026, 1)])]
    [('2025-12', '2026-01'), ('2026-03', '2026-03')]
    """
    found: list[tuple[Period, Period]] = []
    for period in sorted(set(periods)):
        if found and found[-1][1].following == period:
            found[-1] = (found[-1][0], period)
        else:
            found.append((period, period))
    return found


def span_label(first: Period, last: Period, lang: str) -> str:
    """Return how people read all periods from one to another; the year once where it is the same.

    >>> span_label(Period(2026, 3), Period(2026, 5), "ja"), span_label(Period(2025, 12), Period(2026, 1), "en")
    ('2026年3月から5月まで', 'December 2025 to January 2026')
    """
    if first == last:
        return first.label(lang)
    if lang == "en":
        start = _MONTHS[first.month - 1] if first.year == last.year else first.label(lang)
        return f"{start} to {last.label(lang)}"
    return f"{first.label(lang)}から{f'{last.month}月' if first.year == last.year else last.label(lang)}まで"
