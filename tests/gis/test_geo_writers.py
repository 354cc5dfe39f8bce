import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from geo_samples import TYPES, shapes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.errors import OutsideError
from gis import vector_file
from gis.formats import geojson, geopackage, geoparquet, readback
from gis.geometry import from_wkb
from gis.geometry_json import decimals, geometry_json
from gis.layer import Layer

Roads = tuple[pa.Table, Layer, list[str]]
WRITERS = {"geojson": geojson, "gpkg": geopackage, "parquet": geoparquet}
FORMATS = list(WRITERS)


def written(folder: Path, name: str, roads: Roads) -> Path:
    cells, layer, ids = roads
    path = folder / f"road.{name}"
    WRITERS[name].write(path, cells, TYPES, layer, ids=ids)
    return path


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_input_gives_the_same_bytes(tmp_path: Path, name: str, roads: Roads) -> None:
    hashes = set()
    for folder in (tmp_path / "one", tmp_path / "another folder"):
        folder.mkdir()
        hashes.add(hashlib.sha256(written(folder, name, roads).read_bytes()).hexdigest())
    assert len(hashes) == 1


@pytest.mark.parametrize("name", FORMATS)
def test_what_was_written_reads_back_with_its_rows_and_box(tmp_path: Path, name: str, roads: Roads) -> None:
    cells, layer, _ = roads
    found = readback.read_back(written(tmp_path, name, roads))
    assert found.rows == 4
    assert found.agrees(readback.expected(cells, layer))
    assert not found.agrees(readback.expected(cells.slice(1), layer))
    assert not found.agrees(readback.Measured(4, (138.0, 35.0, 138.1, 35.3)))
    assert not found.agrees(readback.Measured(4, None))


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "parquet"])
@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="gdal-bin is not installed")
def test_the_gdal_of_debian_opens_it_without_a_word(tmp_path: Path, name: str, roads: Roads) -> None:
    path = written(tmp_path, name, roads)
    said = subprocess.run(["ogrinfo", "-ro", "-al", "-so", str(path)], capture_output=True, text=True, check=True)
    assert said.stderr == ""
    assert "Feature Count: 4" in said.stdout
    assert "Extent: (138.000000, 35.000000) - (138.100000, 35.200000)" in said.stdout


@pytest.mark.parametrize("name", FORMATS)
def test_a_layer_without_any_place_is_still_written(tmp_path: Path, name: str, roads: Roads) -> None:
    cells, _, ids = roads
    nothing = Layer("line", shapes(None, None, None, None))
    found = readback.read_back(written(tmp_path, name, (cells, nothing, ids)))
    assert found == readback.Measured(4, None)


@pytest.mark.parametrize("name", FORMATS)
def test_a_table_without_rows_is_still_written(tmp_path: Path, name: str, roads: Roads) -> None:
    cells, _, _ = roads
    path = written(tmp_path, name, (cells.slice(0, 0), Layer("line", shapes()), []))
    assert readback.read_back(path) == readback.Measured(0, None)


def test_a_file_that_lost_its_end_on_the_way_to_the_disk_is_noticed(tmp_path: Path, roads: Roads) -> None:
    cells, layer, ids = roads
    path = written(tmp_path, "geojson", (cells.slice(0, 3), Layer("line", layer.geometries[:3]), ids[:3]))
    with pytest.raises(OutsideError, match="holds 3 rows where 4 were written"):
        readback.require(path, cells, layer)


def test_geojson_is_typed_and_named_as_the_table(tmp_path: Path, roads: Roads) -> None:
    collection = json.loads(written(tmp_path, "geojson", roads).read_text("utf-8"))
    assert list(collection) == ["type", "bbox", "features"]
    assert collection["bbox"] == [138.0, 35.0, 138.1, 35.2]
    first, second, third, fourth = collection["features"]
    assert first["id"] == "1"
    assert first["properties"] == {"名称": "本町通り", "幅員": 4.5, "年": 2020, "舗装": True, "認定日": "2020-04-01"}
    assert second["properties"]["名称"] == '引用"符\\と\n改行'
    assert third["properties"] == {"名称": None, "幅員": 7, "年": None, "舗装": None, "認定日": "1999-12-31"}
    assert fourth["geometry"] is None
    assert first["geometry"] == {"type": "LineString", "coordinates": [[138, 35], [138.001, 35]]}


def test_every_feature_stands_on_a_line_of_its_own_as_the_store_gets_it(tmp_path: Path, roads: Roads) -> None:
    cells, layer, ids = roads
    lines = written(tmp_path, "geojson", roads).read_bytes().split(b"\n")
    assert [line.rstrip(b",") for line in lines[1:-2]] == list(geojson.features(cells, TYPES, layer, ids))


def test_rows_of_a_table_without_places_are_features_with_null_geometry(roads: Roads) -> None:
    cells, _, ids = roads
    assert all(json.loads(line)["geometry"] is None for line in geojson.features(cells, TYPES, None, ids))
    assert [json.loads(line)["id"] for line in geojson.features(cells, TYPES, None, ids)] == ids


def test_numbers_that_json_does_not_know_are_kept_or_become_text() -> None:
    cells = pa.table({"数": ["+5", ".5", "1e3", "NaN", "1,5", "1e999999", "-0.10", "9" * 301]})
    lines = geojson.features(cells, {"数": "number"}, None, [str(n) for n in range(8)])
    assert [json.loads(line)["properties"]["数"] for line in lines] == [5, 0.5, 1000, "NaN", "1,5", "1e999999", -0.1, "9" * 301]


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(cells=st.lists(TEXT, min_size=1, max_size=6), name=TEXT)
@settings(max_examples=120, deadline=None, derandomize=True)
def test_any_text_comes_back_from_geojson(cells: list[str], name: str) -> None:
    lines = geojson.features(pa.table({name: cells}), {}, None, cells)
    back = [json.loads(line) for line in lines]
    assert [(row["properties"][name] or "") for row in back] == cells
    assert [row["id"] for row in back] == cells


PLACE = st.tuples(st.floats(122, 154, width=64), st.floats(20, 46, width=64))
POLYGON = st.builds(
    lambda x, y, size, hole, turn: shapely.Polygon(
        [(x, y), (x + size, y), (x + size, y + size), (x, y + size)][:: -1 if turn else 1],
        [[(x + size * q, y + size * q), (x + size / 2, y + size * q), (x + size / 2, y + size / 2)] for q in hole],
    ),
    st.floats(122, 150),
    st.floats(20, 40),
    st.floats(0.001, 3),
    st.lists(st.just(0.25), max_size=1),
    st.booleans(),
)
GEOMETRY = st.one_of(
    st.none(),
    st.builds(shapely.Point, PLACE),
    st.builds(shapely.LineString, st.lists(PLACE, min_size=2, max_size=5)),
    st.builds(shapely.MultiLineString, st.lists(st.lists(PLACE, min_size=2, max_size=3), min_size=1, max_size=3)),
    st.builds(shapely.MultiPoint, st.lists(PLACE, min_size=1, max_size=3)),
    POLYGON,
    st.builds(shapely.MultiPolygon, st.lists(POLYGON, min_size=1, max_size=2)),
    st.builds(lambda a, b: shapely.GeometryCollection([a, b]), st.builds(shapely.Point, PLACE), POLYGON),
)


@given(st.lists(GEOMETRY, min_size=1, max_size=8))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_geometry_comes_back_within_seven_decimals_with_its_type(given: list[shapely.Geometry | None]) -> None:
    texts = geometry_json(shapes(*given)).to_pylist()
    for one, text in zip(given, texts, strict=True):
        assert not re.search(r"\.[0-9]{8}", text)
        if one is None:
            assert text == "null"
            continue
        back = shapely.from_geojson(text)
        assert back.geom_type == one.geom_type
        wanted = shapely.orient_polygons(one)
        assert np.allclose(shapely.get_coordinates(back), shapely.get_coordinates(wanted), rtol=0, atol=0.51e-7)


@given(POLYGON)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_exterior_rings_run_counter_clockwise_and_holes_clockwise(polygon: shapely.Polygon) -> None:
    rings = json.loads(geometry_json(shapes(polygon))[0].as_py())["coordinates"]
    assert shapely.LinearRing(rings[0]).is_ccw
    assert not any(shapely.LinearRing(ring).is_ccw for ring in rings[1:])


@given(st.lists(st.floats(-180, 180), min_size=1, max_size=20))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_a_coordinate_is_written_plainly_and_to_the_nearest_centimetre(values: list[float]) -> None:
    for text, number in zip(decimals(np.array(values)).to_pylist(), values, strict=True):
        assert re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]{0,6}[1-9])?", text)
        assert abs(float(text) - number) <= 0.51e-7


def test_what_is_no_coordinate_is_written_as_null() -> None:
    texts = geometry_json(shapes(shapely.Point(-1.797e308, -1.797e308), shapely.Point(), shapely.LineString())).to_pylist()
    assert texts == ["null"] * 3


def test_geopackage_has_typed_columns_and_one_geometry_type(tmp_path: Path, roads: Roads) -> None:
    path = written(tmp_path, "gpkg", roads)
    info = pyogrio.read_info(path)
    assert info["geometry_type"] == "MultiLineString"
    assert dict(zip(info["fields"], info["ogr_types"], strict=True)) == {
        "名称": "OFTString",
        "幅員": "OFTReal",
        "年": "OFTInteger",
        "舗装": "OFTInteger",
        "認定日": "OFTDate",
    }
    table = vector_file.read(path)
    assert (table.crs, table.layer) == ("EPSG:6668", "road")
    assert table.columns.column("幅員").to_pylist() == ["4.5", "", "7", "12"]
    _, layer, _ = roads
    geometries, _ = from_wkb(table.geometry)
    assert geometries[0].geoms[0].equals(layer.geometries[0])
    assert geometries[3] is None


def test_a_column_of_which_one_value_does_not_fit_stays_text(tmp_path: Path) -> None:
    cells = pa.table({"数": ["1", "約3"], "大": ["1" * 30, "2"], "日": ["2026-02-30", "2026-01-01"], "無": ["1e999", "2"]})
    types = {"数": "integer", "大": "integer", "日": "date", "無": "number"}
    path = tmp_path / "a.parquet"
    geoparquet.write(path, cells, types, None, ids=["1", "2"])
    assert pq.read_table(path).to_pydict() == cells.to_pydict()


def test_geoparquet_says_what_version_1_1_wants(tmp_path: Path, roads: Roads) -> None:
    path = written(tmp_path, "parquet", roads)
    table = pq.read_table(path)
    geo = json.loads(table.schema.metadata[b"geo"])
    column = geo["columns"][geo["primary_column"]]
    assert geo["version"] == "1.1.0"
    assert (column["encoding"], column["geometry_types"]) == ("WKB", ["LineString"])
    assert column["bbox"] == [138.0, 35.0, 138.1, 35.2]
    assert column["crs"]["id"] == {"authority": "EPSG", "code": 6668}
    assert [str(kind) for kind in table.schema.types] == ["string", "double", "int32", "bool", "date32[day]", "binary"]
    assert table.column("幅員").to_pylist() == [4.5, None, 7.0, 12.0]


@given(st.lists(GEOMETRY, min_size=1, max_size=5))
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_geopackage_keeps_every_coordinate_exactly(tmp_path: Path, given: list[shapely.Geometry | None]) -> None:
    path = tmp_path / "a.gpkg"
    path.unlink(missing_ok=True)
    cells = pa.table({"番号": [str(n) for n in range(len(given))]})
    geopackage.write(path, cells, {}, Layer("polygon", shapes(*given)), ids=[""] * len(given))
    back, _ = from_wkb(vector_file.read(path).geometry)
    for one, other in zip(given, back, strict=True):
        assert (one is None) == (other is None)
        assert one is None or np.array_equal(shapely.get_coordinates(one), shapely.get_coordinates(other))
