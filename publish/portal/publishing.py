"""A release to a portal: plan, apply, prove by reading every file back, and once more where that was not enough."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from catalog.errors import OutsideError
from publish.packing.determinism import sha256_of
from publish.portal.applying import apply, extra_keys, tag_names
from publish.portal.errors import Differs, Hidden, Invalid, Moved, Refused, Taken, TooLarge
from publish.portal.memory import Placed
from publish.portal.offering import offer, offered
from publish.portal.plan import Plan, Upload, plan
from publish.portal.proving import Proof, prove
from publish.portal.reaching import Reached
from publish.portal.standing import Standing, is_ours, standing
from publish.portal.wanted import Wanted
from publish.releasing.lock import lock
from publish.releasing.reconciling import reconcile
from publish.town_folder import TownFolder


@dataclass(frozen=True, slots=True)
class Copied:
    """One dataset at a portal: what was done there (or would be) and where to look."""

    name: str
    version: str
    address: str
    sent: int
    """Files."""
    changed: bool


def copy(
    folder: TownFolder, dataset: str, reached: Reached, now: datetime, *, dry_run: bool = False, break_lock: bool = False
) -> Copied:
    """Make the portal's package stand as the site does; the town's lock keeps a withdrawal from happening meanwhile.

    UsageError when the dataset is not public; DisclosureRefused when its class has become stricter than its release;
    OutsideError when the portal does not do it, a package of that name is not ours, or what is read back differs.
    """
    with lock(folder.path, now=now, break_lock=break_lock):
        reconcile(folder.path, now.isoformat(timespec="seconds"))
        want = offer(folder, dataset, reached.portal.organization, reached.client.url)
        steps = _plan(want, _look(want, reached), reached)
        if not dry_run:
            return _carry_out(want, steps, reached)
        return Copied(want.name, want.version, reached.address(want.name), len(steps.uploads), not steps.empty)


def left_behind(folder: TownFolder, reached: Reached) -> list[OutsideError]:
    """Return a sentence for everything of ours at the portal that the site shows no more: a withdrawal that is not finished."""
    portal, shown = reached.portal.name, offered(folder)
    return [
        OutsideError(
            f"ポータル「{portal}」に、いまは公開していない「{dataset}」が残っています: {reached.address(placed.name)}",
            f"The portal {portal!r} still has {dataset!r}, which is not public any more: {reached.address(placed.name)}",
            fix_ja=f"machizu withdraw {dataset} --reason 理由 で消してください。",
            fix_en=f"Delete it with: machizu withdraw {dataset} --reason TEXT.",
            code="left-over",
        )
        for dataset, placed in reached.memory.datasets.items()
        if dataset not in shown
    ]


def _look(want: Wanted, reached: Reached) -> Standing | None:
    """Return how the package stands, None when there is none; OutsideError when it is not ours to change."""
    placed = reached.memory.datasets.get(want.dataset)
    try:
        package = reached.client.package(want.name)
    except Refused:
        return None  # private, or deleted, in another organization: making it will tell
    if package is None:
        return None
    if not is_ours(package, placed):
        raise Taken(reached.portal.name, want.name)
    if package.get("owner_org") != reached.organization:
        raise Moved(reached.portal.name, want.name)
    if package.get("private"):
        raise Hidden(reached.portal.name, want.name)
    return standing(package, placed)


def _plan(want: Wanted, stands: Standing | None, reached: Reached, stale: Sequence[str] = ()) -> Plan:
    return plan(want, stands, reached.memory.datasets.get(want.dataset), stale)


def _carry_out(want: Wanted, steps: Plan, reached: Reached) -> Copied:
    refused = _apply(want, steps, reached)
    there = want.without(refused)
    sent, changed, proof = len(steps.uploads), not steps.empty, _prove(there, reached)
    if not proof.holds:
        # Somebody replaced a file there without its hash changing, or edited while we wrote: once more, then it is an error.
        more = _plan(there, proof.stands, reached, proof.wrong)
        _apply(there, more, reached)
        sent, changed, proof = sent + len(more.uploads), True, _prove(there, reached)
    if proof.stands is None or not proof.holds:
        raise Differs(reached.portal.name, "、".join(proof.wrong) or want.name)
    _settle(there, proof.stands, reached)
    if refused:
        raise TooLarge(reached.portal.name, refused)
    return Copied(want.name, want.version, reached.address(want.name), sent, changed)


def _apply(want: Wanted, steps: Plan, reached: Reached) -> dict[str, int]:
    """Apply a plan that is not empty; return the files that the portal found too large, in bytes by name."""
    if steps.empty:
        return {}
    for upload in steps.uploads:
        _undamaged(upload)
    try:
        return apply(steps, want, reached.client, reached.memory)
    except Invalid as problem:
        if steps.id is None and "name" in problem.fields:
            raise Taken(reached.portal.name, want.name) from problem
        raise


def _prove(want: Wanted, reached: Reached) -> Proof:
    return prove(want, reached.client, reached.memory.datasets.get(want.dataset))


def _settle(want: Wanted, stands: Standing, reached: Reached) -> None:
    """Remember what was proved, and nothing of before."""
    placed = Placed(
        package=stands.id,
        name=want.name,
        versions=(want.version,) if want.version else (),
        resources={name: str(resource["id"]) for name, resource in stands.ours.items()},
        tags=tag_names(want.fields),
        extras=extra_keys(want.fields),
    )
    reached.memory.remember(want.dataset, placed)


def _undamaged(upload: Upload) -> None:
    """Only bytes that were released may leave: OutsideError when a file in the site is not what its release says."""
    if sha256_of(upload.file.path) != upload.file.sha256:
        raise OutsideError(
            f"site/ の {upload.file.name} が公開したときのものと違います。ポータルには送りません。",
            f"{upload.file.name} in site/ is not what was released: it is not sent to a portal.",
            fix_ja="machizu verify で確かめ、もう一度 publish してください。",
            fix_en="Look with machizu verify and publish it again.",
            code="damaged-release",
        )
