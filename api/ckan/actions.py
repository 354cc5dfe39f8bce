"""The reading actions of CKAN's Action API 3: parameters in, `result` out. A package, resource, tag or organization is
found by id or name, as CKAN does."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from api.ckan.errors import ActionError, invalid, not_found
from api.ckan.packages import Package, organization, packages
from api.ckan.search import natural
from api.ckan.search import package_search as search
from api.web.visit import Visit
from catalog.folding import fold

Asked = Mapping[str, Any]
Action = Callable[[Visit, Asked], Any]
T = TypeVar("T")

CKAN_VERSION = "2.12"
"""The CKAN whose answers these are like: clients look here for what they may ask."""


def site_read(_visit: Visit, _asked: Asked) -> bool:
    """Say that the site may be read."""
    return True


def status_show(visit: Visit, _asked: Asked) -> Package:
    """Return what this site is."""
    return {
        "site_title": visit.town.title["ja"],
        "site_description": visit.t("ogc_description", town=visit.town.name.ja),
        "site_url": visit.base,
        "ckan_version": CKAN_VERSION,
        "locale_default": "ja",
        "extensions": ["machizu"],
        "error_emails_to": None,
    }


def package_list(visit: Visit, asked: Asked) -> list[str]:
    """Return the names of the packages, sorted."""
    return _cut(sorted(str(package["name"]) for package in packages(visit)), asked)


def current_package_list_with_resources(visit: Visit, asked: Asked) -> list[Package]:
    """Return the packages, the latest change first."""
    return _cut(sorted(packages(visit), key=lambda package: str(package["metadata_modified"]), reverse=True), asked)


def package_show(visit: Visit, asked: Asked) -> Package:
    """Return one package by `id` (its id or name)."""
    return _named(packages(visit), _required(asked, "id"), "package")


def package_search(visit: Visit, asked: Asked) -> Package:
    """Search packages: q, fq, fq_list, rows, start, sort, facet.field, facet.limit."""
    return search(packages(visit), asked)


def resource_show(visit: Visit, asked: Asked) -> Package:
    """Return one resource by `id`."""
    resources = [resource for package in packages(visit) for resource in package["resources"]]
    return _named(resources, _required(asked, "id"), "resource", keys=("id",))


def organization_list(visit: Visit, asked: Asked) -> list[Any]:
    """Return the one organization, the town: its name, or all of it with `all_fields`."""
    whole = _organization(visit)
    return [whole if _true(asked.get("all_fields")) else whole["name"]]


def organization_show(visit: Visit, asked: Asked) -> Package:
    """Return the town by `id` (its id or code)."""
    found = _named([_organization(visit)], _required(asked, "id"), "organization")
    return {**found, "packages": packages(visit)} if _true(asked.get("include_datasets")) else found


def group_list(_visit: Visit, _asked: Asked) -> list[Any]:
    """Return no groups: a town has none."""
    return []


def tag_list(visit: Visit, asked: Asked) -> list[Any]:
    """Return the tags in use that contain `query`, sorted; with `all_fields` as objects."""
    tags = {str(tag["name"]): tag for package in packages(visit) for tag in package["tags"]}
    wanted = fold(str(asked.get("query") or ""))
    names = sorted(name for name in tags if wanted in fold(name))
    return [tags[name] for name in names] if _true(asked.get("all_fields")) else names


def license_list(visit: Visit, _asked: Asked) -> list[Package]:
    """Return the licences in use."""
    found: dict[str, Package] = {}
    for package in packages(visit):
        licence = str(package["license_id"])
        found[licence] = {
            "id": licence,
            "title": package.get("license_title") or licence,
            "url": package.get("license_url") or "",
            "status": "active",
            "is_generic": False,
            "od_conformance": "approved",
            "osd_conformance": "not reviewed",
            "domain_data": True,
            "domain_content": True,
            "domain_software": False,
            "family": "",
            "maintainer": "",
        }
    return [found[licence] for licence in sorted(found)]


def help_show(_visit: Visit, asked: Asked) -> str:
    """Return what an action does, by `name`."""
    action = ACTIONS.get(_required(asked, "name"))
    if action is None:
        raise not_found("action")
    return inspect.getdoc(action) or ""


ACTIONS: Mapping[str, Action] = {
    action.__name__: action
    for action in (
        site_read, status_show, package_list, current_package_list_with_resources, package_show, package_search, resource_show,
        organization_list, organization_show, group_list, tag_list, license_list, help_show,
    )
}  # fmt: skip


def answer(visit: Visit, name: str, asked: Asked) -> Any:
    """Answer an action; ActionError 400 when there is none of that name."""
    action = ACTIONS.get(name)
    if action is None:
        raise ActionError(400, "Bad request", {"message": f"Action name not known: {name}"})
    return action(visit, asked)


def _organization(visit: Visit) -> Package:
    return {**organization(visit.town), "package_count": len(visit.site.releases)}


def _required(asked: Asked, name: str) -> str:
    value = asked.get(name)
    if not isinstance(value, str) or not value:
        raise invalid(name, "Missing value")
    return value


def _named(found: Iterable[Package], wanted: str, what: str, keys: tuple[str, ...] = ("id", "name")) -> Package:
    for one in found:
        if any(one[key] == wanted for key in keys):
            return one
    raise not_found(what)


def _cut(found: list[T], asked: Asked) -> list[T]:
    start = natural(asked, "offset", 0)
    return found[start : start + natural(asked, "limit", len(found))]


def _true(value: object) -> bool:
    return str(value).lower() in ("true", "1", "yes")
