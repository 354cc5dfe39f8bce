"""Watching a shared folder: beside each workbook that a section drops there, the result as XLSX and as a page.

The folder itself is the memory: results carry a mark of the file they are about, so that a watcher that starts anew, or a
second one on another machine, sees what is done. A file is taken only when it has stood still for one round and no program
holds it open; the original is read as a copy and never touched. A result in which somebody corrected the cells is a file
handed in like any other. Whatever goes wrong with one file is said, and the next one is looked at.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from catalog.errors import MachizuError
from publish.answering.answer import Answer
from publish.answering.problem import is_a_link, is_away, is_passing, problem_of
from publish.answering.results.giving import Giving
from publish.answering.results.handed_in import ENDINGS, digest, is_ordinary, twins, with_companions
from publish.answering.results.mark import read_mark
from publish.answering.results.naming import FORMS, is_standing, looks_like_result, stem_in

_OPEN = ("~$", ".~lock.")
"""Names that Excel and LibreOffice put beside a file while somebody has it open."""
_HIDDEN = (".", "~")
_LONGEST_WAIT = 64
"""Rounds after which a file whose result cannot be written is tried again at the latest."""
State = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """One file of one round: `problem` None when its results stand now; `results` are those of it."""

    path: Path
    problem: MachizuError | None = None
    results: tuple[Path, ...] = ()


@dataclass(slots=True)
class Watcher:
    """One folder being watched. `check` answers for one file; `giving` begins a run for a file with that digest."""

    folder: Path
    check: Callable[[Path], Answer]
    giving: Callable[[str], Giving]
    lang: str
    waiting: list[Path] = field(default_factory=list)
    """Files that the last round left for the next one: held open, still changing, or failed."""
    _seen: dict[Path, State] = field(default_factory=dict)
    _done: dict[Path, State] = field(default_factory=dict)
    _tries: dict[Path, tuple[int, int]] = field(default_factory=dict)
    """Of files that failed: rounds to wait still, and how many were waited for last."""
    _told: dict[Path, str] = field(default_factory=dict)

    def round(self) -> Iterator[Seen]:
        """Look once; give every file whose results were written, or with the reason why they could not be this time.

        The same reason is given once and not in every round.
        """
        self.waiting = []
        troubles: list[OSError] = []
        here: dict[Path, State] = {}
        for path, names in self._handed_in(troubles):
            state = _state(path, names)
            yield from self._look(path, names, state)
            here[path] = state
        troubled = {Path(trouble.filename or self.folder): trouble for trouble in troubles}
        for folder, trouble in troubled.items():
            yield from self._tell(folder, is_away() if folder == self.folder else problem_of(trouble))
        self._seen = here
        for memory in (self._done, self._tries, self._told):
            for gone in [path for path in memory if path not in here and path not in troubled]:
                del memory[gone]

    def _look(self, path: Path, names: Sequence[str], state: State) -> Iterator[Seen]:
        if self._seen.get(path) != state or not state or _is_open(path, names):
            self._told.pop(path, None)
            self.waiting.append(path)
        elif self._done.get(path) != state and not self._waits(path):
            yield from self._take(path, names, state)

    def _take(self, path: Path, names: Sequence[str], state: State) -> Iterator[Seen]:
        try:
            if not all(map(is_ordinary, with_companions(path, names))):
                yield from self._tell(path, is_a_link())
            elif not self._is_done(path, names, now := digest(with_companions(path, names))):
                yield Seen(path, results=tuple(self._answer(path, now)))
        except (KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as problem:  # a panic of a library in Rust is no Exception either
            yield from self._tell(path, problem_of(problem))
            if is_passing(problem):
                self._put_off(path)
                return
        self._done[path] = state
        self._tries.pop(path, None)

    def _handed_in(self, troubles: list[OSError]) -> Iterator[tuple[Path, Sequence[str]]]:
        """Give the files that a section put there, each with the names that lie beside it."""
        for folder, folders, files in os.walk(self.folder, onerror=troubles.append):
            folders[:] = sorted(name for name in folders if not name.startswith(_HIDDEN))
            for name in sorted(files):
                path = Path(folder) / name
                if _is_source(path, files) and not self._is_ours(path):
                    yield path, files

    def _is_ours(self, path: Path) -> bool:
        """Say whether a file is a result as we wrote it; one in which somebody wrote is handed in."""
        if not looks_like_result(path.name, self.lang):
            return False
        found = read_mark(path)
        return found is not None and found.untouched

    def _answer(self, path: Path, now: str) -> list[Path]:
        answer, giving = self.check(path), self.giving(now)
        return [*giving.workbooks(answer, path.parent), giving.page([answer], path.parent)]

    def _is_done(self, path: Path, names: Sequence[str], now: str) -> bool:
        """Say whether both results beside a file are about its present bytes."""
        stem = stem_in(path.parent, path.name, self.lang, twins(path, names))
        return all(is_standing(path.with_name(f"{stem}{ending}"), now) for ending in FORMS)

    def _waits(self, path: Path) -> bool:
        left, last = self._tries.get(path, (0, 0))
        if left:
            self._tries[path] = (left - 1, last)
            self.waiting.append(path)
        return left > 0

    def _put_off(self, path: Path) -> None:
        """Try a file again in the next round, then after one, two, four … rounds: what is said of it is said once."""
        rounds = min(self._tries[path][1] * 2 or 1, _LONGEST_WAIT) if path in self._tries else 0
        self._tries[path] = (rounds, rounds)
        self.waiting.append(path)

    def _tell(self, path: Path, problem: MachizuError) -> Iterator[Seen]:
        said = problem.in_language(self.lang)
        if self._told.get(path) != said:
            self._told[path] = said
            yield Seen(path, problem)


def _is_source(path: Path, names: Sequence[str]) -> bool:
    """Say whether a file may be a section's: nothing hidden, nothing that a program put there, such as 区域.shp.xml."""
    describes = path.suffix.lower() == ".xml" and (path.stem in names or Path(path.stem).suffix.lower() in ENDINGS)
    return not path.name.startswith(_HIDDEN) and path.suffix.strip().lower() in ENDINGS and not describes


def _is_open(path: Path, names: Sequence[str]) -> bool:
    return any(f"{mark}{path.name}{'#' * mark.endswith('.')}" in names for mark in _OPEN)


def _state(path: Path, names: Sequence[str]) -> State:
    """Return name, size and time of the files that belong to one table; empty when one went away meanwhile."""
    try:
        return tuple((file.name, (told := file.lstat()).st_size, told.st_mtime_ns) for file in with_companions(path, names))
    except OSError:
        return ()
