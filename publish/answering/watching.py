"""Watching a shared folder: beside each workbook that a section drops there, the result as XLSX and as a page.

The folder itself is the memory: a page carries the hash of the file it is about, so that a watcher that starts anew, or a
second one on another machine, sees what is done. A file is taken only when it has stood still for one round and no program
holds it open; the original is read as a copy and never touched.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gis import geo_kind
from publish.answering.answer import Answer
from publish.answering.html import as_html
from publish.answering.paper import say
from publish.answering.workbook.painted import workbooks
from publish.reading import signature

ENDINGS = frozenset({*signature.ENDINGS, ".xls", ".ods"}) - {".gdb"}
"""A FileGDB is a folder, which cannot be watched for being whole; it is handed in as a zip."""
_MARK = re.compile(r'<meta name="machizu-source" content="([0-9a-f]{64})([0-9a-f]{64})">')
_HEAD = 4096
_OPEN = ("~$", ".~lock.")
"""Names that Excel and LibreOffice put beside a file while somebody has it open."""
State = tuple[tuple[str, int, int], ...]
Write = Callable[[Path, bytes], object]


@dataclass(slots=True)
class Watcher:
    """One folder being watched. `check` answers for one file, `write` puts a result in its place in one move."""

    folder: Path
    check: Callable[[Path], Answer]
    write: Write
    lang: str
    _seen: dict[Path, State] = field(default_factory=dict)
    _done: dict[Path, State] = field(default_factory=dict)

    def round(self) -> Iterator[tuple[Path, OSError | None]]:
        """Look once; give every file whose result was written, or with the reason why it could not be this time."""
        standing = dict(self._standing())
        still = {path: state for path, state in standing.items() if self._seen.get(path) == state}
        self._seen = standing
        for path, state in still.items():
            if self._done.get(path) == state or self._is_done(path):
                self._done[path] = state
                continue
            try:
                self._answer(path)
            except OSError as problem:  # the file or its result is held open, or the share is away: the next round tries again
                yield path, problem
                continue
            self._done[path] = state
            yield path, None

    def _standing(self) -> Iterator[tuple[Path, State]]:
        for path in sorted(self.folder.rglob("*")):
            if self._is_handed_in(path) and (state := _state(path)):
                yield path, state

    def _is_handed_in(self, path: Path) -> bool:
        """Say whether a file is a section's: no result of ours, nothing hidden or open, nothing that a program put there."""
        hidden = any(part.startswith((".", "~")) for part in path.relative_to(self.folder).parts)
        ours = re.search(f"{re.escape(say('result.name', self.lang, stem=''))}(_[0-9]+)?$", path.stem)
        described = path.suffix.lower() == ".xml" and Path(path.stem).suffix.lower() in ENDINGS  # 道路.shp.xml
        if hidden or ours or described or path.suffix.strip().lower() not in ENDINGS:
            return False
        if path.is_symlink() or not path.is_file():
            return False
        return not any((path.parent / f"{mark}{path.name}{'#' * mark.endswith('.')}").exists() for mark in _OPEN)

    def _answer(self, path: Path) -> None:
        digest = _digest([*_files(path)])
        answer = self.check(path)
        for _, data in workbooks(answer, self.lang):
            book = self._free(path)
            self.write(book, data)
            digest += hashlib.sha256(data).hexdigest()
        self.write(self._result(path, ".html"), as_html([answer], self.lang, digest).encode("utf-8"))

    def _free(self, path: Path) -> Path:
        """Return where the workbook goes: over the last one, but never over one in which somebody wrote."""
        wanted = self._result(path, ".xlsx")
        _, ours = self._recorded(path)
        book, number = wanted, 2
        while book.exists() and _digest([book]) != ours:
            book, number = wanted.with_stem(f"{wanted.stem}_{number}"), number + 1
        return book

    def _is_done(self, path: Path) -> bool:
        """Say whether the results beside a file are about its present bytes."""
        about, _ = self._recorded(path)
        try:
            return bool(about) and about == _digest([*_files(path)])
        except OSError:
            return False

    def _recorded(self, path: Path) -> tuple[str, str]:
        """Return the hashes of the file and of the workbook that the page beside a file tells of; "" where there is none."""
        try:
            with self._result(path, ".html").open(encoding="utf-8", errors="replace") as page:
                found = _MARK.search(page.read(_HEAD))
        except OSError:
            found = None
        return (found[1], found[2]) if found else ("", "")

    def _result(self, path: Path, ending: str) -> Path:
        """Return where a result lies: beside the file; of two files with one stem the ending tells them apart."""
        twins = [other for other in path.parent.glob("*") if other.stem == path.stem and other.suffix.lower() in ENDINGS]
        stem = path.name if len(twins) > 1 else path.stem
        return path.with_name(say("result.name", self.lang, stem=stem) + ending)


def _state(path: Path) -> State:
    """Return name, size and time of the files that belong to one table; empty when one went away meanwhile."""
    try:
        return tuple((file.name, (stat := file.stat()).st_size, stat.st_mtime_ns) for file in _files(path))
    except OSError:
        return ()


def _digest(files: Sequence[Path]) -> str:
    """Return the sha256 of a file, of several files that of their hashes."""
    hashes = []
    for file in files:
        with file.open("rb") as stream:
            hashes.append(hashlib.file_digest(stream, "sha256"))
    return hashes[0].hexdigest() if len(hashes) == 1 else hashlib.sha256(b"".join(one.digest() for one in hashes)).hexdigest()


def _files(path: Path) -> list[Path]:
    kind = geo_kind.SUFFIXES.get(path.suffix.lower())
    beside = geo_kind.PARTS.get(kind, ()) if kind else ()
    return [file for ending in beside if (file := path.with_suffix(ending)).is_file()] or [path]
