"""Cut polygons in two across their oriented box, again and again: a cell becomes blocks, a block becomes fields.

One idea draws the streets and the fields of the example town. All polygons of a round are cut at once (arrays of shapely).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

Geometries = npt.NDArray[np.object_]
Numbers = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

_FAR = 1e4
"""Metres: longer than any polygon of the island."""


@dataclass(frozen=True, slots=True)
class Halves:
    """`left`, `right` object[N], `cut` object[N] lines between them; `good` bool[N]: both are whole and not too small."""

    left: Geometries
    right: Geometries
    cut: Geometries
    good: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Divided:
    """`pieces` object[N] with `origin` int[N] into the polygons given; `cuts` object[M] with their `depth`."""

    pieces: Geometries
    origin: Indices
    cuts: Geometries
    depth: Indices


def halve(polygons: Geometries, share: Numbers, slender: float) -> Halves:
    """Cut each polygon (metres) at `share` of one side of its oriented box.

    A box longer than `slender` times its width is cut across, a stouter one along: so pieces stay about that slender.
    """
    corners = shapely.get_coordinates(shapely.oriented_envelope(polygons)).reshape(-1, 5, 2)[:, :3]
    sides = np.diff(corners, axis=1)
    lengths = np.hypot(sides[..., 0], sides[..., 1])
    long = lengths.argmax(axis=1)
    rows = np.arange(len(polygons))
    stout = lengths.max(axis=1) < slender * lengths.min(axis=1)
    side = np.where(stout, 1 - long, long)
    along = sides[rows, side] / lengths[rows, side, None]
    across = np.stack([-along[:, 1], along[:, 0]], axis=1)
    start = corners[rows, side] + along * (lengths[rows, side] * share)[:, None]
    ends = np.stack([start - across * _FAR, start + across * _FAR], axis=1)
    left = shapely.intersection(polygons, _half_plane(ends, -along))
    right = shapely.intersection(polygons, _half_plane(ends, along))
    cut = shapely.intersection(shapely.linestrings(ends), polygons)
    whole = (shapely.get_type_id(left) == 3) & (shapely.get_type_id(right) == 3) & (shapely.get_type_id(cut) == 1)
    smaller = np.minimum(shapely.area(left), shapely.area(right))
    return Halves(left, right, cut, whole & (smaller > 0.25 * shapely.area(polygons)))


def _half_plane(ends: Numbers, towards: Numbers) -> Geometries:
    shifted = ends[:, ::-1] + towards[:, None, :] * _FAR
    return np.asarray(shapely.polygons(np.concatenate([ends, shifted], axis=1)))


def divide(polygons: Geometries, size: Numbers, rng: np.random.Generator, slender: float) -> Divided:
    """Cut until every piece is at most `size` (m², one per polygon) or cannot be cut well in either direction."""
    pieces, origin = polygons, np.arange(len(polygons))
    done: list[tuple[Geometries, Indices]] = []
    cuts: list[tuple[Geometries, Indices]] = []
    depth = 0
    while len(pieces):
        depth += 1
        small = shapely.area(pieces) <= size[origin]
        done.append((pieces[small], origin[small]))
        pieces, origin = pieces[~small], origin[~small]
        halves = _best(pieces, rng, slender)
        good = halves.good
        done.append((pieces[~good], origin[~good]))
        cuts.append((halves.cut[good], np.full(int(good.sum()), depth)))
        pieces, origin = np.concatenate([halves.left[good], halves.right[good]]), np.tile(origin[good], 2)
    return Divided(
        *(np.concatenate(column) for column in zip(*done, strict=True)),
        *(np.concatenate(column) for column in zip(*cuts, strict=True)),
    )


def _best(pieces: Geometries, rng: np.random.Generator, slender: float) -> Halves:
    """Halve near the middle in the preferred direction; where that does not go well, try other ways in turn."""
    share = rng.uniform(0.45, 0.55, len(pieces))
    best = halve(pieces, share, slender)
    for aside, wanted in ((0.0, 1 / slender), (0.15, slender), (-0.15, slender), (0.15, 1 / slender), (-0.15, 1 / slender)):
        left_over = np.flatnonzero(~best.good)
        again = halve(pieces[left_over], share[left_over] + aside, wanted)
        for column in ("left", "right", "cut", "good"):
            getattr(best, column)[left_over] = getattr(again, column)
    return best


def divide_into(polygons: Geometries, count: int, rng: np.random.Generator, slender: float) -> tuple[Geometries, Indices]:
    """Cut the largest pieces again and again until there are exactly `count`; return them and where each came from."""
    pieces, origin = polygons, np.arange(len(polygons))
    weight = rng.lognormal(0.0, 0.35, len(polygons))
    """Some blocks were parcelled finely long ago, others joined into large fields."""
    stuck = np.zeros(len(polygons), dtype=bool)
    while len(pieces) < count:
        rank = np.where(stuck, 0.0, shapely.area(pieces) * weight[origin])
        few = min(count - len(pieces), int((rank > rank.max() * 0.55).sum()))
        chosen = np.argsort(-rank, kind="stable")[:few]
        halves = _best(pieces[chosen], rng, slender)
        stuck[chosen[~halves.good]] = True
        cut = chosen[halves.good]
        pieces, origin, stuck = pieces.copy(), np.concatenate([origin, origin[cut]]), np.concatenate([stuck, stuck[cut]])
        pieces[cut] = halves.left[halves.good]
        pieces = np.concatenate([pieces, halves.right[halves.good]])
    return pieces, origin
