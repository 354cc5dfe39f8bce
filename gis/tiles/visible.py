"""Features smaller than the grid of the last zoom, drawn just large enough to be found there: encoders leave them out."""

import numpy as np
import shapely

from gis.geometry import Geometries, representative

_EXTENT = 4096
"""Grid of a tile in MVT units per side (Mapbox Vector Tile 2.1, 4.1)."""


def visible(geometries: Geometries, kind: str, max_zoom: int) -> Geometries:
    """Return geometries (all placed, degrees) of which none vanishes on the grid of `max_zoom`; the others are as they were."""
    unit = 360 / (1 << max_zoom) / _EXTENT
    drawn = geometries.copy()
    if kind == "line":
        short = np.flatnonzero(shapely.length(geometries) < 2 * unit)
        lon, lat = representative(geometries[short])
        ends = np.stack([np.column_stack([lon - unit, lat]), np.column_stack([lon + unit, lat])], axis=1)
        drawn[short] = shapely.linestrings(ends) if len(short) else []
    elif kind == "polygon":
        # Mean width of a long shape is about twice its area over its outline.
        thin = np.flatnonzero(2 * shapely.area(geometries) < 2 * unit * shapely.length(geometries))
        drawn[thin] = _widened(geometries[thin], unit)
    return drawn


def _widened(geometries: Geometries, unit: float) -> Geometries:
    wide: Geometries = shapely.buffer(shapely.boundary(geometries), unit, quad_segs=1)
    lost = np.flatnonzero(shapely.is_empty(wide))
    corners = [shapely.get_coordinates(geometry)[0] for geometry in geometries[lost]]
    wide[lost] = shapely.buffer(shapely.points(corners), unit, quad_segs=1) if len(lost) else []
    return wide
