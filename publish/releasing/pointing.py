"""The pointer after a change: pure steps from one catalog.json to the next, and the one replacement that makes it public."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from catalog.site.pointer import FILE, ChangeEntry, DatasetEntry, Pointer, VersionEntry, Withdrawn
from catalog.site.version import Version
from publish.releasing.disk import write_file


def published(pointer: Pointer, dataset: str, version: str, entry: VersionEntry, counts: Mapping[str, int]) -> Pointer:
    """Return the pointer in which a new version is there and current."""
    versions = {**_versions(pointer, dataset), version: entry}
    change = _change(pointer, entry.published, dataset, version, "publish", counts)
    return _with(pointer, dataset, DatasetEntry(current=version, versions=versions), change)


def rolled_back(pointer: Pointer, dataset: str, version: str, at: str) -> Pointer:
    """Return the pointer in which an older version is current."""
    entry = DatasetEntry(current=version, versions=_versions(pointer, dataset))
    return _with(pointer, dataset, entry, _change(pointer, at, dataset, version, "rollback", {}))


def withdrawn(pointer: Pointer, dataset: str, stones: Mapping[str, Withdrawn], at: str) -> Pointer:
    """Return the pointer with tombstones; where the current version is among them none is current any more."""
    versions = {
        number: entry.model_copy(update={"withdrawn": stones[number]}) if number in stones else entry
        for number, entry in _versions(pointer, dataset).items()
    }
    current = pointer.datasets[dataset].current
    entry = DatasetEntry(current=None if current in stones else current, versions=versions)
    named = next(iter(stones)) if len(stones) == 1 else None
    return _with(pointer, dataset, entry, _change(pointer, at, dataset, named, "withdraw", {}))


def explained(pointer: Pointer, dataset: str, stones: Mapping[str, Withdrawn], at: str) -> Pointer:
    """Return the pointer with the reasons of tombstones that had none yet."""
    entry = pointer.datasets[dataset]
    versions = {
        number: stood.model_copy(update={"withdrawn": stones.get(number, stood.withdrawn)})
        for number, stood in entry.versions.items()
    }
    named = next(iter(stones)) if len(stones) == 1 else None
    after = entry.model_copy(update={"versions": versions})
    return _with(pointer, dataset, after, _change(pointer, at, dataset, named, "explain", {}))


def write_pointer(site: Path, pointer: Pointer) -> None:
    """Replace catalog.json: from this moment the change is public."""
    write_file(site / FILE, pointer.dump())


def live(pointer: Pointer, dataset: str) -> tuple[str, ...]:
    """Return the versions of a dataset that are not withdrawn, lowest number first."""
    numbers = [number for number, entry in _versions(pointer, dataset).items() if not entry.withdrawn]
    return tuple(sorted(numbers, key=Version.parse))


def _versions(pointer: Pointer, dataset: str) -> Mapping[str, VersionEntry]:
    entry = pointer.datasets.get(dataset)
    return entry.versions if entry else {}


def _change(pointer: Pointer, at: str, dataset: str, version: str | None, kind: str, counts: Mapping[str, int]) -> ChangeEntry:
    return ChangeEntry(n=pointer.sequence + 1, at=at, dataset=dataset, version=version, kind=kind, counts=dict(counts))


def _with(pointer: Pointer, dataset: str, entry: DatasetEntry, change: ChangeEntry) -> Pointer:
    changes: Sequence[ChangeEntry] = (*pointer.changes, change)
    update = {"sequence": change.n, "changes": tuple(changes), "datasets": {**pointer.datasets, dataset: entry}}
    return pointer.model_copy(update=update)
