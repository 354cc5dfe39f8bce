"""Rollback: an older version is current again. Only the pointer moves; no byte of any release is touched."""

from pathlib import Path

from catalog.errors import DisclosureRefused, UsageError
from catalog.library import read_library
from catalog.site.pointer import Pointer, read_pointer
from catalog.site.prepared import store_path
from catalog.site.release import read_release
from catalog.town import read_town
from publish.disclosure.gate import class_of
from publish.releasing.act import Act, done
from publish.releasing.exposed import exposed
from publish.releasing.history import append
from publish.releasing.lock import lock
from publish.releasing.pointing import live, rolled_back, write_pointer
from publish.releasing.prepared import prepare_release
from publish.releasing.reconciling import reconcile


def rollback(town: Path, dataset: str, version: str | None, act: Act, *, break_lock: bool = False) -> Pointer:
    """Make a version current again: the one named, else the one before the current.

    UsageError when there is none; DisclosureRefused when it shows more than the class in force allows.
    """
    site = town / "site"
    with lock(town, now=act.now, break_lock=break_lock):
        reconcile(town, act.at)
        pointer = read_pointer(site)
        chosen = _choose(pointer, dataset, version)
        _allow(town, pointer, dataset, chosen)
        entry = pointer.datasets[dataset].versions[chosen]
        if not store_path(site, dataset, chosen).is_file():
            prepare_release(site, dataset, chosen, entry)
        intent = act.intent(pointer.sequence + 1, "rollback", dataset, (chosen,), entry.hash)
        append(town, [intent])
        after = rolled_back(pointer, dataset, chosen, act.at)
        write_pointer(site, after)
        append(town, [done(intent)])
    return after


def _allow(town: Path, pointer: Pointer, dataset: str, version: str) -> None:
    site = town / "site"
    definition = read_library(town).get(dataset) or read_release(site, dataset, version).dataset
    cls, _ = class_of(definition, read_town(town))
    if version in exposed(site, pointer, dataset, cls):
        raise DisclosureRefused(
            f"「{dataset}」の公開区分はいま {cls} です。版 {version} はそれより広く公開したものなので、戻せません。",
            f"{dataset!r} is {cls} now; version {version} shows more than that and cannot become current again.",
            fix_ja=f"machizu withdraw {dataset}@{version} で取り下げるか、machizu.toml の決定を直してください。",
            fix_en=f"Withdraw it with machizu withdraw {dataset}@{version}, or correct the decision in machizu.toml.",
            code="class-changed",
        )


def _choose(pointer: Pointer, dataset: str, version: str | None) -> str:
    versions = live(pointer, dataset)
    current = pointer.datasets[dataset].current if versions else None
    if version is not None:
        if version in versions and version != current:
            return version
        raise _refusal(dataset, version, versions, current)
    earlier = versions[: versions.index(current)] if current else versions
    if not earlier:
        raise UsageError(
            f"「{dataset}」には、戻せる前の版がありません。",
            f"{dataset!r} has no earlier version to go back to.",
            code="no-earlier-version",
        )
    return earlier[-1]


def _refusal(dataset: str, version: str, versions: tuple[str, ...], current: str | None) -> UsageError:
    if version == current:
        return UsageError(
            f"「{dataset}」の版 {version} は、いま公開している版です。",
            f"Version {version} of {dataset!r} is the current one.",
            code="already-current",
        )
    listed = "、".join(versions) or "-"
    return UsageError(
        f"「{dataset}」の版 {version} には戻せません(戻せる版: {listed})。",
        f"{dataset!r} cannot go back to version {version} (versions that stand: {listed}).",
        code="no-such-version",
    )
