"""Building for commands: several datasets in worker processes, and each outcome told in one line."""

import multiprocessing
import os
import signal
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import datetime

from api.cli.checking import elsewhere
from api.cli.console import Console
from api.cli.hiding import hidden_json, tell_hidden
from catalog.dataset import Dataset
from catalog.errors import CheckFailed, DisclosureRefused, MachizuError
from catalog.site.pointer import read_pointer
from publish.answering.commands import accept_command
from publish.build import Outcome, build
from publish.disclosure.gate import Class, class_of
from publish.releasing.exposed import exposed
from publish.releasing.revealing import revealing
from publish.releasing.staged import Waiting
from publish.releasing.staging import Staged, Unchanged
from publish.town_folder import TownFolder


def build_all(
    folder: TownFolder, wanted: Sequence[str], now: datetime, console: Console, *, break_lock: bool = False
) -> list[Outcome]:
    """Build the wanted datasets, side by side when there is more than one, with a bar on a terminal."""
    jobs = len(folder.choose(wanted))
    with _workers(jobs) as executor:
        outcomes = build(folder, wanted, now, executor=executor, break_lock=break_lock)
        return list(console.track(outcomes, jobs, "building"))


@contextmanager
def _workers(jobs: int) -> Iterator[ProcessPoolExecutor | None]:
    count = min(jobs, os.cpu_count() or 1)
    if count < 2:
        yield None
        return
    executor = _started(count)
    finished = False
    try:
        yield executor
        finished = True
    finally:
        if not finished:  # interrupted, or failed: nobody waits for the others
            for worker in multiprocessing.active_children():
                worker.terminate()
        executor.shutdown(cancel_futures=True)


def _started(count: int) -> ProcessPoolExecutor:
    """Start workers that leave Ctrl-C to us: one that it ends while it holds a queue would never let the others end."""
    # Spawned, not forked: Arrow has threads, and Windows knows nothing else.
    executor = ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"), initializer=_leave_interrupts)
    usual = signal.signal(signal.SIGINT, signal.SIG_IGN)  # inherited, so that it holds while they start, too
    try:
        for _ in range(count):
            executor.submit(_leave_interrupts)
    finally:
        signal.signal(signal.SIGINT, usual)
    return executor


def _leave_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def ready(outcomes: Sequence[Outcome]) -> list[Staged]:
    """Return what could be released at once: staged, no warning waiting."""
    return [o.result for o in outcomes if isinstance(o.result, Staged) and not o.result.entry.waiting]


def problems(outcomes: Sequence[Outcome], folder: TownFolder, console: Console) -> list[MachizuError]:
    """Return what stood in the way of the others, each as one sentence."""
    found: list[MachizuError] = []
    for outcome in filter(stands_in_the_way, outcomes):
        if outcome.problem is not None:
            found.append(_named(outcome, folder, outcome.problem))
        else:
            found.append(CheckFailed(tell(outcome, folder, "ja", console), tell(outcome, folder, "en", console)))
    return [*found, *exposures([outcome.dataset for outcome in outcomes], folder)]


def stands_in_the_way(outcome: Outcome) -> bool:
    """Say whether somebody has to do something before this can be published, or taken back."""
    waiting = isinstance(outcome.result, Staged) and bool(outcome.result.entry.waiting)
    return outcome.problem is not None or bool(outcome.blocked) or waiting


def exposures(datasets: Iterable[str], folder: TownFolder) -> Iterator[MachizuError]:
    """Yield a refusal for every dataset of which an earlier version shows more than is decided now."""
    pointer = read_pointer(folder.site)
    for dataset in dict.fromkeys(datasets):
        definition = folder.library.get(dataset)
        cls = class_of(definition, folder.town)[0] if definition else "open"
        versions = exposed(folder.site, pointer, dataset, cls)
        if definition and versions:
            yield _still_public(definition, cls, versions)
        small = revealing(folder.site, pointer, definition, folder.town) if definition else ()
        if definition and small:
            yield _still_broken_down(definition, small)


def _still_public(dataset: Dataset, cls: Class, versions: Sequence[str]) -> DisclosureRefused:
    listed = ", ".join(versions)
    commands = "\n".join(f"  machizu withdraw {dataset.id}@{version} --reason TEXT" for version in versions)
    return DisclosureRefused(
        f"{dataset.title.ja}の公開区分はいま {cls} ですが、それより広く公開した版がまだ残っています(版 {listed})。",
        f"{dataset.title.en}: the class is {cls} now, but versions that show more are still public ({listed}).",
        fix_ja=f"次のように取り下げるか、machizu.toml の決定を直してください。\n{commands}",
        fix_en=f"Withdraw them, or correct the decision in machizu.toml.\n{commands}",
        code="still-public",
    )


def _still_broken_down(dataset: Dataset, versions: Sequence[str]) -> DisclosureRefused:
    listed = ", ".join(versions)
    commands = "\n".join(f"  machizu withdraw {dataset.id}@{version} --reason TEXT" for version in versions)
    return DisclosureRefused(
        f"{dataset.title.ja}には、人数の少ない地域の内訳を伏せずに公開した版がまだ残っています(版 {listed})。",
        f"{dataset.title.en}: versions that break down areas with few people are still public ({listed}).",
        fix_ja=f"伏せた版を公開してから、次のように取り下げてください。\n{commands}",
        fix_en=f"Publish one that hides them, then withdraw these.\n{commands}",
        code="still-broken-down",
    )


def _named(outcome: Outcome, folder: TownFolder, problem: MachizuError) -> MachizuError:
    title = folder.library[outcome.dataset].title
    for lang in ("ja", "en"):
        problem.message[lang] = f"{title[lang]}: {problem.message[lang]}"
    return problem


def tell(outcome: Outcome, folder: TownFolder, lang: str, console: Console) -> str:
    """Return one line about an outcome."""
    speaking = Console(lang, console.as_json, console.out, console.err)
    title = folder.library[outcome.dataset].title[lang]
    result = outcome.result
    if outcome.problem is not None:
        return f"{title}: {outcome.problem.in_language(lang)}"
    if outcome.blocked:
        return speaking.text("build.blocked", title=title, dataset=outcome.dataset)
    if isinstance(result, Unchanged):
        return speaking.text("build.unchanged", title=title, version=result.version)
    if not isinstance(result, Staged):
        return speaking.text("build.counter", title=title)
    if result.entry.waiting:
        waiting = result.entry.waiting
        commands = "".join(f"\n{_command(one, outcome.name, folder, speaking)}" for one in waiting)
        return speaking.text("build.unaccepted", title=title, count=len(waiting), commands=commands)
    staged = speaking.text("build.staged", title=title, version=result.entry.version, rows=result.entry.rows)
    return "\n".join([staged, *tell_hidden(result.entry, speaking)])


def _command(waiting: Waiting, name: str, folder: TownFolder, console: Console) -> str:
    """Return the command that accepts one kind of warning, to copy."""
    return "  " + accept_command(name, waiting.code, waiting.column, elsewhere(folder), console.lang)


def as_json(outcome: Outcome) -> dict[str, object]:
    """Return one outcome for programs."""
    result = outcome.result
    kind = "failed" if outcome.problem else "blocked" if outcome.blocked else type(result).__name__.lower()
    value: dict[str, object] = {"dataset": outcome.dataset, "recipe": outcome.name, "status": kind}
    if isinstance(result, Staged):
        value |= {"version": result.entry.version, "hash": result.entry.hash, "counts": result.entry.counts}
        value["hidden"] = hidden_json(result.entry)
        value["waiting"] = [waiting.model_dump() for waiting in result.entry.waiting]
    if isinstance(result, Unchanged):
        value["version"] = result.version
    return value
