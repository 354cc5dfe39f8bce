"""What is cut: the rows that have a place, their text properties, and the zoom from which each is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from gis.geometry import Geometries, total_bounds
from gis.layer import Layer
from gis.tiles.thinning import NEVER, Zooms
from gis.tiles.visible import visible

ID = "_id"
"""Property that holds the feature id."""
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Drawing:
    """`properties`: utf8 columns, `_id` first, null for a blank; `geometries`, `first_zoom`: aligned with its rows."""

    name: str
    properties: pa.Table
    geometries: Geometries
    first_zoom: Zooms

    @classmethod
    def of(cls, name: str, cells: pa.Table, ids: Sequence[str], layer: Layer, first_zoom: Zooms, *, max_zoom: int) -> "Drawing":
        """Take the rows that are drawn at all; the smallest are widened to the grid of `max_zoom`."""
        drawn = np.flatnonzero(first_zoom != NEVER)
        rows = cells.take(pa.array(drawn))
        columns = [pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column) for column in rows.columns]
        named = pa.array(ids, pa.string()).take(pa.array(drawn))
        properties = pa.table([named, *columns], names=[ID, *rows.column_names])
        return cls(name, properties, visible(layer.geometries[drawn], layer.kind, max_zoom), first_zoom[drawn])

    @property
    def box(self) -> Box:
        """West, south, east, north; ValueError when nothing is drawn."""
        box = total_bounds(self.geometries)
        if box is None:
            raise ValueError("no row has a place, so there is nothing to cut into tiles")
        return box
