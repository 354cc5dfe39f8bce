"""Layer: the place of every row, in longitude and latitude of JGD2011, aligned with the rows of a table."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

CRS = "EPSG:6668"
"""JGD2011 geographic; coordinates are kept as (longitude, latitude) in degrees."""


@dataclass(frozen=True, slots=True)
class Layer:
    """`geometries`: object[N] of shapely geometries or None where a row has no place. `kind`: point, line, polygon."""

    kind: str
    geometries: npt.NDArray[np.object_]
    source_crs: str = CRS
    """What the file declared, for the release's metadata."""
