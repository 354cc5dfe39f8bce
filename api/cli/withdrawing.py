"""Withdrawing for commands: the site first (nobody waits), then the portals, then what is left is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from api.cli.console import Console
from api.cli.running import Answer
from catalog.errors import MachizuError, OutsideError, UsageError
from catalog.site.pointer import read_pointer
from publish.portal.withdrawal import Held, Left, held, withdraw
from publish.releasing.act import Act
from publish.releasing.lock import lock
from publish.releasing.pointing import live
from publish.releasing.prepared_map import prepare_map
from publish.releasing.withdrawal import Withdrawal
from publish.releasing.withdrawal import withdraw as withdraw_here
from publish.town_folder import TownFolder


@dataclass(frozen=True, slots=True)
class Order:
    """What is taken back: a dataset, one version or all, and other folders with copies of it."""

    dataset: str
    version: str | None
    places: tuple[Path, ...]


def take_back(folder: TownFolder, order: Order, act: Act, console: Console, *, break_lock: bool) -> Answer:
    """Withdraw; a second run clears what an earlier one could not. The portals are cleared also when the site could not be."""
    title = folder.library.find(order.dataset).title[console.lang]
    with lock(folder.path, now=act.now, break_lock=break_lock):
        removed, stopped = _here(folder, order, act)
        places = _at_portals(folder, order, stopped)
        if not (removed or stopped or places):
            withdraw_here(folder.path, order.dataset, order.version, act)  # says what there would be
        left = withdraw(places)
    versions = removed.versions if removed else ()
    copies = [str(path) for path in removed.left] if removed else []
    lines = [console.text("withdraw.portal", address=place.address) for place in _cleared(places, left)]
    if removed:
        lines = [console.text("withdraw.done", title=title, versions=", ".join(versions), copies=removed.removed), *lines]
    result = {"dataset": order.dataset, "versions": list(versions), "left": [*copies, *(one.address for one in left)]}
    return Answer("\n".join(lines), result, [*stopped, *_left_over(copies, left)])


def _here(folder: TownFolder, order: Order, act: Act) -> tuple[Withdrawal | None, list[MachizuError]]:
    """Withdraw from the site what stands there; from an earlier run only portals may be left over."""
    standing = live(read_pointer(folder.site), order.dataset)
    if not any(order.version in (None, version) for version in standing):
        return None, []
    done = None
    try:
        done = withdraw_here(folder.path, order.dataset, order.version, act, places=order.places)
        prepare_map(folder.site)
    except OutsideError as problem:
        return done, [problem]
    return done, []


def _at_portals(folder: TownFolder, order: Order, stopped: list[MachizuError]) -> tuple[Held, ...]:
    try:
        return held(order.dataset, folder.town, folder.path, order.version)
    except OutsideError as problem:
        stopped.append(problem)
        return ()


def _cleared(places: Sequence[Held], left: Sequence[Left]) -> list[Held]:
    still = {one.address for one in left}
    return [place for place in places if place.dataset not in place.memory.datasets and place.address not in still]


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
    places += [place.address for place in held(order.dataset, folder.town, folder.path, order.version)]
    return Answer("\n".join([console.text("withdraw.drill"), *(f"  {place}" for place in places)]), {"would": places})


def _left_over(copies: Sequence[str], left: Sequence[Left]) -> list[MachizuError]:
    if not copies and not left:
        return []
    ja, en = ("".join(f"\n  {line}" for line in (*copies, *(one.sentence(lang) for one in left))) for lang in ("ja", "en"))
    return [
        OutsideError(
            f"次のものが、まだ残っています:{ja}\n",
            f"This is left:{en}\n",
            fix_ja="もう一度 withdraw を実行するか、その場所の管理者に削除を頼んでください。",
            fix_en="Run withdraw again, or ask whoever manages that place to delete it.",
            code="left-over",
        )
    ]
