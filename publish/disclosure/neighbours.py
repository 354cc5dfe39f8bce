"""Neighbours: in which order areas come into question to take up the breakdown of a hidden one.

First those of the same 大字 (本町一丁目, 本町二丁目), then the nearest: by place where rows have one, else by number of the
area, else by the order of the table. The same table gives the same order.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from catalog.suppression import Suppression
from gis.geometry import representative
from gis.layer import Layer
from publish.disclosure.areas import Areas

_BLOCK = re.compile(r"(.+?)第?[0-90-9一二三四五六七八九十百]+(?:丁目|区|組)")
_DIGITS = re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Where areas lie, by name, as the newest table that has them tells."""

    order: Mapping[str, int]
    """Place in that table."""
    number: Mapping[str, int]
    """Number of the area, where it has one."""
    place: Mapping[str, tuple[float, float]]
    """Longitude and latitude, where it is known."""

    def nearest(self, area: str, others: Sequence[str]) -> list[str]:
        """Return the other areas, the nearest first."""
        stem = _stem(area)

        def distance(other: str) -> tuple[bool, float, float, int]:
            apart = abs(self.order[other] - self.order[area])
            return stem == "" or _stem(other) != stem, *self._apart(area, other), apart, self.order[other]

        return sorted((other for other in others if other != area), key=distance)

    def _apart(self, area: str, other: str) -> tuple[float]:
        if area in self.place and other in self.place:
            (x, y), (u, v) = self.place[area], self.place[other]
            return (float(np.hypot((x - u) * np.cos(np.radians(y)), y - v)),)
        if area in self.number and other in self.number:
            return (float(abs(self.number[area] - self.number[other])),)
        return (float("inf"),)


def neighbourhood(cells: pa.Table, layer: Layer | None, tables: Mapping[str, Areas], terms: Suppression) -> Neighbourhood:
    """Return where the areas of all periods lie."""
    codes = cells.column(terms.code).to_pylist() if terms.code else []
    lon, lat = representative(layer.geometries) if layer else (np.empty(0), np.empty(0))
    order: dict[str, int] = {}
    number: dict[str, int] = {}
    place: dict[str, tuple[float, float]] = {}
    for areas in tables.values():
        for at, (name, row) in enumerate(zip(areas.names, areas.rows.tolist(), strict=True)):
            order[name] = at
            if codes and _DIGITS.fullmatch(codes[row]):
                number[name] = int(codes[row])
            if layer and not _missing(lon, row):
                place[name] = (float(lon[row]), float(lat[row]))
    return Neighbourhood(order, number, place)


def _missing(lon: npt.NDArray[np.float64], row: int) -> bool:
    return bool(np.isnan(lon[row]))


def _stem(name: str) -> str:
    match = _BLOCK.fullmatch(name)
    return match[1] if match else ""
