"""Distance and direction between places in longitude and latitude; light, for the server and for what `diff` says."""

from typing import Any, Literal

from gis.reference_system import inverse

Direction = Literal["n", "ne", "e", "se", "s", "sw", "w", "nw"]
_DIRECTIONS: tuple[Direction, ...] = ("n", "ne", "e", "se", "s", "sw", "w", "nw")


def distance_m(lon1: Any, lat1: Any, lon2: Any, lat2: Any) -> Any:
    """Return the geodesic distance on GRS80 in metres; numbers give a number, arrays of N give an array of N."""
    return inverse(lon1, lat1, lon2, lat2)[1]


def bearing(lon1: Any, lat1: Any, lon2: Any, lat2: Any) -> Any:
    """Return the direction in which the second place lies, in degrees clockwise from north (0 ≤ degrees < 360)."""
    return inverse(lon1, lat1, lon2, lat2)[0]


def direction(degrees: float) -> Direction:
    """Return the nearest of eight directions, for a sentence.

    >>> direction(359.0), direction(44.0), direction(181.0)
    ('n', 'ne', 's')
    """
    return _DIRECTIONS[round(degrees % 360 / 45) % 8]
