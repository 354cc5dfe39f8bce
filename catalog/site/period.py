"""Period: the month or year that one table of a series is about ("2026-06", "2026"); June is a period, a corrected June
a version of it."""

import re
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

    def label(self, lang: str) -> str:
        """Return how people read it.

        >>> Period(2026, 6).label("ja"), Period(2026, 6).label("en"), Period(2026).label("ja")
        ('2026年6月', 'June 2026', '2026年')
        """
        if lang == "en":
            return f"{_MONTHS[self.month - 1]} {self.year}" if self.month else str(self.year)
        return f"{self.year}年{self.month}月" if self.month else f"{self.year}年"
