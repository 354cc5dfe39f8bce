"""Geo files in and out: the only door to pyogrio (GDAL).

In: shapefile (plain or zipped), GeoJSON, GeoPackage as text columns and WKB, with the declared reference system.
Out: any driver, from Arrow columns with WKB. Attributes of a shapefile are decoded by `gis.dbf`, strictly.
"""

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from catalog.errors import UnusableSource, not_written
from gis.dbf import read_attributes
from gis.dbf_encoding import codec
from gis.private_copy import SUFFIXES, Copy, inner_files, private_copy
from gis.reference_system import GEOGRAPHIC, identify
from gis.value_text import as_text

__all__ = ["SUFFIXES", "Extent", "VectorTable", "extent", "layers", "read", "write"]

GEOMETRY = "geometry"
"""Name of the WKB column that `write` takes."""
_NO_DATE = "1970-01-01T00:00:00.000Z"
"""Stands where a format wants the time of writing: the same input gives the same bytes."""


@dataclass(frozen=True, slots=True)
class VectorTable:
    """`columns`: utf8 without nulls; `geometry`: binary[N], WKB as in the file (it may carry heights), null for none."""

    columns: pa.Table
    geometry: pa.Array
    crs: str
    """"EPSG:n"; "" where the file does not say, or says what cannot be identified."""
    encoding: str
    layer: str

    @property
    def headings(self) -> tuple[str, ...]:
        """Headings in the file's order."""
        return tuple(self.columns.column_names)

    @property
    def rows(self) -> int:
        """Number of features."""
        return len(self.geometry)


def layers(path: Path) -> tuple[str, ...]:
    """Return the names by which `read` can be told what to take: files of a zip, layers of a GeoPackage, else one."""
    if path.suffix.lower() == ".zip":
        return inner_files(path)
    with private_copy(path) as copy:
        return tuple(_spatial_layers(copy)) if copy.kind == "geopackage" else (copy.name,)


def read(path: Path, *, layer: str = "", encoding: str = "") -> VectorTable:
    """Read one layer; `encoding` (of the recipe) overrides what a shapefile declares.

    UnusableSource: a missing part, a broken file, an undecidable layer, bytes that contradict the declared encoding.
    """
    with private_copy(path, layer if path.suffix.lower() == ".zip" else "") as copy:
        if copy.kind == "shapefile":
            return _shapefile(copy, encoding, path.name)
        if copy.kind == "geojson":
            _as_utf8(copy.main, encoding, path.name)
        inner = _layer(copy, "" if path.suffix.lower() == ".zip" else layer, path.name) if copy.kind == "geopackage" else None
        table, crs = _opened(copy.main, path.name, layer=inner)
        return _from_arrow(table, crs, inner or copy.name)


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
    table, crs = _opened(copy.main, where)
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
    except (DataSourceError, DataLayerError, RuntimeError, ValueError, pa.ArrowException) as problem:
        raise _unreadable(where) from problem


def _opened(path: Path, where: str, *, layer: str | None = None) -> tuple[pa.Table, str]:
    options = {"DATE_AS_STRING": "YES"} if path.suffix.lower() in (".geojson", ".json") else {}
    with _quietly(where):
        meta, table = pyogrio.read_arrow(path, layer=layer, datetime_as_string=True, **options)
    return table, identify(str(meta["crs"])) if meta["crs"] else _default_crs(path)


def _default_crs(path: Path) -> str:
    """RFC 7946 §4: GeoJSON without any statement is WGS84 in degrees."""
    return GEOGRAPHIC["WGS84"] if path.suffix.lower() in (".geojson", ".json") else ""


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


def _spatial_layers(copy: Copy) -> list[str]:
    with _quietly(copy.name):
        found = pyogrio.list_layers(copy.main)
    return [str(name) for name, kind in found if kind is not None] or [str(name) for name, _ in found]


def _layer(copy: Copy, wanted: str, where: str) -> str:
    names = _spatial_layers(copy)
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


def _unreadable(where: str) -> UnusableSource:
    return UnusableSource(
        f"{where} を図形のファイルとして読めません(壊れているか、中身が別の形式です)。",
        f"{where} cannot be read as a geo file (broken, or of another kind than its name says).",
        fix_ja="もとのソフトで開けるか確かめ、書き出し直してください。",
        fix_en="See whether its own software opens it, and export it again.",
        code="geo-file-broken",
    )
