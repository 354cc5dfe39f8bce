"""Withdrawing for commands: the site first (nobody waits), then the portals, then what is left is told."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

from api.cli.console import Console
from api.cli.running import Answer
from catalog.errors import MachizuError, OutsideError, UsageError
from catalog.site.pointer import Pointer, read_pointer
from publish.portal.withdrawal import Held, Left, held, withdraw
from publish.releasing.act import Act
from publish.releasing.incident import Incident, gather, keep
from publish.releasing.lock import lock
from publish.releasing.pointing import live
from publish.releasing.prepared_map import prepare_map
from publish.releasing.withdrawal import URGENT, Withdrawal, clear_again, explain
from publish.releasing.withdrawal import withdraw as withdraw_here
from publish.town_folder import TownFolder


@dataclass(frozen=True, slots=True)
class Order:
    """What is taken back: a dataset, one version or all, and other folders with copies of it. `logs`: of the web server."""

    dataset: str
    version: str | None
    places: tuple[Path, ...]
    logs: tuple[Path, ...] = ()

    def standing(self, pointer: Pointer) -> list[str]:
        """Return the versions meant that are not withdrawn yet."""
        return [version for version in live(pointer, self.dataset) if self.version in (None, version)]


def take_back(folder: TownFolder, order: Order, act: Act, console: Console, *, break_lock: bool) -> Answer:
    """Withdraw; a second run clears what an earlier one could not. The portals are cleared also when the site could not be."""
    title = folder.library.find(order.dataset).title[console.lang]
    with lock(folder.path, now=act.now, break_lock=break_lock):
        incident = _facts(folder, order, act)
        removed, stopped = _here(folder, order, act)
        places = _at_portals(folder, order, stopped)
        reasons = () if act.reason == URGENT else explain(folder.path, order.dataset, order.version, act)
        if not (removed or stopped or places or reasons):
            withdraw_here(folder.path, order.dataset, order.version, act)  # says what there would be
        left = withdraw(places)
    versions = removed.versions if removed else ()
    copies = [str(path) for path in removed.left] if removed else []
    lines = [console.text("withdraw.portal", address=place.address) for place in _cleared(places, left)]
    if reasons:
        lines = [console.text("withdraw.explained", title=title, versions=", ".join(reasons)), *lines]
    if removed and versions:
        done = console.text("withdraw.done", title=title, versions=", ".join(versions), copies=removed.removed)
        lines = [done, *_standing(removed.pointer, order.dataset, console), *lines]
    elif removed:
        lines = [console.text("withdraw.again", title=title, copies=removed.removed), *lines]
    result: dict[str, Any] = {
        "dataset": order.dataset,
        "versions": list(versions),
        "left": [*copies, *(one.address for one in left)],
    }
    if incident is not None:
        portals = tuple(place.address for place in places)
        known = incident.model_copy(update={"portals": portals})
        path = keep(folder.path, known)
        lines += ["", *told(known, path.relative_to(folder.path).as_posix(), console)]
        result["facts"] = known.model_dump(mode="json")
    if removed and removed.damaged:
        stopped.append(_set_aside(removed.damaged.relative_to(folder.path)))
    return Answer("\n".join(lines), result, [*stopped, *_no_places(order), *_left_over(copies, left)])


def _standing(pointer: Pointer, dataset: str, console: Console) -> Iterator[str]:
    """Tell that nothing is current any more although older versions are there: they may hold the same, so a person decides."""
    left = live(pointer, dataset)
    if left and pointer.datasets[dataset].current is None:
        yield console.text("withdraw.standing", versions=", ".join(left), dataset=dataset, last=left[-1])


def _facts(folder: TownFolder, order: Order, act: Act) -> Incident | None:
    """Gather what a report needs while the bytes are there; a log that cannot be read stops no withdrawal."""
    pointer = read_pointer(folder.site)
    versions = order.standing(pointer)
    if not versions:
        return None
    return gather(folder.path, pointer, order.dataset, versions, act, logs=order.logs)


def _here(folder: TownFolder, order: Order, act: Act) -> tuple[Withdrawal | None, list[MachizuError]]:
    """Withdraw from the site what stands there; from an earlier run only copies elsewhere may be left over."""
    if not order.standing(read_pointer(folder.site)):
        return (clear_again(folder.path, order.dataset, order.version, order.places) if order.places else None), []
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


def rehearse(folder: TownFolder, order: Order, act: Act, console: Console) -> Answer:
    """Say what would go and, tried on a copy, how long it takes; remove nothing."""
    pointer = read_pointer(folder.site)
    versions = order.standing(pointer)
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
    seconds = _timed(folder, order, act)
    lines = [console.text("withdraw.drill"), *(f"  {place}" for place in places)]
    lines.append(console.text("withdraw.measured", seconds=f"{seconds:.2f}"))
    return Answer("\n".join(lines), {"would": places, "seconds": round(seconds, 2)})


def _timed(folder: TownFolder, order: Order, act: Act) -> float:
    """Withdraw from a copy of the town's site and return the seconds until nothing of it was left there."""
    with TemporaryDirectory(prefix="machizu-") as place:
        copy = Path(place) / "town"
        shutil.copytree(folder.site, copy / "site")
        began = monotonic()
        withdraw_here(copy, order.dataset, order.version, act)
        return monotonic() - began


def told(incident: Incident, path: str, console: Console) -> Iterator[str]:
    """Give the facts of a withdrawal as lines, and what no command of ours can reach."""
    yield console.text("withdraw.facts", path=path)
    if incident.reason == URGENT:
        yield console.text("withdraw.later", dataset=incident.dataset)
    yield console.text("withdraw.period", since=_minute(incident.since), until=_minute(incident.until))
    if incident.downloads is None:
        yield console.text("withdraw.uncounted")
    else:
        yield console.text("withdraw.requests", files=incident.downloads, views=incident.views)
    yield from (console.text("withdraw.unread", path=path) for path in incident.unread_logs)
    for shown in incident.versions:
        yield console.text("withdraw.version", version=shown.version, rows=f"{shown.rows:,}", files=len(shown.files))
        yield from (f"    {file.name} {file.sha256}" for file in shown.files)
    if incident.backups:
        yield console.text("withdraw.backups")
        yield from (f"    {path}" for path in incident.backups)
    yield console.text("withdraw.reach")


def _minute(moment: str) -> str:
    return moment[:16].replace("T", " ")


def _set_aside(damaged: Path) -> MachizuError:
    return OutsideError(
        f"公開の記録が壊れていたので、{damaged.as_posix()} に移し、新しい記録を始めました。",
        f"The history was damaged: it is now {damaged.as_posix()}, and a new one was begun.",
        fix_ja="取り下げは済んでいます。落ち着いてから、控えの記録と比べてください。",
        fix_en="The withdrawal is done. Compare it with the history of a backup when there is time.",
        code="history-set-aside",
    )


def _no_places(order: Order) -> Iterator[MachizuError]:
    """Name what was given as a folder with copies and is none: nothing was looked for there."""
    for place in order.places:
        if not place.is_dir():
            yield OutsideError(
                f"--also の {place} というフォルダーはありません。そこの写しは消していません。",
                f"--also {place} is no folder: nothing was deleted there.",
                fix_ja="正しい場所で、もう一度 withdraw を実行してください。",
                fix_en="Run withdraw again with the right place.",
                code="no-place",
            )


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
