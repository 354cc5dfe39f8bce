"""Evidence: what the values of a column look like, for headings that say nothing (SAFIELD000, location, x)."""

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from catalog.code_list import CodeList
from catalog.dataset import Dataset, Field
from publish.headings.combined import taken_apart
from publish.headings.matching import Match
from publish.headings.shapes import by_shape
from publish.parsers.code_alias import code_reader
from publish.parsers.date import month_first, proven_order, read_date, read_short
from publish.table.table import RawTable

_SAMPLE = 2_000
_LONG_CODE = 3
"""A list of long names (第一種住居地域) is recognised by its values; 有 and 無 occur anywhere."""
_JAPAN = {"latitude": (20.0, 46.5), "longitude": (122.0, 154.5)}


def by_values(
    matches: Sequence[Match], raw: RawTable, dataset: Dataset, lists: Mapping[str, CodeList], name_date: str
) -> tuple[Match, ...]:
    """Return the matches with what values alone prove: several in a cell, coordinates, codes, the order of month and day."""
    found = list(matches)
    taken = {field for match in found for field in (match.field, *match.fields)}
    for place, one in enumerate(found):
        samples = sample(raw, one.heading)
        apart = taken_apart(one, samples, dataset, taken)
        if apart is not None:
            found[place] = apart
            taken.update(apart.fields)
        elif one.why == "none" and samples:
            found[place] = _recognised(one, samples, dataset, lists, taken)
            taken.add(found[place].field)
        elif one.field and dataset.field(one.field).type == "date" and _month_first(samples, name_date):
            found[place] = Match(one.heading, one.field, "order", parser="mdy", fields=(one.field,))
    return tuple(found)


def sample(raw: RawTable, heading: str) -> Sequence[str]:
    """Return the different texts of a column that are not blank, up to some thousands; every definition is asked about them."""
    return raw.memo.once((sample, heading), lambda: _sample(raw.cells.column(heading)))


def _sample(column: pa.ChunkedArray) -> list[str]:
    return [text for text in pc.unique(column.filter(pc.not_equal(column, "")).slice(0, _SAMPLE)).to_pylist() if text.strip()]


def _recognised(one: Match, samples: Sequence[str], dataset: Dataset, lists: Mapping[str, CodeList], taken: set[str]) -> Match:
    closed = (field for field in dataset.fields if field.codes and field.name not in taken)
    coded = [field for field in closed if is_coded(samples, field, lists)]
    if len(coded) == 1:
        return Match(one.heading, coded[0].name, "codes")
    for field, (lowest, highest) in _spots(dataset).items():
        if field not in taken and len(samples) > 1 and all(_between(text, lowest, highest) for text in samples):
            return Match(one.heading, field, "range")
    return by_shape(one, samples, dataset, taken) or one


def _spots(dataset: Dataset) -> dict[str, tuple[float, float]]:
    """Return the coordinate fields, latitude first, with the range of Japan."""
    spot = dataset.geometry
    if spot is None or spot.latitude is None or spot.longitude is None:
        return {}
    return {spot.latitude: _JAPAN["latitude"], spot.longitude: _JAPAN["longitude"]}


def _between(text: str, lowest: float, highest: float) -> bool:
    try:
        return "." in text and lowest <= float(text) <= highest
    except ValueError:
        return False


def is_coded(samples: Sequence[str], field: Field, lists: Mapping[str, CodeList]) -> bool:
    """Say whether texts are all long names of a field's code list, in whatever writing; no text at all proves nothing."""
    codes = lists.get(field.codes or "")
    if not samples or codes is None or codes.longest < _LONG_CODE:
        return False
    read = code_reader(codes)
    return all((reading := read(text)) is not None and len(reading.text) >= _LONG_CODE for text in samples)


def _month_first(samples: Sequence[str], name_date: str) -> bool:
    """Say whether n/n/yyyy is month first although the column alone does not prove it: the file's own name agrees."""
    short = [text for text in samples if read_date(text) is None and read_short(text, month_first)]
    if not short or proven_order(samples) is not None or len(name_date) < 7:
        return False
    readings = [read_short(text, month_first) for text in short]
    return all(reading and reading.text.startswith(name_date[:7]) for reading in readings)
