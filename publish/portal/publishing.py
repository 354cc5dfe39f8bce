"""A release to a portal and back: plan, apply, prove; withdraw what we put there, and say what is left if that fails."""

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from catalog.errors import MachizuError, OutsideError, SettingError, nearest
from catalog.site.release import Release
from catalog.site.town_card import TownCard
from catalog.town import Portal, Town
from publish.portal.applying import apply
from publish.portal.client import Client
from publish.portal.memory import Memory, Placed, read_memory
from publish.portal.plan import Plan, is_ours, plan
from publish.portal.proving import prove
from publish.portal.wanted import Wanted, wanted


@dataclass(frozen=True, slots=True)
class Copied:
    """One dataset at a portal: what was done there and where to look."""

    dataset: str
    version: str
    plan: Plan
    address: str


def find_portal(town: Town, name: str) -> Portal:
    """Return a portal of machizu.toml by name; SettingError with the nearest name."""
    for portal in town.portals:
        if portal.name == name:
            return portal
    near = nearest(name, [portal.name for portal in town.portals])
    raise SettingError(
        f'machizu.toml に [[portal]] name = "{name}" がありません。' + (f"「{near}」ではありませんか。" if near else ""),
        f"machizu.toml has no [[portal]] named {name!r}." + (f" Did you mean {near!r}?" if near else ""),
        code="no-portal",
    )


def connect(portal: Portal) -> Client:
    """Return the client of a portal; its token comes from the environment only."""
    token = os.environ.get(portal.token_env, "")
    if not token:
        raise SettingError(
            f"環境変数 {portal.token_env} にポータル「{portal.name}」のトークンがありません。",
            f"The environment variable {portal.token_env} holds no token for the portal {portal.name!r}.",
            fix_ja="ポータルで API トークンを作り、その環境変数に入れてください(ファイルには書きません)。",
            fix_en="Make an API token at the portal and put it into that variable (never into a file).",
            code="no-token",
        )
    return Client(portal.name, portal.url, token)


def preview(release: Release, town: TownCard, portal: Portal, client: Client, memory: Memory) -> tuple[Wanted, Plan]:
    """Return what would be done; OutsideError when the organization is missing or the name is taken by somebody else."""
    want = wanted(release, town, portal.organization)
    if client.organization(portal.organization) is None:
        raise OutsideError(
            f"ポータル「{portal.name}」に組織「{portal.organization}」がありません。",
            f"The portal {portal.name!r} has no organization {portal.organization!r}.",
            fix_ja="ポータルの管理者に組織を作ってもらうか、machizu.toml の organization を直してください。",
            fix_en="Have the portal's administrator make it, or correct organization in machizu.toml.",
            code="no-organization",
        )
    standing = client.package(want.name)
    known = memory.datasets.get(release.id)
    if standing is not None and not is_ours(standing) and not (known and known.package == standing["id"]):
        raise OutsideError(
            f"ポータル「{portal.name}」には、machizu が作ったものではない「{want.name}」がすでにあります。",
            f"The portal {portal.name!r} already has a package {want.name!r} that machizu did not make.",
            fix_ja="上書きはしません。ポータルで名前を変えるか削除してください。",
            fix_en="It is not overwritten. Rename or delete it at the portal.",
            code="name-taken",
        )
    return want, plan(want, standing, tuple(known.resources.values()) if known else ())


def copy(release: Release, town: TownCard, portal: Portal, town_folder: Path, *, dry_run: bool = False) -> Copied:
    """Make the portal's package stand as the release does, and prove it by reading every file back."""
    client = connect(portal)
    memory = read_memory(town_folder, portal.name)
    want, steps = preview(release, town, portal, client, memory)
    address = f"{portal.url.rstrip('/')}/dataset/{want.name}"
    if not dry_run and not steps.empty:
        apply(steps, client, memory, release.id, release.version, release.entry.hash)
    if not dry_run:
        wrong = prove(want, client)
        if wrong:
            names = "、".join(sorted({difference.file or want.name for difference in wrong}))
            raise OutsideError(
                f"ポータル「{portal.name}」から読み返した内容が一致しません: {names}",
                f"What was read back from the portal {portal.name!r} differs: {names}",
                fix_ja="もう一度 publish を実行してください。続く場合はポータルの管理者に連絡してください。",
                fix_en="Publish again; if it persists ask the portal's administrator.",
                code="portal-differs",
            )
    return Copied(release.id, release.version, steps, address)


def standing(dataset: str, portals: Sequence[Portal], town_folder: Path, versions: Collection[str] = ()) -> tuple[Portal, ...]:
    """Return the portals at which we put a dataset (one of these versions, or any)."""
    placed = {portal.name: read_memory(town_folder, portal.name).datasets.get(dataset) for portal in portals}
    return tuple(
        portal for portal in portals if (held := placed[portal.name]) is not None and (not versions or held.version in versions)
    )


def withdraw(dataset: str, portals: Sequence[Portal], town_folder: Path) -> tuple[str, ...]:
    """Delete what we put at these portals and return what is left there (addresses), empty when nothing is.

    CKAN leaves the bytes of a deleted resource on the server's disk, so each file is first replaced by an empty one.
    """
    left: list[str] = []
    for portal in portals:
        memory = read_memory(town_folder, portal.name)
        placed = memory.datasets.get(dataset)
        if placed is None:
            continue
        remaining = _clear(placed, portal)
        left += remaining
        if not remaining:
            del memory.datasets[dataset]
            memory.save()
    return tuple(left)


def _clear(placed: Placed, portal: Portal) -> list[str]:
    address = f"{portal.url.rstrip('/')}/dataset/{placed.name}"
    try:
        client = connect(portal)
        standing = client.package(placed.package)
        if standing is None:
            return []
        held = {str(resource["id"]): str(resource["url"]) for resource in standing["resources"]}
        ours = [resource for resource in placed.resources.values() if resource in held]
        _empty(client, {name: held[resource] for name, resource in placed.resources.items() if resource in held}, placed)
        for resource in ours:
            client.call("resource_delete", id=resource)
        if set(held) <= set(ours):
            client.call("package_delete", id=placed.package)
        return [held[resource] for resource in ours if client.download(held[resource]) is not None]
    except MachizuError as problem:
        return [f"{address} ({problem.message['en']})"]


def _empty(client: Client, held: dict[str, str], placed: Placed) -> None:
    with TemporaryDirectory() as folder:
        blank = Path(folder) / "withdrawn"
        blank.write_bytes(b"withdrawn\n")
        for name in held:
            client.upload("resource_patch", blank, name, {"id": placed.resources[name], "hash": ""})
