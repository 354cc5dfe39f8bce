"""Vector tiles (PMTiles) above 2,000 rows, for every `view` dataset, and where the definition names them."""

from dataclasses import replace
from pathlib import Path

import shapely

from catalog.text import Text
from gis.geometry import rounded
from gis.tiles.cutting import cut
from publish.packing.contents import Contents

FORMAT = "pmtiles"
MEDIA_TYPE = "application/vnd.pmtiles"
TITLE = Text(ja="PMTiles(地図タイル)", en="PMTiles (map tiles)")
ABOVE = 2_000
"""Up to here a browser draws the GeoJSON itself (DESIGN 9)."""
MAX_ZOOM = 15
"""A tile is then 1.2 km wide with 4,096 steps of 0.3 m; closer views enlarge it."""


def applies(contents: Contents) -> bool:
    """Datasets with places that are large, only to be looked at, or ask for it."""
    if contents.layer is None or shapely.is_missing(contents.layer.geometries).all():
        return False
    return contents.cls == "view" or contents.rows > ABOVE or contents.asks_for(FORMAT)


def write(contents: Contents, path: Path) -> None:
    """Write the tiles with the few columns that the map paints and tells; places that are only shown may be rounded."""
    if contents.layer is None:
        return
    spec, layer = contents.dataset.map, contents.layer
    metres = contents.dataset.disclosure.rounding
    if contents.cls == "view" and metres:
        layer = replace(layer, geometries=rounded(layer.geometries, metres))
    cells = contents.numbers.select(tile_columns(contents))
    # A tile is drawn 512 pixels wide, so the map's zoom z shows the archive's z - 1.
    min_zoom = min(max((spec.min_zoom if spec else 10) - 1, 0), MAX_ZOOM)
    cut(path, contents.dataset.id, cells, contents.ids, layer, min_zoom=min_zoom, max_zoom=MAX_ZOOM)


def tile_columns(contents: Contents) -> list[str]:
    """Return the published columns that go into the tiles, in national order."""
    spec, page = contents.dataset.map, contents.dataset.page
    wanted = {*spec.tile_fields, spec.style.by, spec.label} if spec else {*page.list, page.title}
    return [name for name in contents.cells.column_names if name in wanted]
