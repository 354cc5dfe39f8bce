"""Views of a GeoPackage: a layer that is computed when it is read may have no end, so none is."""

import sqlite3
from contextlib import closing
from pathlib import Path

from catalog.errors import UnusableSource
from catalog.store.broken import BROKEN

_LISTED = """
SELECT name FROM sqlite_master WHERE type = 'view' AND lower(name) IN
  (SELECT lower(table_name) FROM gpkg_contents UNION SELECT lower(table_name) FROM gpkg_geometry_columns)
"""


def refuse_views(path: Path, where: str) -> None:
    """Raise UnusableSource when a layer that the file lists (OGC 12-128r18, 1.1.3) is a view; a broken file passes on."""
    try:
        with closing(sqlite3.connect(path)) as database:
            views = [str(name) for (name,) in database.execute(_LISTED)]
    except BROKEN:
        return
    if views:
        raise UnusableSource(
            f"{where} のレイヤー「{views[0]}」は、読むたびに計算される表(ビュー)なので読みません。",
            f"The layer {views[0]!r} of {where} is a view, computed whenever it is read, and is not read here.",
            fix_ja="QGIS などで、そのレイヤーを新しい GeoPackage に書き出して渡してください。",
            fix_en="Export that layer to a new GeoPackage with QGIS or the like.",
            code="view-layer",
        )
