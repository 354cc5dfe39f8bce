"""Wanted: how a package must stand at the portal, from a release (or an entry of the register) and its description."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from catalog.describing.ckan import package, resources
from catalog.describing.profile import Description, describe, describe_registered
from catalog.site.register import RegisterEntry
from catalog.site.release import Release
from catalog.site.town_card import TownCard
from catalog.text import Text


@dataclass(frozen=True, slots=True)
class WantedFile:
    """One resource: its fields, and the file to upload under its ASCII name (CKAN drops every other letter)."""

    name: str
    path: Path
    sha256: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The package's fields and its files in order. `version` is empty for an entry that only says where to ask."""

    dataset: str
    version: str
    name: str
    fields: Mapping[str, Any]
    files: tuple[WantedFile, ...] = ()

    def without(self, names: Collection[str]) -> "Wanted":
        """Return the same without some of its files."""
        return replace(self, files=tuple(file for file in self.files if file.name not in names))


def wanted(release: Release, town: TownCard, organization: str, portal_url: str) -> Wanted:
    """Describe a release as the package it becomes at a portal. A `view` dataset has no file there either."""
    description = describe(release, town, town.site.url)
    described = {str(resource["machizu_file"]): resource for resource in resources(description)}
    files = tuple(
        WantedFile(file.name, file.path, file.sha256, _text_fields(described[file.name]))
        for file in release.files
        if file.name in described
    )
    fields = _fields(description, organization, portal_url)
    return Wanted(release.id, release.version, description.name, fields, files)


def wanted_entry(entry: RegisterEntry, town: TownCard, organization: str, portal_url: str) -> Wanted:
    """Describe what is not published as a package without files that says why and whom to ask."""
    description = describe_registered(entry, town, town.site.url)
    return Wanted(entry.id, "", description.name, _fields(description, organization, portal_url))


def _fields(description: Description, organization: str, portal_url: str) -> dict[str, Any]:
    if description.page.ja.startswith("http"):
        return package(description, organization)
    # A town without an address of its own is credited with the page at the portal, which is no source of itself.
    page = f"{portal_url}/dataset/{description.name}"
    return {**package(replace(description, page=Text(ja=page, en=page)), organization), "url": ""}


def _text_fields(resource: Mapping[str, Any]) -> dict[str, str]:
    # CKAN sets size from the bytes and url from the upload.
    return {key: str(value) for key, value in resource.items() if key not in ("url", "size")}
