"""GeoPackage of every open dataset whose rows have places, for desktop GIS."""

from pathlib import Path

from catalog.text import Text
from gis.formats import geopackage
from publish.packing.contents import Contents

FORMAT = "gpkg"
MEDIA_TYPE = geopackage.MEDIA_TYPE
TITLE = Text(ja="GeoPackage(GISソフト用)", en="GeoPackage (for GIS software)")


def applies(contents: Contents) -> bool:
    """Open datasets with places."""
    return contents.cls == "open" and contents.layer is not None


def write(contents: Contents, path: Path) -> None:
    """Write one layer named as the file."""
    if contents.layer is not None:
        geopackage.write(path, contents.numbers, contents.types, contents.layer, ids=contents.ids, about=contents.about)
