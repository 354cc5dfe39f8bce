"""Giving results back as files: each named after its file, marked, and put where it belongs."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from catalog.code_list import CodeList
from catalog.dataset import Dataset
from catalog.errors import UsageError
from publish.answering.answer import Answer
from publish.answering.html import as_html
from publish.answering.results.handed_in import lying, name_digest, originals, twins
from publish.answering.results.mark import Mark, marked_page, read_mark
from publish.answering.results.marking import NOTHING, mark_of
from publish.answering.results.naming import FORMS, free, stem_in, template_name
from publish.answering.results.placing import Guard, place
from publish.answering.visible import visible
from publish.answering.workbook.painted import workbook_of
from publish.answering.workbook.template import template

_LONGEST = 200
Write = Callable[[Path, bytes, Guard], object]


@dataclass(slots=True)
class Giving:
    """One run. `sources`: the town's folder, in which nothing is written; `write` puts bytes in their place in one move."""

    lang: str
    sources: Path | None = None
    write: Write = place
    about: str = ""
    """Digest of the one file that the answer is about, taken before it was read; it may have changed since."""
    _given: list[Path] = field(default_factory=list)

    def workbooks(self, answer: Answer, to: Path) -> list[Path]:
        """Write one workbook for each file of an answer and return where they lie.

        `to`: a folder, or the file itself (its name ends as a result's) where there is only one. UsageError as `Guard.require`,
        and where the file is there and no result of ours; OSError and OutsideError when it cannot be written.
        """
        guard = Guard(self.sources, originals([answer]))
        given = []
        for file in answer.files:
            name = PurePosixPath(file).name
            mark = mark_of([answer], lying(answer, file), name, self.lang, self.about)
            given.append(self._put(to, name, mark, guard, lambda: workbook_of(answer, file, self.lang, mark), ".xlsx"))  # noqa: B023
        return given

    def page(self, answers: Sequence[Answer], to: Path) -> Path:
        """Write the page of some answers and return where it lies; the rest as `workbooks`."""
        files = originals(answers)
        name = PurePosixPath(answers[0].files[0]).name
        mark = mark_of(answers, files, name, self.lang, self.about)
        guard = Guard(self.sources, files)
        return self._put(to, name, mark, guard, lambda: marked_page(as_html(answers, self.lang, str(mark)), mark), ".html")

    def template(self, dataset: Dataset, code_lists: Mapping[str, CodeList], to: Path) -> Path:
        """Write the empty workbook of a dataset; never over one that somebody has begun to fill in."""
        name = template_name(dataset.title.ja, self.lang)
        mark = Mark(NOTHING, name_digest(dataset.model_dump_json()), name_digest(name))
        path = _named(to) if is_file(to) else free(to / f"{name}.xlsx", mark)[0]
        self._write(path, lambda: template(dataset, code_lists, self.lang, mark), Guard(self.sources))
        return path

    def _put(self, to: Path, name: str, mark: Mark, guard: Guard, made: Callable[[], bytes], ending: str) -> Path:
        if is_file(to):
            path, standing = _named(to), False
        else:
            path, standing = free(to / f"{stem_in(to, name, self.lang, _twins(to, name))}{ending}", mark, self._given)
        if not standing:
            self._write(path, made, guard)
        self._given.append(path)
        return path

    def _write(self, path: Path, made: Callable[[], bytes], guard: Guard) -> None:
        guard.require(path)
        data = made()
        path.parent.mkdir(parents=True, exist_ok=True)
        self.write(path, data, guard)


def is_file(to: Path) -> bool:
    """Say whether a place for results is one file and not a folder."""
    return to.suffix.lower() in FORMS and not to.is_dir()


def _twins(folder: Path, name: str) -> list[str]:
    return twins(folder / name) if (folder / name).is_file() else []


def _named(path: Path) -> Path:
    """Return the file that was asked for; UsageError when something is there that is no result of ours."""
    found = read_mark(path)
    if (found and found.untouched) or not os.path.lexists(path):
        return path
    shown = visible(str(path), _LONGEST)
    raise UsageError(
        f"{shown} はすでにあり、machizu の結果のままではありません。上書きしません。",
        f"{shown} is there already and is not a result of machizu as it was written; it is not written over.",
        fix_ja="-o でほかの名前かフォルダーを指定してください。",
        fix_en="Name another file or folder with -o.",
        code="no-result",
    )
