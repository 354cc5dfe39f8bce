"""Geometries as GeoJSON text, by columns: a million lines in seconds, each coordinate written with at most 7 decimals.

RFC 7946: longitude first, exterior rings counter-clockwise (§3.1.6); 7 decimals are about one centimetre (§11.2).
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from gis.geometry import Floats, Geometries, bounds, drawable, type_ids

DECIMALS = 7
_SCALE = 10**DECIMALS
_NAMES = {0: "Point", 1: "LineString", 3: "Polygon", 4: "MultiPoint", 5: "MultiLineString", 6: "MultiPolygon"}


def geometry_json(geometries: Geometries) -> pa.Array:
    """Return utf8[N]: a GeoJSON geometry each, the word null where a row has no place or no coordinate of anything."""
    oriented: Geometries = shapely.orient_polygons(geometries)
    kinds = np.where(drawable(bounds(oriented)), type_ids(oriented), -1)
    groups, order = [], []
    for kind in np.unique(kinds):
        rows = np.flatnonzero(kinds == kind)
        order.append(rows)
        groups.append(_of_one_kind(oriented[rows], int(kind)))
    back = np.argsort(np.concatenate(order), kind="stable") if order else np.array([], np.intp)
    return pa.concat_arrays(groups).take(pa.array(back)) if groups else pa.array([], pa.string())


def _of_one_kind(geometries: Geometries, kind: int) -> pa.Array:
    if kind == -1:
        return pa.array(["null"] * len(geometries), pa.string())
    if kind not in _NAMES:
        rounded = shapely.transform(geometries, lambda coordinates: np.round(coordinates, DECIMALS))
        return pa.array(shapely.to_geojson(rounded).tolist(), pa.string())
    _, coordinates, offsets = shapely.to_ragged_array(geometries, include_z=False)
    texts = pc.binary_join_element_wise("[", decimals(coordinates[:, 0]), ",", decimals(coordinates[:, 1]), "]", "")
    for outer in offsets:
        lists = pa.ListArray.from_arrays(pa.array(outer, pa.int32()), texts)
        texts = pc.binary_join_element_wise("[", pc.binary_join(lists, ","), "]", "")
    return pc.binary_join_element_wise(f'{{"type":"{_NAMES[kind]}","coordinates":', texts, "}", "")


def decimals(values: Floats) -> pa.Array:
    """Return numbers as plain text with at most 7 decimals and no trailing zeros.

    >>> decimals(np.array([138.5, -0.00000004, 35.12345678, -3.0])).to_pylist()
    ['138.5', '0', '35.1234568', '-3']
    """
    scaled: npt.NDArray[np.int64] = np.rint(values * _SCALE).astype(np.int64)
    whole, fraction = np.divmod(np.abs(scaled), _SCALE)
    digits = pc.utf8_slice_codeunits(pa.array(fraction + _SCALE).cast(pa.string()), 1)
    texts = pc.binary_join_element_wise(pa.array(whole).cast(pa.string()), digits, ".")
    plain = pc.ascii_rtrim(pc.ascii_rtrim(texts, "0"), ".")
    return pc.if_else(pa.array(scaled < 0), pc.binary_join_element_wise("-", plain, ""), plain)
