"""Same input, same bytes: the few places where a clock would otherwise enter a file (DESIGN 7, knowledge/traps.md)."""

import gzip
import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip can name; every member carries it."""

_BLOCK = 1 << 20


def json_bytes(value: object) -> bytes:
    """Return readable JSON in the given order of keys, UTF-8, ending in a newline."""
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def digest(value: object) -> str:
    """Return the sha256 of a JSON value whatever the order of its keys."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file as 64 hex digits, read in blocks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def rezip(path: Path, edits: Mapping[str, Callable[[bytes], bytes]]) -> None:
    """Rewrite a zip file in place with fixed times and permissions, passing the named members through an edit."""
    target = path.with_name(path.name + ".part")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            info = zipfile.ZipInfo(member.filename, EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # the same on Windows and elsewhere
            info.external_attr = 0o644 << 16
            if member.filename in edits:
                new.writestr(info, edits[member.filename](old.read(member)))
            else:
                with old.open(member) as source, new.open(info, "w", force_zip64=False) as copy:
                    shutil.copyfileobj(source, copy, _BLOCK)
    target.replace(path)


def compress(source: Path, target: Path) -> None:
    """Write the gzip twin of a file: no name and no time in its header (RFC 1952, FNAME absent, MTIME 0)."""
    with (
        source.open("rb") as plain,
        target.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=raw, mtime=0) as packed,
    ):
        shutil.copyfileobj(plain, packed, _BLOCK)
