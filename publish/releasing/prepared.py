"""prepared/<dataset>/<version>/: what the server reads of a release: serve.sqlite and compressed twins of its files.

Made from the release folder alone, so it can be made anew at any time; nothing of it is downloadable. A `view` release
has no rows to serve and gets an empty folder. Of a series the store holds the newest period.
"""

from pathlib import Path

from catalog.errors import OutsideError
from catalog.site.pointer import Pointer, VersionEntry, read_pointer
from catalog.site.prepared import FOLDER, STORE, prepared_folder
from catalog.site.release import load_release
from publish.packing.determinism import compress
from publish.releasing.disk import move_folder, remove_folder
from publish.releasing.store import write_store

PREPARING = ".preparing-"
"""Prefix of a folder that is being written; swept away by the next command."""
_TWINS = ("csv", "geojson")


def prepare(site: Path, dataset: str, version: str) -> Path:
    """Make a public version's prepared files anew and return their folder; OutsideError when it is not public."""
    entry = read_pointer(site).datasets.get(dataset)
    stood = entry.versions.get(version) if entry else None
    if stood is None or stood.withdrawn:
        raise OutsideError(
            f"「{dataset}」の版 {version} は公開されていません。",
            f"Version {version} of {dataset!r} is not public.",
            code="no-release",
        )
    return prepare_release(site, dataset, version, stood)


def prepare_all(site: Path) -> tuple[Path, ...]:
    """Make the prepared files of every version that stands, and remove those of versions that do not."""
    pointer = read_pointer(site)
    wanted = [
        (dataset, version, stood)
        for dataset, entry in sorted(pointer.datasets.items())
        for version, stood in sorted(entry.versions.items())
        if not stood.withdrawn
    ]
    sweep(site, pointer)
    return tuple(prepare_release(site, dataset, version, stood) for dataset, version, stood in wanted)


def prepare_release(site: Path, dataset: str, version: str, entry: VersionEntry) -> Path:
    """Prepare a release that lies below site/, whether or not catalog.json names it yet."""
    release = load_release(site, dataset, version, entry, entry.published)
    target = prepared_folder(site, dataset, version)
    building = target.with_name(PREPARING + version)
    remove_folder(building)
    building.mkdir(parents=True)
    if release.cls == "open":
        write_store(release, building / STORE)
        for file in release.files:
            if file.format in _TWINS:
                compress(file.path, building / f"{file.name}.gz")
    remove_folder(target)
    move_folder(building, target)
    return target


def sweep(site: Path, pointer: Pointer) -> None:
    """Remove prepared files of versions that are not public, and what a crash left half-made."""
    known = {
        (dataset, version)
        for dataset, entry in pointer.datasets.items()
        for version in entry.versions
        if not entry.versions[version].withdrawn
    }
    for folder in sorted((site / FOLDER).glob("*/*")):
        if folder.parent.name != "map" and folder.is_dir() and (folder.parent.name, folder.name) not in known:
            remove_folder(folder)
