"""Addresses of the map with something shown: #zoom/latitude/longitude/layers/dataset:feature, as js/map/state.js reads it.

What follows the # never reaches the server, so the page of the map stays one and the same and can be kept.
"""

import math
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from api.web.visit import Visit
from catalog.site.release import Box

_CLOSE = 17
_WIDTH = 2.5
"""Tiles of 256 pixels across the map of a phone or a half-wide window."""


def feature_address(visit: Visit, dataset: str, feature: str, lon: float, lat: float) -> str:
    """Return the map at one feature, with its panel open."""
    return f"{visit.url('/map')}#{_CLOSE}/{lat:.5f}/{lon:.5f}/{dataset}/{dataset}:{quote(feature, safe='~')}"


def layers_address(visit: Visit, datasets: Sequence[str]) -> str:
    """Return the map with exactly these layers, as near as the nearest of them has to be seen from."""
    settings = visit.town.map
    releases = [visit.site.releases[dataset] for dataset in datasets]
    box = _union(release.bbox for release in releases if release.bbox)
    if settings.longitude is not None and settings.latitude is not None:
        lon, lat, zoom = settings.longitude, settings.latitude, settings.zoom
    elif box is not None:
        lon, lat, zoom = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2, fitting(box)
    else:
        return visit.url("/map")
    needed = min((release.dataset.map.min_zoom for release in releases if release.dataset.map), default=zoom)
    return f"{visit.url('/map')}#{max(zoom, needed)}/{lat:.5f}/{lon:.5f}/{'.'.join(datasets)}"


def fitting(box: Box) -> int:
    """Return the zoom at which a box fills the map, never closer than a block.

    >>> fitting((138.0, 34.0, 138.1, 34.1)), fitting((138.0, 34.0, 138.0, 34.0))
    (13, 16)
    """
    span = max(box[2] - box[0], box[3] - box[1], 1e-9)
    return max(5, min(16, math.floor(math.log2(_WIDTH * 360 / span))))


def _union(boxes: Iterable[Box]) -> Box | None:
    found = list(boxes)
    if not found:
        return None
    wests, souths, easts, norths = zip(*found, strict=True)
    return min(wests), min(souths), max(easts), max(norths)
