"""Dates of a column that staff say is written month/day/year (11/1/2018), as Excel's m/d/yy leaves them."""

from publish.parsers.date import PARSER as DATE
from publish.parsers.date import month_first, read_date, read_short
from publish.parsers.parser import Parser, Reading, always


def _read(text: str) -> Reading | None:
    return read_date(text) or read_short(text, month_first)


PARSER = Parser(DATE.plain, always(_read))
