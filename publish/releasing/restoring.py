"""Restoring: what is missing or damaged in a town folder comes back from a backup; nothing else is touched.

Into an empty folder that is everything. What stands keeps standing: the newer settings, the newer history. A version that
was withdrawn since the backup, as the history that is left or another copy of the site knows, does not come back: its bytes
are never written, its tombstone is.
"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.errors import MachizuError, OutsideError, UsageError
from catalog.site.pointer import FILE as POINTER
from catalog.site.pointer import DatasetEntry, Pointer, VersionEntry, Withdrawn, read_pointer
from catalog.strict import parse
from catalog.town import FILE as SETTINGS
from catalog.town import read_town
from publish.packing.package import FILE as PACKAGE
from publish.releasing.act import Act
from publish.releasing.backup import Kept, Manifest, no_backup, read_manifest
from publish.releasing.disk import write_chunks, write_file
from publish.releasing.history import Step, append, read_history
from publish.releasing.lock import lock
from publish.releasing.reconciling import reconcile

_SITE = "site/"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it. `withheld`: versions that were withdrawn and stay so; `kept`: files that are newer than the backup's."""

    at: str
    written: int
    kept: int
    withheld: tuple[tuple[str, str], ...]
    lost: tuple[int, ...]
    """Numbers of changes that the history knows and no bytes are left of."""


@dataclass(frozen=True, slots=True)
class _Source:
    """An opened backup."""

    archive: zipfile.ZipFile
    manifest: Manifest
    name: str

    def chunks(self, member: str) -> Iterator[bytes]:
        """Give the bytes of a file; UnusableSource at the end when they are not those of the manifest."""
        kept, digest, left = self.manifest.files[member], hashlib.sha256(), self.manifest.files[member].size
        try:
            with self.archive.open(member) as file:
                while left >= 0 and (chunk := file.read(_CHUNK)):
                    left -= len(chunk)
                    digest.update(chunk)
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as problem:
            raise no_backup(self.name) from problem
        if left or digest.hexdigest() != kept.sha256:
            raise no_backup(self.name)

    def json(self, member: str) -> Any:
        """Return what a JSON file of the backup says."""
        return json.loads(b"".join(self.chunks(member)))


def restore(file: Path, town: Path, act: Act, *, known: Sequence[Pointer] = (), break_lock: bool = False) -> Restored:
    """Bring back from a backup what a town folder lacks. `known`: catalog.json of other copies of the site, for what they
    know of withdrawals. Prepared files are made anew afterwards by whoever calls.

    UnusableSource: the file is no whole backup. UsageError: it is another town's. MustWait: another run works in the folder.
    """
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError) as problem:
        raise no_backup(file.name) from problem
    with archive:
        source = _Source(archive, read_manifest(archive, file.name), file.name)
        _require_same_town(source, town)
        town.mkdir(parents=True, exist_ok=True)
        with lock(town, now=act.now, break_lock=break_lock):
            return _restore(source, town, act, known)


def _restore(source: _Source, town: Path, act: Act, known: Sequence[Pointer]) -> Restored:
    fills = [name for name in source.manifest.files if not name.startswith(_SITE)]
    written, kept = _fill(source, town, fills)
    pointer, withheld, lost = _pointer(source, town, known)
    public = {stood.path for entry in pointer.datasets.values() for stood in entry.versions.values() if not stood.withdrawn}
    for name in source.manifest.files:
        if name.startswith(_SITE) and _belongs(name, public):
            written += _replace_damaged(source, town, name)
    write_file(town / _SITE / POINTER, pointer.dump())
    append(town, [_step(act, pointer, withheld, lost)])
    reconcile(town, act.at)
    return Restored(source.manifest.at, written, kept, withheld, lost)


def _fill(source: _Source, town: Path, names: Sequence[str]) -> tuple[int, int]:
    """Write the files that are not there; return how many, and how many stand with other bytes and were left."""
    written = kept = 0
    for name in names:
        path = town / name
        if not path.is_file():
            write_chunks(path, source.chunks(name))
            written += 1
        elif not _is(path, source.manifest.files[name]):
            kept += 1
    return written, kept


def _belongs(name: str, public: set[str]) -> bool:
    """Say whether a file of the site is one that may stand: of a version that is public, or a card of the town."""
    inside = name.removeprefix(_SITE)
    if inside.startswith("releases/"):
        return any(inside.startswith(f"{path}/") for path in public)
    return inside != POINTER


def _replace_damaged(source: _Source, town: Path, name: str) -> int:
    """Write a file of a release, whose bytes its hash fixes, where it is missing or other; of the rest only what is missing."""
    path = town / name
    fixed = name.startswith(f"{_SITE}releases/")
    if path.is_file() and (not fixed or _is(path, source.manifest.files[name])):
        return 0
    write_chunks(path, source.chunks(name))
    return 1


def _is(path: Path, kept: Kept) -> bool:
    if path.stat().st_size != kept.size:
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == kept.sha256


def _pointer(
    source: _Source, town: Path, known: Sequence[Pointer]
) -> tuple[Pointer, tuple[tuple[str, str], ...], tuple[int, ...]]:
    """Return the pointer that is to stand, what is withheld for having been withdrawn, and the changes that are lost."""
    standing = _readable(town / "site")
    member = _SITE + POINTER
    old = parse(Pointer, source.json(member), member, OutsideError) if member in source.manifest.files else Pointer()
    history = read_history(town).steps
    if standing is not None and standing.sequence >= old.sequence:
        base, made = standing, set[int]()
    else:
        made = {step.n for step in history if step.step == "done" and step.kind != "restore"}
        base = old.model_copy(update={"sequence": max([old.sequence, *made])})
    lost = tuple(sorted(made - {change.n for change in base.changes}))
    stones = dict(_stones(base, history, [*known, *([standing] if standing else [])], source))
    return _with_stones(base, stones), tuple(sorted(stones)), lost


def _readable(site: Path) -> Pointer | None:
    try:
        return read_pointer(site) if (site / POINTER).is_file() else None
    except MachizuError:
        return None


def _stones(
    base: Pointer, history: Sequence[Step], known: Sequence[Pointer], source: _Source
) -> Iterator[tuple[tuple[str, str], Withdrawn]]:
    """Give the tombstones of versions that `base` still shows: by the history, by other copies, by the same content."""
    for dataset, entry in base.datasets.items():
        gone = [stood for other in known for stood in _withdrawn(other, dataset)]
        for version, stood in entry.versions.items():
            if stood.withdrawn:
                continue
            step = next((one for one in history if _takes_back(one, dataset, version)), None)
            same = next((one for one in gone if one.hash == stood.hash or one.content == stood.content), None)
            if same is not None and same.withdrawn:
                yield (dataset, version), same.withdrawn
            elif step is not None:
                yield (dataset, version), Withdrawn(at=step.at, reason=step.reason, hashes=_hashes(source, stood))


def _withdrawn(pointer: Pointer, dataset: str) -> Iterator[VersionEntry]:
    entry = pointer.datasets.get(dataset)
    yield from (stood for stood in (entry.versions.values() if entry else ()) if stood.withdrawn)


def _takes_back(step: Step, dataset: str, version: str) -> bool:
    return step.kind == "withdraw" and step.step != "undone" and step.dataset == dataset and version in step.versions


def _hashes(source: _Source, stood: VersionEntry) -> tuple[str, ...]:
    """Return the sha256 of a release's files as the backup describes them."""
    member = f"{_SITE}{stood.path}/{PACKAGE}"
    described: Mapping[str, Any] = source.json(member) if member in source.manifest.files else {"resources": []}
    files = {str(resource["hash"]).removeprefix("sha256:") for resource in described["resources"]}
    return tuple(sorted(files | {stood.hash}))


def _with_stones(base: Pointer, stones: Mapping[tuple[str, str], Withdrawn]) -> Pointer:
    datasets = {}
    for dataset, entry in base.datasets.items():
        versions = {
            version: stood.model_copy(update={"withdrawn": stones.get((dataset, version), stood.withdrawn)})
            for version, stood in entry.versions.items()
        }
        current = entry.current if entry.current and not versions[entry.current].withdrawn else None
        datasets[dataset] = DatasetEntry(current=current, versions=versions)
    return base.model_copy(update={"datasets": datasets})


def _step(act: Act, pointer: Pointer, withheld: Sequence[tuple[str, str]], lost: tuple[int, ...]) -> Step:
    """Return the line that says that it was done; the versions are those that stay withdrawn."""
    return Step(
        n=pointer.sequence,
        step="done",
        kind="restore",
        dataset="",
        versions=tuple(f"{dataset}@{version}" for dataset, version in withheld),
        at=act.at,
        who=act.who,
        reason=act.reason,
        document=act.document,
        lost=lost,
    )


def _require_same_town(source: _Source, town: Path) -> None:
    if not (town / SETTINGS).is_file():
        return
    code = read_town(town).code
    if code != source.manifest.code:
        raise UsageError(
            f"{source.name} は別の団体({source.manifest.code})の控えです。このフォルダーは {code} です。",
            f"{source.name} is the backup of another body ({source.manifest.code}); this folder is {code}.",
            fix_ja="新しいフォルダーを --town で指定してください。",
            fix_en="Name a new folder with --town.",
            code="other-town",
        )
