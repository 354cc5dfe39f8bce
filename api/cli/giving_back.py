"""Giving results back as files: which name, which folder, never among the sources, replaced in one move."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile

from catalog.errors import UsageError
from publish.answering.answer import Answer
from publish.answering.html import as_html
from publish.answering.paper import say
from publish.answering.workbook.painted import workbooks


def beside(answers: Sequence[Answer], form: str, sources: Path | None, lang: str) -> list[Path]:
    """Write the results of every source into the folder in which its file lies, for a workbook dropped on `check.bat`."""
    given: list[Path] = []
    for answer in answers:
        folder = answer.base or Path()
        if form == "html":
            given.append(give_page([answer], folder, sources, lang))
        else:
            given += give_workbooks([answer], folder, sources, lang)
    return given


def give_workbooks(answers: Sequence[Answer], output: Path | None, sources: Path | None, lang: str) -> list[Path]:
    """Write one workbook for each file of the sources and return where they lie.

    `output`: a folder, or the file itself where there is only one; by default the current folder. UsageError when it would lie
    among the town's `sources`, or is one file for several.
    """
    made = [(file, data) for answer in answers for file, data in workbooks(answer, lang)]
    if output is not None and not output.is_dir() and len(made) > 1:
        raise UsageError(
            f"結果は{len(made)}個のファイルになるため、-o にはフォルダーを指定してください。",
            f"There are {len(made)} workbooks: give -o a folder.",
        )
    folder = output if output is not None and output.is_dir() else Path()
    names = _names([file for file, _ in made], lang)
    paths = [output if output is not None and not output.is_dir() else folder / f"{name}.xlsx" for name in names]
    return [write(path, data, sources) for path, (_, data) in zip(paths, made, strict=True)]


def give_page(answers: Sequence[Answer], output: Path, sources: Path | None, lang: str) -> Path:
    """Write the page of all sources and return where it lies."""
    path = output / f"{next(_names([answers[0].source], lang))}.html" if output.is_dir() else output
    return write(path, as_html(answers, lang).encode("utf-8"), sources)


def write(path: Path, data: bytes, sources: Path | None) -> Path:
    """Write a file so that nobody sees half of it; UsageError when it would lie among the sources, which are never touched."""
    if sources is not None and path.resolve().is_relative_to(sources.resolve()):
        raise UsageError(
            f"{path} は sources/ の中です。sources/ には何も書きません。",
            f"{path} lies in sources/, where nothing is ever written.",
            fix_ja="-o でほかのフォルダーを指定してください。",
            fix_en="Name another folder with -o.",
        )
    with NamedTemporaryFile(dir=path.parent, prefix=".machizu-", suffix=path.suffix, delete=False) as file:
        try:
            file.write(data)
            file.close()
            Path(file.name).chmod(0o644)
            os.replace(file.name, path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    return path


def _names(files: Sequence[str], lang: str) -> Iterator[str]:
    """Give the stems of the results; a second file of the same name gets a number."""
    seen: dict[str, int] = {}
    for file in files:
        stem = say("result.name", lang, stem=PurePosixPath(file).stem or "machizu")
        seen[stem] = seen.get(stem, 0) + 1
        yield stem if seen[stem] == 1 else f"{stem}_{seen[stem]}"
