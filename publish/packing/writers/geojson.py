"""GeoJSON (RFC 7946) of every open dataset whose rows have places."""

from pathlib import Path

from catalog.text import Text
from gis.formats import geojson
from publish.packing.contents import Contents

FORMAT = "geojson"
MEDIA_TYPE = geojson.MEDIA_TYPE
TITLE = Text(ja="GeoJSON(地図)", en="GeoJSON (map)")


def applies(contents: Contents) -> bool:
    """Open datasets with places."""
    return contents.cls == "open" and contents.layer is not None


def write(contents: Contents, path: Path) -> None:
    """Write one feature a line, null geometry where a row has no place."""
    if contents.layer is not None:
        geojson.write(path, contents.numbers, contents.types, contents.layer, ids=contents.ids, about=contents.about)
