"""Members of a zip as Japanese offices make them: CP932 names, backslashes, Mac leftovers; unpacked within limits."""

import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from mmap import ACCESS_READ, mmap
from pathlib import Path, PurePosixPath

from catalog.errors import UnusableSource

MAX_MEMBERS = 10_000
MAX_BYTES = 4 * 1024**3
"""Unpacked; a million pipes as a shapefile take about 0.5 GB."""
MAX_RATIO = 200
FREE_BYTES = 64 * 1024**2
"""Below this size the ratio is not looked at: a table of blanks packs a hundredfold."""

_TROUBLE = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError, ValueError)
"""What zipfile raises on a damaged or hostile zip. RuntimeError: a member is encrypted; ValueError: impossible offsets."""
_LISTED = b"PK\x01\x02"
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_CHUNK = 1024**2
_LEFT = frozenset(("thumbs.db", "desktop.ini"))


def refuse_many(path: Path) -> None:
    """Refuse a zip of too many members before anything lists them: a million entries take a gigabyte and many seconds.

    What the zip says of their number is not believed; the entries of its list are counted (APPNOTE 6.3.10, 4.3.12).
    """
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        if sum(1 for _ in islice(re.finditer(_LISTED, data), MAX_MEMBERS + 1)) > MAX_MEMBERS:
            raise _too_large(path)


def members(path: Path) -> Mapping[str, zipfile.ZipInfo]:
    """Return the files inside by their decoded path; folders, __MACOSX, hidden files and what Windows leaves are left out."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except UnicodeDecodeError as problem:
        raise misnamed(path) from problem
    except _TROUBLE as problem:
        raise _broken(path) from problem
    if len(infos) > MAX_MEMBERS:
        raise _too_large(path)
    named: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        name = _name(info)
        if not _is_leftover(name):
            if name in named:
                raise twice(path, name)
            named[name] = info
    return named


def head(path: Path, info: zipfile.ZipInfo, size: int = 4096) -> bytes:
    """Return the first bytes of a member, unpacked."""
    with _readable(path), zipfile.ZipFile(path) as archive, archive.open(info) as member:
        return member.read(size)


def _name(info: zipfile.ZipInfo) -> str:
    """Decode a member's name; before backslashes are turned, for the second byte of 表 in CP932 is one."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME:
        raw = name.encode("cp437")
        for encoding in ("utf-8", "cp932"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return unicodedata.normalize("NFC", name.split("\0")[0].replace("\\", "/"))


def _is_leftover(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return name.endswith("/") or not parts or "__MACOSX" in parts or parts[-1].startswith(".") or parts[-1].lower() in _LEFT


def unpack(path: Path, targets: Mapping[zipfile.ZipInfo, Path]) -> None:
    """Write members to paths of our choosing; what the zip says about sizes is not believed but counted."""
    left = MAX_BYTES
    if any(info.flag_bits & _ENCRYPTED for info in targets):
        raise _locked(path)
    with _readable(path), zipfile.ZipFile(path) as archive:
        for info, target in targets.items():
            left -= _unpack_one(archive, info, target, min(left, _allowed(info)), path)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except _TROUBLE as problem:
        raise _broken(path) from problem


def _allowed(info: zipfile.ZipInfo) -> int:
    return max(FREE_BYTES, info.compress_size * MAX_RATIO)


def _unpack_one(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, limit: int, path: Path) -> int:
    written = 0
    with archive.open(info) as source, target.open("wb") as copy:
        while chunk := source.read(_CHUNK):
            written += len(chunk)
            if written > limit:
                raise _too_large(path)
            copy.write(chunk)
    return written


def _broken(path: Path) -> UnusableSource:
    return UnusableSource(
        f"{path.name} を解凍できません(壊れているか、パスワードがかかっています)。",
        f"{path.name} cannot be unpacked (broken, or locked with a password).",
        fix_ja="パスワードなしで作り直すか、中身を解凍して置いてください。",
        fix_en="Make it again without a password, or hand in what is inside.",
        code="zip-broken",
    )


def misnamed(path: Path) -> UnusableSource:
    """Return the refusal of a zip that says of its names that they are UTF-8, which they are not."""
    return UnusableSource(
        f"{path.name} の中のファイル名は UTF-8 だと書いてありますが、そうではないため開けません。",
        f"{path.name} says that the names inside are UTF-8, which they are not, and cannot be opened.",
        fix_ja="別のソフトで zip を作り直すか、中身を解凍して置いてください。",
        fix_en="Make it again with other software, or hand in what is inside.",
        code="zip-names",
    )


def _locked(path: Path) -> UnusableSource:
    return UnusableSource(
        f"{path.name} にはパスワードがかかっているため読めません。",
        f"{path.name} is locked with a password and cannot be read.",
        fix_ja="パスワードなしで作り直すか、中身を解凍して置いてください。",
        fix_en="Make it again without a password, or hand in what is inside.",
        code="locked",
    )


def twice(path: Path, name: str) -> UnusableSource:
    """Return the refusal of a zip with two members of one name."""
    return UnusableSource(
        f"{path.name} の中に「{name[:80]}」というファイルが2つあります。どちらが正しいか決まっていません。",
        f"{path.name} holds two members called {name[:80]!r}; which one is meant is not said.",
        fix_ja="zip を作り直すか、使うファイルだけを zip から出して渡してください。",
        fix_en="Make the zip anew, or hand in only the file that is meant, unpacked.",
        code="zip-duplicate",
    )


def _too_large(path: Path) -> UnusableSource:
    return UnusableSource(
        f"{path.name} は解凍すると大きすぎるため開きません。",
        f"{path.name} unpacks to more than is allowed and is not opened.",
        fix_ja="必要なファイルだけを解凍して置いてください。",
        fix_en="Hand in only the files that are needed, unpacked.",
        code="zip-too-large",
    )
