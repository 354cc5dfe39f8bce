"""The street plan: main roads, river and railway make cells; cells are cut into blocks, and the cuts are the streets."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from api.demo import island
from api.demo.crossings import join_crossings
from api.demo.dividing import Geometries, Indices, Numbers, divide

COAST, SIDE, RING, MAIN, SECOND, LANE = range(6)
"""Ranks of lines: the coast is no street; sides run along river and railway; the ring is the road round the island."""
WIDTHS = np.array([0.0, 3.2, 9.0, 7.5, 5.0, 4.0])
"""Metres from kerb to kerb, by rank."""
RING_ROAD = "県道見本島循環線"


@dataclass(frozen=True, slots=True)
class Net:
    """Lines between crossings and the faces among them, in plan coordinates (metres).

    `edges` object[E] with `rank`, `route` int[E] (index into `routes`, names of main roads or ""); `faces` object[F] cover
    the land, `cell` int[F] tells the cell between main roads (`cells` object[C]) that a face was cut from.
    """

    land: shapely.Polygon
    ring: shapely.Polygon
    corridors: tuple[shapely.Polygon, shapely.Polygon]
    """The strips of river and railway, which no street but a main road crosses."""
    edges: Geometries
    rank: Indices
    route: Indices
    routes: tuple[str, ...]
    cells: Geometries
    faces: Geometries
    cell: Indices


@dataclass(frozen=True, slots=True)
class _Skeleton:
    lines: Geometries
    rank: Indices
    route: Indices
    names: tuple[str, ...]


def lay_out(rng: np.random.Generator) -> Net:
    """Lay out the streets of the island."""
    land = island.land(rng)
    ring = _ring(land)
    corridors = (island.river().buffer(18), island.railway().buffer(12, cap_style="flat"))
    skeleton = _skeleton(land, ring, corridors)
    cells = _polygons(skeleton.lines)
    divided = divide(cells, _block_size(cells, ring, corridors), rng, 1.25)
    lines = np.concatenate([skeleton.lines, divided.cuts])
    rank = np.concatenate([skeleton.rank, np.where(divided.depth <= 2, SECOND, LANE)])
    own = np.concatenate([skeleton.route, len(skeleton.names) + np.arange(len(divided.cuts))])
    edges = shapely.get_parts(shapely.union_all(lines, grid_size=0.01))
    _, line = shapely.STRtree(lines).query_nearest(_middle(edges), all_matches=False)
    edges, kept = join_crossings(edges, rank[line] == COAST)
    line = line[kept]
    names = (*skeleton.names, *[""] * len(divided.cuts))
    faces = _polygons(edges)
    cell = shapely.STRtree(cells).nearest(shapely.point_on_surface(faces))
    return Net(land, ring, corridors, edges, rank[line], own[line], names, cells, faces, cell)


def _ring(land: shapely.Polygon) -> shapely.Polygon:
    """Return the line of the ring road: a stone's throw from the coast, across the mouths of bays, without sharp bends."""
    rough = shapely.Polygon(land.buffer(-330).buffer(215).exterior).simplify(22)
    return shapely.Polygon(island.smooth(tuple(rough.exterior.coords[:-1]), closed=True))


def _skeleton(land: shapely.Polygon, ring: shapely.Polygon, corridors: tuple[shapely.Polygon, ...]) -> _Skeleton:
    mains = island.main_roads()
    sides = [shapely.intersection(corridor.boundary, land) for corridor in corridors]
    inland = [shapely.intersection(road, land) for road in mains.values()]
    lines = np.array([land.exterior, ring.exterior, *inland, *sides], dtype=object)
    rank = np.array([COAST, RING, *[MAIN] * len(mains), SIDE, SIDE])
    # Cuts must end exactly on these lines, so the crossings are made (and rounded) before anything is cut.
    edges = shapely.get_parts(shapely.union_all(lines, grid_size=0.01))
    _, route = shapely.STRtree(lines).query_nearest(_middle(edges), all_matches=False)
    return _Skeleton(edges, rank[route], route, ("", RING_ROAD, *mains, "", ""))


def _polygons(lines: Geometries) -> Geometries:
    faces = shapely.get_parts(shapely.polygonize(lines))
    return np.asarray(faces[shapely.area(faces) > 1])


def _middle(edges: Geometries) -> Geometries:
    return np.asarray(shapely.line_interpolate_point(edges, 0.5, normalized=True))


def distance(points: Numbers, place: tuple[float, float]) -> Numbers:
    """Return the metres from each point (N, 2) to a place."""
    return np.asarray(np.hypot(*(points - np.asarray(place)).T))


def _block_size(cells: Geometries, ring: shapely.Polygon, corridors: tuple[shapely.Polygon, ...]) -> Numbers:
    """Return how large (m²) blocks get in each cell: small near the station, large among the fields, whole on the shore."""
    inner = shapely.point_on_surface(cells)
    points = shapely.get_coordinates(inner)
    away = distance(points, island.STATION)
    size = np.clip(4600 + (away - 500) * 11, 4600, 22_000)
    size = np.where(island.height(points) > 60, 13_000, size)
    lived = (away < 1250) | (distance(points, island.QUAY_CENTRE) < 520)
    size = np.where(shapely.contains(ring, inner) | lived, size, np.inf)
    kept = shapely.contains(corridors[0], inner) | shapely.contains(corridors[1], inner)
    return np.where(kept, np.inf, size)


def between(net: Net, wild: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Say of each edge whether it is a street: a main road, or one that touches a face which is not wild."""
    edge, face = shapely.STRtree(net.faces).query(_middle(net.edges), predicate="dwithin", distance=0.05)
    touched = np.zeros(len(net.edges), dtype=bool)
    np.logical_or.at(touched, edge, ~wild[face])
    return np.asarray((net.rank != COAST) & (touched | np.isin(net.rank, [RING, MAIN])))
