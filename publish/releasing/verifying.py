"""Verifying: does the site still stand as it was published? Every byte of every release, pointer, history, prepared files.

Nothing is changed. A *problem* is something that is not as it was published; a *note* is something that the next command
tidies up by itself (what an interrupted one left).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from catalog.errors import MachizuError
from catalog.message import render
from catalog.site.pointer import Pointer, VersionEntry, read_pointer
from catalog.site.prepared import prepared_folder, store_path
from catalog.site.register import read_register
from catalog.site.release import load_release
from catalog.site.town_card import read_town_card
from catalog.store.broken import BROKEN
from catalog.store.schema import FORMAT
from catalog.text import Text
from publish.releasing.approval import FILE as APPROVALS
from publish.releasing.approval import read_approvals
from publish.releasing.history import FILE as HISTORY
from publish.releasing.history import History, read_history
from publish.releasing.rehash import damages

LOCALE = Path(__file__).parent / "locale"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that was noticed: `code` names its sentence in `locale/`, `detail` a file, folder or number."""

    code: str
    dataset: str = ""
    version: str = ""
    detail: str = ""
    said: Text | None = None
    """A sentence that came with an exception, instead of one of ours."""

    def sentence(self, lang: str) -> str:
        """Return what is wrong and what to do, in the reader's language."""
        if self.said:
            return self.said[lang]
        where = f"{self.dataset}@{self.version}" if self.version else self.dataset
        return render(LOCALE, self.code, lang, where=where, detail=self.detail)


@dataclass(frozen=True, slots=True)
class Verification:
    """What was looked at and what is wrong."""

    releases: int
    files: int
    problems: tuple[Remark, ...]
    notes: tuple[Remark, ...] = ()

    @property
    def ok(self) -> bool:
        """True when nothing is wrong."""
        return not self.problems


def verify(town: Path) -> Verification:
    """Verify a town folder: its site and its history."""
    site = town / "site"
    try:
        pointer = read_pointer(site)
    except MachizuError as problem:
        return Verification(0, 0, (_unreadable(problem),))
    standing = [
        (dataset, version, stood)
        for dataset, entry in pointer.datasets.items()
        for version, stood in entry.versions.items()
        if not stood.withdrawn
    ]
    problems = [
        *(remark for dataset, version, stood in standing for remark in _release(site, dataset, version, stood)),
        *_withdrawn(site, pointer),
        *_prepared(site, pointer),
        *_cards(site, pointer),
    ]
    notes = list(_unknown_folders(site, pointer))
    history, remarks = _history(town, pointer)
    files = sum(1 for _, _, stood in standing for path in (site / stood.path).rglob("*") if path.is_file())
    return Verification(len(standing), files, (*problems, *history), (*notes, *remarks))


def _unreadable(problem: MachizuError, dataset: str = "", version: str = "") -> Remark:
    return Remark("unreadable", dataset, version, said=Text(ja=problem.in_language("ja"), en=problem.in_language("en")))


def _release(site: Path, dataset: str, version: str, stood: VersionEntry) -> Iterator[Remark]:
    folder = site / stood.path
    if not folder.is_dir():
        yield Remark("release-missing", dataset, version, stood.path)
        return
    if folder.name != f"{version}-{stood.hash[:12]}":
        yield Remark("folder-name", dataset, version, stood.path)
    wrong = damages(folder, stood.hash)
    for name in wrong:
        code = "file-differs" if (folder / name).is_file() else "file-missing"
        yield Remark(code, dataset, version, f"{stood.path}/{name}")
    if not wrong:
        try:
            load_release(site, dataset, version, stood, stood.published)
        except MachizuError as problem:
            yield _unreadable(problem, dataset, version)


def _withdrawn(site: Path, pointer: Pointer) -> Iterator[Remark]:
    """Withdrawn bytes that are still there are the worst that can be found."""
    for dataset, entry in pointer.datasets.items():
        if entry.current and entry.versions[entry.current].withdrawn:
            yield Remark("current-withdrawn", dataset, entry.current)
        for version, stood in entry.versions.items():
            for folder in (site / stood.path, prepared_folder(site, dataset, version)):
                if stood.withdrawn and folder.exists():
                    yield Remark("withdrawn-present", dataset, version, folder.relative_to(site).as_posix())


def _prepared(site: Path, pointer: Pointer) -> Iterator[Remark]:
    for dataset, entry in pointer.datasets.items():
        stood = pointer.current(dataset)
        if entry.current is None or stood is None or not (site / stood.path).is_dir():
            continue
        view = not any((site / stood.path).glob("*.csv"))
        if not view and not _serves(store_path(site, dataset, entry.current), dataset, entry.current):
            yield Remark("prepared-missing", dataset, entry.current)


def _serves(store: Path, dataset: str, version: str) -> bool:
    if not store.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{store.resolve().as_uri()}?mode=ro", uri=True)) as db:
            meta = dict(db.execute("SELECT key, value FROM meta"))
            rows = db.execute("SELECT count(*) FROM feature").fetchone()[0]
    except BROKEN:
        return False
    named = (meta.get("format"), meta.get("dataset"), meta.get("version"), meta.get("count"))
    return named == (str(FORMAT), dataset, version, str(rows))


def _cards(site: Path, pointer: Pointer) -> Iterator[Remark]:
    if not pointer.datasets:
        return
    for read in (read_town_card, read_register):
        try:
            read(site)
        except MachizuError as problem:
            yield _unreadable(problem)


def _unknown_folders(site: Path, pointer: Pointer) -> Iterator[Remark]:
    known = {stood.path for entry in pointer.datasets.values() for stood in entry.versions.values()}
    for folder in sorted((site / "releases").glob("*/*")):
        path = folder.relative_to(site).as_posix()
        if path not in known:
            yield Remark("not-pointed-to", folder.parent.name, detail=path)


def _history(town: Path, pointer: Pointer) -> tuple[list[Remark], list[Remark]]:
    try:
        history, approvals = read_history(town), read_approvals(town)
    except MachizuError as problem:
        return [_unreadable(problem)], []
    chains = ((HISTORY, history.broken), (APPROVALS, approvals.broken))
    problems = [Remark("chain-broken", detail=f"{file.name}:{line}") for file, line in chains if line]
    problems += _disagreements(history, pointer)
    notes = [Remark("interrupted", step.dataset, detail=str(step.n)) for step in history.open]
    return problems, notes


def _disagreements(history: History, pointer: Pointer) -> Iterator[Remark]:
    """Every change in catalog.json was meant, and every change that was done is in catalog.json."""
    lost = {n for step in history.steps for n in step.lost}
    steps = [step for step in history.steps if step.kind != "restore" and step.n not in lost]
    meant = {(step.n, step.dataset, step.kind) for step in steps if step.step == "intent"}
    done = {(step.n, step.dataset, step.kind) for step in steps if step.step == "done"}
    made = {(change.n, change.dataset, change.kind) for change in pointer.changes}
    for n, dataset, _ in sorted((made - meant) | (done - made)):
        yield Remark("history-differs", dataset, detail=str(n))
    packages = {
        (step.dataset, version): step.package for step in history.steps if step.kind == "publish" for version in step.versions
    }
    for dataset, entry in pointer.datasets.items():
        for version, stood in entry.versions.items():
            if packages.get((dataset, version), stood.hash) != stood.hash:
                yield Remark("history-differs", dataset, version, stood.hash[:12])
