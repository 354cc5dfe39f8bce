"""Publishing for commands: build, show, agree, release, compose the map, read back; and the same for a portal."""

from collections.abc import Callable, Sequence

from api.cli.building import as_json, build_all, problems, ready, tell
from api.cli.console import Console
from api.cli.running import Answer
from catalog.errors import CheckFailed, MachizuError, UsageError
from catalog.site.pointer import read_pointer
from catalog.site.snapshot import read_snapshot
from publish.build import Outcome
from publish.diff.comparing import compare
from publish.diff.summary import first_line
from publish.portal.publishing import Copied, copy, find_portal
from publish.releasing.act import Act
from publish.releasing.prepared_map import prepare_map
from publish.releasing.staging import Staged
from publish.releasing.verifying import verify
from publish.releasing.writing import release
from publish.town_folder import TownFolder


def to_site(
    folder: TownFolder,
    datasets: Sequence[str],
    act: Act,
    console: Console,
    *,
    agree: Callable[[], bool],
    dry_run: bool = False,
    break_lock: bool = False,
) -> Answer:
    """Publish what is ready; what is not ready is told and does not stop the rest."""
    outcomes = build_all(folder, datasets, act.now, break_lock)
    staged = ready(outcomes)
    for line in _preview(folder, outcomes, staged, console):
        console.say(line)
    stopped: list[MachizuError] = problems(outcomes, folder, console)
    result = {"datasets": [as_json(outcome) for outcome in outcomes], "published": []}
    if dry_run:
        return Answer("", result, stopped)
    if staged and not agree():
        return Answer(console.text("publish.stopped"), result, stopped)
    lines = _release(folder, [one.entry.dataset for one in staged], act, console)
    return Answer("\n".join(lines), {**result, "published": [one.entry.dataset for one in staged]}, stopped)


def _preview(folder: TownFolder, outcomes: Sequence[Outcome], staged: Sequence[Staged], console: Console) -> list[str]:
    lines = [
        tell(o, folder, console.lang, console) for o in outcomes if o.result is not None and not isinstance(o.result, Staged)
    ]
    lines.append(console.text("publish.will" if staged else "publish.nothing"))
    for one in staged:
        title = folder.library[one.entry.dataset].title[console.lang]
        lines.append(f"  {title} {one.entry.version}: {first_line(compare(folder.path, one.entry.dataset), console.lang)}")
    return lines


def _release(folder: TownFolder, datasets: Sequence[str], act: Act, console: Console) -> list[str]:
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


def to_portal(folder: TownFolder, name: str, datasets: Sequence[str], console: Console, *, dry_run: bool) -> Answer:
    """Copy releases that stand in the site to a portal, one after another; one that fails does not stop the others."""
    portal = find_portal(folder.town, name)
    snapshot = read_snapshot(folder.site)
    wanted = _open_releases(folder, datasets)
    lines, stopped, copied = [], [], []
    for dataset in wanted:
        try:
            done = copy(snapshot.releases[dataset], snapshot.town, portal, folder.path, dry_run=dry_run)
        except MachizuError as problem:
            stopped.append(problem)
            continue
        lines.append(_told(done, name, dry_run, console))
        copied.append({"dataset": dataset, "version": done.version, "address": done.address, "changed": not done.plan.empty})
    return Answer("\n".join(lines), {"portal": name, "datasets": copied}, stopped)


def _open_releases(folder: TownFolder, datasets: Sequence[str]) -> list[str]:
    current = [name for name, entry in read_pointer(folder.site).datasets.items() if entry.current]
    for name in datasets:
        if name not in current:
            raise UsageError(
                f"「{name}」はまだ site/ に公開されていません。",
                f"{name!r} does not stand in site/ yet.",
                fix_ja="先に machizu publish で公開してください(ポータルには公開中のものだけを送ります)。",
                fix_en="Publish it first with machizu publish: a portal only receives what is public.",
                code="not-published",
            )
    return list(datasets) or current


def _told(done: Copied, portal: str, dry_run: bool, console: Console) -> str:
    what = "unchanged" if done.plan.empty else "would" if dry_run else "changed"
    said = console.text(f"publish.portal.{what}", uploads=len(done.plan.uploads))
    return console.text("publish.portal", portal=portal, name=done.plan.name, what=said) + f"\n  {done.address}"
