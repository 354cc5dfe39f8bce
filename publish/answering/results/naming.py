"""Names of results: after the file they are about, never over another file's result, never over what somebody wrote.

One rule for every command: `AED_確認結果`, or `AED.csv_確認結果` where two files differ in their ending only; a result that
stands keeps its name.
"""

import hashlib
import os
import re
import sys
import unicodedata
from collections.abc import Collection, Iterable
from pathlib import Path, PurePosixPath

from publish.answering.paper import say
from publish.answering.results.handed_in import name_digest
from publish.answering.results.mark import Mark, Marked, read_mark

FORMS = (".xlsx", ".html")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
"""What Windows does not allow in a name; the pattern of a recipe may hold some."""
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Categories of what shows nothing, turns the line or is no text: a result can be opened by any program."""
_LONGEST = 200
"""Bytes of a stem: most systems allow 255 for a name, and an ending and a number follow."""


def result_name(name: str, lang: str, *, whole: bool = False) -> str:
    """Return what a file's result is called, without ending; `whole`: its own ending tells it from another's."""
    return say("result.name", lang, stem=_short(_allowed(name if whole else PurePosixPath(name).stem or name)))


def template_name(title: str, lang: str) -> str:
    """Return what the empty workbook of a dataset is called, without ending."""
    return say("template.name", lang, title=_allowed(title))


def looks_like_result(name: str, lang: str) -> bool:
    """Say whether a file is called as results are; whether it is one, its mark tells."""
    stem, _, ending = name.rpartition(".")
    ours = re.search(f"{re.escape(say('result.name', lang, stem=''))}(_[0-9]+)?$", stem)
    return ours is not None and f".{ending.lower()}" in FORMS


def stem_in(folder: Path, name: str, lang: str, siblings: Collection[str] = ()) -> str:
    """Return under which name (without ending) the results of a file lie in a folder.

    `siblings`: names of the files that differ from `name` in their ending only and may have results there too.
    """
    plain, whole = result_name(name, lang), result_name(name, lang, whole=True)
    owner, others = name_digest(name), {name_digest(other) for other in siblings if other != name}
    plain_owners = set(_owners(folder, plain))
    if owner in plain_owners:
        return plain
    if others or owner in set(_owners(folder, whole)) or plain_owners:
        return whole
    return plain


def free(wanted: Path, mark: Mark, taken: Collection[Path] = ()) -> tuple[Path, bool]:
    """Return where a result goes, and whether it stands there already; `taken` are places that were just written.

    Over an older result that nobody touched; beside one in which somebody wrote, with a number; nowhere when the same was said
    about the same bytes before.
    """
    for place in _numbered(wanted):
        if place in taken:
            continue
        found = _result(place)
        if found is None and not os.path.lexists(place):
            return place, False
        if found and found.mark.is_about(mark):
            return place, True
        if found and found.untouched and found.mark.name == mark.name:
            return place, False
    raise AssertionError("numbers do not end")


def is_standing(wanted: Path, source: str) -> bool:
    """Say whether a result about these bytes lies at a place or, where somebody had written in an older one, beside it."""
    for place in _numbered(wanted):
        found = _result(place)
        if found and found.mark.source == source:
            return True
        if found is None and not os.path.lexists(place):
            return False
    return False


def _owners(folder: Path, stem: str) -> Iterable[str]:
    return (found.mark.name for ending in FORMS if (found := _result(folder / f"{stem}{ending}")))


def _result(path: Path) -> Marked | None:
    return None if path.is_symlink() else read_mark(path)


def _numbered(wanted: Path) -> Iterable[Path]:
    yield wanted
    number = 2
    while True:
        yield wanted.with_name(f"{wanted.stem}_{number}{wanted.suffix}")
        number += 1


def _allowed(text: str) -> str:
    return "".join("_" if unicodedata.category(sign) in _HIDDEN else sign for sign in _FORBIDDEN.sub("_", text))


def _short(stem: str) -> str:
    """Return a stem that fits into a file name; of one that is cut a digest tells it from others that begin alike."""
    encoded = stem.encode(sys.getfilesystemencoding(), "surrogateescape")
    if len(encoded) <= _LONGEST:
        return stem
    told = hashlib.sha256(encoded).hexdigest()[:8]
    return f"{encoded[:_LONGEST].decode(sys.getfilesystemencoding(), 'ignore')}…{told}"
