import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS, Transformer

from catalog.errors import RecipeError, UnusableSource
from gis import reference_system as rs

ESRI_ZONE_8 = (
    'PROJCS["JGD_2000_Japan_Zone_8",GEOGCS["GCS_JGD_2000",DATUM["D_JGD_2000",SPHEROID["GRS_1980",6378137.0,298.257222101]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
    'PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",138.5],'
    'PARAMETER["Scale_Factor",0.9999],PARAMETER["Latitude_Of_Origin",36.0],UNIT["Meter",1.0]]'
)


@pytest.mark.parametrize("first", [2443, 6669, 30161])
@pytest.mark.parametrize("version", ["WKT1_ESRI", "WKT1_GDAL", "WKT2_2019"])
def test_every_plane_zone_is_identified_from_every_kind_of_wkt(first: int, version: str) -> None:
    for code in range(first, first + 19):
        assert rs.identify(CRS.from_epsg(code).to_wkt(version)) == f"EPSG:{code}"


@pytest.mark.parametrize("code", [4326, 4612, 6668, 4301, 3857, 6690])
@pytest.mark.parametrize("version", ["WKT1_ESRI", "WKT1_GDAL"])
def test_degrees_web_mercator_and_utm_are_identified(code: int, version: str) -> None:
    assert rs.identify(CRS.from_epsg(code).to_wkt(version)) == f"EPSG:{code}"


def test_a_height_system_beside_the_position_does_not_matter() -> None:
    assert rs.identify(CRS.from_epsg(10169).to_wkt()) == "EPSG:6676"
    assert rs.identify("OGC:CRS84") == "EPSG:4326"


@pytest.mark.parametrize(
    "declared",
    [
        "",
        "これは座標系ではない",
        ESRI_ZONE_8.replace("0.9999", "1.0"),
        ESRI_ZONE_8.replace("138.5", "138.6"),
        'GEOGCS["GCS_unknown",DATUM["D_Unknown",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],'
        'UNIT["Degree",0.0174532925199433]]',
    ],
)
def test_what_is_not_certain_is_not_identified(declared: str) -> None:
    assert rs.identify(declared) == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("EPSG:2450", 2450),
        ("2450", 2450),
        ("ＥＰＳＧ：２４５０", 2450),
        ("plane 8", 6676),
        ("JGD2000 plane 8", 2450),
        ("JGD2000 / 平面直角座標系第8系", 2450),
        ("第Ⅷ系", 6676),
        ("8系", 6676),
        ("plane", 6677),
        ("JGD2011", 6668),
        ("jgd2000", 4612),
        ("WGS84", 4326),
    ],
)
def test_a_recipe_may_name_a_system_as_offices_write_it(text: str, code: int) -> None:
    assert rs.declared_in_recipe(text, zone=9) == f"EPSG:{code}"


def test_the_datum_of_the_town_stands_in_where_a_recipe_leaves_it_out() -> None:
    assert rs.declared_in_recipe("plane 8", datum="JGD2000") == "EPSG:2450"


@pytest.mark.parametrize("text", ["", "nine", "plane 20", "plane 0", "99999", "WGS84 plane 8", "plane"])
def test_what_a_recipe_says_is_refused_with_both_languages_when_it_is_not_understood(text: str) -> None:
    with pytest.raises(RecipeError) as refused:
        rs.declared_in_recipe(text)
    assert "座標系" in refused.value.message["ja"]
    assert refused.value.fix["en"]


@pytest.mark.parametrize("crs", ["EPSG:30168", "EPSG:4301", "EPSG:4269"])
def test_other_datums_are_refused_and_say_by_how_much_the_old_one_lies_off(crs: str) -> None:
    with pytest.raises(UnusableSource, match="450 m"):
        rs.require_supported(crs, "道路.shp")


def test_supported_systems_pass() -> None:
    for crs in ("EPSG:2450", "EPSG:6676", "EPSG:6668", "EPSG:4612", "EPSG:4326", "EPSG:3857", "EPSG:6690"):
        rs.require_supported(crs)


@given(
    zone=st.integers(1, 19),
    datum=st.sampled_from(["JGD2000", "JGD2011"]),
    x=st.floats(-150_000, 150_000),
    y=st.floats(-300_000, 300_000),
)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_there_and_back_again_is_within_a_millimetre_in_every_zone(zone: int, datum: str, x: float, y: float) -> None:
    crs = rs.plane(zone, datum)
    lon, lat = rs.to_lonlat(crs, np.array([x]), np.array([y]))
    back_x, back_y = rs.from_lonlat(crs, lon, lat)
    assert abs(back_x[0] - x) < 0.001
    assert abs(back_y[0] - y) < 0.001


@given(zone=st.integers(1, 19), x=st.floats(-150_000, 150_000), y=st.floats(-300_000, 300_000))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_undoing_the_projection_is_what_proj_answers_without_grids(zone: int, x: float, y: float) -> None:
    crs = rs.plane(zone, "JGD2000")
    lon, lat = rs.to_lonlat(crs, np.array([x]), np.array([y]))
    expected = Transformer.from_crs(crs, rs.LONLAT, always_xy=True).transform(x, y)
    assert np.allclose([lon[0], lat[0]], expected, rtol=0, atol=1e-10)


def test_surveyors_axes_give_the_same_place_when_declared() -> None:
    east, north = np.array([-20000.0]), np.array([-130000.0])
    assert rs.to_lonlat("EPSG:2450", north, east, "yx") == rs.to_lonlat("EPSG:2450", east, north)
    lon, lat = rs.to_lonlat("EPSG:6668", np.array([35.0]), np.array([138.0]), "yx")
    assert (lon[0], lat[0]) == (138.0, 35.0)


def test_a_place_that_a_projection_cannot_reach_is_nan() -> None:
    lon, lat = rs.to_lonlat("EPSG:6676", np.array([1e30, 0.0]), np.array([0.0, 0.0]))
    assert np.isnan([lon[0], lat[0]]).all()
    assert (round(lon[1], 9), round(lat[1], 9)) == (138.5, 36.0)


def test_zone_of_a_code_and_equal_numbers() -> None:
    assert rs.zone_of("EPSG:2450") == rs.zone_of("EPSG:6676") == 8
    assert rs.zone_of("EPSG:6668") is None
    assert rs.same_numbers("EPSG:2450", "EPSG:6676")
    assert rs.same_numbers("EPSG:4612", "EPSG:6668")
    assert not rs.same_numbers("EPSG:2450", "EPSG:6677")
    assert not rs.same_numbers("EPSG:2450", "EPSG:6668")
