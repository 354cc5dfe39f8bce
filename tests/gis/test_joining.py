import shapely
from geo_samples import shapes
from hypothesis import given, settings
from hypothesis import strategies as st

from gis.joining import join

A, B, C = (shapely.LineString([(0, n), (1, n)]) for n in range(3))


def test_pieces_of_a_road_become_one_geometry_and_a_lone_piece_stays_as_it_is() -> None:
    joined = join(["1", "2"], ["1", "2", "1"], shapes(A, B, C))
    assert joined.geometries[0].equals(shapely.MultiLineString([A, C]))
    assert joined.geometries[1] is B
    assert not len(joined.ledger_only)
    assert not len(joined.pieces_only)


def test_both_unmatched_sides_are_known() -> None:
    joined = join(["1", "9", ""], ["1", "8", ""], shapes(A, B, C))
    assert joined.ledger_only.tolist() == [1, 2]
    assert joined.pieces_only.tolist() == [1, 2]
    assert joined.geometries[1] is None


def test_full_width_digits_match_but_leading_zeros_do_not() -> None:
    joined = join(["１２", "012"], [" 12 "], shapes(A))
    assert joined.geometries[0] is A
    assert joined.ledger_only.tolist() == [1]


def test_multiple_pieces_are_flattened_and_missing_ones_left_out() -> None:
    joined = join(["1"], ["1", "1", "1"], shapes(shapely.MultiLineString([A, B]), None, C))
    assert len(joined.geometries[0].geoms) == 3


@given(st.lists(st.sampled_from("abcd"), max_size=8), st.lists(st.sampled_from("bcde"), max_size=8))
@settings(max_examples=80, deadline=None, derandomize=True)
def test_no_piece_is_lost(ledger: list[str], pieces: list[str]) -> None:
    joined = join(ledger, pieces, shapes(*[A] * len(pieces)))
    used = {key: shapely.get_num_geometries(place) for key, place in zip(ledger, joined.geometries, strict=True) if place}
    assert sum(used.values()) + len(joined.pieces_only) == len(pieces)
    assert len(joined.ledger_only) == sum(key not in pieces for key in ledger)
