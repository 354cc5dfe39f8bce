"""Locate: give every row its place. From latitude and longitude columns, plane coordinates, the file's geometry, or a join.

What stands in a column of the table goes before geometry; blank 緯度/経度 are filled from geometry, plane coordinates are
turned into degrees, each as a recorded change.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from catalog.dataset import GeometrySpec
from catalog.errors import RecipeError, UnusableSource
from catalog.town import Town
from gis import geometry, reference_system
from gis.geometry import Floats, Geometries
from gis.geometry_json import decimals
from gis.layer import CRS, Layer
from gis.near import distance_m
from publish.pairing import pair, with_parts, written
from publish.recipe import Recipe, Side
from publish.shapes import Measured, Shapes, measure
from publish.table.finding import Finding
from publish.table.table import RawTable, Table

_NUMBER = r"^-?[0-9]{1,9}(\.[0-9]*)?$"
_APART_M = 1.0
"""Columns and geometry of a row may differ by this much before it is worth a word."""


@dataclass(frozen=True, slots=True)
class Located:
    """`layer`: places aligned with the table's rows; None where the definition knows no places."""

    table: Table
    layer: Layer | None
    findings: tuple[Finding, ...]


def locate(table: Table, side: RawTable | None, recipe: Recipe, town: Town | None) -> Located:
    """Give every row its place in degrees of EPSG:6668; `side` is the other half of a joined source.

    RecipeError: a join or reference system that the recipe leaves out or misspells. UnusableSource: a file that says no
    reference system, one on the old datum, or none where geometry is needed.
    """
    spec = table.dataset.geometry
    measured = None
    found: tuple[Finding, ...] = ()
    if side is not None and recipe.join is not None:
        table, measured, found = _from_side(table, side, recipe, recipe.join, town)
    if spec is None:
        return Located(table, None, found)
    if measured is None and table.geometry is not None:
        measured = measure(_shapes(table), spec.kind, recipe.crs, recipe.axes, town)
        found += measured.findings
    if spec.source == "columns":
        return _from_columns(table, spec, measured, recipe, town, found)
    if measured is None:
        raise _no_geometry(table, spec)
    return Located(_filled(table, spec, measured.geometries), Layer(spec.kind, measured.geometries, measured.source_crs), found)


def _shapes(table: Table) -> Shapes:
    part, row = np.asarray(table.part, np.int32), np.asarray(table.row, np.int64)
    return Shapes(table.geometry, part, row, table.parts, table.crs)


def _from_side(
    table: Table, side: RawTable, recipe: Recipe, rule: Side, town: Town | None
) -> tuple[Table, Measured | None, tuple[Finding, ...]]:
    """Measure the other half piece by piece, then join, so that findings lead to the piece."""
    offset = len(table.parts)
    table = with_parts(table, side, rule)
    spec = table.dataset.geometry
    measured = None
    if spec is not None and side.geometry is not None:
        part = np.asarray(side.part, np.int32) + offset
        shapes = Shapes(side.geometry, part.astype(np.int32), np.asarray(side.row, np.int64), table.parts, side.crs)
        measured = measure(shapes, spec.kind, rule.crs, recipe.axes, town)
    paired = pair(table, side, measured.geometries if measured else None, rule)
    found = (*(measured.findings if measured else ()), *paired.findings)
    return paired.table, measured and dataclasses.replace(measured, geometries=paired.geometries), found


def _no_geometry(table: Table, spec: GeometrySpec) -> RecipeError | UnusableSource:
    label = table.parts[0].label if table.parts else table.dataset.id
    if spec.source == "join":
        return RecipeError(
            f"{label} には図形がありません。図形のファイルとつなぐ join がレシピにありません。",
            f"{label} holds no geometry, and the recipe has no 'join' to the file that does.",
            fix_ja="レシピに join(source と on)を書いてください。",
            fix_en="Write 'join' with 'source' and 'on' into the recipe.",
            code="join-missing",
        )
    return UnusableSource(
        f"{label} には図形がありません。「{table.dataset.title.ja}」には図形が必要です。",
        f"{label} holds no geometry, which {table.dataset.title.en!r} needs.",
        fix_ja="シェープファイル・GeoJSON・GeoPackage を置くか、レシピの join で図形のファイルとつないでください。",
        fix_en="Hand in a shapefile, GeoJSON or GeoPackage, or join the file that holds the geometry.",
        code="no-geometry",
    )


def _from_columns(
    table: Table, spec: GeometrySpec, measured: Measured | None, recipe: Recipe, town: Town | None, found: tuple[Finding, ...]
) -> Located:
    crs = CRS
    if measured is None and recipe.crs:
        crs = _declared(recipe.crs, table, town)
        table = _in_degrees(table, spec, crs, recipe)
    if measured is not None:
        found += tuple(_disagreeing(table, spec, measured.geometries))
        table, crs = _filled(table, spec, measured.geometries), measured.source_crs
    lon, lat = _lonlat(table, spec)
    found += tuple(_halves(table, spec, lon, lat))
    return Located(table, Layer(spec.kind, geometry.points(lon, lat), crs), found)


def _declared(text: str, table: Table, town: Town | None) -> str:
    crs = reference_system.declared_in_recipe(text, town.zone if town else None, town.datum if town else "JGD2011")
    reference_system.require_supported(crs, table.parts[0].label if table.parts else "")
    return crs


def _in_degrees(table: Table, spec: GeometrySpec, crs: str, recipe: Recipe) -> Table:
    """Turn what the coordinate columns hold into degrees: easting stands in 経度, northing in 緯度 (exchanged with axes yx)."""
    if reference_system.is_geographic(crs) and recipe.axes == "xy":
        return table
    x, y = _lonlat(table, spec)
    lon, lat = reference_system.to_lonlat(crs, x, y, recipe.axes)
    return _write_places(table, spec, lon, lat, np.isfinite(lon), "plane-to-degrees")


def _filled(table: Table, spec: GeometrySpec, geometries: Geometries) -> Table:
    """Write the coordinates of points into 緯度 and 経度 of the rows where both are blank."""
    if not (spec.longitude and spec.latitude):
        return table
    blank = np.asarray(pc.and_(*(pc.equal(table.cells.column(name), "") for name in (spec.longitude, spec.latitude))))
    lon, lat = _points(geometries)
    return _write_places(table, spec, lon, lat, blank, "from-geometry")


def _points(geometries: Geometries) -> tuple[Floats, Floats]:
    filled = (geometry.type_ids(geometries) == 0) & ~shapely.is_empty(geometries)
    single = geometry.only(geometries, filled)
    return np.asarray(shapely.get_x(single), float), np.asarray(shapely.get_y(single), float)


def _write_places(
    table: Table, spec: GeometrySpec, lon: Floats, lat: Floats, rows: npt.NDArray[np.bool_], reason: str
) -> Table:
    rows = rows & (np.abs(lon) <= 180) & (np.abs(lat) <= 90)
    for field, degrees in ((spec.latitude, lat), (spec.longitude, lon)):
        if field:
            texts = decimals(np.where(rows, degrees, 0.0))
            before = table.cells.column(field).combine_chunks()
            after = pc.if_else(pa.array(rows), texts, before)
            table = written(table, field, before.to_pylist(), after.to_pylist(), reason)
    return table


def _lonlat(table: Table, spec: GeometrySpec) -> tuple[Floats, Floats]:
    """Read the two coordinate columns as numbers; NaN for what is blank or no number (the schema says so)."""
    return _numbers(table, spec.longitude), _numbers(table, spec.latitude)


def _numbers(table: Table, field: str | None) -> Floats:
    if field is None:
        return np.full(table.rows, np.nan)
    texts = table.cells.column(field)
    readable = pc.if_else(pc.match_substring_regex(texts, _NUMBER), texts, pa.scalar(None, pa.string()))
    return np.asarray(readable.cast(pa.float64()).fill_null(np.nan), float)


def _halves(table: Table, spec: GeometrySpec, lon: Floats, lat: Floats) -> Iterator[Finding]:
    """Say where one of the two coordinates stands alone."""
    for index in np.flatnonzero(np.isfinite(lon) != np.isfinite(lat)).tolist():
        missing = spec.latitude if np.isfinite(lon[index]) else spec.longitude
        if missing and not table.cells.column(missing)[index].as_py():
            yield Finding("coordinate-incomplete", "warning", *_place(table, index), missing)


def _disagreeing(table: Table, spec: GeometrySpec, geometries: Geometries) -> Iterator[Finding]:
    """Say where columns and geometry of one row mean two places."""
    lon, lat = _lonlat(table, spec)
    x, y = _points(geometries)
    both = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat) & np.isfinite(x) & np.isfinite(y))
    apart = np.atleast_1d(distance_m(lon[both], lat[both], x[both], y[both]))
    for index, metres in zip(both[apart > _APART_M].tolist(), apart[apart > _APART_M].tolist(), strict=True):
        value = f"{lat[index]:.7g}, {lon[index]:.7g}"
        values = {"metres": f"{metres:,.0f}", "geometry": f"{y[index]:.7f}, {x[index]:.7f}"}
        yield Finding("coordinate-disagrees", "warning", *_place(table, index), spec.latitude, value, values)


def _place(table: Table, index: int) -> tuple[int, int]:
    return table.part[index].as_py(), table.row[index].as_py()
