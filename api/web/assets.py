"""Static files: read once at start, served under one hash of them all, compressed once."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from api.web.script import lean

FOLDER = Path(__file__).resolve().parent / "static"

_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
_TEXT = {".js", ".css", ".svg", ".json", ".txt"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file: its bytes and, where that is smaller, their gzip form."""

    mediatype: str
    plain: bytes
    packed: bytes | None


@dataclass(frozen=True, slots=True)
class Assets:
    """Every static file by its path, and the hash over all of them."""

    hash: str
    files: dict[str, Asset]


@cache
def read_assets(folder: Path = FOLDER) -> Assets:
    """Read the whole folder; only what is in it at start can ever be asked for."""
    digest = hashlib.sha256()
    files = {}
    for path in sorted(found for found in folder.rglob("*") if found.is_file()):
        name = path.relative_to(folder).as_posix()
        plain = _content(path, name)
        digest.update(name.encode() + b"\0" + hashlib.sha256(plain).digest())
        files[name] = _asset(path, plain)
    return Assets(digest.hexdigest()[:12], files)


def _content(path: Path, name: str) -> bytes:
    """Return the bytes to send: our own scripts without what is written for people, everything else as it is."""
    return lean(path.read_text("utf-8")).encode() if name.startswith("js/") and path.suffix == ".js" else path.read_bytes()


def _asset(path: Path, plain: bytes) -> Asset:
    mediatype = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    packed = gzip.compress(plain, mtime=0) if path.suffix in _TEXT else None
    return Asset(mediatype, plain, packed if packed and len(packed) < len(plain) else None)
