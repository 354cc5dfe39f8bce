"""Geo files in and out.

In: every kind that `gis.geo_kind` knows, plain or zipped, as text columns and WKB with the declared reference system. Tables of
shapefiles are decoded by `gis.dbf`, strictly; XML is read by modules of our own, which follow no reference to elsewhere.
Out: any driver of GDAL, from Arrow columns with WKB.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import pyarrow as pa

from catalog.errors import UnusableSource
from gis.archive import inner_files, is_archive
from gis.dbf import read_attributes
from gis.dbf_encoding import codec
from gis.gdal import GEOMETRY, Extent, extent, fields_of, list_layers, read_layer, write
from gis.geo_kind import Kind
from gis.private_copy import Copy, private_copy
from gis.stored_views import refuse_views
from gis.value_text import as_text
from gis.vector_table import VectorTable
from gis.wholeness import is_whole

__all__ = ["GEOMETRY", "Extent", "Source", "VectorTable", "extent", "layers", "opened", "read", "write"]

_LISTED = 10
_LAYERED: tuple[Kind, ...] = ("geopackage", "filegdb", "topojson", "gpx", "dxf")
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
        return (
            tuple(list_layers(self._copy.main, self._copy.kind, self._where))
            if self._copy.kind in _LAYERED
            else (self._copy.name,)
        )

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
        table, crs = read_layer(main, kind, self._where, layer=layer if kind in _LAYERED else None)
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
        return fields_of(self._copy.main, layer, self._where)

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
        if copy.kind == "geopackage":
            refuse_views(copy.main, path.name)
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
    table, crs = read_layer(copy.main, copy.kind, where)
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
    return VectorTable(
        attributes.columns, geometry, crs, attributes.encoding, copy.name, said=attributes.said, cut=attributes.cut
    )


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


def _chosen(names: tuple[str, ...], wanted: str, where: str) -> str:
    if wanted in names or (len(names) == 1 and not wanted):
        return wanted or names[0]
    listed = "、".join(names[:_LISTED]) + (" …" if len(names) > _LISTED else "")
    raise UnusableSource(
        f"{where} の中のレイヤー({listed})のどれを使うか決まっていません。",
        f"{where} holds the layers {listed}; which one is meant is not said.",
        fix_ja="レイヤーの名前がデータの種類の名前なら、うしろに --as と種類を付けてください(例 --as aed)。"
        "そうでなければ、使うレイヤーだけのファイルに書き出して渡すか、レシピの sheet にレイヤーの名前を書いてください。",
        fix_en="Where the layer is called as the kind of data is, add --as and its name (such as --as aed). Otherwise export "
        "the layer that is meant as a file of its own, or write its name into the recipe as 'sheet'.",
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
