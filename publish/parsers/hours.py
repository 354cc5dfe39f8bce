"""Hours in one cell: "9:00～17:00", "9時から17時30分まで" → start and end, each then read as a time."""

import re

from publish.parsers.parser import Splitter
from publish.parsers.time import fold_time

_TIME = r"(?:午前|午後|AM|PM)?[0-9]{1,2}(?::[0-9]{2}|時(?:[0-9]{1,2}分|半)?)(?:AM|PM)?"
_HOURS = re.compile(f"({_TIME})(?:~|〜|-|‐|–|—|―|−|ー|から)({_TIME})(?:まで)?", re.IGNORECASE)


def _split(text: str) -> tuple[str, ...] | None:
    found = _HOURS.fullmatch(fold_time(text))
    return (found[1], found[2]) if found else None


SPLITTER = Splitter(2, _split)
