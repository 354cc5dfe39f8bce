"""Combined: columns whose cells hold several values, known by the shape of the values: a pair of coordinates, hours, a
height with its kind, an address with its building, a number with its extension, a name with its reading.

A column is only proposed to be taken apart where every one of its texts can be.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalog.dataset import Dataset
from publish.headings.matching import Match, Why
from publish.parsers.parser import splitter

_READING = 2
"""Letters that a reading in brackets has at least: （ア） is a number of a list."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """A splitter and the fields it fills. `known`: the one of them that a column may be by its heading; "" where none.

    `open`: it also fits a column whose heading says nothing, because no other texts look so.
    """

    parser: str
    fields: tuple[str, ...]
    why: Why
    known: str = ""
    open: bool = True


def taken_apart(one: Match, texts: Sequence[str], dataset: Dataset, taken: set[str]) -> Match | None:
    """Return the match by which a column is taken apart, None where its texts do not all have such a shape.

    `texts`: the different ones; `taken`: fields that some column fills, this one too.
    """
    for shape in _shapes(dataset):
        tried = one.field == shape.known if one.field else shape.open and one.why == "none"
        if tried and taken.isdisjoint(set(shape.fields) - {one.field}) and _fits(shape, texts):
            return Match(one.heading, shape.fields[0], shape.why, parser=shape.parser, fields=shape.fields)
    return None


def _shapes(dataset: Dataset) -> Iterator[_Shape]:
    """Yield the shapes of which a definition has all the fields."""
    spot, title = dataset.geometry, dataset.page.title
    if spot and spot.latitude and spot.longitude:
        yield _Shape("lat_lon", (spot.latitude, spot.longitude), "pair")
        yield _Shape("lon_lat", (spot.longitude, spot.latitude), "pair")
    for shape in (
        _Shape("hours", ("開始時間", "終了時間"), "pieces", "開始時間"),
        _Shape("height", ("高度の種別", "高度の値"), "pieces", "高度の値"),
        _Shape("phone_extension", ("電話番号", "内線番号"), "pieces", "電話番号", open=False),
        _Shape("address_building", ("所在地_連結表記", "建物名等(方書)"), "pieces", "所在地_連結表記", open=False),
        _Shape("name_kana", (title, f"{title}_カナ"), "reading", title, open=False),
    ):
        if set(shape.fields) <= set(dataset.names):
            yield shape


def _fits(shape: _Shape, texts: Sequence[str]) -> bool:
    """Say whether all texts can be taken apart, and some have a second value (of readings: half of them, of some length)."""
    taking = splitter(shape.parser)
    if taking is None:
        return False
    seconds = []
    for text in texts:
        pieces = taking.split(text)
        if pieces is None:
            return False
        seconds += [pieces[-1]] if pieces[-1] else []
    if shape.why == "reading":
        return bool(texts) and 2 * len(seconds) >= len(texts) and all(len(second) >= _READING for second in seconds)
    return bool(seconds)
