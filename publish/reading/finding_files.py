"""Finding files: which files under `sources/` a recipe's pattern means, and which of them is the newest.

Names are compared in Unicode NFC, because a Mac hands in decomposed ones; the date is the one in the name, never the file's.
"""

import os
import unicodedata
from collections.abc import Collection, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from catalog.errors import RecipeError, UnusableSource, did_you_mean
from publish.parsers.name_date import date_in_name

_LEFTOVERS = ("~$", ".", "__MACOSX")
_LEFTOVER_NAMES = ("thumbs.db", "desktop.ini")


def find(sources: Path, pattern: str, parts: str, *, also: Collection[str] = (), without: Collection[str] = ()) -> list[Path]:
    """Return the files that a pattern means, oldest first; only the newest unless `parts` is "all".

    `also` are files that are read whatever the pattern says, `without` files that are not: paths below `sources`.
    UnusableSource when there is none, or one of `also` is not there; RecipeError when the pattern leads outside of `sources`.
    """
    steps = _steps(pattern)
    files = listing(sources)
    gone = frozenset(map(_nfc, without))
    added = frozenset(map(_nfc, also)) - gone
    if missing := sorted(added.difference(files)):
        raise _nothing(missing[0], files)
    found = [relative for relative in files if _matches(relative.split("/"), steps) or relative in added]
    found = [relative for relative in found if relative not in gone]
    if not found:
        raise _nothing(pattern, files)
    found.sort(key=_age)
    return [sources / files[relative] for relative in (found if parts == "all" else found[-1:])]


def listing(sources: Path) -> dict[str, str]:
    """Return every file below a folder but leftovers: relative path in NFC with forward slashes → as it is on disk."""
    found = {}
    for folder, folders, files in os.walk(sources):
        folders[:] = sorted(name for name in folders if not _is_leftover(name))
        for file in sorted(files):
            if not _is_leftover(file):
                relative = (Path(folder) / file).relative_to(sources).as_posix()
                found[_nfc(relative)] = relative
    return found


def _nfc(path: str) -> str:
    return unicodedata.normalize("NFC", path)


def _is_leftover(name: str) -> bool:
    return name.startswith(_LEFTOVERS) or name.lower() in _LEFTOVER_NAMES


def _steps(pattern: str) -> tuple[str, ...]:
    steps = tuple(_nfc(pattern).replace("\\", "/").split("/"))
    if ".." in steps or "" in steps or ":" in steps[0]:
        raise RecipeError(
            f"recipe の source「{pattern}」が正しくありません。sources/ の中のパスを書きます。",
            f"The recipe's source {pattern!r} is wrong: it must be a path below sources/.",
            code="source-pattern",
        )
    return steps


def _matches(names: Sequence[str], steps: Sequence[str]) -> bool:
    if not steps:
        return not names
    if steps[0] == "**":
        return any(_matches(names[skipped:], steps[1:]) for skipped in range(len(names) + 1))
    return bool(names) and fnmatchcase(names[0], steps[0]) and _matches(names[1:], steps[1:])


def _age(relative: str) -> tuple[str, str]:
    file = relative.rsplit("/", 1)[-1]
    return (date_in_name(file) or date_in_name(relative), relative)


def _nothing(pattern: str, files: Sequence[str] | dict[str, str]) -> UnusableSource:
    hint_ja, hint_en = did_you_mean(pattern, files)
    return UnusableSource(
        f"sources/ に「{pattern}」に合うファイルがありません。{hint_ja}",
        f"No file under sources/ matches {pattern!r}.{hint_en}",
        fix_ja="ファイルを sources/ に置くか、recipe の source を直してください。",
        fix_en="Put the file under sources/, or correct `source` in the recipe.",
        code="no-source",
    )
