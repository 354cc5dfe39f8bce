"""Parquet above 10,000 rows, or where the definition names it: GeoParquet where rows have places, else a plain typed table."""

from pathlib import Path

from catalog.text import Text
from gis.formats import geoparquet
from publish.packing.contents import Contents

FORMAT = "parquet"
MEDIA_TYPE = geoparquet.MEDIA_TYPE
TITLE = Text(ja="Parquet(大きな表の分析用)", en="Parquet (for analysis of large tables)")
ABOVE = 10_000


def applies(contents: Contents) -> bool:
    """Large open datasets, and smaller ones that ask for it."""
    return contents.cls == "open" and (contents.rows > ABOVE or contents.asks_for(FORMAT))


def write(contents: Contents, path: Path) -> None:
    """Write the rows in the order of the table."""
    geoparquet.write(path, contents.numbers, contents.types, contents.layer, ids=contents.ids, about=contents.about)
