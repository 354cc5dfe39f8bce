"""The town's releases as CKAN packages: what `catalog.describing.ckan` writes for a portal, with what CKAN adds itself."""

import uuid
from collections.abc import Mapping
from typing import Any

from api.web.visit import Visit
from catalog.describing import ckan
from catalog.describing.profile import describe
from catalog.site.release import Release
from catalog.site.town_card import TownCard

Package = dict[str, Any]

_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://www.soumu.go.jp/denshijiti/code.html")
"""Ids are made from names (全国地方公共団体コード and dataset), so that they are the same on every host and for ever."""


def packages(visit: Visit) -> list[Package]:
    """Return every public dataset as a package, in the order of the site."""
    return [_package(visit, release) for release in visit.site.releases.values()]


def organization(town: TownCard) -> Package:
    """Return the town as CKAN's organization; its name is its code."""
    return {
        "id": _id(town.code),
        "name": town.code,
        "title": town.name.ja,
        "display_name": town.name.ja,
        "description": town.site.notice.ja if town.site.notice else "",
        "type": "organization",
        "is_organization": True,
        "state": "active",
        "approval_status": "approved",
        "image_url": "",
    }


def _package(visit: Visit, release: Release) -> Package:
    description = describe(release, visit.town, visit.base)
    owner = organization(visit.town)
    made = ckan.package(description, owner["name"])
    name = str(made["name"])
    listed = [_resource(name, n, resource) for n, resource in enumerate(ckan.resources(description))]
    tags = [{"display_name": tag["name"], "id": _id(tag["name"]), "state": "active", **tag} for tag in made["tags"]]
    return {
        **made,
        "id": _id(name),
        "type": "dataset",
        "state": "active",
        "private": False,
        "isopen": True,
        "owner_org": owner["id"],
        "organization": owner,
        "groups": [],
        "tags": tags,
        "num_tags": len(tags),
        "resources": listed,
        "num_resources": len(listed),
        "metadata_created": release.issued,
        "metadata_modified": release.entry.published,
    }


def _resource(package: str, position: int, resource: Mapping[str, Any]) -> Package:
    address = str(resource["url"])
    return {
        **resource,
        "id": _id(f"{package}/{address.rsplit('/', 1)[-1]}"),
        "package_id": _id(package),
        "position": position,
        "state": "active",
    }


def _id(name: str) -> str:
    return str(uuid.uuid5(_SPACE, name))
