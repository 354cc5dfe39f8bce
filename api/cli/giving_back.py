"""Where the results of a command go: what `-o` and `--beside` mean."""

import os
from collections.abc import Sequence
from pathlib import Path

from catalog.errors import UsageError
from publish.answering.answer import Answer
from publish.answering.results.giving import Giving, is_file
from publish.answering.results.placing import Guard, place
from publish.answering.visible import visible

_LONGEST = 200


def target(output: str | None, ending: str) -> Path:
    """Return where `-o` leads: a folder, which need not exist yet, or a file; the current folder without `-o`.

    UsageError for a file with another ending: what is no result must never be written over by one.
    """
    path = Path(output or "")
    if path.is_dir() or (output or "").endswith(("/", os.sep)) or not path.suffix or path.suffix.lower() == ending:
        return path
    shown = visible(str(path), _LONGEST)
    raise UsageError(
        f"-o の「{shown}」は {ending} で終わっていません。",
        f"-o {shown!r} does not end in {ending}.",
        fix_ja=f"{ending} で終わる名前か、結果を置くフォルダー(「返す/」のように / で終わる名前)を指定してください。",
        fix_en=f"Give a name that ends in {ending}, or a folder for the results (a name that ends in /).",
        code="output-ending",
    )


def give(form: str, answers: Sequence[Answer], to: Path, sources: Path | None, lang: str) -> list[Path]:
    """Write the workbooks (`form` xlsx) or the page (html) of some sources and return where they lie.

    UsageError when there is one file for several results, or as `Giving` says.
    """
    giving = Giving(lang, sources)
    if form == "html":
        return [giving.page(answers, to)]
    files = sum(len(answer.files) for answer in answers)
    if is_file(to) and files > 1:
        raise UsageError(
            f"結果は{files}個のファイルになるため、-o にはフォルダーを指定してください。",
            f"There are {files} workbooks: give -o a folder.",
            code="several-results",
        )
    return [path for answer in answers for path in giving.workbooks(answer, to)]


def give_beside(form: str, answers: Sequence[Answer], sources: Path | None, lang: str) -> list[Path]:
    """Write the results of every source into the folder in which its file lies, for a workbook dropped on `check.bat`."""
    return [path for answer in answers for path in give(form, [answer], answer.base or Path(), sources, lang)]


def write(path: Path, data: bytes, sources: Path | None) -> Path:
    """Write a file that was asked for in one move; UsageError when it would lie among the sources, which are never touched."""
    return place(path, data, Guard(sources))
