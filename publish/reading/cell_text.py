"""Cell text: a typed cell as a person would read it. Dates become YYYY-MM-DD, times 09:00 (24:00 stays), 100.0 becomes 100."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pyarrow as pa

from publish.reading.sheet import Cell


def rendered(column: Sequence[Cell]) -> pa.ChunkedArray:
    """Return the cells of a column as utf8."""
    kinds = set(map(type, column))
    if kinds == {float}:
        column = _numbers(column)
    elif not kinds <= {str}:
        texts = {kind: _Texts() for kind in kinds}  # 1 and TRUE are equal in Python, hence one for each type
        column = [value if type(value) is str else texts[type(value)][value] for value in column]
    return pa.chunked_array([pa.array(column, pa.utf8())])


def _numbers(column: Sequence[Cell]) -> Sequence[str]:
    """Render a column that holds numbers only in one go; those that are not plain are rendered again, one by one."""
    texts = ("%.15g\n" * len(column) % tuple(column)).splitlines()
    return [render(value) if "e" in text or text == "-0" else text for text, value in zip(texts, column, strict=True)]


class _Texts(dict[Cell, str]):
    """The values of one type in a column, each rendered one time."""

    def __missing__(self, value: Cell) -> str:
        self[value] = text = render(value)
        return text


def render(value: Cell) -> str:
    """Return one typed cell as text.

    >>> render(100.0), render(34.342286), render(1e-07), render(True)
    ('100', '34.342286', '0.0000001', 'TRUE')
    >>> render(time(9, 0)), render(timedelta(hours=24)), render(date(2026, 4, 1)), render(datetime(2026, 4, 1, 8, 30))
    ('09:00', '24:00', '2026-04-01', '2026-04-01 08:30')
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, time):
        return _clock(value.hour * 3600 + value.minute * 60 + value.second + round(value.microsecond / 1e6))
    return _clock(round(value.total_seconds())) if isinstance(value, timedelta) else value


def _day(value: date) -> str:
    if not isinstance(value, datetime):
        return value.isoformat()
    return f"{value:%Y-%m-%d %H:%M:%S}" if value.second else f"{value:%Y-%m-%d %H:%M}"


def _number(value: float) -> str:
    """Return what the spreadsheet shows: 15 significant digits, as Excel keeps them, never an exponent."""
    text = f"{value + 0.0:.15g}"  # there is no -0
    return format(Decimal(text), "f") if "e" in text else text


def _clock(seconds: int) -> str:
    hours, rest = divmod(abs(seconds), 3600)
    text = f"{'-' if seconds < 0 else ''}{hours:02d}:{rest // 60:02d}"
    return f"{text}:{rest % 60:02d}" if rest % 60 else text
