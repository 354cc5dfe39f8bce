"""Query parameters of /ogc: what is allowed where, and their values; anything else is refused
(17-069r4, /req/core/query-param-unknown and query-param-invalid)."""

import re
from dataclasses import dataclass, field

from api.web.problems import Problem
from api.web.visit import Visit
from catalog.dataset import Field
from catalog.site.release import Box, Release
from catalog.store.features import Query

DEFAULT_LIMIT = 10
LIMIT = 1000

_INSTANT = r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))?"
_DATETIME = re.compile(rf"{_INSTANT}|({_INSTANT}|\.\.)?/({_INSTANT}|\.\.)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Common:
    """The parameters of every address."""

    html: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """The parameters of a page of items, checked."""

    limit: int
    offset: int
    query: Query
    given: dict[str, str] = field(default_factory=dict)
    """As they were written, for the links to the next page."""


def checked(visit: Visit, allowed: frozenset[str] = frozenset()) -> Common:
    """Return the common parameters; Problem 400 for any that is unknown or given twice."""
    given = visit.request.query_params
    for name, _ in given.multi_items():
        if name not in allowed | {"f"}:
            raise Problem(400, "parameter_unknown", parameter=name)
        if len(given.getlist(name)) > 1:
            raise Problem(400, "parameter_twice", parameter=name)
    if given.get("f", "json") not in ("json", "html"):
        raise Problem(400, "parameter_value", parameter="f", expected="json, html")
    return Common(html=given.get("f") == "html")


def queryables(release: Release) -> dict[str, Field]:
    """Return the fields by which items can be filtered, by their national names."""
    taken = {"f", "limit", "offset", "bbox", "datetime"}
    return {one.name: one for one in release.dataset.published if one.name not in taken and '"' not in one.name}


def items_parameters(visit: Visit, release: Release) -> Items:
    """Return the parameters of `/items`; Problem 400 names the one that is wrong."""
    fields = queryables(release)
    checked(visit, frozenset(fields) | {"limit", "offset", "bbox", "datetime"})
    given = dict(visit.request.query_params)
    if "datetime" in given and not _DATETIME.fullmatch(given["datetime"]):
        raise Problem(400, "parameter_value", parameter="datetime", expected="2026-04-01, 2026-04-01/..")
    # No field is declared as the time of a feature, so every feature meets any time (§7.15.4).
    equals = {name: _value(fields[name], value) for name, value in given.items() if name in fields}
    query = Query(box=_box(given["bbox"]) if "bbox" in given else None, equals=equals)
    limit = min(_count("limit", given.get("limit", str(DEFAULT_LIMIT)), least=1), LIMIT)
    return Items(limit, _count("offset", given.get("offset", "0"), least=0), query, given)


def _count(name: str, text: str, *, least: int) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text, re.ASCII) or int(text) < least:
        raise Problem(400, "parameter_value", parameter=name, expected=f"{least}…")
    return int(text)


def _box(text: str) -> Box:
    """Read west,south,east,north, or six numbers whose heights do not matter here."""
    parts = text.split(",")
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        numbers = []
    if len(numbers) == 6:
        numbers = [numbers[0], numbers[1], numbers[3], numbers[4]]
    if len(numbers) != 4 or not all(abs(number) <= 1e6 for number in numbers) or numbers[1] > numbers[3]:
        raise Problem(400, "parameter_value", parameter="bbox", expected="138.1,34.7,138.4,34.9")
    west, south, east, north = numbers
    return west, south, east, north


def _value(one: Field, text: str) -> str | float:
    if one.type not in ("integer", "number", "year"):
        return {"true": 1.0, "false": 0.0}.get(text, text) if one.type == "boolean" else text
    try:
        return float(text)
    except ValueError:
        raise Problem(400, "parameter_value", parameter=one.name, expected=one.type) from None
