"""Distance between places in longitude and latitude; light, for what `diff` says."""

from typing import Any

from gis.reference_system import distance


def distance_m(lon1: Any, lat1: Any, lon2: Any, lat2: Any) -> Any:
    """Return the geodesic distance on GRS80 in metres; numbers give a number, arrays of N give an array of N."""
    return distance(lon1, lat1, lon2, lat2)
