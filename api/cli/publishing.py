"""Publishing for commands: build, show, agree, release, compose the map, read back; and the same for a portal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from api.cli.building import as_json, build_all, problems, ready, tell
from api.cli.console import Console
from api.cli.hiding import tell_hidden
from api.cli.running import Answer
from catalog.errors import CheckFailed, MachizuError, UsageError
from catalog.site.pointer import read_pointer
from publish.build import Outcome
from publish.diff.comparing import compare
from publish.diff.summary import first_line, headline
from publish.portal.errors import Unreachable
from publish.portal.offering import offered
from publish.portal.publishing import Copied, copy, left_behind
from publish.portal.reaching import Reached, find_portal, reach
from publish.releasing.act import Act
from publish.releasing.approval import approval_of, ask, decide, ends_before, waits
from publish.releasing.lock import lock
from publish.releasing.prepared_map import prepare_map
from publish.releasing.schedule import forget, schedule, waiting
from publish.releasing.staged import StagedEntry
from publish.releasing.staging import Staged
from publish.releasing.verifying import verify
from publish.releasing.writing import release
from publish.town_folder import TownFolder


@dataclass(frozen=True, slots=True)
class Wish:
    """How publication is wished for. `agree`: asks whoever runs it; `codes`: contents that a decision on paper approved."""

    agree: Callable[[], bool]
    dry_run: bool = False
    break_lock: bool = False
    codes: Sequence[str] = ()
    at: datetime | None = None
    """When it is to become public; None: now."""


def to_site(folder: TownFolder, datasets: Sequence[str], act: Act, console: Console, wish: Wish) -> Answer:
    """Publish what is ready; what is not ready, or not approved, is told and does not stop the rest."""
    outcomes = build_all(folder, datasets, act.now, console, break_lock=wish.break_lock)
    planned = {} if datasets or wish.at else _planned(folder, act.now)
    staged = [one for one in ready(outcomes) if one.entry.dataset not in planned]
    for dataset, day in planned.items():
        console.say(
            console.text("publish.planned", title=folder.library[dataset].title[console.lang], day=day, dataset=dataset)
        )
    for line in _preview(folder, outcomes, staged, console):
        console.say(line)
    stopped: list[MachizuError] = problems(outcomes, folder, console)
    result = {"datasets": [as_json(outcome) for outcome in outcomes], "published": []}
    if wish.dry_run:
        return Answer("", result, stopped)
    if staged and not wish.agree():
        return Answer(console.text("publish.stopped"), result, stopped)
    approved, lacking = _approved(folder, [one.entry for one in staged], act, wish)
    stopped += lacking
    if wish.at is not None:
        return _later(folder, [one.entry for one in staged], act, wish.at, console, Answer("", result, stopped))
    lines = release_now(folder, approved, act, console) if approved or not lacking else []
    return Answer("\n".join(lines), {**result, "published": approved}, stopped)


def _approved(folder: TownFolder, entries: Sequence[StagedEntry], act: Act, wish: Wish) -> tuple[list[str], list[MachizuError]]:
    """Return the datasets that may become public, and of the others that they wait; for these, publication is asked for."""
    with lock(folder.path, now=act.now, break_lock=wish.break_lock):
        if wish.codes:
            decide(folder.path, folder.town, entries, wish.codes, act, wish.at)
        if folder.town.approval == "one":
            return [entry.dataset for entry in entries], []
        lacking = [entry for entry in entries if approval_of(folder.path, entry, act.now) is None]
        ask(folder.path, lacking, act)
    return [entry.dataset for entry in entries if entry not in lacking], [waits(folder.town, entry) for entry in lacking]


def _planned(folder: TownFolder, now: datetime) -> dict[str, str]:
    """Return what is set for a day to come: `publish` without names leaves it alone, or a 告示 would be public too early."""
    found = (one for one in waiting(folder.path) if one.entry and not one.is_due(now))
    return {one.scheduled.dataset: _day(one.scheduled.moment) for one in found}


def cancel(folder: TownFolder, datasets: Sequence[str], act: Act, console: Console, *, break_lock: bool) -> Answer:
    """Forget the days set for some datasets, or for all; UsageError where none is set."""
    with lock(folder.path, now=act.now, break_lock=break_lock):
        found = [one.scheduled for one in waiting(folder.path) if not datasets or one.scheduled.dataset in datasets]
        if not found:
            raise UsageError("公開の予定はありません。", "Nothing is scheduled.", code="not-scheduled")
        for one in found:
            forget(folder.path, one.dataset)
    lines = [
        console.text("publish.cancelled", title=folder.library[one.dataset].title[console.lang], day=_day(one.moment))
        for one in found
    ]
    return Answer("\n".join(lines), {"cancelled": [{"dataset": one.dataset, "at": one.at} for one in found]})


def _day(moment: datetime) -> str:
    return moment.isoformat(sep=" ", timespec="minutes")[:16]


def _later(
    folder: TownFolder, entries: Sequence[StagedEntry], act: Act, moment: datetime, console: Console, answer: Answer
) -> Answer:
    with lock(folder.path, now=act.now):
        schedule(folder.path, entries, moment, act)
    titles = [folder.library[entry.dataset].title[console.lang] for entry in entries]
    lines = [console.text("publish.later", title=title, day=_day(moment)) for title in titles]
    planned = [{"dataset": entry.dataset, "at": moment.isoformat()} for entry in entries]
    given = [(entry, approval_of(folder.path, entry, act.now)) for entry in entries if folder.town.approval == "two"]
    short = [ends_before(entry, one, moment) for entry, one in given if one and approval_of(folder.path, entry, moment) is None]
    result = {**answer.result, "scheduled": planned}
    return replace(answer, text="\n".join(lines), result=result, problems=[*answer.problems, *short])


def _preview(folder: TownFolder, outcomes: Sequence[Outcome], staged: Sequence[Staged], console: Console) -> list[str]:
    lines = [
        tell(o, folder, console.lang, console) for o in outcomes if o.result is not None and not isinstance(o.result, Staged)
    ]
    lines.append(console.text("publish.will" if staged else "publish.nothing"))
    for one in staged:
        title = folder.library[one.entry.dataset].title[console.lang]
        found = compare(folder.path, one.entry.dataset)
        lines.append(f"  {title} {one.entry.version}: {first_line(found, console.lang)}")
        lines += [f"    {line}" for line in headline(found, console.lang)]
        lines += tell_hidden(one.entry, console)
    return lines


def release_now(folder: TownFolder, datasets: Sequence[str], act: Act, console: Console) -> list[str]:
    """Release what is staged of some datasets, compose the map, read everything back; CheckFailed when it differs."""
    release(folder.path, datasets, act, library=folder.library)
    console.note("publish.map")
    prepare_map(folder.site)
    pointer = read_pointer(folder.site)
    lines = [
        console.text("publish.done", title=folder.library[name].title[console.lang], version=pointer.datasets[name].current)
        for name in datasets
    ]
    if not datasets:
        return lines
    found = verify(folder.path)
    if not found.ok:
        first = found.problems[0]
        raise CheckFailed(first.sentence("ja"), first.sentence("en"), code="verify")
    return [*lines, console.text("publish.verified", files=found.files), console.text("publish.look", town=folder.path)]


@dataclass(frozen=True, slots=True)
class Sending:
    """How releases are sent to a portal."""

    now: datetime
    dry_run: bool = False
    break_lock: bool = False


def to_portal(folder: TownFolder, name: str, datasets: Sequence[str], how: Sending, console: Console) -> Answer:
    """Copy what stands in the site to a portal, one dataset after another; one that fails does not stop the others."""
    with reach(find_portal(folder.town, name), folder.path) as reached:
        done, stopped = _copy_all(folder, datasets or offered(folder), reached, how, console)
        if not datasets:
            stopped += left_behind(folder, reached)
    copied = [
        {"dataset": dataset, "version": one.version, "address": one.address, "changed": one.changed, "sent": one.sent}
        for dataset, one in done.items()
    ]
    return Answer("", {"portal": name, "datasets": copied}, stopped)


def _copy_all(
    folder: TownFolder, datasets: Sequence[str], reached: Reached, how: Sending, console: Console
) -> tuple[dict[str, Copied], list[MachizuError]]:
    done: dict[str, Copied] = {}
    stopped: list[MachizuError] = []
    for dataset in datasets:
        try:
            done[dataset] = copy(folder, dataset, reached, how.now, dry_run=how.dry_run, break_lock=how.break_lock)
        except MachizuError as problem:
            stopped.append(problem)
            if isinstance(problem, Unreachable):
                break  # the others would wait for nothing
        else:
            console.say(_told(done[dataset], reached.portal.name, how.dry_run, console))
    return done, stopped


def _told(done: Copied, portal: str, dry_run: bool, console: Console) -> str:
    what = "unchanged" if not done.changed else "would" if dry_run else "changed"
    said = console.text(f"publish.portal.{what}", uploads=done.sent)
    return console.text("publish.portal", portal=portal, name=done.name, what=said) + f"\n  {done.address}"
