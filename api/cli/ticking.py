"""What was scheduled for a day, published when it has come: what is due together becomes public together."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from api.cli.console import Console
from api.cli.publishing import release_now
from api.cli.running import Answer
from catalog.errors import CheckFailed, MachizuError
from publish.releasing.approval import approval_of, waits
from publish.releasing.lock import lock
from publish.releasing.schedule import Waiting, waiting
from publish.town_folder import TownFolder


def publish_due(folder: TownFolder, now: datetime, console: Console, *, break_lock: bool = False) -> Answer:
    """Publish every schedule that is due, whose release still stands and is approved where it must be."""
    with lock(folder.path, now=now, break_lock=break_lock):
        found = waiting(folder.path)
        stopped = [problem for one in found if (problem := _problem(folder, one, now))]
        due = [one for one in found if one.is_due(now) and _problem(folder, one, now) is None]
        lines: list[str] = []
        published: list[str] = []
        for group in _together(due):
            try:
                lines += release_now(folder, [one.scheduled.dataset for one in group], group[0].scheduled.act(now), console)
                published += [one.scheduled.dataset for one in group]
            except MachizuError as problem:
                stopped.append(problem)
    planned = [{"dataset": one.scheduled.dataset, "at": one.scheduled.at} for one in found if not one.is_due(now)]
    text = "\n".join(lines) or console.text("tick.nothing", count=len(planned))
    return Answer(text, {"published": published, "scheduled": planned}, stopped)


def _together(due: Sequence[Waiting]) -> Iterator[list[Waiting]]:
    """Give what was asked for in one decision: the same moment, person, reason and paper."""
    for _, group in groupby(due, key=lambda one: one.scheduled.model_copy(update={"dataset": "", "package": ""})):
        yield list(group)


def _problem(folder: TownFolder, one: Waiting, now: datetime) -> MachizuError | None:
    """Return why a schedule cannot be kept: built anew since, or due and not approved."""
    if one.entry is None:
        return _void(one)
    if one.is_due(now) and folder.town.approval == "two" and approval_of(folder.path, one.entry, now) is None:
        return waits(folder.town, one.entry)
    return None


def _void(one: Waiting) -> CheckFailed:
    dataset, day = one.scheduled.dataset, one.scheduled.at[:16]
    return CheckFailed(
        f"{day} に公開する予定の「{dataset}」は、予定のあとで作り直されたので公開しません。",
        f"{dataset!r}, scheduled for {day}, was built anew since and is not published.",
        fix_ja=f"内容を見てから machizu publish {dataset} --at 日時 をやり直してください。",
        fix_en=f"Look at it, then schedule it again: machizu publish {dataset} --at TIME",
        code="schedule-void",
    )
