"""Crossings that lie a few steps apart become one: surveyors would call them one crossing, and so do pipes."""

import numpy as np
import numpy.typing as npt
import shapely

from api.demo.dividing import Geometries, Indices

NEAR = 7.0
"""Metres; a stretch of street shorter than this is no street."""


def join_crossings(edges: Geometries, fixed: npt.NDArray[np.bool_]) -> tuple[Geometries, Indices]:
    """Pull the ends of every short edge together; ends of `fixed` edges (bool[E], the coast) stay where they are.

    Returns the edges that are left and their indexes among those given.
    """
    ends = np.round(_ends(edges), 2)
    places, node = np.unique(ends.reshape(-1, 2), axis=0, return_inverse=True)
    node = node.reshape(-1, 2)
    anchored = np.zeros(len(places), dtype=bool)
    anchored[node[fixed].ravel()] = True
    leader = np.arange(len(places))
    for one, other in node[(shapely.length(edges) < NEAR) & ~fixed]:
        first, second = sorted((_find(leader, one), _find(leader, other)), key=lambda place: (not anchored[place], place))
        if not anchored[second]:
            leader[second] = first
    together = np.array([_find(leader, place) for place in range(len(places))])
    return _moved(edges, together[node], places)


def _ends(edges: Geometries) -> npt.NDArray[np.float64]:
    first, last = shapely.get_point(edges, 0), shapely.get_point(edges, -1)
    return np.stack([shapely.get_coordinates(first), shapely.get_coordinates(last)], axis=1)


def _find(leader: Indices, place: int) -> int:
    while leader[place] != place:
        place = int(leader[place])
    return place


def _moved(edges: Geometries, node: Indices, places: npt.NDArray[np.float64]) -> tuple[Geometries, Indices]:
    """Draw the edges anew between their crossings; what shrank to nothing, or lies on another, is left out."""
    points, edge = shapely.get_coordinates(edges, return_index=True)
    starts = np.searchsorted(edge, np.arange(len(edges)))
    stops = np.append(starts[1:], len(edge)) - 1
    points[starts], points[stops] = places[node[:, 0]], places[node[:, 1]]
    # A bend that the moved crossing has reached or passed would fold the street back on itself.
    clear = np.minimum(_apart(points, points[starts][edge]), _apart(points, points[stops][edge])) > NEAR
    clear[starts] = clear[stops] = True
    drawn = shapely.linestrings(points[clear], indices=edge[clear])
    real = (node[:, 0] != node[:, 1]) | (shapely.length(drawn) > 4 * NEAR)
    _, first = np.unique(shapely.to_wkb(shapely.normalize(drawn)), return_index=True)
    kept = np.intersect1d(np.flatnonzero(real), first)
    return drawn[kept], kept


def _apart(points: npt.NDArray[np.float64], others: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(np.hypot(*(points - others).T))
