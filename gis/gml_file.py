"""GML of any application schema as layers: CityGML with i-UR, 国土数値情報 (JPGIS), 基盤地図情報, simple features.

Each feature type is a layer, each text under a feature a column. Of several geometries that of the lowest level of detail
(LOD 0, then 1) is taken, for a map is looked at from above; solids of higher levels are counted as left out.
"""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

import shapely

from catalog.errors import UnusableSource
from gis.gml_code_list import CodeLists
from gis.gml_columns import Route, columns_of, prefixed
from gis.gml_frame import Frame, frame_of
from gis.gml_geometry import GEOMETRIES, HREF, Reader
from gis.vector_table import VectorTable, wkb_of
from gis.xml_file import Element, elements, forget, local, namespace, text

_MEMBERS = frozenset({"featureMember", "featureMembers", "member", "members", "cityObjectMember"})
_SOLIDS = frozenset({"Solid", "CompositeSolid", "MultiSolid"})
_LEVEL = re.compile(r"^lod(-?\d)")
_FLAT = (0, 1)
"""Levels of detail that are drawn on a map."""
_SKIPPED = frozenset({"boundedBy", "metaDataProperty"})
_ID = ("{http://www.opengis.net/gml}id", "{http://www.opengis.net/gml/3.2}id", "fid")


@dataclass(slots=True)
class _Feature:
    """One feature while its file is being read. `found`: geometries by level; `referred`: where it points to."""

    solids: int = 0

    values: dict[Route, list[str]] = field(default_factory=dict)
    found: list[tuple[int, shapely.Geometry]] = field(default_factory=list)
    referred: list[tuple[Route, str]] = field(default_factory=list)


class _File:
    """What has been read of one file so far."""

    def __init__(self, where: str) -> None:
        self.reader = Reader(where, self._resolve)
        self.frame = Frame()
        self.layers: dict[str, list[_Feature]] = {}
        self.codes: dict[Route, str] = {}
        self._routes: dict[Route, Route] = {}  # one of each: features share them
        self._shapes: dict[str, shapely.Geometry | None] = {}
        self._waiting: dict[str, tuple[Element, Frame]] = {}

    def take(self, depth: int, element: Element) -> None:
        """Look at an element that has ended: a feature, a geometry that features refer to, or what the file says of itself."""
        if depth == 2 and local(element.getparent()) in _MEMBERS:
            self._feature(element)
        elif depth == 1 and local(element) == "boundedBy":
            self._bounded(element)
            forget(element)
        elif depth == 1 and local(element) not in _MEMBERS:
            self._top_level(element)
        elif depth == 1:
            forget(element)

    def _top_level(self, element: Element) -> None:
        if not _is_gml(element):
            self._feature(element)
        elif local(element) in GEOMETRIES and (key := _id_of(element)):
            self._waiting[key] = (element, self.frame)
        else:
            forget(element)

    def _bounded(self, element: Element) -> None:
        for envelope in element:
            if name := envelope.get("srsName"):
                self.frame = frame_of(name, self.reader.where)
            if (numbers := envelope.get("srsDimension")) in ("2", "3"):
                self.frame = replace(self.frame, numbers=int(numbers))

    def _resolve(self, key: str) -> shapely.Geometry | None:
        if key in self._waiting:
            element, frame = self._waiting.pop(key)  # popped first: a geometry that refers to itself ends in None
            self._shapes[key] = self.reader.read(element, frame)
            element.clear()
        return self._shapes.get(key)

    def _feature(self, element: Element) -> None:
        feature = _Feature()
        if key := _id_of(element):
            feature.values[(("", "gml:id"),)] = [key]
        self._walk(element, (), feature, None)
        self.layers.setdefault(_type_name(element), []).append(feature)
        forget(element)

    def _walk(self, element: Element, path: Route, feature: _Feature, level: int | None) -> None:
        for child in element:
            if _is_gml(child) and local(child) in (_SKIPPED | _SOLIDS):
                feature.solids += local(child) in _SOLIDS
            elif _is_gml(child) and local(child) in GEOMETRIES:
                self._geometry(child, feature, level)
            else:
                route = (*path, _step(child))
                self._property(child, self._routes.setdefault(route, route), feature, level)

    def _property(self, child: Element, path: Route, feature: _Feature, level: int | None) -> None:
        found = _LEVEL.match(local(child))
        level = int(found[1]) if found else level
        href = child.get(HREF, "")
        if href.startswith("#") and not len(child):
            feature.referred.append((path, href[1:]))
        elif len(child):
            self._walk(child, path, feature, level)
        elif value := text(child):
            feature.values.setdefault(path, []).append(value)
            if listed := child.get("codeSpace"):
                self.codes[path] = listed
            if unit := child.get("uom"):
                feature.values.setdefault((*path[:-1], (path[-1][0], f"{path[-1][1]}.uom")), []).append(unit)

    def _geometry(self, element: Element, feature: _Feature, level: int | None) -> None:
        if level is not None and level not in _FLAT:
            feature.solids += 1
            return
        if (shape := self.reader.read(element, self.frame)) is not None:
            feature.found.append((-1 if level is None else level, shape))

    def shape_of(self, feature: _Feature) -> shapely.Geometry | None:
        """Return the one geometry of a feature; what it refers to is a geometry, or else the name of another feature."""
        for path, key in feature.referred:
            shape = self._resolve(key)
            if shape is None:
                feature.values.setdefault(path, []).append(key)
            else:
                feature.found.append((-1, shape))
        return min(feature.found, key=lambda one: one[0])[1] if feature.found else None


def read_gml(path: Path, where: str, lists: CodeLists) -> tuple[VectorTable, ...]:
    """Read every layer of a GML file; `where` is how messages call it, `lists` name its codes.

    UnusableSource: as `Reader` and `elements` say, or coordinates of several reference systems.
    """
    file = _File(where)
    for depth, element in elements(path, where):
        file.take(depth, element)
    return tuple(_table(file, name, features, lists) for name, features in file.layers.items())


def _table(file: _File, name: str, features: list[_Feature], lists: CodeLists) -> VectorTable:
    shapes = [file.shape_of(feature) for feature in features]
    columns = columns_of([feature.values for feature in features], name, file.codes, lists)
    more = sum(max(len(feature.found) - 1, 0) for feature in features)
    counted = {"solid": sum(feature.solids for feature in features), "more-geometry": more}
    left_out = {what: number for what, number in counted.items() if number}
    return VectorTable(columns, wkb_of(shapes), _system(file), "utf-8", name, left_out)


def _system(file: _File) -> str:
    systems = {frame.crs for frame in file.reader.frames}
    if len(systems) > 1:
        listed = ", ".join(sorted(crs or "—" for crs in systems))
        raise UnusableSource(
            f"{file.reader.where} の中に座標系が混ざっています({listed})。",
            f"{file.reader.where} mixes reference systems ({listed}).",
            fix_ja="座標系をそろえて書き出し直してください。",
            fix_en="Export it again in one reference system.",
            code="mixed-reference-systems",
        )
    return systems.pop() if systems else file.frame.crs


def _is_gml(element: Element) -> bool:
    return "opengis.net/gml" in namespace(element)


def _step(element: Element) -> tuple[str, str]:
    """Return namespace and name of an element; a generic attribute (CityGML 2.0, 10.12) is called what its maker calls it."""
    called = element.get("name") if "generics" in namespace(element) else None
    return namespace(element), called or local(element)


def _type_name(element: Element) -> str:
    return prefixed(namespace(element), local(element))


def _id_of(element: Element) -> str:
    return next((key for name in _ID if (key := element.get(name))), "")
