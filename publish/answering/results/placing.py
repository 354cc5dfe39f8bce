"""Placing: a result put in its place in one move: never among a town's sources, never over a file that was handed in."""

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from catalog.errors import UsageError
from catalog.town import FILE
from publish.answering.visible import visible
from publish.releasing.disk import replace

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Guard:
    """What must never be written: the folder `sources` of the town, and the files that the results are about."""

    sources: Path | None = None
    originals: Sequence[Path] = ()

    def is_among_sources(self, path: Path) -> bool:
        """Say whether a path lies in the town's sources, or in those of any town."""
        real = path.resolve()
        ours = self.sources is not None and real.is_relative_to(self.sources.resolve())
        return ours or any(folder.name == "sources" and (folder.parent / FILE).is_file() for folder in (real, *real.parents))

    def require(self, path: Path) -> None:
        """Raise UsageError for a path in any town's sources, or one that is a handed-in file under whatever name."""
        if self.is_among_sources(path):
            raise _among_sources(path)
        for original in self.originals:
            if _is_same(path, original):
                raise _over_the_original(path)


def place(path: Path, data: bytes, guard: Guard) -> Path:
    """Write a file so that nobody sees half of it and return where it lies.

    UsageError as `Guard.require`; OSError or OutsideError, with the name of this file, when it cannot be written. The rights
    are those that any new file gets in that folder.
    """
    guard.require(path)
    part = path.with_name(f".machizu-{secrets.token_hex(8)}{path.suffix}")
    try:
        try:
            with part.open("xb") as file:
                file.write(data)
            replace(part, path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as problem:
        raise OSError(problem.errno, problem.strerror, str(path)) from problem
    return path


def _is_same(path: Path, original: Path) -> bool:
    """Say whether two paths lead to one file, also by a symbolic or a hard link."""
    try:
        return os.path.samefile(path, original)
    except OSError:  # one of them does not exist
        return False


def _among_sources(path: Path) -> UsageError:
    shown = visible(str(path), _LONGEST)
    return UsageError(
        f"{shown} は sources/ の中です。sources/ には何も書きません。",
        f"{shown} lies in sources/, where nothing is ever written.",
        fix_ja="-o でほかのフォルダーを指定してください。",
        fix_en="Name another folder with -o.",
        code="among-sources",
    )


def _over_the_original(path: Path) -> UsageError:
    shown = visible(str(path), _LONGEST)
    return UsageError(
        f"{shown} は、確かめるファイルそのものです。もとのファイルには書きません。",
        f"{shown} is the file that is checked; the original is never written to.",
        fix_ja="-o でほかの名前かフォルダーを指定してください。",
        fix_en="Name another file or folder with -o.",
        code="over-original",
    )
