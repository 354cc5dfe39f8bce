"""Which release an address means: the current one, an older version, or what to say when it is gone."""

from functools import lru_cache

from api.web.problems import Problem, not_found, withdrawn
from api.web.visit import Visit
from catalog.site.pointer import DatasetEntry, Withdrawn
from catalog.site.release import Release, load_release
from catalog.site.version import Version

_load = lru_cache(maxsize=256)(load_release)
"""A release never changes; whether it may still be shown is asked of the pointer each time."""


def current(visit: Visit, dataset: str) -> Release:
    """Return the current release; Problem 410 when it was withdrawn, 403 for counter datasets, 404 when there is none."""
    release = visit.site.releases.get(dataset)
    if release is not None:
        return release
    entry = visit.site.entry(dataset)
    if entry is not None:
        stone = tombstone(entry)
        raise withdrawn(stone.reason, stone.at) if stone else not_found()
    if visit.site.registered(dataset):
        raise Problem(403, "counter")
    raise not_found()


def at_version(visit: Visit, dataset: str, version: str) -> Release:
    """Return a release by its version ("latest" is the current one)."""
    release = visit.site.releases.get(dataset)
    if version == "latest" or (release is not None and release.version == version):
        return current(visit, dataset)
    entry = visit.site.entry(dataset)
    if entry is None or version not in entry.versions:
        raise not_found()
    stood = entry.versions[version]
    if stood.withdrawn:
        raise withdrawn(stood.withdrawn.reason, stood.withdrawn.at)
    return _load(visit.site.site, dataset, version, stood, entry.issued)


def before(visit: Visit, release: Release) -> Release | None:
    """Return the release before one, by version number, that still stands."""
    entry = visit.site.entry(release.id)
    here = Version.parse(release.version)
    earlier = (
        []
        if entry is None
        else [
            version for text, stood in entry.versions.items() if not stood.withdrawn and (version := Version.parse(text)) < here
        ]
    )
    return at_version(visit, release.id, str(max(earlier))) if earlier else None


def tombstone(entry: DatasetEntry) -> Withdrawn | None:
    """Return why a dataset has no current version: what is said of its newest withdrawn one."""
    stones = [(Version.parse(version), stood.withdrawn) for version, stood in entry.versions.items() if stood.withdrawn]
    return max(stones, key=lambda pair: pair[0])[1] if stones and entry.current is None else None
