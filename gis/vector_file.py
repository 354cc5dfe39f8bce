"""Geo files in and out: the only door to pyogrio (GDAL).

In: every kind that `gis.geo_kind` knows, plain or zipped, as text columns and WKB with the declared reference system. Tables of
shapefiles are decoded by `gis.dbf`, strictly; XML is read by modules of our own, which follow no reference to elsewhere.
Out: any driver, from Arrow columns with WKB.
"""

import os
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow as pa

from catalog.errors import UnusableSource, not_written
from gis.archive import inner_files, is_archive
from gis.dbf import read_attributes
from gis.dbf_encoding import codec
from gis.geo_kind import Kind
from gis.private_copy import Copy, not_what_it_says, private_copy
from gis.reference_system import GEOGRAPHIC, identify
from gis.value_text import as_text
from gis.vector_table import VectorTable
from gis.wholeness import is_whole

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

__all__ = ["Extent", "Source", "VectorTable", "extent", "layers", "opened", "read", "write"]

GEOMETRY = "geometry"
"""Name of the WKB column that `write` takes."""
_NO_DATE = "1970-01-01T00:00:00.000Z"
"""Stands where a format wants the time of writing: the same input gives the same bytes."""
_LAYERED: tuple[Kind, ...] = ("geopackage", "filegdb", "topojson", "gpx", "dxf")
_DEGREES: tuple[Kind, ...] = ("geojson", "geojsonseq", "topojson", "gpx")
"""Kinds that are WGS84 in degrees where they say nothing (RFC 7946 §4, GPX 1.1)."""
_TEXTUAL: tuple[Kind, ...] = ("geojson", "geojsonseq", "topojson")


class Source:
    """One geo file, opened as a copy. `layers`: the names by which `read` can be told what to take."""

    def __init__(self, copy: Copy, where: str) -> None:
        self._copy = copy
        self._where = where

    @cached_property
    def layers(self) -> tuple[str, ...]:
        """Names in the file's order; a file of one layer is called as the clerk calls it."""
        if self._copy.kind in _XML:
            return tuple(table.layer for table in self._parsed)
        return tuple(_listed(self._copy, self._where)) if self._copy.kind in _LAYERED else (self._copy.name,)

    def read(self, layer: str = "", encoding: str = "") -> VectorTable:
        """Read one layer; `encoding` (of the recipe) overrides what a shapefile declares. UnusableSource as `read` says."""
        kind, main = self._copy.kind, self._copy.main
        if kind in (*_XML, *_LAYERED):
            layer = _chosen(self.layers, layer, self._where)
        if kind in _XML:
            return next(table for table in self._parsed if table.layer == layer)
        if kind == "shapefile":
            return _shapefile(self._copy, encoding, self._where)
        if kind in _TEXTUAL:
            _as_utf8(main, encoding, self._where)
        table, crs = _opened(main, kind, self._where, layer=layer if kind in _LAYERED else None)
        if not is_whole(kind, main, table.num_rows):
            raise _cut_off(self._where)
        return _from_arrow(table, crs, layer if kind in _LAYERED else self._copy.name)

    @property
    def is_layered(self) -> bool:
        """True for kinds whose layers have names of their own, also where a file holds one only."""
        return self._copy.kind in _LAYERED or self.is_typed

    @property
    def is_typed(self) -> bool:
        """True where a layer's name says what its features are by a standard (GML), not how somebody called it."""
        return self._copy.kind == "gml"

    def headings(self, layer: str) -> tuple[str, ...]:
        """Return the headings of one of several layers, before its rows are read."""
        if self._copy.kind in _XML:
            return self.read(layer).headings
        with _quietly(self._where):
            return tuple(map(str, pyogrio.read_info(self._copy.main, layer=layer)["fields"]))

    @cached_property
    def _parsed(self) -> tuple[VectorTable, ...]:
        return _XML[self._copy.kind](self._copy, self._where)


def _kml(copy: Copy, where: str) -> tuple[VectorTable, ...]:
    from gis.kml_file import read_kml

    return (read_kml(copy.main, where, copy.name),)


def _gml(copy: Copy, where: str) -> tuple[VectorTable, ...]:
    from gis.gml_file import read_gml

    return read_gml(copy.main, where, copy.lists)


def _map_xml(copy: Copy, where: str) -> tuple[VectorTable, ...]:
    from gis.map_xml import read_map_xml

    return (read_map_xml(copy.main, where, copy.name),)


_XML: Mapping[Kind, Callable[[Copy, str], tuple[VectorTable, ...]]] = {"kml": _kml, "gml": _gml, "map-xml": _map_xml}


@contextmanager
def opened(path: Path, member: str = "") -> Iterator[Source]:
    """Open a geo file as long as the block lasts; `member` chooses a file of a zip. UnusableSource as `private_copy` says."""
    with private_copy(path, member) as copy:
        yield Source(copy, path.name)


def layers(path: Path) -> tuple[str, ...]:
    """Return the names by which `read` can be told what to take: files of a zip, layers of a file, else one."""
    if is_archive(path):
        return inner_files(path)
    with opened(path) as source:
        return source.layers


def read(path: Path, *, layer: str = "", encoding: str = "") -> VectorTable:
    """Read one layer, or one file of a zip.

    UnusableSource: a missing part, a broken file, an undecidable layer, bytes that contradict the declared encoding.
    """
    inside = is_archive(path)
    with opened(path, layer if inside else "") as source:
        return source.read("" if inside else layer, encoding)


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


def _from_arrow(table: pa.Table, crs: str, name: str) -> VectorTable:
    place = _geometry_index(table)
    if place is None:
        geometry = pa.nulls(table.num_rows, pa.binary())
    else:
        geometry = _plain_binary(table.column(place))
        table = table.remove_column(place)
    columns = pa.table([as_text(column) for column in table.columns], names=table.column_names)
    return VectorTable(columns, geometry, crs, "utf-8", name)


def _shapefile(copy: Copy, encoding: str, where: str) -> VectorTable:
    cpg = copy.parts[".cpg"].read_bytes().decode("latin-1") if ".cpg" in copy.parts else ""
    dbf = copy.parts[".dbf"]
    attributes = read_attributes(dbf.read_bytes(), declared=encoding, cpg=cpg, where=where)
    dbf.unlink()  # the shapes alone are opened, so that GDAL does not leave out records that are marked as deleted
    table, crs = _opened(copy.main, copy.kind, where)
    place = _geometry_index(table)
    if place is None or table.num_rows != len(attributes.kept):
        raise UnusableSource(
            f"{where}: .shp の図形は{table.num_rows}件、.dbf の属性は{len(attributes.kept)}件で、数が合いません。",
            f"{where}: the .shp holds {table.num_rows} shapes, the .dbf {len(attributes.kept)} records.",
            fix_ja="同じときに書き出した .shp・.shx・.dbf をそろえて置いてください。",
            fix_en="Hand in .shp, .shx and .dbf of one and the same export.",
            code="shapefile-parts-disagree",
        )
    geometry = _plain_binary(table.column(place)).filter(pa.array(attributes.kept))
    return VectorTable(attributes.columns, geometry, crs, attributes.encoding, copy.name)


@contextmanager
def _quietly(where: str) -> Iterator[None]:
    """Say in one sentence that GDAL cannot read; its own messages name the private copy and are not passed on."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (DataSourceError, DataLayerError, RuntimeError, ValueError, IndexError, OSError, pa.ArrowException) as problem:
        # pyogrio looks for the first layer without asking whether there is one.
        raise not_what_it_says(where) from problem


def _opened(path: Path, kind: Kind, where: str, *, layer: str | None = None) -> tuple[pa.Table, str]:
    options = {"DATE_AS_STRING": "YES"} if kind == "geojson" else {}
    with _quietly(where):
        meta, table = pyogrio.read_arrow(path, layer=layer, datetime_as_string=True, **options)
    default = GEOGRAPHIC["WGS84"] if kind in _DEGREES else ""
    return table, identify(str(meta["crs"])) if meta["crs"] else default


def _geometry_index(table: pa.Table) -> int | None:
    for place, field in enumerate(table.schema):
        if b"ogc.wkb" in _extension(field) or b"geoarrow.wkb" in _extension(field):
            return place
    return None


def _extension(field: pa.Field) -> bytes:
    return bytes((field.metadata or {}).get(b"ARROW:extension:name", b""))


def _plain_binary(column: pa.ChunkedArray) -> pa.Array:
    array = column.combine_chunks()
    storage = array.storage if isinstance(array, pa.ExtensionArray) else array
    return storage.cast(pa.binary())


def _listed(copy: Copy, where: str) -> list[str]:
    with _quietly(where):
        found = pyogrio.list_layers(copy.main)
        spatial = [str(name) for name, kind in found if kind is not None] or [str(name) for name, _ in found]
        if copy.kind != "gpx":
            return spatial
        # GDAL lists every layer that a GPX can have, with or without features, and the points of lines once more.
        whole = [name for name in spatial if not name.endswith("_points")]
        counted = {name: pyogrio.read_info(copy.main, layer=name, force_feature_count=True)["features"] for name in whole}
        return [name for name, features in counted.items() if features] or whole[:1]


def _chosen(names: tuple[str, ...], wanted: str, where: str) -> str:
    if wanted in names or (len(names) == 1 and not wanted):
        return wanted or names[0]
    raise UnusableSource(
        f"{where} の中のレイヤー({'、'.join(names)})のどれを使うか決まっていません。",
        f"{where} holds the layers {', '.join(names)}; which one is meant is not said.",
        fix_ja="レシピの sheet にレイヤーの名前を書いてください。",
        fix_en="Write the layer's name into the recipe as 'sheet'.",
        code="which-layer",
    )


def _as_utf8(path: Path, encoding: str, where: str) -> None:
    """Make the private copy of a GeoJSON UTF-8 (RFC 8259 §8.1); only the recipe can say that it is something else."""
    data = path.read_bytes()
    try:
        text = data.decode(codec(encoding) or "utf-8")
    except UnicodeDecodeError as problem:
        raise UnusableSource(
            f"{where} は UTF-8 の GeoJSON ではありません。",
            f"{where} is not GeoJSON in UTF-8.",
            fix_ja="UTF-8 で書き出し直すか、レシピに「encoding: cp932」と書いてください。",
            fix_en="Export it as UTF-8, or write 'encoding: cp932' into the recipe.",
            code="encoding",
        ) from problem
    if encoding:
        path.write_text(text, "utf-8")


def _cut_off(where: str) -> UnusableSource:
    return UnusableSource(
        f"{where} は途中で切れているか、読めない地物を含みます。一部だけを読むことはしません。",
        f"{where} is cut off, or holds features that cannot be read; no part of it is taken alone.",
        fix_ja="もとのソフトで開けるか確かめ、書き出し直すか受け取り直してください。",
        fix_en="See whether its own software opens it, and export it or ask for it again.",
        code="geo-file-broken",
    )
