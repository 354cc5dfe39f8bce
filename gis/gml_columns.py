"""Columns of a feature type: the texts that its features hold, under headings a person can read.

A heading is the name of the element; one of i-UR keeps its prefix (uro:year), because the words alone say little, and
`class`, `function` and `usage` are named with their feature type, because they mean something else in each.
"""

import re
from collections.abc import Mapping, Sequence

import pyarrow as pa

from gis.gml_code_list import CodeLists

Route = tuple[tuple[str, str], ...]
"""(namespace, name) of each element from below the feature down to the text."""
Values = Mapping[Route, Sequence[str]]

_IUR = re.compile(r"/iur/(ur[of])/")
_KINDS = frozenset({"class", "function", "usage"})
_SEVERAL = "、"
"""Between several texts of one name in one feature."""


def prefixed(namespace: str, name: str) -> str:
    """Return the name of an element or type, with the prefix of i-UR whatever the file's own is."""
    found = _IUR.search(namespace)
    return f"{found[1]}:{name}" if found else name


def columns_of(rows: Sequence[Values], feature_type: str, codes: Mapping[Route, str], lists: CodeLists) -> pa.Table:
    """Return one utf8 column per route, "" where a feature has none, and one with the names of its codes where they are known.

    `codes`: which code list a route takes its values from.
    """
    routes = list(dict.fromkeys(route for row in rows for route in row))
    names = _named(routes, feature_type)
    columns: list[tuple[str, list[str]]] = []
    for route in routes:
        columns.append((names[route], [_SEVERAL.join(row.get(route, ())) for row in rows]))
        if known := lists.named(codes.get(route, "")):
            spoken = [_SEVERAL.join(known.get(code, "") for code in row.get(route, ())) for row in rows]
            columns.append((f"{names[route]}.name", spoken))
    arrays = [pa.array(texts, pa.string()) for _, texts in columns]
    return pa.table(arrays, names=[name for name, _ in columns])


def _named(routes: Sequence[Route], feature_type: str) -> dict[Route, str]:
    short = {route: _heading(route, feature_type) for route in routes}
    met: dict[str, int] = {}
    for name in short.values():
        met[name] = met.get(name, 0) + 1
    return {route: name if met[name] == 1 else _longer(route, name) for route, name in short.items()}


def _heading(route: Route, feature_type: str) -> str:
    namespace, name = next((step for step in reversed(route) if not _is_wrapping(*step)), route[-1])
    own = len(route) == 1 and name in _KINDS and feature_type.startswith("ur")
    return f"{feature_type}.{name}" if own else prefixed(namespace, name)


def _is_wrapping(namespace: str, name: str) -> bool:
    """Say whether an element only wraps the text of the one around it (gml:timePosition, gen:value)."""
    return "opengis.net/gml" in namespace or ("generics" in namespace and name == "value")


def _longer(route: Route, name: str) -> str:
    parent = route[-2] if len(route) > 1 else None
    return f"{prefixed(*parent)}.{name}" if parent else name
