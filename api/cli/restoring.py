"""Restoring for commands: bring back, make anew what is served, verify, and say how long it took."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from api.cli.console import Console
from api.cli.running import Answer
from catalog.errors import CheckFailed, MachizuError
from catalog.site.pointer import read_pointer
from publish.releasing.act import Act
from publish.releasing.prepared import prepare_all
from publish.releasing.prepared_map import prepare_map
from publish.releasing.restoring import Restored, restore
from publish.releasing.verifying import verify


def bring_back(
    file: Path, town: Path, act: Act, sites: Sequence[Path], console: Console, *, break_lock: bool = False
) -> Answer:
    """Restore into a town folder; `sites`: other copies of the site, which may know of withdrawals."""
    began = monotonic()
    known = [read_pointer(site) for site in sites]
    done = restore(file, town, act, known=known, break_lock=break_lock)
    prepare_all(town / "site")
    prepare_map(town / "site")
    found = verify(town)
    seconds = monotonic() - began
    problems: list[MachizuError] = []
    if not found.ok:
        first = found.problems[0]
        problems.append(CheckFailed(first.sentence("ja"), first.sentence("en"), code="verify"))
    value = {"at": done.at, "written": done.written, "kept": done.kept, "seconds": round(seconds, 2)}
    gone = {"withheld": [f"{dataset}@{version}" for dataset, version in done.withheld], "lost": list(done.lost)}
    return Answer("\n".join(_told(done, found.files, seconds, console)), {**value, **gone, "files": found.files}, problems)


def rehearse(file: Path, act: Act, sites: Sequence[Path], console: Console) -> Answer:
    """Do all of it in a folder that is removed afterwards."""
    with TemporaryDirectory(prefix="machizu-") as folder:
        answer = bring_back(file, Path(folder) / "town", act, sites, console)
    return Answer("\n".join([console.text("restore.drill"), answer.text]), answer.result, answer.problems)


def _told(done: Restored, files: int, seconds: float, console: Console) -> list[str]:
    lines = [console.text("restore.done", at=done.at[:16].replace("T", " "), written=f"{done.written:,}")]
    if done.kept:
        lines.append(console.text("restore.kept", count=f"{done.kept:,}"))
    if done.withheld:
        listed = console.text("datasets.and").join(f"{dataset}@{version}" for dataset, version in done.withheld)
        lines.append(console.text("restore.withheld", listed=listed))
    if done.lost:
        lines.append(console.text("restore.lost", count=len(done.lost)))
    return [*lines, console.text("restore.verified", files=f"{files:,}", seconds=f"{seconds:.1f}")]
