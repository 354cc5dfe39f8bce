"""A file handed in, with the files that belong to it: which they are, what they hold as one digest, what must not be opened."""

import hashlib
import stat
import unicodedata
from collections.abc import Sequence
from pathlib import Path, PurePath

from gis import geo_kind
from publish.answering.answer import Answer
from publish.reading import signature

ENDINGS = frozenset(signature.ENDINGS) - {".gdb"}
"""A FileGDB is a folder, which cannot be watched for being whole; it is handed in as a zip."""


def with_companions(path: Path, names: Sequence[str] | None = None) -> list[Path]:
    """Return a file and those that belong to it, in the order of their names; `names`: what lies in its folder, if known."""
    kind = geo_kind.SUFFIXES.get(path.suffix.lower())
    endings = geo_kind.PARTS.get(kind, ())[1:] if kind else ()
    if not endings:
        return [path]
    stem = path.stem.casefold()
    here = sorted(names if names is not None else (other.name for other in path.parent.iterdir()))
    beside = [PurePath(name) for name in here]
    return [
        path,
        *(path.with_name(one.name) for one in beside if one.suffix.lower() in endings and one.stem.casefold() == stem),
    ]


def originals(answers: Sequence[Answer]) -> list[Path]:
    """Return the files that answers are about, with those that belong to them, as far as they are there."""
    return [path for answer in answers for file in answer.files for path in lying(answer, file)]


def lying(answer: Answer, file: str) -> list[Path]:
    """Return one file of an answer with those that belong to it; nothing where it is gone."""
    path = (answer.base or Path()) / file
    return with_companions(path) if path.is_file() else []


def twins(path: Path, names: Sequence[str] | None = None) -> list[str]:
    """Return the names in a file's folder that differ from its own in their ending only and can be handed in as well."""
    here = names if names is not None else [other.name for other in path.parent.iterdir()]
    stem = path.stem.casefold()
    return [
        name
        for name in here
        if name != path.name and PurePath(name).stem.casefold() == stem and PurePath(name).suffix.strip().lower() in ENDINGS
    ]


def is_ordinary(path: Path) -> bool:
    """Say whether a path is a file of its own: no link that leads elsewhere, no pipe that would never end."""
    return stat.S_ISREG(path.lstat().st_mode)


def digest(files: Sequence[Path]) -> str:
    """Return the sha256 of a file in hex, of several files that of their hashes; OSError when one cannot be read."""
    hashes = []
    for file in files:
        with file.open("rb") as stream:
            hashes.append(hashlib.file_digest(stream, "sha256"))
    return hashes[0].hexdigest() if len(hashes) == 1 else hashlib.sha256(b"".join(one.digest() for one in hashes)).hexdigest()


def name_digest(name: str) -> str:
    """Return what stands for a file's name in a mark: the same for both ways of writing が, never the name itself."""
    return hashlib.sha256(unicodedata.normalize("NFC", name).encode("utf-8", "surrogatepass")).hexdigest()
