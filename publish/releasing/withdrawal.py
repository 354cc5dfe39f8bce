"""Withdrawal: the bytes go everywhere, a tombstone stays, no version is current, the same bytes are refused afterwards.

It never waits for approval. First nothing points to them any more, then they are deleted: here, and in every place given
(static exports, copies of the site), where files are recognised by their sha256.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from catalog.errors import OutsideError, UsageError
from catalog.site.pointer import Pointer, Withdrawn, read_pointer
from catalog.site.prepared import prepared_folder
from publish.packing.determinism import sha256_of
from publish.releasing.act import Act, done
from publish.releasing.chain import DAMAGED
from publish.releasing.copies import Copies, clear_copies
from publish.releasing.disk import remove_folder
from publish.releasing.history import append, set_aside
from publish.releasing.lock import lock
from publish.releasing.pointing import explained, live, withdrawn, write_pointer
from publish.releasing.reconciling import reconcile
from publish.releasing.removing import remove_withdrawn, tombstones
from publish.releasing.schedule import forget
from publish.releasing.staged import staged_folder

URGENT = "緊急の取り下げ(理由はあとで知らせます) / withdrawn urgently; the reason will follow"
"""The public reason of a withdrawal that could not wait for one, until `explain` records it; read in either language."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What was withdrawn and what could not be deleted (paths in the places given)."""

    versions: tuple[str, ...]
    pointer: Pointer
    removed: int
    """Files deleted in the places given."""
    left: tuple[Path, ...]
    damaged: Path | None = None
    """Where a history lies now that was too damaged to be written on."""


def withdraw(
    town: Path,
    dataset: str,
    version: str | None,
    act: Act,
    *,
    places: Sequence[Path] = (),
    break_lock: bool = False,
) -> Withdrawal:
    """Withdraw one version, or all of them; UsageError when there is none or no reason is given.

    `places` are folders with copies. What cannot be deleted there is listed in the answer; what cannot be deleted in the
    site itself raises OutsideError, and the next command tries again.
    """
    if not act.reason.strip():
        raise UsageError(
            "取り下げの理由が要ります。",
            "A withdrawal needs a reason.",
            fix_ja="--reason で書いてください。",
            fix_en="Give it with --reason.",
        )
    site = town / "site"
    with lock(town, now=act.now, break_lock=break_lock):
        damaged = _ready(town, act)
        pointer = read_pointer(site)
        versions = _choose(pointer, dataset, version)
        stones = tombstones(site, pointer, dataset, versions, act.at, act.reason)
        copies = Copies(dataset, _names(pointer, dataset, versions), _hashes(site, dataset, stones))
        intent = act.intent(pointer.sequence + 1, "withdraw", dataset, versions)
        append(town, [intent])
        after = withdrawn(pointer, dataset, stones, act.at)
        write_pointer(site, after)
        remove_withdrawn(site, after)
        forget(town, dataset)
        remove_folder(staged_folder(town, dataset))  # it may say the same; what is right is built again in a moment
        append(town, [done(intent)])
    removed, left = clear_copies(places, copies)
    return Withdrawal(versions, after, removed, left, damaged)


def _ready(town: Path, act: Act) -> Path | None:
    """Finish what was interrupted; a damaged history is set aside, because a withdrawal must not wait for its repair."""
    try:
        reconcile(town, act.at, urgent=True)
    except OutsideError as problem:
        if problem.code != DAMAGED:
            raise
        kept = set_aside(town, act.at)
        reconcile(town, act.at, urgent=True)
        return kept
    return None


def clear_again(town: Path, dataset: str, version: str | None, places: Sequence[Path]) -> Withdrawal:
    """Look for copies of what was withdrawn before: what could not be deleted then, or a folder nobody had thought of."""
    pointer = read_pointer(town / "site")
    stones = _stones(pointer, dataset, version)
    hashes = frozenset(hash_ for stone in stones.values() for hash_ in stone.hashes)
    removed, left = clear_copies(places, Copies(dataset, _names(pointer, dataset, tuple(stones)), hashes))
    return Withdrawal((), pointer, removed, left)


def explain(town: Path, dataset: str, version: str | None, act: Act, *, break_lock: bool = False) -> tuple[str, ...]:
    """Record the reason of an urgent withdrawal; return the versions it stands for now, none where every one had a reason."""
    site = town / "site"
    with lock(town, now=act.now, break_lock=break_lock):
        reconcile(town, act.at)
        pointer = read_pointer(site)
        stones = {
            number: stone.model_copy(update={"reason": act.reason})
            for number, stone in _stones(pointer, dataset, version).items()
            if stone.reason == URGENT
        }
        if stones:
            intent = act.intent(pointer.sequence + 1, "explain", dataset, tuple(stones))
            append(town, [intent])
            write_pointer(site, explained(pointer, dataset, stones, act.at))
            append(town, [done(intent)])
    return tuple(stones)


def _stones(pointer: Pointer, dataset: str, version: str | None) -> dict[str, Withdrawn]:
    """Return the tombstones of what is meant: of one version, or of all that have one."""
    entry = pointer.datasets.get(dataset)
    versions = entry.versions.items() if entry else ()
    return {number: stood.withdrawn for number, stood in versions if stood.withdrawn and version in (None, number)}


def _choose(pointer: Pointer, dataset: str, version: str | None) -> tuple[str, ...]:
    versions = live(pointer, dataset)
    chosen = tuple(number for number in versions if version in (None, number))
    if not chosen:
        named = f"{dataset}@{version}" if version else dataset
        gone = tuple(_stones(pointer, dataset, None))
        raise UsageError(
            f"取り下げられる「{named}」はありません"
            f"(公開中の版と前の版: {'、'.join(versions) or 'なし'}。取り下げ済みの版: {'、'.join(gone) or 'なし'})。",
            f"There is no {named!r} to withdraw "
            f"(versions that stand: {', '.join(versions) or 'none'}; withdrawn before: {', '.join(gone) or 'none'}).",
            code="nothing-to-withdraw",
        )
    return chosen


def _names(pointer: Pointer, dataset: str, versions: Sequence[str]) -> frozenset[str]:
    """Return how a version's folder is called in addresses and on disk."""
    paths = (pointer.datasets[dataset].versions[version].path for version in versions)
    return frozenset(versions) | {Path(path).name for path in paths}


def _hashes(site: Path, dataset: str, stones: Mapping[str, Withdrawn]) -> frozenset[str]:
    """Return the sha256 of everything that carries rows: data files, and what was prepared from them."""
    prepared = (path for version in stones for path in prepared_folder(site, dataset, version).glob("*"))
    return frozenset(hash_ for stone in stones.values() for hash_ in stone.hashes) | {sha256_of(path) for path in prepared}
