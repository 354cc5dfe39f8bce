"""package_search over a town's packages: filter, sort, count facets, cut a page. A few dozen packages need no index."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from api.ckan.errors import ActionError, invalid
from api.ckan.query import Indexed, parse
from catalog.folding import fold

Package = Mapping[str, Any]

ROWS = 10
MOST_ROWS = 1000
_SORTABLE = {"name": "name", "title": "title", "title_string": "title", "metadata_modified": "metadata_modified",
             "metadata_created": "metadata_created", "id": "id"}  # fmt: skip
_FACETS = ("organization", "groups", "tags", "res_format", "license_id")


def package_search(packages: Iterable[Package], asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return CKAN's answer; ActionError 409 or 400 for a query or a sort order that it does not understand."""
    tests = [parse(str(asked.get("q") or "")), *(parse(text) for text in _filters(asked))]
    found = [package for package in packages if all(test(_indexed(package)) for test in tests)]
    found = _sorted(found, str(asked.get("sort") or ""))
    start, rows = natural(asked, "start", 0), min(natural(asked, "rows", ROWS), MOST_ROWS)
    names = _facet_names(asked)
    most = natural(asked, "facet.limit", 50)
    counts = {name: _values(found, name).most_common(most or None) for name in names}
    return {
        "count": len(found),
        "facets": {name: {value: count for (value, _), count in counts[name]} for name in names},
        "search_facets": {name: {"title": name, "items": _items(counts[name])} for name in names},
        "results": found[start : start + rows],
        "sort": str(asked.get("sort") or "score desc, metadata_modified desc"),
    }


def _filters(asked: Mapping[str, Any]) -> list[str]:
    listed = asked.get("fq_list") or []
    return [str(text) for text in [asked.get("fq"), *(listed if isinstance(listed, list) else [listed])] if text]


def _indexed(package: Package) -> Indexed:
    formats = [str(resource.get("format", "")) for resource in package["resources"]]
    tags = [str(tag["name"]) for tag in package["tags"]]
    fields = {
        "name": [package["name"]],
        "id": [package["id"]],
        "title": [package["title"]],
        "notes": [package["notes"]],
        "tags": tags,
        "license_id": [package["license_id"]],
        "organization": [(package.get("organization") or {}).get("name", "")],
        "owner_org": [package.get("owner_org") or ""],
        "res_format": sorted(set(formats)),
        "groups": [group["name"] for group in package.get("groups", ())],
        "state": ["active"],
        "dataset_type": ["dataset"],
        "type": ["dataset"],
    }
    names = [str(resource.get("name", "")) for resource in package["resources"]]
    words = [package["name"], package["title"], package["notes"], *tags, *names, *formats]
    return {name: [fold(str(value)) for value in values] for name, values in {**fields, "text": words}.items()}


def _sorted(packages: list[Package], order: str) -> list[Package]:
    found = sorted(packages, key=lambda package: str(package["name"]))
    for part in reversed([part.strip() for part in order.split(",") if part.strip()]):
        match = re.fullmatch(r"([a-z_]+)(?: (asc|desc))?", part)
        if not match or match[1] not in {*_SORTABLE, "score"}:
            raise ActionError(400, "Search Query Error", {"message": f"Invalid sort: {part}"})
        if match[1] != "score":
            key = _SORTABLE[match[1]]
            found.sort(key=lambda package: str(package.get(key, "")), reverse=match[2] == "desc")
    return found


def natural(asked: Mapping[str, Any], name: str, default: int) -> int:
    """Return a parameter that counts something; ActionError 409 when it is no natural number."""
    given = asked.get(name)
    if given in (None, ""):
        return default
    if not re.fullmatch(r"[0-9]{1,9}", str(given), re.ASCII):
        raise invalid(name, "Must be a natural number")
    return int(str(given))


def _facet_names(asked: Mapping[str, Any]) -> list[str]:
    given = asked.get("facet.field") or []
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError:
            given = [given]
    names = [str(name) for name in given] if isinstance(given, list) else []
    unknown = [name for name in names if name not in _FACETS]
    if unknown:
        raise ActionError(400, "Search Query Error", {"message": f"Unknown facet: {unknown[0]}"})
    return names


def _values(packages: Iterable[Package], name: str) -> Counter[tuple[str, str]]:
    """Return how many packages have each (value, its display name) of a facet."""
    return Counter(pair for package in packages for pair in sorted(set(_facet(package, name))))


def _facet(package: Package, name: str) -> list[tuple[str, str]]:
    if name == "organization":
        organization = package.get("organization") or {}
        return [(organization["name"], organization["title"])] if organization else []
    if name == "license_id":
        return [(package["license_id"], package.get("license_title") or package["license_id"])]
    if name == "res_format":
        return [(str(resource["format"]),) * 2 for resource in package["resources"]]
    return [(str(one["name"]), str(one.get("display_name") or one["name"])) for one in package.get(name, ())]


def _items(counts: Iterable[tuple[tuple[str, str], int]]) -> list[dict[str, Any]]:
    return [{"name": value, "display_name": shown, "count": count} for (value, shown), count in counts]
