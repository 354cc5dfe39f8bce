"""Copies of withdrawn files in other folders (static exports, mirrors of the site): found by name and by sha256, deleted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from catalog.errors import OutsideError
from publish.packing.determinism import sha256_of
from publish.releasing.disk import remove_file, remove_folder


@dataclass(frozen=True, slots=True)
class Copies:
    """What to look for: folders `<dataset>/<name>` and files with one of these hashes, under whatever name."""

    dataset: str
    names: frozenset[str]
    hashes: frozenset[str]


def clear_copies(places: Iterable[Path], copies: Copies) -> tuple[int, tuple[Path, ...]]:
    """Delete what is found below the places; return how many files and folders went, and what could not be deleted."""
    gone = 0
    left: list[Path] = []
    for place in places:
        for found in (*_folders(place, copies), *_files(place, copies)):
            try:
                remove_folder(found)
                if not found.is_dir():
                    remove_file(found)
                gone += 1
            except (OSError, OutsideError):
                left.append(found)
    return gone, tuple(left)


def _folders(place: Path, copies: Copies) -> Iterator[Path]:
    for found in sorted(place.rglob(f"{copies.dataset}/*")):
        if found.is_dir() and found.name in copies.names:
            yield found


def _files(place: Path, copies: Copies) -> Iterator[Path]:
    for found in sorted(place.rglob("*")):
        if found.is_file() and sha256_of(found) in copies.hashes:
            yield found
