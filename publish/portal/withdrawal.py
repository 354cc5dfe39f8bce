"""Withdrawal at portals: what we put there is overwritten, deleted, and asked for once more as a stranger.

What cannot be taken back is listed, and stays remembered, so that a later run clears it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from catalog.errors import MachizuError, SettingError
from catalog.town import Portal, Town
from publish.portal.applying import discard
from publish.portal.client import Client
from publish.portal.memory import Memory, memories, read_memory
from publish.portal.plan import Drop
from publish.portal.reaching import connect
from publish.portal.standing import Standing, is_ours, standing


@dataclass(frozen=True, slots=True)
class Held:
    """A dataset of ours at a portal. `portal` is None when machizu.toml does not name it any more."""

    dataset: str
    name: str
    """Of the package."""
    memory: Memory
    portal: Portal | None

    @property
    def address(self) -> str:
        """Return the address of the package's page."""
        return f"{self.memory.url.rstrip('/')}/dataset/{self.name}"


@dataclass(frozen=True, slots=True)
class Left:
    """Something that is still there, and why."""

    address: str
    why: dict[str, str]
    """ja, en."""

    def sentence(self, lang: str) -> str:
        """Return address and reason."""
        return f"{self.address} ({self.why['ja' if lang == 'ja' else 'en']})"


def held(dataset: str, town: Town, folder: Path, version: str | None = None) -> tuple[Held, ...]:
    """Return where a dataset of ours may stand (one version, or any), by memory.

    A portal that nothing is remembered of, perhaps because log/ was lost, is asked whether it has a package with our mark.
    """
    portals = {portal.name: portal for portal in town.portals}
    known = list(memories(folder))
    remembered = (
        Held(dataset, placed.name, memory, portals.get(memory.portal))
        for memory in known
        if (placed := memory.datasets.get(dataset)) and (version is None or version in placed.versions)
    )
    names = {memory.portal for memory in known}
    name = f"{town.code}_{dataset}"
    asked = (
        Held(dataset, name, read_memory(folder, portal.name, portal.url), portal)
        for portal in town.portals
        if portal.name not in names and _seems_ours(portal, name)
    )
    return (*remembered, *asked)


def withdraw(places: Sequence[Held]) -> tuple[Left, ...]:
    """Delete what we put at these portals; return what is left, nothing when all is gone."""
    left: list[Left] = []
    for place in places:
        remaining = list(_clear(place))
        left += remaining
        if not remaining:
            place.memory.forget(place.dataset)
    return tuple(left)


def _seems_ours(portal: Portal, name: str) -> bool:
    """Ask as a stranger; a portal that does not answer may have it, which the withdrawal will find out or say."""
    try:
        with Client(portal.name, portal.url, "") as client:
            package = client.package(name)
    except MachizuError:
        return True
    return package is not None and is_ours(package, None)


def _clear(place: Held) -> Iterator[Left]:
    try:
        with connect(_portal(place)) as client:
            yield from _delete(place, client)
    except MachizuError as problem:
        yield Left(place.address, problem.message)


def _portal(place: Held) -> Portal:
    if place.portal is None:
        raise SettingError(
            f'machizu.toml に [[portal]] name = "{place.memory.portal}" がもうありません',
            f"machizu.toml has no [[portal]] named {place.memory.portal!r} any more",
            code="no-portal",
        )
    return place.portal


def _delete(place: Held, client: Client) -> Iterator[Left]:
    placed = place.memory.datasets.get(place.dataset)
    package = client.package(placed.package if placed else place.name)
    if package is None or not is_ours(package, placed):
        return
    stands = standing(package, placed)
    for name, resource in stands.all_ours:
        discard(Drop(name, str(resource["id"])), client)
    if not stands.others:
        client.call("package_delete", id=stands.id)
    yield from _still_there(place, stands, client)


def _still_there(place: Held, stands: Standing, client: Client) -> Iterator[Left]:
    for _, resource in stands.all_ours:
        if client.download(str(resource["url"])) is not None:
            yield Left(str(resource["url"]), {"ja": "まだ取得できます", "en": "can still be downloaded"})
    if stands.others:
        yield Left(
            place.address,
            {
                "ja": f"ポータルでほかの人が加えたファイルが{len(stands.others)}個あるため、データセットは残しました",
                "en": f"holds {len(stands.others)} resources that others added, so the dataset was kept",
            },
        )
