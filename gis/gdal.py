"""The only door to pyogrio (GDAL): started without drivers that follow orders, its messages turned into sentences of ours."""

import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from catalog.errors import not_written
from gis.geo_kind import Kind
from gis.private_copy import not_what_it_says
from gis.reference_system import GEOGRAPHIC, identify

_NEVER = (
    *("GDALG", "OGR_VRT", "HTTP", "WFS", "OAPIF", "OGCAPI", "EEDA", "CSW", "Elasticsearch", "Carto", "AmigoCloud"),
    *("PLSCENES", "NGW", "GPSBabel", "ADBC", "MapML", "PGDUMP", "PDF", "GTFS", "VDV", "CSV", "ODS", "XLSX", "MEM"),
)
"""Drivers that run commands, follow references to files and hosts, or read what is no map: GDAL is started without them."""
_SKIP = "GDAL_SKIP"
_skipped = os.environ.get(_SKIP)
os.environ[_SKIP] = ",".join(_NEVER)
try:
    import pyogrio  # GDAL registers its drivers once, when it is loaded
    from pyogrio.errors import DataLayerError, DataSourceError
finally:
    if _skipped is None:
        del os.environ[_SKIP]
    else:
        os.environ[_SKIP] = _skipped

GEOMETRY = "geometry"
"""Name of the WKB column that `write` takes."""
_BUGS = (IndexError, UnboundLocalError)
"""What pyogrio 0.13 raises of a file without a layer, and of a .prj that says nothing GDAL understands."""
_NO_DATE = "1970-01-01T00:00:00.000Z"
"""Stands where a format wants the time of writing: the same input gives the same bytes."""
_DEGREES: tuple[Kind, ...] = ("geojson", "geojsonseq", "topojson", "gpx")
"""Kinds that are WGS84 in degrees where they say nothing (RFC 7946 §4, GPX 1.1)."""


@dataclass(frozen=True, slots=True)
class Extent:
    """What a file says of itself: number of features, and box (west, south, east, north) or None when nothing is placed."""

    rows: int
    box: tuple[float, float, float, float] | None


def extent(path: Path) -> Extent:
    """Count the features of a file we wrote and measure their box, by opening it anew; OutsideError when it is damaged."""
    with _to_the_disk(path):
        info = pyogrio.read_info(path, force_feature_count=True, force_total_bounds=True)
    box = info["total_bounds"]
    return Extent(int(info["features"]), tuple(map(float, box)) if box is not None else None)  # type: ignore[arg-type]


def write(
    path: Path,
    table: pa.Table | pa.RecordBatchReader,
    *,
    driver: str,
    layer: str,
    kind: str,
    crs: str,
    options: Mapping[str, str] | None = None,
    encoding: str | None = None,
) -> None:
    """Write columns and their WKB column `GEOMETRY` with a GDAL driver; `kind`: "Point", "MultiLineString" …

    `options` are creation options of the driver for file or layer, `encoding` is a shapefile's. The same table gives the
    same bytes. OutsideError when the file cannot be written (a full disk).
    """
    dated = {"DBF_DATE_LAST_UPDATE": _NO_DATE[:10]} if driver == "ESRI Shapefile" else {}
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _NO_DATE})
    try:
        with _to_the_disk(path):
            pyogrio.write_arrow(
                table,
                path,
                layer=layer,
                driver=driver,
                geometry_name=GEOMETRY,
                geometry_type=kind,
                crs=crs,
                encoding=encoding,
                **dated,
                **(options or {}),
            )
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


@contextmanager
def _to_the_disk(path: Path) -> Iterator[None]:
    """Make one sentence of what GDAL says when a file of ours does not come to the disk whole."""
    try:
        yield
    except (DataSourceError, DataLayerError) as problem:
        raise not_written(path.name) from problem


@contextmanager
def quietly(where: str) -> Iterator[None]:
    """Say in one sentence that GDAL cannot read; its own messages name the private copy and are not passed on."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (DataSourceError, DataLayerError, RuntimeError, ValueError, OSError, pa.ArrowException, *_BUGS) as problem:
        raise not_what_it_says(where) from problem


def read_layer(path: Path, kind: Kind, where: str, *, layer: str | None = None) -> tuple[pa.Table, str]:
    """Return attributes and geometry of one layer as Arrow, and its system ("" when it does not say); UnusableSource."""
    options = {"DATE_AS_STRING": "YES"} if kind == "geojson" else {}
    with quietly(where):
        meta, table = pyogrio.read_arrow(path, layer=layer, datetime_as_string=True, **options)
        table.validate(full=True)  # GDAL hands on texts that are not UTF-8
    default = GEOGRAPHIC["WGS84"] if kind in _DEGREES else ""
    return table, identify(str(meta["crs"])) if meta["crs"] else default


def list_layers(path: Path, kind: Kind, where: str) -> list[str]:
    """Return the layers of a file that hold places, all when none does; UnusableSource when it cannot be opened."""
    with quietly(where):
        found = pyogrio.list_layers(path)
        spatial = [str(name) for name, kind in found if kind is not None] or [str(name) for name, _ in found]
        if kind != "gpx":
            return spatial
        # GDAL lists every layer that a GPX can have, with or without features, and the points of lines once more.
        whole = [name for name in spatial if not name.endswith("_points")]
        counted = {name: pyogrio.read_info(path, layer=name, force_feature_count=True)["features"] for name in whole}
        return [name for name, features in counted.items() if features] or whole[:1]


def fields_of(path: Path, layer: str, where: str) -> tuple[str, ...]:
    """Return the headings of a layer without reading its rows."""
    with quietly(where):
        return tuple(map(str, pyogrio.read_info(path, layer=layer)["fields"]))
