"""Splitting: the piece of each cell of a column that goes to one field, recorded with the whole cell that it comes from."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from publish.headings.feeding import Feed
from publish.parsers.parser import splitter
from publish.table.change import ChangeLog
from publish.table.finding import Finding
from publish.table.table import RawTable

SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Pieces:
    """`cells`: utf8[N]; `findings` tell once, for the first field, which texts could not be taken apart."""

    cells: pa.Array
    changes: ChangeLog
    findings: tuple[Finding, ...]


def split(feed: Feed, texts: pa.Array, raw: RawTable, *, words: bool) -> Pieces:
    """Take texts (utf8[N], aligned with the rows of `raw`) apart as a feed says; every different text one time.

    One that cannot be taken apart stays in the first field where that holds `words`; as a number or time it would only be
    told to be none.
    """
    taking = splitter(feed.splitter)
    encoded = texts.dictionary_encode()
    pieces = [taking.split(text) if taking and text.strip() else None for text in encoded.dictionary.to_pylist()]
    cells = pa.array([piece[feed.place] if piece else "" for piece in pieces], pa.utf8()).take(encoded.indices)
    apart = pa.array([piece is not None for piece in pieces], pa.bool_()).take(encoded.indices)
    if words and feed.place == 0:
        cells = pc.if_else(apart, cells, texts)
    changed = pc.and_(apart, pc.and_(pc.not_equal(cells, ""), pc.not_equal(cells, texts)))
    return Pieces(cells, _changes(feed, raw, texts, cells, changed), () if feed.place else _findings(feed, raw, texts, apart))


def _changes(feed: Feed, raw: RawTable, texts: pa.Array, cells: pa.Array, changed: pa.Array) -> ChangeLog:
    places = pa.array(np.flatnonzero(np.asarray(changed)))
    pairs = (texts.take(places), cells.take(places))
    return ChangeLog.block(raw.part.take(places), raw.row.take(places), feed.field, pairs, pa.repeat(SPLIT, len(places)))


def _findings(feed: Feed, raw: RawTable, texts: pa.Array, apart: pa.Array) -> tuple[Finding, ...]:
    lost = pc.and_not(pc.not_equal(pc.utf8_trim_whitespace(texts), ""), apart)
    return tuple(
        Finding("not-split", "error", raw.part[place].as_py(), raw.row[place].as_py(), feed.field, texts[place].as_py())
        for place in np.flatnonzero(np.asarray(lost)).tolist()
    )
