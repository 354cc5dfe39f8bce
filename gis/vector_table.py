"""VectorTable: one layer of a geo file as text columns and geometry, whoever read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import shapely


@dataclass(frozen=True, slots=True)
class VectorTable:
    """`columns`: utf8 without nulls; `geometry`: binary[N], WKB (it may carry heights), null for none.

    First number of a position runs east, the second north, whatever order the file's system declares.
    """

    columns: pa.Table
    geometry: pa.Array
    crs: str
    """"EPSG:n"; "" where the file does not say, or says what cannot be identified; `reference_system.ARBITRARY`."""
    encoding: str
    layer: str
    left_out: Mapping[str, int] = field(default_factory=dict)
    """What is not read → how many: solid, more-geometry, network-link, overlay, model, survey-mark."""

    said: str = ""
    """What a shapefile says of its encoding, where its bytes prove otherwise."""
    cut: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Heading → features, from 1, whose text was cut inside a character; the piece of the character is left out."""

    @property
    def headings(self) -> tuple[str, ...]:
        """Headings in the file's order."""
        return tuple(self.columns.column_names)

    @property
    def rows(self) -> int:
        """Number of features."""
        return len(self.geometry)


def wkb_of(shapes: Sequence[shapely.Geometry | None]) -> pa.Array:
    """Return a binary column of geometries with the heights they have, null where there is none."""
    column = np.empty(len(shapes), dtype=object)
    column[:] = shapes
    return pa.array(shapely.to_wkb(column), pa.binary())


UNREADABLE = b"\x00"
"""Stands in a geometry column for something that is there and cannot be read."""


def table_of(rows: Sequence[Mapping[str, str]]) -> pa.Table:
    """Return utf8 columns of rows that name their own cells, in the order in which headings are met; "" where one is absent."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    arrays = [pa.array([row.get(heading, "") for row in rows], pa.string()) for heading in headings]
    return pa.table(arrays, names=headings)
