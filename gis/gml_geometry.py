"""Geometry of GML 2, 3.1 and 3.2 (ISO 19136): an element in, a shapely geometry out, east before north.

Curves and surfaces may stand elsewhere in the file and be referred to (xlink:href), as 国土数値情報 does.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import shapely

from catalog.errors import UnusableSource
from gis.geometry import inside_japan
from gis.gml_frame import Frame, frame_of
from gis.reference_system import is_geographic
from gis.xml_file import Element, local, namespace

Positions = npt.NDArray[np.float64]
Resolve = Callable[[str], shapely.Geometry | None]
"""From the id of a geometry elsewhere in the file to that geometry."""

HREF = "{http://www.w3.org/1999/xlink}href"
_LINES = ("LineString", "LinearRing", "LineStringSegment", "GeodesicString")
_CHAINS = ("Curve", "CompositeCurve", "Ring", "OrientableCurve")
_AREAS = ("Polygon", "PolygonPatch", "Rectangle", "Triangle")
_SHELLS = ("Surface", "CompositeSurface", "OrientableSurface", "PolyhedralSurface", "TriangulatedSurface", "Tin")
_SEVERAL = ("MultiPoint", "MultiCurve", "MultiLineString", "MultiSurface", "MultiPolygon", "MultiGeometry")
GEOMETRIES = frozenset({"Point", *_LINES, *_CHAINS, *_AREAS, *_SHELLS, *_SEVERAL})
"""What can be drawn on a map; solids (and what bounds them) cannot."""
_BENT = (
    "Arc",
    "ArcString",
    "ArcByCenterPoint",
    "Circle",
    "CircleByCenterPoint",
    "CubicSpline",
    "BSpline",
    "Bezier",
    "Clothoid",
)


class Reader:
    """Reads the geometries of one file. `frames`: every frame that was met, which must be of one system."""

    def __init__(self, where: str, resolve: Resolve) -> None:
        self.where = where
        self.frames: set[Frame] = set()
        self._resolve = resolve

    def read(self, element: Element, frame: Frame) -> shapely.Geometry | None:
        """Return the geometry of a GML element, None when it is empty or refers to nothing.

        UnusableSource: numbers that are none, arcs, an order of axes that nothing declares.
        """
        frame = self._frame(element, frame)
        name = local(element)
        if name == "Point":
            rows = self._positions(element, frame)
            return shapely.Point(rows[0]) if len(rows) else None
        if name in _LINES or name in _CHAINS:
            return self._line(element, frame)
        if name in _AREAS:
            return self._area(element, frame)
        members = [one for one in self._members(element, frame) if one is not None]
        if name in _SHELLS:
            return _joined(members) if members else None
        return _collected(members)

    def _frame(self, element: Element, frame: Frame) -> Frame:
        if name := element.get("srsName"):
            frame = frame_of(name, self.where)
        if (numbers := element.get("srsDimension") or element.get("dimension")) in ("2", "3"):
            frame = replace(frame, numbers=int(numbers))
        return frame

    def _members(self, element: Element, frame: Frame) -> Iterator[shapely.Geometry | None]:
        """Give the geometries one or two levels below: members, patches, segments, base curves, or what they refer to."""
        for child in element:
            if href := child.get(HREF):
                yield self._resolve(href.removeprefix("#")) if href.startswith("#") else None
            elif local(child) in GEOMETRIES:
                yield self.read(child, frame)
            elif local(child) in _BENT:
                raise self._bent(local(child))
            elif "gml" in namespace(child) and len(child):
                yield from self._members(child, frame)

    def _line(self, element: Element, frame: Frame) -> shapely.Geometry | None:
        if local(element) in _LINES:
            rows = self._positions(element, frame)
        else:
            pieces = [shapely.get_coordinates(one, include_z=True) for one in self._members(element, frame) if one is not None]
            rows = _chained(pieces)
            rows = rows[::-1] if element.get("orientation") == "-" else rows
        if rows.shape[1] == 3 and np.isnan(rows[:, 2]).all():
            rows = rows[:, :2]
        return shapely.LineString(rows) if len(rows) >= 2 else None

    def _area(self, element: Element, frame: Frame) -> shapely.Geometry | None:
        outer: list[Positions] = []
        holes: list[Positions] = []
        for boundary in element:
            kind = local(boundary)
            if kind not in ("exterior", "interior", "outerBoundaryIs", "innerBoundaryIs"):
                continue
            rings = [one for one in self._members(boundary, frame) if one is not None]
            target = outer if kind in ("exterior", "outerBoundaryIs") else holes
            target += [shapely.get_coordinates(ring, include_z=ring.has_z) for ring in rings]
        if not outer or len(outer[0]) < 3:
            return None
        try:
            return shapely.Polygon(outer[0], [hole for hole in holes if len(hole) >= 3])
        except (ValueError, shapely.GEOSException) as problem:
            raise self._not_numbers() from problem

    def _positions(self, element: Element, frame: Frame) -> Positions:
        """Return the coordinates of one element, N×2 or N×3, east first."""
        lists: list[Positions] = []
        for child in element:
            kind = local(child)
            if kind in ("posList", "pos"):
                lists.append(self._numbers(child, self._frame(child, frame)))
            elif kind in ("pointProperty", "pointRep", "pointMember"):
                lists += [shapely.get_coordinates(one, include_z=one.has_z) for one in self._members_of(child, frame)]
            elif kind == "coordinates":
                lists.append(self._tuples(child, frame))
        lists = [rows for rows in lists if len(rows)]
        if len({rows.shape[1] for rows in lists}) > 1:
            raise self._not_numbers()
        return np.concatenate(lists) if lists else np.empty((0, 2))

    def _members_of(self, child: Element, frame: Frame) -> list[shapely.Geometry]:
        if href := child.get(HREF):
            found = self._resolve(href.removeprefix("#"))
            return [found] if found is not None else []
        return [one for one in self._members(child, frame) if one is not None]

    def _numbers(self, child: Element, frame: Frame) -> Positions:
        numbers = self._parsed((child.text or "").split())
        width = frame.numbers or (len(numbers) if local(child) == "pos" else 2)
        if width not in (2, 3) or len(numbers) % width:
            raise self._not_numbers()
        return self._east_first(numbers.reshape(-1, width), frame)

    def _tuples(self, child: Element, frame: Frame) -> Positions:
        rows = [pair.split(child.get("cs", ",")) for pair in (child.text or "").split(child.get("ts") or None)]
        widths = {len(row) for row in rows}
        if widths - {2, 3} or len(widths) > 1:
            raise self._not_numbers()
        numbers = self._parsed([number for row in rows for number in row])
        return self._east_first(numbers.reshape(-1, widths.pop() if widths else 2), frame)

    def _parsed(self, words: list[str]) -> Positions:
        try:
            if any("_" in word for word in words):  # Python reads 1_0 as ten
                raise ValueError
            return np.array(words, dtype=float)
        except ValueError as problem:
            raise self._not_numbers() from problem

    def _east_first(self, rows: Positions, frame: Frame) -> Positions:
        self.frames.add(frame)
        north_first = frame.north_first
        if north_first is None and len(rows):
            north_first = self._told_by(rows, frame)
        return rows[:, [1, 0, *range(2, rows.shape[1])]] if north_first else rows

    def _told_by(self, rows: Positions, frame: Frame) -> bool:
        """Tell the order where the name leaves it open: degrees of Japan lie 20–46 north and 122–154 east, never both."""
        if is_geographic(frame.crs):
            boxes = rows[:, [0, 1, 0, 1]]
            if inside_japan(boxes).all():
                return False
            if inside_japan(boxes[:, [1, 0, 3, 2]]).all():
                return True
        raise UnusableSource(
            f"{self.where} の座標系は {frame.crs} と書かれているだけで、縦と横のどちらが先かが分かりません。",
            f"{self.where} names its system {frame.crs} only, which does not say whether northing or easting comes first.",
            fix_ja="QGIS などで開いて正しい位置に出ることを確かめ、GeoPackage に書き出して渡してください。",
            fix_en="Open it in QGIS or the like, see that it lies in its place, and export it as GeoPackage.",
            code="axes-undeclared",
        )

    def _not_numbers(self) -> UnusableSource:
        return UnusableSource(
            f"{self.where} に、座標の数字の並びとして読めないところがあります。",
            f"{self.where} holds coordinates that cannot be read as rows of numbers.",
            fix_ja="もとのソフトで開けるか確かめ、書き出し直してください。",
            fix_en="See whether its own software opens it, and export it again.",
            code="geo-file-broken",
        )

    def _bent(self, kind: str) -> UnusableSource:
        return UnusableSource(
            f"{self.where} に円弧などの曲線({kind})があり、そのままでは読めません。",
            f"{self.where} holds curves that are not straight ({kind}), which are not read.",
            fix_ja="線分に直して(QGIS などで開いて)GeoPackage に書き出してください。",
            fix_en="Turn them into straight pieces, for example by exporting it as GeoPackage from QGIS.",
            code="curved-geometry",
        )


def _chained(pieces: list[Positions]) -> Positions:
    """Join the pieces of a curve, the point that two share once."""
    pieces = [piece for piece in pieces if len(piece)]
    if not pieces:
        return np.empty((0, 2))
    rows = [pieces[0]]
    for piece in pieces[1:]:
        shared = np.array_equal(rows[-1][-1], piece[0], equal_nan=True)
        rows.append(piece[1:] if shared else piece)
    return np.concatenate(rows)


def _joined(parts: list[shapely.Geometry]) -> shapely.Geometry:
    """One patch is a polygon, several are a multiple polygon: patches are not merged, so that every vertex stays."""
    polygons = [one for part in parts for one in shapely.get_parts(part)]
    return polygons[0] if len(polygons) == 1 else _collected(polygons)


def _collected(members: list[shapely.Geometry]) -> shapely.Geometry | None:
    single = [one for member in members for one in shapely.get_parts(member)]
    kinds = {one.geom_type for one in single}
    makers = {"Point": shapely.MultiPoint, "LineString": shapely.MultiLineString, "Polygon": shapely.MultiPolygon}
    if not single:
        return None
    make = makers[kinds.pop()] if len(kinds) == 1 else shapely.GeometryCollection
    made: shapely.Geometry = make(single)
    return made
