"""The invented island hangs together: what lies on what, and what is counted."""

import re
from collections.abc import Iterable

import numpy as np
import pytest
import shapely

from api.demo import areas, evacuation, facilities, island, parcels, pipes, population, roads, tables, zones
from api.demo.dividing import divide, divide_into, halve
from api.demo.plan import Plan, draw, generator
from catalog.body_code import is_valid
from gis.reference_system import to_lonlat


@pytest.fixture(scope="module")
def plan() -> Plan:
    return draw()


@pytest.fixture(scope="module")
def fields(plan: Plan) -> parcels.Parcels:
    return parcels.survey(plan)


@pytest.fixture(scope="module")
def laid(plan: Plan) -> pipes.Pipes:
    return pipes.lay(plan)


def _overlap(shapes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Areas of every overlap of two shapes, and the smaller of the two."""
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    once = one < other
    one, other = one[once], other[once]
    common = shapely.area(shapely.intersection(shapes[one], shapes[other]))
    return common, np.minimum(shapely.area(shapes[one]), shapely.area(shapes[other]))


def test_the_towns_code_is_valid() -> None:
    assert is_valid(areas.CODE)


def test_the_island_lies_in_the_open_sea_of_its_plane_zone(plan: Plan) -> None:
    west, south, east, north = plan.land.bounds
    lon, lat = to_lonlat(island.CRS, np.array([west, east]), np.array([south, north]))
    assert 141.4 < lon.min() < lon.max() < 141.6
    assert 35.0 < lat.min() < lat.max() < 35.2
    assert 20e6 < plan.land.area < 30e6


def test_faces_and_town_areas_partition_the_land(plan: Plan) -> None:
    for shapes in (plan.faces, plan.areas):
        assert shapely.is_valid(shapes).all()
        assert shapely.area(shapes).sum() == pytest.approx(plan.land.area, abs=1)
        assert _overlap(shapes)[0].max() < 1


def test_there_are_exactly_20000_parcels_and_none_overlaps_another(fields: parcels.Parcels) -> None:
    assert len(fields.shapes) == 20_000
    assert shapely.is_valid(fields.shapes).all()
    common, smaller = _overlap(fields.shapes)
    assert not ((common > 1) & (common > 0.01 * smaller)).any()


def test_parcels_have_the_area_they_state_and_a_lot_number_of_their_own(fields: parcels.Parcels) -> None:
    assert np.abs(shapely.area(fields.shapes) - fields.size).max() <= 0.051
    assert len({*zip(fields.place.tolist(), fields.lot.tolist(), strict=True)}) == 20_000
    assert 60 < fields.size.min() < fields.size.max() < 3000
    assert 0.2 < fields.paddy.mean() < 0.8


def test_parcels_lie_beside_the_streets_in_their_area_outside_the_urban_area(plan: Plan, fields: parcels.Parcels) -> None:
    crossing = shapely.STRtree(plan.streets).query(fields.shapes, predicate="intersects")
    assert crossing.shape[1] == 0
    names = [area.name for area in areas.AREAS]
    assert all(place.startswith(names[area]) for place, area in zip(fields.place.tolist(), fields.area.tolist(), strict=True))
    inner = shapely.point_on_surface(fields.shapes)
    assert shapely.contains(plan.areas[fields.area], inner).all()
    urban = shapely.union_all(zones.area_division(plan)["市街化区域"])
    shapely.prepare(urban)
    assert not shapely.contains(urban, inner).any()


def test_there_are_exactly_30000_pipes_and_they_follow_the_streets(plan: Plan, laid: pipes.Pipes) -> None:
    assert len(laid.lines) == 30_000
    ends = shapely.get_coordinates(laid.lines).reshape(-1, 2, 2)
    points = shapely.points(np.concatenate([ends[:, 0], ends[:, 1], ends.mean(axis=1)]))
    assert shapely.distance(points, np.tile(plan.streets[laid.street], 3)).max() < 1.5
    assert np.abs(shapely.length(laid.lines) - laid.length).max() <= 0.0051
    assert laid.length.min() > 0.5


def test_pipes_join_end_to_end_along_a_street(laid: pipes.Pipes) -> None:
    same = laid.street[1:] == laid.street[:-1]
    ends = shapely.get_coordinates(laid.lines).reshape(-1, 2, 2)
    assert np.array_equal(ends[1:][same, 0], ends[:-1][same, 1])


def test_use_districts_cover_the_urban_area_once_and_there_are_thirteen(plan: Plan) -> None:
    kinds = zones.use_districts(plan)
    assert len(kinds) == 13
    assert all(len(zone.grounds) for zone in kinds)
    grounds = np.concatenate([zone.grounds for zone in kinds])
    assert _overlap(grounds)[0].max() < 1
    urban = zones.area_division(plan)["市街化区域"]
    assert shapely.area(grounds).sum() == pytest.approx(shapely.area(urban).sum(), abs=1)
    centre = next(zone for zone in kinds if zone.name == "商業地域")
    assert shapely.union_all(centre.grounds).distance(plan.station) < 40


def test_area_division_covers_the_land(plan: Plan) -> None:
    both = zones.area_division(plan)
    assert sum(shapely.area(grounds).sum() for grounds in both.values()) == pytest.approx(plan.land.area, abs=1)


def test_named_places_stand_in_the_area_of_their_address(plan: Plan) -> None:
    shapes = dict(zip((area.id for area in areas.AREAS), plan.areas, strict=True))
    placed = facilities.places()
    assert all(shapes[place.area.id].contains(place.point) for place in placed)
    assert len({place.facility.name for place in placed}) == len(placed)
    assert len({place.address for place in placed}) == len(placed)


def test_the_same_place_has_the_same_address_and_position_in_every_table() -> None:
    aed = {row[4]: (str(row[8]), str(row[9])) for row in tables.aed()}
    shelter = {row[1]: (str(row[5]), str(row[6])) for row in evacuation.rows()}
    shared = aed.keys() & shelter.keys()
    assert len(shared) > 20
    assert all(aed[name] == shelter[name] for name in shared)


def test_phone_numbers_are_of_an_area_code_that_nobody_has() -> None:
    assert all(re.fullmatch(r"\(0999\)00-[0-9]{4}", place.phone) for place in facilities.places())


def test_ages_and_sexes_add_up_in_every_month() -> None:
    for month in range(len(population.MONTHS)):
        for row in population.rows(month):
            people = dict(zip(population.HEADINGS, row, strict=True))
            for sex in ("男性", "女性"):
                assert people[sex] == sum(int(str(people[f"{band}の{sex}"])) for band in population.BANDS)
            assert people["総人口"] == int(str(people["男性"])) + int(str(people["女性"])) > 0


def test_every_certified_route_has_a_name_of_its_own_and_pieces(plan: Plan) -> None:
    routes = roads.certified(plan)
    assert _unique(route.number for route in routes)
    assert _unique(route.name for route in routes)
    assert sum(len(route.streets) for route in routes) > 3 * len(routes)
    assert not any("県道" in route.name or "林道" in route.name for route in routes)


def test_no_street_is_both_certified_and_a_farm_road(plan: Plan) -> None:
    certified = np.concatenate([route.streets for route in roads.certified(plan)])
    farm = np.concatenate([route.streets for route in roads.farm_roads(plan)])
    assert not np.intersect1d(certified, farm).size
    assert len(certified) + len(farm) < len(plan.streets)


def _unique(values: Iterable[str]) -> bool:
    found = list(values)
    return len(set(found)) == len(found)


def test_halving_keeps_the_area() -> None:
    squares = np.array([shapely.box(0, 0, 10, 4), shapely.box(5, 5, 6, 9)])
    halves = halve(squares, np.array([0.5, 0.4]), 1.25)
    assert halves.good.all()
    assert np.allclose(shapely.area(halves.left) + shapely.area(halves.right), shapely.area(squares))
    assert shapely.length(halves.cut).tolist() == pytest.approx([4, 1])


def test_dividing_goes_on_until_every_piece_is_small() -> None:
    cells = np.array([shapely.box(0, 0, 100, 60), shapely.box(100, 0, 130, 20)])
    divided = divide(cells, np.array([300.0, 1000.0]), generator(0), 1.25)
    assert shapely.area(divided.pieces[divided.origin == 0]).max() <= 300
    assert (divided.origin == 1).sum() == 1
    assert shapely.area(divided.pieces).sum() == pytest.approx(6600)


def test_dividing_into_a_count_makes_exactly_so_many() -> None:
    pieces, origin = divide_into(np.array([shapely.box(0, 0, 90, 50), shapely.box(200, 0, 230, 90)]), 37, generator(0), 1.9)
    assert len(pieces) == len(origin) == 37
    assert shapely.area(pieces).sum() == pytest.approx(4500 + 2700)
