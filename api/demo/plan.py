"""The surveyed town: streets, faces, 町字 and waters in plane coordinates of zone IX, rounded to millimetres."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely

from api.demo import island, landuse, streets
from api.demo.areas import AREAS, area_of
from api.demo.dividing import Geometries, Indices


@dataclass(frozen=True, slots=True)
class Plan:
    """EPSG:6677, (easting, northing) in metres.

    `streets` object[S] between crossings, with `rank`, `route` (index into `routes`) and `area` (index into AREAS);
    `faces` object[F] partition the land and the islets, with `use` and `area`; `areas` object[len(AREAS)] are their unions.
    """

    land: shapely.MultiPolygon
    river: shapely.Polygon
    railway: shapely.LineString
    breakwater: shapely.Polygon
    station: shapely.Point
    streets: Geometries
    rank: Indices
    route: Indices
    routes: tuple[str, ...]
    street_area: Indices
    faces: Geometries
    use: landuse.Uses
    face_area: Indices
    areas: Geometries


def generator(step: int) -> np.random.Generator:
    """Return the random numbers of one step of the generator: each has its own, so that they do not disturb each other."""
    return np.random.Generator(np.random.PCG64([island.SEED, step]))


@cache
def draw() -> Plan:
    """Draw the whole plan; the same every time."""
    net = streets.lay_out(generator(1))
    use = landuse.uses(net, generator(2))
    islets = island.islets(generator(3))
    kept = streets.between(net, np.isin(use, landuse.WILD))
    faces = island.survey(np.concatenate([net.faces, islets]))
    face_area = np.concatenate([area_of(net.cells)[net.cell], area_of(islets)])
    areas = np.array([shapely.union_all(faces[face_area == index], grid_size=0.001) for index in range(len(AREAS))])
    edges = island.survey(net.edges[kept])
    middle = shapely.line_interpolate_point(edges, 0.5, normalized=True)
    return Plan(
        land=shapely.union_all(areas, grid_size=0.001),
        river=island.survey(shapely.intersection(island.river(), net.land)),
        railway=island.survey(shapely.intersection(island.railway(), net.land.buffer(-30))),
        breakwater=island.survey(island.breakwater()),
        station=island.survey(shapely.Point(island.STATION)),
        streets=edges,
        rank=net.rank[kept],
        route=net.route[kept],
        routes=net.routes,
        street_area=face_area[shapely.STRtree(faces).nearest(middle)],
        faces=faces,
        use=np.concatenate([use, np.full(len(islets), "shore")]),
        face_area=face_area,
        areas=areas,
    )
