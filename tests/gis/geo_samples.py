"""Geometries, types and hand-made bytes that several tests of this folder use."""

import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import shapely

Shapefile = Callable[..., Path]
ROADS = [[(138.0, 35.0), (138.001, 35.0)], [(138.001, 35.0), (138.002, 35.001)], [(138.1, 35.1), (138.1, 35.2)]]
TYPES = {"名称": "string", "幅員": "number", "年": "year", "舗装": "boolean", "認定日": "date"}


def lines(*paths: list[tuple[float, float]]) -> np.ndarray:
    """Return object[N] of lines."""
    return shapes(*[shapely.LineString(path) for path in paths])


def shapes(*given: shapely.Geometry | None) -> np.ndarray:
    """Return object[N] of geometries or None."""
    made = np.empty(len(given), dtype=object)
    made[:] = given
    return made


def dbf(fields: list[tuple[bytes, str, int]], records: list[bytes], ldid: int = 0) -> bytes:
    """Return a .dbf by hand: fields (name, type, width) and records with their deletion mark."""
    width = 1 + sum(size for _, _, size in fields)
    header = struct.pack("<BBBBIHH17xB2x", 3, 126, 4, 1, len(records), 32 + 32 * len(fields) + 1, width, ldid)
    described = b"".join(struct.pack("<11sc4xB15x", name, kind.encode(), size) for name, kind, size in fields)
    return header + described + b"\r" + b"".join(record.ljust(width) for record in records) + b"\x1a"
