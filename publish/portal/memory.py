"""What we put at a portal: log/portal-<name>.json. Withdrawal deletes exactly this, and nothing that others added."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from catalog.document import Document, read_document
from catalog.strict import Model
from catalog.text import Text
from publish.releasing.disk import write_file

_PREFIX = "portal-"


class Placed(Model):
    """One dataset at the portal: its package, and what in it is ours."""

    package: str
    """CKAN's id."""
    name: str
    versions: tuple[str, ...] = ()
    """Whose bytes may stand there: one when all is well, two after an interruption, none for an entry without files."""
    resources: dict[str, str] = {}
    """Ids by file name."""
    tags: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    """Keys."""


class _File(Document):
    format: Literal[1] = 1
    url: str
    datasets: dict[str, Placed] = {}


@dataclass(slots=True)
class Memory:
    """The memory of one portal; saved after every step, so that an interrupted run is remembered."""

    path: Path
    url: str
    datasets: dict[str, Placed] = field(default_factory=dict)

    @property
    def portal(self) -> str:
        """The portal's name in machizu.toml."""
        return self.path.stem.removeprefix(_PREFIX)

    def remember(self, dataset: str, placed: Placed) -> None:
        """Note what stands at the portal now, on disk too."""
        if self.datasets.get(dataset) != placed:
            self.datasets[dataset] = placed
            self._save()

    def forget(self, dataset: str) -> None:
        """Note that nothing of ours is left."""
        if self.datasets.pop(dataset, None):
            self._save()

    def _save(self) -> None:
        write_file(self.path, _File(url=self.url, datasets=self.datasets).dump())


def read_memory(town_folder: Path, portal: str, url: str) -> Memory:
    """Read what was put at a portal; nothing when there is no file yet."""
    path = town_folder / "log" / f"{_PREFIX}{portal}.json"
    return Memory(path, url, _read(path).datasets) if path.is_file() else Memory(path, url)


def memories(town_folder: Path) -> Iterator[Memory]:
    """Yield every memory that there is, also of portals that stand no more in machizu.toml."""
    for path in sorted((town_folder / "log").glob(f"{_PREFIX}*.json")):
        held = _read(path)
        yield Memory(path, held.url, held.datasets)


def _read(path: Path) -> _File:
    fix = Text(
        ja="バックアップから戻すか、消してください(消すと、ポータルのデータセットを印から見分けます)。",
        en="Restore it from a backup or delete it (then packages are recognised by their mark).",
    )
    return read_document(_File, path, code="portal-memory", fix=fix)
