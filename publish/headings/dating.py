"""Dating: where a file says of what day and month its table is: the rows around it, the name of the file or of its sheets."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from catalog.dataset import Dataset
from publish.constants import day_around
from publish.headings.matching import Match
from publish.parsers.name_date import date_in_name
from publish.reading.periods import TITLES, is_dated, is_said, titled_day
from publish.recipe import FromPlace
from publish.table.table import RawTable

Place = Literal["title", "filename", "sheet", ""]
_DAY = len("2026-04-01")


def months_of(raw: RawTable) -> tuple[str, ...]:
    """Return the sheets that are named for a period, where there are several and the one that was read is among them."""
    first = raw.parts[0].sheet
    unread = [found.value for found in raw.findings if found.code == "sheet-not-read"]
    dated = tuple(sheet for sheet in (first, *unread) if is_dated(sheet))
    return dated if len(dated) > 1 and first in dated else ()


def day_place(raw: RawTable, name: str) -> Place:
    """Return where the day stands: in the rows around the table when these call it 現在, in the name of file or sheet."""
    titles = [aside.text for aside in raw.asides if aside.reason in TITLES]
    titled, named_day = titled_day(titles), _day_of(Path(name).name)
    if titled and (not named_day or (titled != named_day and is_said(titles))):
        return "title"
    if named_day:
        return "filename"
    return "sheet" if _day_of(raw.parts[0].sheet) else ""


def dated_outside(raw: RawTable, name: str, dataset: Dataset, matches: Sequence[Match]) -> Mapping[str, FromPlace]:
    """Return the required days of a series for which there is no column, each with the place outside the rows that says it."""
    place = _place_of_every_day(raw, name) if dataset.series else ""
    if not place:
        return {}
    fed = {field for one in matches for field in (one.field, *one.fields)}
    return {
        field.name: FromPlace(source=place)
        for field in dataset.fields
        if field.type == "date" and field.constraints.required and field.name not in fed
    }


def _place_of_every_day(raw: RawTable, name: str) -> Place:
    """Return what says the day of every part: of monthly sheets the name of the file says nothing."""
    months = months_of(raw)
    if not months:
        return day_place(raw, name)
    return "title" if day_around(raw, 0) else "sheet" if all(map(_day_of, months)) else ""


def _day_of(name: str) -> str:
    day = date_in_name(name)
    return day if len(day) == _DAY else ""
