"""Requests: how often something was fetched from the site, counted in the access logs of the web server in front of it.

The combined log format that nginx and Apache write by default; gzip is read too. Nothing is kept of a line but that it was.
"""

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

_LINE = re.compile(rb'\[([^\]]{26})\] "(?:GET|POST) ([^ "]{1,4000})[^"]*" (\d{3}) ')
_MOMENT = "%d/%b/%Y:%H:%M:%S %z"
_SERVED = frozenset({b"200", b"206"})


@dataclass(frozen=True, slots=True)
class Requests:
    """`files`: downloads; `views`: pages, tiles and answers of the APIs; `unread`: logs that could not be read to their end."""

    files: int = 0
    views: int = 0
    unread: tuple[Path, ...] = ()


def count(logs: Iterable[Path], dataset: str, since: datetime, until: datetime) -> Requests:
    """Count the answered requests for a dataset between two moments; lines that are no log lines are passed over.

    It is counted in the middle of a withdrawal, which waits for nothing: a log that cannot be read is named, never raised.
    """
    paths = re.compile(rf"/(files|tiles|collections|datasets)/{re.escape(dataset)}(?:[/?.]|$)")
    files = views = 0
    unread: list[Path] = []
    for log in logs:
        try:
            for moment, path in _answered(log):
                found = paths.search(path)
                if found and since <= moment <= until:
                    files += found[1] == "files"
                    views += found[1] != "files"
        except (OSError, EOFError, zlib.error):
            unread.append(log)
    return Requests(files, views, tuple(unread))


def _answered(log: Path) -> Iterator[tuple[datetime, str]]:
    with (gzip.open if log.suffix == ".gz" else open)(log, "rb") as lines:
        for line in lines:
            found = _LINE.search(line)
            if found and found[3] in _SERVED and (moment := _moment(found[1])):
                yield moment, unquote(found[2].decode("utf-8", "replace"))


def _moment(text: bytes) -> datetime | None:
    try:
        return datetime.strptime(text.decode("ascii"), _MOMENT)
    except ValueError:
        return None
