"""Withdrawing for commands: the site first (nobody waits), then the portals, then what is left is told."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from api.cli.console import Console
from api.cli.running import Answer
from catalog.errors import MachizuError, OutsideError, UsageError
from catalog.site.pointer import read_pointer
from publish.portal.publishing import standing, withdraw
from publish.releasing.act import Act
from publish.releasing.pointing import live
from publish.releasing.prepared_map import prepare_map
from publish.releasing.withdrawal import withdraw as withdraw_here
from publish.town_folder import TownFolder


@dataclass(frozen=True, slots=True)
class Order:
    """What is taken back: a dataset, one version or all, and other folders with copies of it."""

    dataset: str
    version: str | None
    places: tuple[Path, ...]


def take_back(folder: TownFolder, order: Order, by: tuple[str, datetime, str], console: Console, *, break_lock: bool) -> Answer:
    """Withdraw; a second run clears what an earlier one could not."""
    who, now, reason = by
    title = folder.library.find(order.dataset).title[console.lang]
    versions = live(read_pointer(folder.site), order.dataset)
    portals = standing(order.dataset, folder.town.portals, folder.path, [order.version] if order.version else ())
    removed, left = 0, []
    if versions or not portals:
        done = withdraw_here(
            folder.path, order.dataset, order.version, Act(who, now, reason), places=order.places, break_lock=break_lock
        )
        prepare_map(folder.site)
        removed, left = done.removed, [str(path) for path in done.left]
        versions = done.versions
    left += withdraw(order.dataset, portals, folder.path)
    text = console.text("withdraw.done", title=title, versions=", ".join(versions) or "-", copies=removed)
    result = {"dataset": order.dataset, "versions": list(versions), "left": left}
    return Answer(text, result, _left_over(left))


def rehearse(folder: TownFolder, order: Order, console: Console) -> Answer:
    """Say what would go, and remove nothing."""
    pointer = read_pointer(folder.site)
    versions = [version for version in live(pointer, order.dataset) if order.version in (None, version)]
    if not versions:
        raise UsageError(
            f"「{order.dataset}」には取り下げる版がありません。", f"There is no version of {order.dataset!r} to withdraw."
        )
    entries = pointer.datasets[order.dataset].versions
    paths = [
        path for version in versions for path in sorted((folder.site / entries[version].path).rglob("*")) if path.is_file()
    ]
    places = [path.relative_to(folder.path).as_posix() for path in paths]
    places += [f"{portal.name}: {portal.url}" for portal in standing(order.dataset, folder.town.portals, folder.path)]
    return Answer("\n".join([console.text("withdraw.drill"), *(f"  {place}" for place in places)]), {"would": places})


def _left_over(left: list[str]) -> list[MachizuError]:
    if not left:
        return []
    listed = "\n".join(f"  {place}" for place in left)
    return [
        OutsideError(
            f"サイトからは取り下げましたが、次のものが残っています:\n{listed}\n",
            f"Withdrawn from the site, but this is left:\n{listed}\n",
            fix_ja="もう一度 withdraw を実行するか、その場所の管理者に削除を頼んでください。",
            fix_en="Run withdraw again, or ask whoever manages that place to delete it.",
            code="left-over",
        )
    ]
