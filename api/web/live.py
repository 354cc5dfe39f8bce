"""The site folder as it stands now: re-read when catalog.json or its neighbours change, one consistent moment per request."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from catalog.site import pointer, prepared, prepared_map, register, town_card
from catalog.site.prepared import store_path
from catalog.site.snapshot import Snapshot, read_snapshot
from catalog.store.features import FeatureStore
from gis.tiles.archive import Archive

_WATCHED = (pointer.FILE, town_card.FILE, register.FILE, prepared.FOLDER, prepared_map.FOLDER)

Stamp = tuple[tuple[int, int, int] | None, ...]
"""Time, size and number of each watched file; None for one that is absent."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a request sees from beginning to end: the snapshot, its opened stores, and a tag that changes with them."""

    snapshot: Snapshot
    stores: Mapping[str, FeatureStore]
    """Of the datasets whose rows are public (class open) and prepared."""
    archives: Mapping[str, Archive]
    tag: str


class LiveSite:
    """Gives the current moment of a site folder; threads may ask at the same time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = Lock()
        self._stamp: Stamp = ()
        self._moment: Moment | None = None

    def now(self) -> Moment:
        """Return the moment in force, reading the folder again only when something changed; OutsideError when damaged."""
        moment = self._moment
        if moment is not None and self._stamp == self._stamp_of(moment.snapshot):
            return moment
        with self._lock:
            moment = self._moment
            if moment is None or self._stamp != self._stamp_of(moment.snapshot):
                moment = self._read()
            return moment

    def close(self) -> None:
        """Let go of every file."""
        with self._lock:
            self._drop(None)

    def _read(self) -> Moment:
        # Each stamp is taken before what it stands for is read: a change in between is then seen by the next request.
        stamp = self._stamp_of_site()
        snapshot = read_snapshot(self.folder)
        stamp += self._stamp_of_stores(snapshot)
        tag = hashlib.sha256(repr(stamp).encode()).hexdigest()[:16]
        moment = Moment(snapshot, _stores(snapshot), _archives(snapshot), tag)
        self._drop(moment)
        self._stamp = stamp
        return moment

    def _drop(self, new: Moment | None) -> None:
        old, self._moment = self._moment, new
        # A request under way keeps the old moment; a closed store still answers it, by a connection of its own.
        for store in old.stores.values() if old else ():
            store.close()

    def _stamp_of(self, snapshot: Snapshot) -> Stamp:
        return self._stamp_of_site() + self._stamp_of_stores(snapshot)

    def _stamp_of_site(self) -> Stamp:
        return _stamp(self.folder / name for name in _WATCHED)

    def _stamp_of_stores(self, snapshot: Snapshot) -> Stamp:
        return _stamp(store_path(self.folder, release.id, release.version) for release in snapshot.releases.values())


def _stores(snapshot: Snapshot) -> dict[str, FeatureStore]:
    open_releases = (release for release in snapshot.releases.values() if release.cls == "open")
    paths = {release.id: store_path(snapshot.site, release.id, release.version) for release in open_releases}
    return {dataset: FeatureStore(path) for dataset, path in paths.items() if path.is_file()}


def _archives(snapshot: Snapshot) -> dict[str, Archive]:
    tiles = {release.id: release.of_format("pmtiles") for release in snapshot.releases.values()}
    return {dataset: Archive(file.path) for dataset, file in tiles.items() if file is not None and file.path.is_file()}


def _stamp(paths: Iterable[Path]) -> Stamp:
    found: list[tuple[int, int, int] | None] = []
    for path in paths:
        try:
            status = path.stat()
        except OSError:
            found.append(None)
        else:
            found.append((status.st_mtime_ns, status.st_size, status.st_ino))
    return tuple(found)
