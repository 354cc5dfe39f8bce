"""Times of day: 9:00, ９時, 9時30分, 午後5時30分, 正午 to 09:00 (24:00 stays 24:00). 午後12時 is left: offices disagree.

0900 is read only where the column has another time and all its numbers are times in four digits; 9.30 is left, as it may be
nine and a half.
"""

import re
from collections.abc import Sequence

from catalog.dataset import Field
from publish.parsers.kanji_number import kanji_number
from publish.parsers.parser import Parser, Reader, Reading
from publish.parsers.width import half_width

_CLOCK = re.compile(
    r"(?P<before>午前|午後|AM|PM)?(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2}|0)(?::(?P<second>[0-9]{2}))?"
    r"|時(?:(?P<minutes>[0-9]{1,2})分|(?P<half>半))?)(?P<after>AM|PM)?",
    re.IGNORECASE,
)
_KANJI = re.compile("[一二三四五六七八九十]+(?=[時分])")
_DIGITS = re.compile("[0-9]+")
_FOUR = re.compile("[0-9]{4}")
_AFTERNOON = ("午後", "PM")


def _plain(field: Field) -> str:
    return "[0-9]{2}:[0-9]{2}:[0-9]{2}" if field.format == "default" else "[0-9]{2}:[0-9]{2}"


def _reader(values: Sequence[str], field: Field) -> Reader:
    seconds, bare = field.format == "default", _is_bare(values)
    return lambda text: _read(_colon(text) if bare else text, seconds=seconds)


def _is_bare(values: Sequence[str]) -> bool:
    """Say whether a column proves that four digits are a time: all its numbers are such, and it has a further time."""
    numbers = [half for text in values if _DIGITS.fullmatch(half := half_width(text))]
    if not numbers or not all(_FOUR.fullmatch(text) and _read(_colon(text), seconds=False) for text in numbers):
        return False
    return len(numbers) > 1 or any(_read(text, seconds=True) for text in values)


def _colon(text: str) -> str:
    half = half_width(text)
    return f"{half[:2]}:{half[2:]}" if _FOUR.fullmatch(half) else text


def fold_time(text: str) -> str:
    """Return a time in half width, without spaces, in digits.

    >>> fold_time("午前 九時三十分"), fold_time("正午")
    ('午前9時30分', '12:00')
    """
    folded = re.sub(r"\s+", "", half_width(text))
    return _KANJI.sub(lambda found: str(kanji_number(found[0]) or found[0]), "12:00" if folded == "正午" else folded)


def _read(text: str, *, seconds: bool) -> Reading | None:
    found = _CLOCK.fullmatch(fold_time(text))
    if not found or (found["before"] and found["after"]):
        return None
    half = (found["before"] or found["after"] or "").upper()
    hour, second = int(found["hour"]), int(found["second"] or 0)
    minute = int(found["minute"] or found["minutes"] or (30 if found["half"] else 0))
    if half and not 0 <= hour <= 11:
        return None
    hour += 12 if half in _AFTERNOON else 0
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second)) or (second and not seconds):
        return None
    written = f"{hour:02d}:{minute:02d}" + (f":{second:02d}" if seconds else "")
    return Reading(written, "time-form")


PARSER = Parser(_plain, _reader, asks=True)
