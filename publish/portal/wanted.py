"""Wanted: how a package must stand at the portal, from a release and the catalogue's neutral description."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.describing.ckan import package, resources
from catalog.describing.profile import describe
from catalog.site.release import Release
from catalog.site.town_card import TownCard


@dataclass(frozen=True, slots=True)
class WantedFile:
    """One resource: its fields, and the file to upload under its ASCII name (CKAN drops every other letter)."""

    name: str
    path: Path
    sha256: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The package's fields and its files in order."""

    name: str
    fields: Mapping[str, Any]
    files: tuple[WantedFile, ...]


def wanted(release: Release, town: TownCard, organization: str) -> Wanted:
    """Describe a release as the package it becomes at a portal."""
    description = describe(release, town, town.site.url)
    fields = package(description, organization)
    described = {str(resource["machizu_file"]): resource for resource in resources(description)}
    files = tuple(
        WantedFile(
            file.name, file.path, file.sha256, {k: str(v) for k, v in described[file.name].items() if k not in ("url", "size")}
        )
        for file in release.files
        if file.name in described
    )
    return Wanted(str(fields["name"]), fields, files)
