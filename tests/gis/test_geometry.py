import numpy as np
import pyarrow as pa
import shapely
from geo_samples import shapes
from hypothesis import given, settings
from hypothesis import strategies as st

from gis import geometry

SQUARE = shapely.box(138, 35, 138.01, 35.01)
BOW_TIE = shapely.Polygon([(138, 35), (138.01, 35.01), (138.01, 35), (138, 35.01), (138, 35)])


def test_a_representative_point_lies_on_its_feature() -> None:
    horseshoe = shapely.box(0, 0, 3, 3).difference(shapely.box(1, 0, 2, 2.9))
    two = shapely.MultiLineString([[(0, 0), (0, 1)], [(5, 0), (5, 10)]])
    lon, lat = geometry.representative(shapes(shapely.Point(1, 2), horseshoe, two, BOW_TIE, None, shapely.Polygon()))
    assert (lon[0], lat[0]) == (1, 2)
    assert horseshoe.contains(shapely.Point(lon[1], lat[1]))
    assert (lon[2], lat[2]) == (5, 5)
    assert shapely.box(*BOW_TIE.bounds).contains(shapely.Point(lon[3], lat[3]))
    assert np.isnan([lon[4:], lat[4:]]).all()


def test_boxes_are_nan_where_nothing_is_and_the_box_of_all_leaves_those_out() -> None:
    given = shapes(SQUARE, None, shapely.Point(139, 36), shapely.LineString())
    boxes = geometry.bounds(given)
    assert boxes.shape == (4, 4)
    assert np.isnan(boxes[[1, 3]]).all()
    assert geometry.total_bounds(given) == (138, 35, 139, 36)
    assert geometry.total_bounds(shapes(None, None)) is None
    assert geometry.empty(given).tolist() == [False, True, False, True]


def test_a_defect_says_where_and_in_which_words() -> None:
    (defect,) = geometry.defects(shapes(SQUARE, None, BOW_TIE))
    assert (defect.index, defect.reason) == (2, "Self-intersection")
    assert (defect.lon, defect.lat) == (138.005, 35.005)


def test_bytes_that_hold_no_geometry_are_told_from_rows_without_one() -> None:
    one_point_line = bytes.fromhex("0102000000010000000000000000406140000000000080414000")[:25]
    geometries, unreadable = geometry.from_wkb(pa.array([SQUARE.wkb, None, one_point_line, b"junk"], pa.binary()))
    assert unreadable.tolist() == [False, False, True, True]
    assert geometries[0].equals(SQUARE)


@given(st.lists(st.tuples(st.floats(122, 154), st.floats(20, 46)), min_size=2, max_size=6))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_wkb_there_and_back_is_exact_and_flat(places: list[tuple[float, float]]) -> None:
    line = shapely.LineString([(x, y, 9.0) for x, y in places])
    (back,), _ = geometry.from_wkb(geometry.to_wkb(shapes(line)))
    assert not back.has_z
    assert list(back.coords) == places


def test_only_japan_is_inside_japan() -> None:
    boxes = np.array([[138, 35, 139, 36], [35, 138, 36, 139], [0, 0, 0, 0], [np.nan] * 4, [138, 35, np.inf, 36]])
    assert geometry.inside_japan(boxes).tolist() == [True, False, False, False, False]
