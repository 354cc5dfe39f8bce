"""The real files of Yaizu and others, against what GDAL's own tools say of them; skipped where the folder is absent."""

import shutil
import subprocess
from collections import Counter
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyogrio
import pytest
import shapely
from lxml import etree  # type: ignore[import-untyped]

from catalog.library import read_library
from gis import geometry, vector_file
from gis.formats import geojson, geopackage, geoparquet
from gis.layer import Layer
from publish.locating import Located, locate
from publish.normalising import normalise
from publish.reading.source import read
from publish.recipe import Recipe

SHAPEFILES = {
    "farmland/yaizu/農業地域振興計画_農用地区域/農用地区域.shp": ("EPSG:2450", 332, 2),
    "roads/yaizu/農道一般平面図_農道/農道.shp": ("EPSG:6668", 26, 0),
    "roads/yaizu/都市計画道路/都市計画道路.shp": ("EPSG:2450", 300, 0),
    "zoning/yaizu/都市計画図_第一種低層住居専用地域/第一種低層住居専用地域.shp": ("EPSG:2450", 12, 2),
    "boundaries/yaizu/状況類似地区/JYOU.shp": ("EPSG:4326", 467, 0),
    "roads/wakayama-traffic-regulation/Road_regulations_Point.shp": ("EPSG:4612", 114, 0),
}


def located(folder: Path, name: str, dataset: str, **more: object) -> Located:
    recipe = Recipe.model_validate({"format": "1", "dataset": dataset, "source": "*", "as_of": "2026-01-01", **more})
    table, _ = normalise(read(folder / name, name=name, recipe=recipe), recipe, read_library()[dataset])
    return locate(table, None, recipe, None)


@pytest.mark.parametrize("name", SHAPEFILES)
def test_rows_system_and_defects_are_those_of_the_file(realdata: Path, name: str) -> None:
    crs, rows, invalid = SHAPEFILES[name]
    before = {path: path.read_bytes() for path in sorted((realdata / name).parent.iterdir()) if path.is_file()}
    table = vector_file.read(realdata / name)
    assert (table.crs, table.rows) == (crs, rows)
    geometries = geometry.reproject(geometry.from_wkb(table.geometry)[0], crs)
    assert len(geometry.defects(geometries)) == invalid
    assert geometry.inside_japan(geometry.bounds(geometries)).all()
    assert {path: path.read_bytes() for path in sorted((realdata / name).parent.iterdir()) if path.is_file()} == before


@pytest.mark.skipif(shutil.which("ogr2ogr") is None, reason="gdal-bin is not installed")
def test_the_projection_is_that_of_ogr2ogr(realdata: Path, tmp_path: Path) -> None:
    name = "farmland/yaizu/農業地域振興計画_農用地区域/農用地区域.shp"
    out = tmp_path / "by-gdal.geojson"
    command = ["ogr2ogr", "-f", "GeoJSON", "-t_srs", "EPSG:6668", "-lco", "COORDINATE_PRECISION=15", out, realdata / name]
    subprocess.run(command, check=True, capture_output=True)
    theirs = shapely.get_coordinates(geometry.from_wkb(vector_file.read(out).geometry)[0])
    layer = located(realdata, name, "farm_promotion_area").layer
    assert layer is not None
    assert np.abs(shapely.get_coordinates(layer.geometries) - theirs).max() < 1e-9


def test_farmland_areas_are_published_as_they_are_with_two_warnings(realdata: Path, tmp_path: Path) -> None:
    found = located(realdata, "farmland/yaizu/農業地域振興計画_農用地区域/農用地区域.shp", "farm_promotion_area")
    assert Counter((f.code, f.severity, f.row) for f in found.findings) == {
        ("invalid-geometry", "warning", 44): 1,
        ("invalid-geometry", "warning", 229): 1,
    }
    assert found.layer is not None
    ids = [str(n) for n in range(found.table.rows)]
    for writer, suffix in ((geojson, "geojson"), (geopackage, "gpkg"), (geoparquet, "parquet")):
        writer.write(tmp_path / f"a.{suffix}", found.table.cells, {}, found.layer, ids=ids)


def test_an_area_drawn_as_lines_is_refused_row_by_row(realdata: Path) -> None:
    found = located(realdata, "zoning/yaizu/準防火地域/準防火地域.shp", "zoning")
    assert Counter(f.code for f in found.findings) == {"geometry-kind": 5}
    assert {f.values["found_ja"] for f in found.findings} == {"閉じた線"}


def test_the_point_at_minus_infinity_is_found(realdata: Path) -> None:
    found = located(realdata, "other/yaizu/文化財マップ.geojson", "public_toilet")
    assert [(f.code, f.row) for f in found.findings] == [("outside-japan", 157)]


def test_a_zip_without_prj_needs_a_system_from_the_recipe(realdata: Path) -> None:
    path = realdata / "facilities/wakayama-pref/list-of-public-facilities.zip"
    table = vector_file.read(path)
    assert (table.rows, table.crs, table.encoding) == (1758, "", "cp932")
    wrong = located(realdata, path.relative_to(realdata).as_posix(), "public_toilet", crs="JGD2000 plane 6")
    assert [(f.code, f.severity) for f in wrong.findings] == [("degrees-as-metres", "error")]
    right = located(realdata, path.relative_to(realdata).as_posix(), "public_toilet", crs="JGD2011")
    assert right.findings == ()
    assert right.layer is not None
    west, south, east, north = geometry.total_bounds(right.layer.geometries) or (0, 0, 0, 0)
    assert 134.9 < west < east < 136.1
    assert 33.4 < south < north < 34.5


def test_huge_flood_areas_with_heights_keep_every_vertex(realdata: Path) -> None:
    table = vector_file.read(realdata / "pipes/yaizu-naisui/内水浸水想定区域.geojson")
    raw, unreadable = geometry.from_wkb(table.geometry)
    assert not unreadable.any()
    layer = Layer("polygon", geometry.reproject(raw, table.crs))
    assert shapely.get_num_coordinates(layer.geometries).sum() == shapely.get_num_coordinates(raw).sum()
    assert not shapely.has_z(layer.geometries).any()


CITY_MODELS = {
    "zoning/plateau-urf/kawasaki-shi/533915_urf_6668_yoto_op.gml": ("urf:UseDistrict", "UseDistrict"),
    "zoning/plateau-urf/numazu-shi/523857_urf_6668_op.gml": ("urf:UseDistrict", "UseDistrict"),
    "pipes/nagaoka-plateau-unf/08EE753_unf_10169_water_op.gml": ("uro:WaterPipe", "WaterPipe"),
}


@pytest.mark.parametrize("name", CITY_MODELS)
def test_every_vertex_of_a_city_model_is_where_gdal_puts_it(realdata: Path, tmp_path: Path, name: str) -> None:
    layer, kind = CITY_MODELS[name]
    table = vector_file.read(realdata / name, layer=layer)
    copy = shutil.copyfile(realdata / name, tmp_path / "model.gml")  # GDAL writes a .gfs beside what it opens
    _, read_by_gdal = pyogrio.read_arrow(copy, layer=kind)
    expected = shapely.from_wkb(read_by_gdal.column(read_by_gdal.column_names[-1]).to_pylist())
    found = geometry.from_wkb(table.geometry)[0]
    assert table.rows == len(expected)
    ours, theirs = (shapely.get_coordinates(shapes, include_z=True) for shapes in (found, expected))
    assert ours.shape == theirs.shape
    assert np.nanmax(np.abs(ours - theirs)) < 1e-9  # GDAL reads the last of seventeen digits in its own way
    assert geometry.inside_japan(geometry.bounds(geometry.reproject(found, table.crs))).all()


def test_every_vertex_of_the_sewers_stands_in_the_file_northing_first(realdata: Path) -> None:
    path = realdata / "pipes/nagaoka-plateau-unf/08EE753_unf_10169_sewer_op.gml"
    table = vector_file.read(path, layer="uro:SewerPipe")
    tree = etree.parse(path)
    written = [
        np.array(" ".join(one.text for one in pipe.iterfind(".//{*}lod0Geometry//{*}posList")).split(), float).reshape(-1, 3)
        for pipe in tree.iterfind(".//{*}SewerPipe")
    ]
    found = geometry.from_wkb(table.geometry)[0]
    assert len(written) == table.rows == 158
    for shape, rows in zip(found, written, strict=True):
        assert np.array_equal(shapely.get_coordinates(shape, include_z=True).reshape(-1, 3), rows[:, [1, 0, 2]])


def test_flatgeobuf_is_read_as_gdal_reads_it(realdata: Path) -> None:
    path = realdata / "boundaries/noto-town-koaza/noto_town_koaza_area.fgb"
    table = vector_file.read(path)
    _, theirs = pyogrio.read_arrow(path)
    assert (table.rows, table.crs) == (202, "EPSG:2449")
    assert table.geometry.equals(theirs.column(theirs.column_names[-1]).combine_chunks().cast(pa.binary()))
    assert table.columns.column("S_NAME").to_pylist() == [name or "" for name in theirs.column("S_NAME").to_pylist()]
