"""Times of day: 9:00, ９時, 9時30分, 午後5時30分 to 09:00 (24:00 stays 24:00). 午後12時 is left: offices disagree."""

import re
import unicodedata
from collections.abc import Sequence

from catalog.dataset import Field
from publish.parsers.parser import Parser, Reader, Reading

_CLOCK = re.compile(r"(午前|午後|AM|PM)?([0-9]{1,2})(?::([0-9]{2})(?::([0-9]{2}))?|時(?:([0-9]{1,2})分|(半))?)", re.IGNORECASE)


def _plain(field: Field) -> str:
    return "[0-9]{2}:[0-9]{2}:[0-9]{2}" if field.format == "default" else "[0-9]{2}:[0-9]{2}"


def _reader(_values: Sequence[str], field: Field) -> Reader:
    return lambda text: _read(text, seconds=field.format == "default")


def _read(text: str, *, seconds: bool) -> Reading | None:
    found = _CLOCK.fullmatch(re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)))
    if not found:
        return None
    half, hour, minute, second = (
        found[1],
        int(found[2]),
        int(found[3] or found[5] or (30 if found[6] else 0)),
        int(found[4] or 0),
    )
    if half and not 0 <= hour <= 11:
        return None
    hour += 12 if half and half.upper() in ("午後", "PM") else 0
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second)) or (second and not seconds):
        return None
    written = f"{hour:02d}:{minute:02d}" + (f":{second:02d}" if seconds else "")
    return Reading(written, "time-form")


PARSER = Parser(_plain, _reader)
