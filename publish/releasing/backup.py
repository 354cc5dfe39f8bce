"""Backup: one zip of a town folder, whole and verified, with a manifest that holds the sha256 of every file.

Left out is what can be made anew (`staged/`, `site/prepared/`) and the lock. `log/backups.json` remembers where backups
went, so that a withdrawal can say which of them still hold the bytes.
"""

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO, Literal

from catalog.document import Document, read_document
from catalog.errors import OutsideError, UnusableSource, UsageError
from catalog.site.pointer import read_pointer
from catalog.strict import Model, parse
from catalog.town import read_town
from publish.releasing.disk import replace, write_file
from publish.releasing.lock import lock

MANIFEST = "machizu-backup.json"
MADE = Path("log") / "backups.json"
_LEFT_OUT = ("staged/", "site/prepared/", "log/lock")
_CHUNK = 1 << 20
_MOST = 200_000
"""Files of a town; a manifest of more is not ours."""


class Kept(Model):
    """One file of a backup."""

    size: int
    sha256: str


class Manifest(Document):
    """machizu-backup.json: the last member of the zip."""

    format: Literal[1] = 1
    code: str
    at: str
    sequence: int
    """Number of the last change of the site."""
    software: str
    files: dict[str, Kept]


class Made(Model):
    """A backup that was made once; the file may have been moved since."""

    path: str
    at: str
    sequence: int


class MadeBackups(Document):
    """log/backups.json."""

    format: Literal[1] = 1
    backups: tuple[Made, ...] = ()


@dataclass(frozen=True, slots=True)
class Backup:
    """What came of it."""

    path: Path
    files: int
    size: int


def backup(town: Path, target: Path, now: datetime, *, break_lock: bool = False) -> Backup:
    """Write and read back the backup of a town folder; whoever reads the target sees the old file or the whole new one.

    UsageError: the target lies in `sources/` or `site/`. OutsideError: what was written does not read back as it was.
    """
    inside = target.resolve()
    if any(inside.is_relative_to((town / name).resolve()) for name in ("sources", "site", "staged")):
        raise UsageError(
            f"控え {target} は sources/ や site/ の中には置けません。",
            f"The backup {target} cannot lie in sources/ or site/.",
            fix_ja="別のディスクか、別の機械のフォルダーを指定してください。",
            fix_en="Name a folder on another disk or machine.",
        )
    part = target.with_name(f".{target.name}.part")
    with lock(town, now=now, break_lock=break_lock):
        try:
            manifest = _write(town, part, {inside, part.resolve(), *(Path(one.path) for one in made(town))}, now)
            _read_back(part, manifest)
            replace(part, target)
        finally:
            part.unlink(missing_ok=True)
        _remember(town, Made(path=str(inside), at=manifest.at, sequence=manifest.sequence))
    return Backup(target, len(manifest.files), target.stat().st_size)


def made(town: Path) -> tuple[Made, ...]:
    """Return the backups that were made of a town, the oldest first."""
    path = town / MADE
    return read_document(MadeBackups, path).backups if path.is_file() else ()


def read_manifest(archive: zipfile.ZipFile, name: str) -> Manifest:
    """Read what a backup says that it holds; UnusableSource when it is none, or does not hold just that."""
    try:
        manifest = parse(Manifest, _json(archive), name, UnusableSource)
    except (UnusableSource, KeyError, ValueError, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as problem:
        raise no_backup(name) from problem
    members = {info.filename for info in archive.infolist()} - {MANIFEST}
    if members != set(manifest.files) or len(members) + 1 != len(archive.infolist()) or not all(map(_is_safe, members)):
        raise no_backup(name)
    return manifest


def no_backup(name: str) -> UnusableSource:
    """Return the refusal of a file that is no whole backup."""
    return UnusableSource(
        f"{name} は machizu の控えではないか、壊れています。",
        f"{name} is no backup of machizu, or is damaged.",
        fix_ja="machizu backup で作ったファイルを、そのまま指定してください。",
        fix_en="Name a file that machizu backup has written, as it was written.",
        code="no-backup",
    )


def _json(archive: zipfile.ZipFile) -> object:
    import json

    info = archive.getinfo(MANIFEST)
    if info.file_size > _MOST * 500:
        raise ValueError(MANIFEST)
    return json.loads(archive.read(info))


def _is_safe(member: str) -> bool:
    """Say whether a member's path stays below the folder it is unpacked into, on Windows too."""
    parts = member.split("/")
    return not any(part in ("", ".", "..") or "\\" in part or ":" in part or "\0" in part for part in parts)


def _write(town: Path, part: Path, spared: set[Path], now: datetime) -> Manifest:
    settings = read_town(town)
    files: dict[str, Kept] = {}
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in _files(town):
            if path.resolve() not in spared:
                info = zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)
                info.compress_type = zipfile.ZIP_DEFLATED
                with path.open("rb") as source, archive.open(info, "w", force_zip64=True) as member:
                    files[name] = _copy(source, member)
        manifest = Manifest(
            code=settings.code,
            at=now.isoformat(timespec="seconds"),
            sequence=read_pointer(town / "site").sequence,
            software=version("machizu"),
            files=files,
        )
        archive.writestr(MANIFEST, manifest.dump())
    return manifest


def _files(town: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(town.rglob("*")):
        name = path.relative_to(town).as_posix()
        if path.is_file() and not name.startswith(_LEFT_OUT) and not path.name.endswith(".part"):
            yield name, path


def _copy(source: BinaryIO, target: "zipfile._ZipWriteFile | BinaryIO") -> Kept:  # type: ignore[name-defined]
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
        target.write(chunk)
    return Kept(size=size, sha256=digest.hexdigest())


def _read_back(part: Path, manifest: Manifest) -> None:
    with zipfile.ZipFile(part) as archive:
        for name, kept in manifest.files.items():
            with archive.open(name) as member:
                if hashlib.file_digest(member, "sha256").hexdigest() != kept.sha256:  # type: ignore[arg-type]
                    raise OutsideError(
                        f"控えを読み返すと {name} が違います。",
                        f"Read back from the backup, {name} differs.",
                        fix_ja="ディスクを確かめて、別の場所に作り直してください。",
                        fix_en="Check the disk and write the backup to another place.",
                        code="backup-differs",
                    )


def _remember(town: Path, one: Made) -> None:
    write_file(town / MADE, MadeBackups(backups=(*made(town), one)).dump())
