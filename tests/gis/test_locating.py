import dataclasses
from collections import Counter

import numpy as np
import pyarrow as pa
import pytest
import shapely
from geo_samples import lines, shapes
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import RecipeError, UnusableSource
from catalog.library import read_library
from catalog.town import Town, TownName
from gis.reference_system import from_lonlat, plane, to_lonlat
from publish.checking.templates import templates
from publish.locating import Located, locate
from publish.recipe import Recipe
from publish.table.finding import Finding
from publish.table.position import Part
from publish.table.table import RawTable, Table

TOWN = Town(format=1, code="222127", name=TownName(ja="焼津市", en="Yaizu"), zone=8, datum="JGD2000")
EAST, NORTH = -20000.0, -130000.0
ROAD = shapely.LineString([(EAST, NORTH), (EAST + 100, NORTH)])


def recipe(dataset: str, **more: object) -> Recipe:
    return Recipe.model_validate({"format": "1", "dataset": dataset, "source": "*", **more})


def table(dataset: str, *rows: dict[str, str], geometry: np.ndarray | None = None, crs: str = "", kind: str = "csv") -> Table:
    definition = read_library()[dataset]
    cells = pa.table({name: pa.array([row.get(name, "") for row in rows], pa.string()) for name in definition.names})
    named = {name: f"町の{name}" for row in rows for name in row}
    return Table(
        dataset=definition,
        parts=(Part("元.shp" if kind == "vector" else "元.csv", kind=kind, crs=crs),),
        cells=cells,
        part=pa.array([0] * len(rows), pa.int32()),
        row=pa.array(range(2, len(rows) + 2), pa.int64()),
        headings=(named,),
        geometry=None if geometry is None else pa.array(shapely.to_wkb(geometry), pa.binary()),
        crs=crs,
    )


def pieces(keys: list[str], geometry: np.ndarray | None, crs: str = "EPSG:2450", **columns: list[str]) -> RawTable:
    return RawTable(
        parts=(Part("図形.shp", kind="vector", crs=crs),),
        cells=pa.table({"番号": pa.array(keys, pa.string()), **{name: pa.array(texts) for name, texts in columns.items()}}),
        part=pa.array([0] * len(keys), pa.int32()),
        row=pa.array(range(1, len(keys) + 1), pa.int64()),
        geometry=None if geometry is None else pa.array(shapely.to_wkb(geometry), pa.binary()),
        crs=crs,
    )


def codes(found: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in found]


def changes(located: Located) -> list[tuple[int | None, str, str, str, str]]:
    return [(c.row, c.field, c.before, c.after, c.reason) for c in located.table.changes]


def test_points_stand_where_the_columns_say() -> None:
    given = table("aed", {"緯度": "34.866", "経度": "138.324"}, {}, {"緯度": "不明", "経度": "138.3"})
    located = locate(given, None, recipe("aed"), None)
    assert located.layer is not None
    assert located.layer.geometries[0].equals(shapely.Point(138.324, 34.866))
    assert located.layer.geometries[1] is None
    assert located.layer.geometries[2] is None
    assert located.table.cells.equals(given.cells)
    assert (located.findings, changes(located)) == ((), [])


def test_one_coordinate_alone_is_a_warning_in_its_cell() -> None:
    located = locate(table("aed", {"緯度": "34.8"}, {"経度": "138.3"}), None, recipe("aed"), None)
    assert [(f.code, f.severity, f.row, f.field) for f in located.findings] == [
        ("coordinate-incomplete", "warning", 2, "経度"),
        ("coordinate-incomplete", "warning", 3, "緯度"),
    ]


@pytest.mark.parametrize(
    ("crs", "axes", "x", "y"),
    [("EPSG:2450", "xy", EAST, NORTH), ("plane", "xy", EAST, NORTH), ("JGD2000 plane 8", "yx", NORTH, EAST)],
)
def test_plane_coordinates_become_degrees_and_every_cell_is_recorded(crs: str, axes: str, x: float, y: float) -> None:
    given = table("aed", {"経度": str(x), "緯度": str(y)}, {})
    located = locate(given, None, recipe("aed", crs=crs, axes=axes), TOWN)
    lon, lat = to_lonlat("EPSG:2450", np.array([EAST]), np.array([NORTH]))
    wrote = {name: located.table.column(name)[0] for name in ("経度", "緯度")}
    assert float(wrote["経度"]) == pytest.approx(lon[0], abs=1e-7)
    assert float(wrote["緯度"]) == pytest.approx(lat[0], abs=1e-7)
    assert changes(located) == [
        (2, "緯度", str(y), wrote["緯度"], "plane-to-degrees"),
        (2, "経度", str(x), wrote["経度"], "plane-to-degrees"),
    ]
    assert located.layer is not None
    assert located.layer.source_crs == "EPSG:2450"
    assert located.layer.geometries[0].equals(shapely.Point(float(wrote["経度"]), float(wrote["緯度"])))
    assert located.table.column("緯度")[1] == ""


@given(zone=st.integers(1, 19), x=st.integers(-60_000, 60_000), y=st.integers(-100_000, 100_000))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_the_degrees_written_lie_within_two_centimetres_of_the_plane_coordinates(zone: int, x: int, y: int) -> None:
    given = table("aed", {"経度": str(x), "緯度": str(y)})
    located = locate(given, None, recipe("aed", crs=f"plane {zone}"), None)
    wrote = [np.array([float(located.table.column(name)[0])]) for name in ("経度", "緯度")]
    back = from_lonlat(plane(zone), *wrote)
    assert abs(back[0][0] - x) < 0.02
    assert abs(back[1][0] - y) < 0.02


def test_degrees_declared_as_jgd2000_stay_as_they_are() -> None:
    located = locate(table("aed", {"緯度": "34.866", "経度": "138.324"}), None, recipe("aed", crs="JGD2000"), None)
    assert changes(located) == []
    assert located.layer is not None
    assert located.layer.source_crs == "EPSG:4612"


def test_blank_coordinates_are_filled_from_a_point_file() -> None:
    points = shapes(shapely.Point(138.3, 34.8), shapely.MultiPoint([(138.4, 34.9)]), None, shapely.Point())
    located = locate(table("aed", {}, {}, {}, {}, geometry=points, crs="EPSG:6668"), None, recipe("aed"), None)
    assert located.table.column("経度") == ["138.3", "138.4", "", ""]
    assert located.table.column("緯度") == ["34.8", "34.9", "", ""]
    assert {reason for *_, reason in changes(located)} == {"from-geometry"}
    assert len(changes(located)) == 4
    assert codes(located.findings) == ["empty-geometry", "empty-geometry"]


def test_columns_go_before_geometry_and_a_difference_is_told() -> None:
    points = shapes(shapely.Point(138.3, 34.8), shapely.Point(138.3, 34.8))
    rows = ({"経度": "138.3", "緯度": "34.80000001"}, {"経度": "138.3", "緯度": "34.81"})
    located = locate(table("aed", *rows, geometry=points, crs="EPSG:6668"), None, recipe("aed"), None)
    (finding,) = located.findings
    assert (finding.code, finding.row, finding.values["metres"]) == ("coordinate-disagrees", 3, "1,109")
    assert located.layer is not None
    assert located.layer.geometries[1].y == 34.81
    assert changes(located) == []


def test_geometry_of_a_file_is_taken_to_degrees() -> None:
    located = locate(table("farm_road", {}, geometry=shapes(ROAD), crs="EPSG:2450"), None, recipe("farm_road"), None)
    lon, lat = to_lonlat("EPSG:2450", np.array([EAST, EAST + 100]), np.array([NORTH, NORTH]))
    assert located.layer is not None
    assert np.array_equal(shapely.get_coordinates(located.layer.geometries[0]), np.column_stack([lon, lat]))
    assert (located.layer.kind, located.layer.source_crs, located.findings) == ("line", "EPSG:2450", ())


def test_parts_of_different_systems_each_find_their_place() -> None:
    given = table("farm_road", {}, {}, geometry=lines([(138, 35), (138, 36)], [(0, 0), (0, 100)]), crs="")
    parts = (Part("a.shp", crs="EPSG:6668"), Part("b.shp", crs="EPSG:6676"))
    given = dataclasses.replace(given, parts=parts, part=pa.array([0, 1], pa.int32()), headings=({}, {}))
    located = locate(given, None, recipe("farm_road"), None)
    assert located.layer is not None
    assert located.layer.geometries[0].coords[0] == (138, 35)
    assert located.layer.geometries[1].coords[0] == pytest.approx((138.5, 36.0), abs=1e-9)
    assert located.layer.source_crs == "EPSG:6668, EPSG:6676"


def test_a_file_that_says_no_system_is_refused_with_what_to_write() -> None:
    with pytest.raises(UnusableSource) as refused:
        locate(table("farm_road", {}, geometry=shapes(ROAD)), None, recipe("farm_road"), TOWN)
    assert "crs: plane 8" in refused.value.fix["ja"]
    located = locate(table("farm_road", {}, geometry=shapes(ROAD)), None, recipe("farm_road", crs="plane 8"), TOWN)
    assert located.findings == ()


@pytest.mark.parametrize("crs", ["EPSG:30168", "EPSG:4301"])
def test_the_old_datum_is_refused(crs: str) -> None:
    with pytest.raises(UnusableSource, match="Tokyo"):
        locate(table("farm_road", {}, geometry=shapes(ROAD), crs=crs), None, recipe("farm_road"), None)
    with pytest.raises(UnusableSource, match="Tokyo"):
        locate(table("aed", {"緯度": "34", "経度": "138"}), None, recipe("aed", crs=crs), None)


def test_a_recipe_that_overrides_the_file_is_a_warning_unless_the_numbers_are_the_same() -> None:
    given = table("farm_road", {}, geometry=shapes(ROAD), crs="EPSG:2450")
    assert locate(given, None, recipe("farm_road", crs="EPSG:6676"), None).findings == ()
    (finding,) = locate(given, None, recipe("farm_road", crs="EPSG:6677"), None).findings
    assert (finding.code, finding.value, finding.row) == ("crs-overridden", "EPSG:2450", None)


def test_each_row_of_the_wrong_kind_empty_invalid_or_unreadable_is_told() -> None:
    bow_tie = shapely.Polygon([(138, 35), (138.01, 35.01), (138.01, 35), (138, 35.01), (138, 35)])
    ring = shapely.LineString([(138, 35), (138.1, 35), (138, 35.1), (138, 35)])
    odd = shapes(
        bow_tie, ring, None, shapely.Polygon(), shapely.Point(138, 35), shapely.Point(138, 35), shapely.box(138, 35, 139, 36)
    )
    given = table("zoning", *[{}] * 7, geometry=odd, crs="EPSG:6668")
    broken = given.geometry.to_pylist()
    broken[5] = b"junk"
    located = locate(dataclasses.replace(given, geometry=pa.array(broken, pa.binary())), None, recipe("zoning"), None)
    assert {(f.code, f.severity, f.row) for f in located.findings} == {
        ("invalid-geometry", "warning", 2),
        ("geometry-kind", "error", 3),
        ("empty-geometry", "warning", 4),
        ("empty-geometry", "warning", 5),
        ("geometry-kind", "error", 6),
        ("unreadable-geometry", "error", 7),
    }
    by_row = {finding.row: finding for finding in located.findings}
    assert by_row[2].values["place"] == "35.0050000, 138.0050000"
    assert by_row[3].values["found_ja"] == "閉じた線"
    assert located.layer is not None
    assert located.layer.geometries[0].equals_exact(bow_tie)


def test_several_points_in_one_row_are_no_point() -> None:
    many = shapes(shapely.MultiPoint([(138, 35), (138, 36)]))
    assert codes(locate(table("aed", {}, geometry=many, crs="EPSG:6668"), None, recipe("aed"), None).findings) == [
        "geometry-kind"
    ]


def test_exchanged_axes_are_an_error_with_the_way_out() -> None:
    exchanged = lines([(35, 138), (35.1, 138.1)])
    given = table("farm_road", {}, geometry=exchanged, crs="EPSG:6668")
    (finding,) = locate(given, None, recipe("farm_road"), None).findings
    assert (finding.code, finding.severity) == ("outside-japan", "error")
    assert "axes: yx" in finding.values["hint_ja"]
    located = locate(given, None, recipe("farm_road", axes="yx"), None)
    assert located.findings == ()
    assert located.layer is not None
    assert located.layer.geometries[0].coords[0] == (138, 35)


@pytest.mark.parametrize("x", [0.0, -20000.0, 1.7e308, -1.797693134862315e308])
def test_a_place_outside_japan_is_an_error_whatever_the_number(x: float) -> None:
    given = table("aed", {}, geometry=shapes(shapely.Point(x, x)), crs="EPSG:6668")
    located = locate(given, None, recipe("aed"), None)
    assert codes(located.findings) == ["outside-japan"]
    assert located.findings[0].values["hint_ja"] == ""


def test_degrees_declared_as_metres_are_an_error() -> None:
    given = table("farm_road", {}, geometry=lines([(138, 35), (138.1, 35)]))
    (finding,) = locate(given, None, recipe("farm_road", crs="plane 8"), None).findings
    assert (finding.code, finding.severity, finding.row) == ("degrees-as-metres", "error", None)


def test_heights_are_dropped_and_counted() -> None:
    high = shapes(shapely.LineString([(138, 35, 5), (138, 36, 6)]), shapely.LineString([(138, 35), (138, 36)]))
    located = locate(table("farm_road", {}, {}, geometry=high, crs="EPSG:6668"), None, recipe("farm_road"), None)
    (finding,) = located.findings
    assert (finding.code, finding.severity, finding.values["count"]) == ("height-dropped", "info", "1")
    assert located.layer is not None
    assert not shapely.has_z(located.layer.geometries).any()


LEDGER = ({"路線番号": "1", "路線名": "本町線"}, {"路線番号": "2"}, {"路線番号": "9"})
PIECES = lines(
    [(EAST, NORTH), (EAST + 50, NORTH)], [(EAST + 50, NORTH), (EAST + 90, NORTH)], [(0, 0), (9, 9)], [(0, 0), (5, 5)]
)
JOIN = {"source": "図形.shp", "on": {"路線番号": "番号"}}


def test_a_ledger_gets_its_geometry_and_both_unmatched_sides_are_listed() -> None:
    side = pieces(["1", "１", "2", "77"], PIECES)
    located = locate(table("road", *LEDGER), side, recipe("road", join=JOIN), None)
    assert located.layer is not None
    assert located.layer.geometries[0].geom_type == "MultiLineString"
    assert located.layer.geometries[1].geom_type == "LineString"
    assert located.layer.geometries[2] is None
    assert [(f.code, f.severity, f.part, f.row, f.field, f.value) for f in located.findings] == [
        ("join-unmatched-ledger", "warning", 0, 4, "路線番号", "9"),
        ("join-unmatched-geometry", "warning", 1, 4, "路線番号", "77"),
    ]
    assert [part.file for part in located.table.parts] == ["元.csv", "図形.shp"]
    assert located.table.heading(1, "路線番号") == "番号"
    assert located.layer.source_crs == "EPSG:2450"


def test_a_bad_piece_is_told_at_the_piece() -> None:
    side = pieces(["1", "2"], shapes(PIECES[0], shapely.Point(EAST, NORTH)))
    located = locate(table("road", *LEDGER[:2]), side, recipe("road", join=JOIN), None)
    assert [(f.code, f.part, f.row) for f in located.findings] == [("geometry-kind", 1, 2)]


def test_blank_values_are_taken_from_the_other_half_where_its_pieces_agree() -> None:
    side = pieces(["1", "1", "2", "2"], PIECES, 延長=["100", "", "5", "6"])
    joined = recipe("road", join={**JOIN, "columns": {"延長": "延長"}})
    located = locate(table("road", *LEDGER[:2]), side, joined, None)
    assert located.table.column("延長") == ["100", ""]
    assert changes(located) == [(2, "延長", "", "100", "joined")]


def test_a_join_may_bring_values_without_geometry() -> None:
    side = pieces(["1"], None, 延長=["100"])
    with pytest.raises(RecipeError):
        locate(table("road", *LEDGER[:1]), side, recipe("road", join={**JOIN, "columns": {"延長": "延長"}}), None)
    given = table("population", {"地域名": "1"})
    rule = {"source": "x", "on": {"地域名": "番号"}, "columns": {"延長": "総人口"}}
    located = locate(given, side, recipe("population", join=rule), None)
    assert located.layer is None
    assert located.table.column("総人口") == ["100"]


@pytest.mark.parametrize("on", [{"路線番号": "No"}, {"番号": "番号"}])
def test_a_join_on_a_name_that_does_not_exist_is_a_recipe_error(on: dict[str, str]) -> None:
    with pytest.raises(RecipeError):
        locate(table("road", *LEDGER), pieces(["1"], PIECES[:1]), recipe("road", join={"source": "x", "on": on}), None)


def test_geometry_that_is_needed_but_absent_is_said_in_one_sentence() -> None:
    with pytest.raises(UnusableSource, match="holds no geometry"):
        locate(table("farm_road", {}), None, recipe("farm_road"), None)
    with pytest.raises(RecipeError, match="no 'join'"):
        locate(table("road", *LEDGER), None, recipe("road"), None)


def test_a_dataset_without_places_has_no_layer() -> None:
    given = table("population", {"地域名": "本町"})
    assert locate(given, None, recipe("population"), None) == Located(given, None, ())


@given(st.lists(st.sampled_from(["1", "2", "3", ""]), max_size=6), st.lists(st.sampled_from(["2", "3", "4", ""]), max_size=6))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_no_row_and_no_piece_disappears_without_a_word(ledger: list[str], keys: list[str]) -> None:
    side = pieces(keys, np.array([ROAD] * len(keys), dtype=object))
    located = locate(table("road", *({"路線番号": key} for key in ledger)), side, recipe("road", join=JOIN), None)
    assert located.layer is not None
    assert located.table.rows == len(located.layer.geometries) == len(ledger)
    told = Counter(finding.code for finding in located.findings)
    assert told["join-unmatched-ledger"] == sum(place is None for place in located.layer.geometries)
    assert told["join-unmatched-geometry"] == sum(key == "" or key not in ledger for key in keys)


def test_every_finding_has_words_in_both_languages() -> None:
    known = templates()
    ours = {
        "join-unmatched-ledger",
        "join-unmatched-geometry",
        "geometry-kind",
        "invalid-geometry",
        "empty-geometry",
        "unreadable-geometry",
        "outside-japan",
        "crs-overridden",
        "height-dropped",
        "coordinate-incomplete",
        "coordinate-disagrees",
        "degrees-as-metres",
    }
    assert ours <= set(known)
    assert all(known[code].message.ja and known[code].message.en and known[code].fix.ja for code in ours)
