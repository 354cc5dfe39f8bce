"""The town's wider neighbourhood as a box of longitude and latitude: places outside it are looked at twice.

Around the town's centre where machizu.toml names one, else its prefecture, else Japan.
"""

from typing import NamedTuple

from catalog.town import Town

_AROUND = 0.5
"""Degrees, about 50 km: half the width of 高山市, the widest municipality, and then some."""
_MARGIN = 0.1
"""Degrees around a prefecture: facilities just over its border are no mistake."""


class Box(NamedTuple):
    """Degrees of JGD2011."""

    west: float
    south: float
    east: float
    north: float


JAPAN = Box(122.0, 20.0, 154.0, 46.0)


def neighbourhood(town: Town | None) -> Box:
    """Return the narrowest box that the settings allow."""
    if town is None:
        return JAPAN
    x, y = town.map.longitude, town.map.latitude
    if x is not None and y is not None:
        return Box(x - _AROUND, y - _AROUND, x + _AROUND, y + _AROUND)
    number = int(town.code[:2])
    if number not in _PREFECTURES:
        return JAPAN
    west, south, east, north = _PREFECTURES[number]
    return Box(west - _MARGIN, south - _MARGIN, east + _MARGIN, north + _MARGIN)


# Ends of every prefecture with its islands, rounded outward to a tenth of a degree; by 都道府県コード (JIS X 0401).
_PREFECTURES: dict[int, Box] = {
    number: Box(*map(float, ends.split()))
    for number, ends in enumerate(
        (
            *("139.3 41.3 148.9 45.6", "139.4 40.2 141.7 41.6", "140.6 38.7 142.1 40.5", "140.2 37.7 141.7 39.1"),
            *("139.6 38.8 141.0 40.6", "139.5 37.7 140.7 39.3", "139.1 36.7 141.1 38.0", "139.6 35.7 140.9 37.0"),
            *("139.3 36.1 140.3 37.2", "138.3 35.9 139.7 37.1", "138.7 35.7 139.9 36.3", "139.7 34.8 140.9 36.2"),
            *("136.0 20.4 154.0 35.9", "138.9 35.1 139.9 35.7", "137.6 36.7 139.9 38.6", "136.7 36.2 137.8 37.0"),
            *("136.2 36.0 137.4 37.9", "135.4 35.3 136.9 36.3", "138.1 35.1 139.2 36.0", "137.3 35.1 138.8 37.1"),
            *("136.2 35.1 137.7 36.5", "137.4 34.5 139.2 35.7", "136.6 34.5 137.9 35.5", "135.8 33.7 137.0 35.3"),
            *("135.7 34.7 136.5 35.8", "134.8 34.7 136.1 35.8", "135.0 34.2 135.8 35.1", "134.2 34.1 135.5 35.7"),
            *("135.5 33.8 136.3 34.8", "134.9 33.4 136.1 34.4", "133.1 35.0 134.6 35.7", "131.6 34.3 133.4 37.3"),
            *("133.2 34.2 134.5 35.4", "132.0 34.0 133.5 35.2", "130.7 33.7 132.5 34.8", "133.6 33.5 134.9 34.3"),
            *("133.4 34.0 134.5 34.6", "132.0 32.8 133.7 34.4", "132.4 32.7 134.4 33.9", "129.9 33.0 131.2 34.3"),
            *("129.7 32.9 130.6 33.7", "128.1 31.9 130.4 34.8", "129.9 32.0 131.4 33.2", "130.8 32.7 132.2 33.8"),
            *("130.7 31.3 131.9 32.9", "128.3 27.0 131.3 32.4", "122.9 24.0 131.4 27.9"),
        ),
        1,
    )
}
