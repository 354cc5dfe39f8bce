"""Snapshot: one consistent view of a site: town, pointer, the current releases, the register of what is not public."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from catalog.errors import OutsideError
from catalog.site.pointer import DatasetEntry, Pointer, read_pointer
from catalog.site.register import RegisterEntry, read_register
from catalog.site.release import Release, load_release
from catalog.site.town_card import TownCard, read_town_card

_ATTEMPTS = 3
"""A withdrawal may remove a folder between reading the pointer and reading the release: look again."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one request sees, from beginning to end."""

    site: Path
    town: TownCard
    pointer: Pointer
    releases: Mapping[str, Release]
    """The current release of each dataset, in the order of the layer list, then by id."""
    register: tuple[RegisterEntry, ...]

    def entry(self, dataset: str) -> DatasetEntry | None:
        """Return what catalog.json says of a dataset, withdrawn ones included."""
        return self.pointer.datasets.get(dataset)

    def registered(self, dataset: str) -> RegisterEntry | None:
        """Return the register's entry of a dataset, or None."""
        return next((entry for entry in self.register if entry.id == dataset), None)


def read_snapshot(site: Path) -> Snapshot:
    """Read a site folder; OutsideError when it is empty or damaged."""
    for attempt in range(_ATTEMPTS):
        pointer = read_pointer(site)
        try:
            releases = _current(site, pointer)
        except OutsideError:
            if attempt + 1 == _ATTEMPTS or read_pointer(site) == pointer:
                raise
            continue
        break
    return Snapshot(site, read_town_card(site), pointer, MappingProxyType(releases), read_register(site).datasets)


def _current(site: Path, pointer: Pointer) -> dict[str, Release]:
    found = []
    for dataset, entry in pointer.datasets.items():
        if entry.current is not None:
            found.append(load_release(site, dataset, entry.current, entry.versions[entry.current], entry.issued))
    return {release.id: release for release in sorted(found, key=_order)}


def _order(release: Release) -> tuple[int, str, str]:
    place = release.dataset.map.order if release.dataset.map else 90
    return place, release.dataset.number, release.id
