"""The days the example town's files describe: fixed, so that the same bytes come out on any day."""

from datetime import date

TODAY = date(2026, 4, 1)
"""As-of date of everything that is not a series."""
NEXT = date(2026, 5, 1)
MONTHS = (*[date(2025, month, 1) for month in (11, 12)], *[date(2026, month, 1) for month in (1, 2, 3, 4)])
"""Months of the population series."""
