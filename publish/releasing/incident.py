"""Incident: the facts of a withdrawal that a report needs (個人情報の保護に関する法律 第68条), for the office.

What was public, since when and until when, under which hashes, how often it was fetched, which copies are out of reach.
`log/incidents/` keeps it; nothing of it becomes public but the tombstone.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from catalog.document import Document
from catalog.errors import MachizuError
from catalog.site.pointer import Pointer
from catalog.site.release import load_release
from catalog.strict import Model
from publish.releasing.act import Act
from publish.releasing.backup import made
from publish.releasing.disk import write_file
from publish.releasing.requests import count

FOLDER = Path("log") / "incidents"


class File(Model):
    """One file that was public."""

    name: str
    bytes: int
    sha256: str


class Shown(Model):
    """One version that was public. `files` and `columns` are empty when its folder could not be read any more."""

    version: str
    published: str
    package: str
    rows: int = 0
    columns: tuple[str, ...] = ()
    files: tuple[File, ...] = ()


class Incident(Document):
    """One file of `log/incidents/`. `downloads` and `views` are None where no access log was given."""

    format: Literal[1] = 1
    dataset: str
    versions: tuple[Shown, ...]
    reason: str
    who: str
    since: str
    until: str
    downloads: int | None
    views: int | None
    unread_logs: tuple[str, ...] = ()
    """Access logs that were given and could not be read: what they hold is not counted."""
    portals: tuple[str, ...]
    backups: tuple[str, ...]
    """Backups that were made while it was public: they hold the bytes."""


def gather(
    town: Path,
    pointer: Pointer,
    dataset: str,
    versions: Sequence[str],
    act: Act,
    *,
    portals: Sequence[str] = (),
    logs: Sequence[Path] = (),
) -> Incident:
    """Gather the facts before the bytes go. `versions` stand in `pointer`; `logs`: access logs of the web server."""
    shown = tuple(_shown(town / "site", pointer, dataset, version) for version in versions)
    since = min(one.published for one in shown)
    counted = count(logs, dataset, datetime.fromisoformat(since), act.now)
    requests = counted if len(counted.unread) < len(logs) else None
    return Incident(
        dataset=dataset,
        versions=shown,
        reason=act.reason,
        who=act.who,
        since=since,
        until=act.at,
        downloads=requests.files if requests else None,
        views=requests.views if requests else None,
        unread_logs=tuple(str(log) for log in counted.unread),
        portals=tuple(portals),
        backups=tuple(one.path for one in made(town) if one.at >= since),
    )


def keep(town: Path, incident: Incident) -> Path:
    """Write the facts down and return where."""
    moment = datetime.fromisoformat(incident.until).strftime("%Y%m%d-%H%M%S")
    path = town / FOLDER / f"{moment}-{incident.dataset}.json"
    write_file(path, incident.dump())
    return path


def _shown(site: Path, pointer: Pointer, dataset: str, version: str) -> Shown:
    entry = pointer.datasets[dataset]
    stood = entry.versions[version]
    known = Shown(version=version, published=stood.published, package=stood.hash)
    try:
        release = load_release(site, dataset, version, stood, entry.issued)
    except MachizuError:
        return known
    files = tuple(File(name=file.name, bytes=file.bytes, sha256=file.sha256) for file in release.files)
    columns = tuple(field.name for field in release.dataset.published)
    return known.model_copy(update={"rows": release.rows, "columns": columns, "files": files})
