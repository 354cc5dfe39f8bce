"""Members of a zip as Japanese offices make them: CP932 names, backslashes, Mac leftovers; unpacked within limits."""

import unicodedata
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from catalog.errors import UnusableSource

MAX_MEMBERS = 10_000
MAX_BYTES = 4 * 1024**3
"""Unpacked; a million pipes as a shapefile take about 0.5 GB."""
MAX_RATIO = 200
FREE_BYTES = 64 * 1024**2
"""Below this size the ratio is not looked at: a table of blanks packs a hundredfold."""

_UTF8_NAME = 0x800
_CHUNK = 1024**2


def members(path: Path) -> Mapping[str, zipfile.ZipInfo]:
    """Return the files inside by their decoded path; folders, __MACOSX and hidden files left out."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, OSError) as problem:
        raise _broken(path) from problem
    if len(infos) > MAX_MEMBERS:
        raise _too_large(path)
    named = {_name(info): info for info in infos}
    return {name: info for name, info in named.items() if not _is_leftover(name)}


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
    return name.endswith("/") or not parts or "__MACOSX" in parts or parts[-1].startswith(".")


def unpack(path: Path, targets: Mapping[zipfile.ZipInfo, Path]) -> None:
    """Write members to paths of our choosing; what the zip says about sizes is not believed but counted."""
    left = MAX_BYTES
    try:
        with zipfile.ZipFile(path) as archive:
            for info, target in targets.items():
                left -= _unpack_one(archive, info, target, min(left, _allowed(info)), path)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError) as problem:
        # RuntimeError is how zipfile says that a member is encrypted.
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


def _too_large(path: Path) -> UnusableSource:
    return UnusableSource(
        f"{path.name} は解凍すると大きすぎるため開きません。",
        f"{path.name} unpacks to more than is allowed and is not opened.",
        fix_ja="必要なファイルだけを解凍して置いてください。",
        fix_en="Hand in only the files that are needed, unpacked.",
        code="zip-too-large",
    )
