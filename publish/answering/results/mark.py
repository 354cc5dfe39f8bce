"""Mark: what a result says of itself: about which file it is, what was said, and whether it still is as it was written.

A workbook carries it as a custom document property, a page as a `meta` element. A spreadsheet keeps the property when somebody
corrects the workbook and saves it; then the digest of its content no longer agrees, and it is a person's work, not ours.
"""

import hashlib
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from publish.reading.limits import MAX_BYTES, MAX_MEMBERS, ZIP_TROUBLE

NAME = "machizu"
"""Of the document property and of the `meta` element."""
PROPERTY = "docProps/custom.xml"
PENDING = "0" * 64
"""Stands for the digest of the content until the content is known."""
_TEXT = re.compile(rb"machizu1:([0-9a-f]{64}):([0-9a-f]{64}):([0-9a-f]{64}):([0-9a-f]{64})")
_HEAD = 4096
_MOST = 64 << 10
"""Bytes of a document's own properties that are looked at."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Digests (sha256 in hex) of the file a result is about, of what is said, of the file's name, of the result's content."""

    source: str
    answer: str
    name: str
    content: str = PENDING

    def __str__(self) -> str:
        return f"machizu1:{self.source}:{self.answer}:{self.name}:{self.content}"

    def is_about(self, other: "Mark") -> bool:
        """Say whether two results say the same about the same bytes."""
        return (self.source, self.answer) == (other.source, other.answer)


@dataclass(frozen=True, slots=True)
class Marked:
    """What a file that looks like a result carries."""

    mark: Mark
    untouched: bool
    """False when somebody wrote in it since."""


def marked_page(page: str, mark: Mark) -> bytes:
    """Return the bytes of a page that holds `mark` with its content still pending, the digest put in."""
    data = page.encode("utf-8", "replace")
    content = hashlib.sha256(data).hexdigest()
    return data.replace(str(mark).encode(), str(replace(mark, content=content)).encode(), 1)


def content_of(members: Iterable[zipfile.ZipInfo]) -> str:
    """Return the digest of a workbook's members without the property that holds it: any program that saves it changes some."""
    told = sorted(f"{one.filename}:{one.CRC}:{one.file_size}" for one in members if one.filename != PROPERTY)
    return hashlib.sha256("\n".join(told).encode("utf-8", "surrogatepass")).hexdigest()


def read_mark(path: Path) -> Marked | None:
    """Return the mark of a file, None where it has none, is no file or cannot be read."""
    try:
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            return None
        return _of_page(path) if path.suffix.lower() == ".html" else _of_workbook(path)
    except ZIP_TROUBLE:
        return None


def _of_page(path: Path) -> Marked | None:
    data = path.read_bytes()
    found = _TEXT.search(data, 0, _HEAD)
    if found is None:
        return None
    mark = Mark(*(digest.decode() for digest in found.groups()))
    pending = data.replace(found[0], str(replace(mark, content=PENDING)).encode(), 1)
    return Marked(mark, hashlib.sha256(pending).hexdigest() == mark.content)


def _of_workbook(path: Path) -> Marked | None:
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if PROPERTY not in archive.namelist() or len(members) > MAX_MEMBERS:
            return None
        with archive.open(PROPERTY) as file:
            found = _TEXT.search(file.read(_MOST))
    if found is None:
        return None
    mark = Mark(*(digest.decode() for digest in found.groups()))
    return Marked(mark, content_of(members) == mark.content)
