"""Writes that last: a file is replaced whole, a folder arrives whole, both are on the disk before the next step.

On Windows a file or folder that somebody reads cannot be replaced at that moment: the replacement is tried again.
"""

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from errno import EXDEV
from pathlib import Path

from catalog.errors import OutsideError

_WAITS = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6) if sys.platform == "win32" else ()
"""Seconds between attempts: a virus scanner or a download lets go within about three seconds."""

ARRIVING = ".arriving-"
"""Prefix of what is being copied in; never pointed to, swept away by the next command."""


def write_file(path: Path, data: bytes) -> None:
    """Replace a file by these bytes: whoever reads sees the old or the new, never a half."""
    write_chunks(path, (data,))


def write_chunks(path: Path, chunks: Iterable[bytes]) -> None:
    """Replace a file by these bytes, one after another; where giving them fails, the old file stands."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    replace(part, path)
    sync_folder(path.parent)


def move_folder(source: Path, target: Path) -> None:
    """Move a folder to a place that is still free, onto the disk with all that is in it.

    Between two disks it is copied under a name that nobody looks at, then renamed.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    sync_tree(source)
    try:
        replace(source, target)
    except OSError as problem:
        if problem.errno != EXDEV:
            raise
        arriving = target.with_name(ARRIVING + target.name)
        remove_folder(arriving)
        shutil.copytree(source, arriving)
        sync_tree(arriving)
        replace(arriving, target)
        remove_folder(source)
    sync_folder(target.parent)


def remove_folder(folder: Path) -> None:
    """Remove a folder and all that is in it; one that is not there is fine."""
    if folder.is_dir():
        _insist(lambda: shutil.rmtree(folder))


def remove_file(path: Path) -> None:
    """Remove a file; one that is not there is fine."""
    _insist(lambda: path.unlink(missing_ok=True))


def replace(source: Path, target: Path) -> None:
    """Rename over whatever stands there, trying again while a reader on Windows holds it."""
    _insist(lambda: os.replace(source, target))


def sync_tree(folder: Path) -> None:
    """Have every file and folder below written to the disk."""
    for inside in _walk(folder):
        if inside.is_dir():
            sync_folder(inside)
        else:
            _sync(inside, os.O_RDWR if sys.platform == "win32" else os.O_RDONLY)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder written to the disk; Windows neither needs nor allows it."""
    if sys.platform != "win32":
        _sync(folder, os.O_RDONLY)


def _walk(folder: Path) -> Iterator[Path]:
    for inside in sorted(folder.iterdir()):
        if inside.is_dir() and not inside.is_symlink():
            yield from _walk(inside)
        else:
            yield inside
    yield folder


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _insist(action: Callable[[], object]) -> None:
    """Do it, on Windows again after each wait while the file is held; OutsideError when it stays held."""
    for wait in _WAITS:
        try:
            action()
        except PermissionError:
            time.sleep(wait)
        else:
            return
    try:
        action()
    except PermissionError as problem:
        where = problem.filename2 or problem.filename
        raise OutsideError(
            f"{where} を書き換えられません。",
            f"{where} cannot be replaced.",
            fix_ja="ほかのプログラムで開いていれば閉じ、書き込みの権限を確かめてから、もう一度実行してください。",
            fix_en="Close it if another program has it open, check that you may write there, and run again.",
            code="cannot-write",
        ) from problem
