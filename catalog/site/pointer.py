"""catalog.json: which release of each dataset is current, and every change that ever was made public.

    {"format": 1, "sequence": n, "changes": [...], "datasets": {id: {"current": "1.4" | null, "versions": {...}}}}

Replacing this one file is what makes a release public (DESIGN 7); reading it once gives a consistent view.
"""

from pathlib import Path

from pydantic import Field as Key

from catalog.document import Document, read_document
from catalog.strict import Model
from catalog.text import Text

FILE = "catalog.json"
_RESTORE = Text(ja="machizu restore 控え.zip で戻してください。", en="Bring it back with machizu restore BACKUP.zip.")


class Withdrawn(Model):
    """The tombstone of a version: its bytes are gone and are refused afterwards."""

    at: str
    reason: str
    hashes: tuple[str, ...]


class VersionEntry(Model):
    """One release: folder below site/, sha256 of its datapackage.json, when it became public."""

    path: str
    hash: str
    content: str
    """Content hash, by which `build` knows that nothing changed."""
    published: str
    withdrawn: Withdrawn | None = None


class DatasetEntry(Model):
    """The versions of one dataset; `current` is None when it was withdrawn."""

    current: str | None
    versions: dict[str, VersionEntry]

    @property
    def issued(self) -> str:
        """When the dataset first became public."""
        return min(stood.published for stood in self.versions.values())


class ChangeEntry(Model):
    """One step of the site's history."""

    n: int
    at: str
    dataset: str
    version: str | None
    kind: str
    """publish, rollback, withdraw, explain (the reason of a withdrawal, recorded later)."""
    counts: dict[str, int] = {}


class Pointer(Document):
    """The whole of catalog.json."""

    format: int = 1
    sequence: int = 0
    changes: tuple[ChangeEntry, ...] = ()
    datasets: dict[str, DatasetEntry] = Key(default_factory=dict)

    def current(self, dataset: str) -> VersionEntry | None:
        """Return the current version's entry, or None."""
        entry = self.datasets.get(dataset)
        return entry.versions[entry.current] if entry and entry.current else None


def read_pointer(site: Path) -> Pointer:
    """Read catalog.json of a site folder; an absent file is an empty site."""
    path = site / FILE
    return read_document(Pointer, path, fix=_RESTORE) if path.is_file() else Pointer()
