"""Water pipes: exactly 30,000 pieces along the streets, on the street's centre line, as a published map may show them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from api.demo.dividing import Geometries, Indices
from api.demo.landuse import BUILT
from api.demo.plan import Plan, generator
from api.demo.streets import LANE, MAIN, RING, SECOND, SIDE

COUNT = 30_000
BUILT_UP = (
    (1973, ("CIP", "ACP", "VP")),
    (1990, ("DIP-A", "DIP-A", "VP")),
    (2003, ("DIP-K", "HIVP", "HIVP")),
    (2013, ("DIP-NS", "HIVP", "HIVP")),
    (2100, ("DIP-GX", "HPPE", "HPPE")),
)
"""Until that year: codes for mains, middle and small pipes. Cast iron and asbestos cement first, polyethylene now."""


@dataclass(frozen=True, slots=True)
class Pipes:
    """`lines` object[30000] in EPSG:6677, metres; code of the material, mm, fiscal year, m, use."""

    lines: Geometries
    street: Indices
    material: npt.NDArray[np.str_]
    diameter: Indices
    year: Indices
    length: npt.NDArray[np.float64]
    use: npt.NDArray[np.str_]


def lay(plan: Plan) -> Pipes:
    """Lay the pipes."""
    rng = generator(20)
    served = _served(plan)
    lines, owner = _pieces(plan.streets[served], rng)
    street = served[owner]
    rank = plan.rank[street]
    route_year = 1964 + np.round(58 * rng.beta(2.0, 1.6, len(plan.routes))).astype(int)
    renewed = rng.random(len(plan.streets)) < 0.16
    year = np.where(renewed[street], 2012 + street % 13, route_year[plan.route[street]])
    diameter = _diameters(plan, rng)[street]
    return Pipes(
        lines=lines,
        street=street,
        material=_materials(year, diameter, plan.route[street]),
        diameter=diameter,
        year=year,
        length=np.round(shapely.length(lines), 2),
        use=np.select([diameter >= 250, (diameter >= 150) | (rank == RING)], ["送水管", "配水本管"], "配水支管"),
    )


def _served(plan: Plan) -> Indices:
    """Return the streets with a pipe: all that touch a built-up face, and the roads between the hamlets."""
    middle = shapely.line_interpolate_point(plan.streets, 0.5, normalized=True)
    street, face = shapely.STRtree(plan.faces).query(middle, predicate="dwithin", distance=0.05)
    homes = np.zeros(len(plan.streets), dtype=bool)
    np.logical_or.at(homes, street, np.isin(plan.use, BUILT)[face])
    link = np.isin(plan.rank, [RING, MAIN]) & (plan.route != plan.routes.index("林道北森線"))
    return np.flatnonzero(homes | link | (plan.rank == SECOND))


def _pieces(streets: Geometries, rng: np.random.Generator) -> tuple[Geometries, Indices]:
    """Cut the streets into COUNT pieces of nearly equal length; a piece is what lies between two fittings."""
    lengths = shapely.length(streets)
    share = lengths * COUNT / lengths.sum()
    count = np.maximum(1, np.floor(share).astype(int))
    order = np.argsort(-(share - count), kind="stable")
    count[order[: COUNT - count.sum()]] += 1
    owner = np.repeat(np.arange(len(streets)), count)
    nth = np.arange(COUNT) - np.repeat(np.cumsum(count) - count, count)
    jitter = rng.uniform(-0.25, 0.25, COUNT)
    start = np.where(nth == 0, 0.0, (nth + jitter) / count[owner])
    end = np.where(nth == count[owner] - 1, 1.0, np.roll(start, -1))
    ends = [shapely.get_coordinates(shapely.line_interpolate_point(streets[owner], at, normalized=True)) for at in (start, end)]
    return np.asarray(shapely.linestrings(np.round(np.stack(ends, axis=1), 3))), owner


def _diameters(plan: Plan, rng: np.random.Generator) -> Indices:
    """Return the nominal diameter of the pipe in each street (mm): by the rank of the street, one size per route."""
    sizes = {RING: (200, 200), MAIN: (200, 300), SECOND: (100, 150), LANE: (75, 50), SIDE: (100, 75)}
    second = rng.random(len(plan.routes)) < 0.3
    table = np.array([sizes.get(rank, (75, 75)) for rank in range(6)])
    return np.asarray(table[plan.rank, second[plan.route].astype(int)])


def _materials(year: Indices, diameter: Indices, route: Indices) -> npt.NDArray[np.str_]:
    era = np.searchsorted([until for until, _ in BUILT_UP], year, side="right")
    size = np.select([diameter >= 150, diameter >= 75], [0, 1], 2)
    codes = np.array([codes for _, codes in BUILT_UP])
    odd = np.where(route % 9 == 0, np.maximum(size - 1, 0), size)
    return np.asarray(codes[era, odd])
