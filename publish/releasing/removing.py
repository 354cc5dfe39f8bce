"""Removing the bytes of withdrawn versions from a site folder, and the tombstones that stay."""

import json
from collections.abc import Iterable
from pathlib import Path

from catalog.site.pointer import Pointer, VersionEntry, Withdrawn
from catalog.site.prepared import prepared_folder
from publish.packing.package import FILE
from publish.releasing.disk import remove_folder
from publish.releasing.history import Step
from publish.releasing.pointing import withdrawn, write_pointer


def tombstones(
    site: Path, pointer: Pointer, dataset: str, versions: Iterable[str], at: str, reason: str
) -> dict[str, Withdrawn]:
    """Return the tombstone of each version: when, why, and the sha256 of every file, so that copies can be recognised."""
    entries = pointer.datasets[dataset].versions
    return {
        version: Withdrawn(at=at, reason=reason, hashes=file_hashes(site, entries[version]))
        for version in versions
        if not entries[version].withdrawn
    }


def file_hashes(site: Path, entry: VersionEntry) -> tuple[str, ...]:
    """Return the sha256 of a release's data files; of a folder that is damaged or gone what can still be told."""
    try:
        described = json.loads((site / entry.path / FILE).read_bytes())
        hashes = {str(resource["hash"]).removeprefix("sha256:") for resource in described["resources"]}
    except (OSError, ValueError, KeyError):
        hashes = set()
    return tuple(sorted(hashes | {entry.hash}))


def finish_withdrawal(site: Path, pointer: Pointer, intent: Step) -> Pointer:
    """Point away from what an interrupted withdrawal meant to withdraw."""
    stones = tombstones(site, pointer, intent.dataset, intent.versions, intent.at, intent.reason)
    after = withdrawn(pointer, intent.dataset, stones, intent.at)
    write_pointer(site, after)
    return after


def remove_withdrawn(site: Path, pointer: Pointer) -> None:
    """Remove releases and prepared files of every version that has a tombstone."""
    for dataset, entry in pointer.datasets.items():
        for version, stood in entry.versions.items():
            if stood.withdrawn:
                remove_folder(site / stood.path)
                remove_folder(prepared_folder(site, dataset, version))
