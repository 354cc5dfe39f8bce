"""staged/<dataset>/: a release that is built and checked but not public: its folder and staged.json, which says what it is."""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from catalog.document import Document, read_document
from catalog.errors import CheckFailed
from catalog.site.pointer import Pointer
from catalog.strict import Model
from catalog.text import Text
from publish.releasing.disk import remove_folder, write_file

FOLDER = "staged"
BUILDING = ".building-"
"""Prefix of a folder that is being written; swept away by the next command."""
FILE = "staged.json"
BLOCKED = "blocked.json"
IDENTIFIERS = "identifiers.json"
"""The identifier register as it will stand once this release is public."""
HIDDEN = "hidden.json"
"""Which areas are hidden once this release is public."""
_AGAIN = Text(ja="build をやり直してください。", en="Build again.")


class Waiting(Model):
    """A warning that nobody has accepted yet."""

    code: str
    column: str


class HiddenArea(Model):
    """An area whose breakdown is hidden and added to another one, in so many periods. For staff: staged/ is not public."""

    area: str
    into: str
    periods: int


class StagedEntry(Document):
    """staged.json."""

    format: Literal[1] = 1
    dataset: str
    version: str
    hash: str
    """Package hash, 64 hex: what an approval binds."""
    content: str
    data: tuple[str, ...]
    """sha256 of the files that carry the rows: what a withdrawal refuses to see again."""
    before: str | None
    """The version that was current when this was built."""
    counts: dict[str, int]
    as_of: str
    cls: Literal["open", "view"]
    rows: int
    waiting: tuple[Waiting, ...] = ()
    hidden: tuple[HiddenArea, ...] = ()
    hidden_cells: int = 0

    @property
    def name(self) -> str:
        """Name of the release's folder."""
        return f"{self.version}-{self.hash[:12]}"

    @property
    def path(self) -> str:
        """Path of the release below site/."""
        return f"releases/{self.dataset}/{self.name}"


class Blocked(Document):
    """blocked.json: why nothing could be staged; codes only."""

    format: Literal[1] = 1
    codes: tuple[str, ...]


def staged_folder(town: Path, dataset: str) -> Path:
    """Return where a dataset's staged release lies."""
    return town / FOLDER / dataset


def read_staged(town: Path, dataset: str) -> StagedEntry | None:
    """Return what is staged of a dataset, or None."""
    path = staged_folder(town, dataset) / FILE
    return read_document(StagedEntry, path, fix=_AGAIN) if path.is_file() else None


def read_blocked(town: Path, dataset: str) -> Blocked | None:
    """Return why the last build of a dataset staged nothing, or None."""
    path = staged_folder(town, dataset) / BLOCKED
    return read_document(Blocked, path, fix=_AGAIN) if path.is_file() else None


def staged_datasets(town: Path) -> tuple[str, ...]:
    """Return the datasets of which a release is staged, by id."""
    folder = town / FOLDER
    return tuple(sorted(path.parent.name for path in folder.glob(f"*/{FILE}"))) if folder.is_dir() else ()


def block(town: Path, dataset: str, codes: Iterable[str]) -> None:
    """Note that a build found errors; what an earlier build staged is removed, so that nobody releases it by mistake."""
    folder = staged_folder(town, dataset)
    remove_folder(folder)
    write_file(folder / BLOCKED, Blocked(codes=tuple(sorted(set(codes)))).dump())


def refuse_withdrawn(pointer: Pointer, dataset: str, content: str, data: tuple[str, ...]) -> None:
    """Refuse what was withdrawn: the same content, or the same rows under other metadata; CheckFailed says which version.

    A corrected series keeps most of its months, so only a release all of whose data files were withdrawn is refused.
    """
    entry = pointer.datasets.get(dataset)
    for version, stood in (entry.versions if entry else {}).items():
        if stood.withdrawn and (stood.content == content or (data and set(data) <= set(stood.withdrawn.hashes))):
            raise CheckFailed(
                f"「{dataset}」は、取り下げた版 {version} と同じ内容です。公開できません。",
                f"{dataset!r} says the same as the withdrawn version {version} and cannot be published.",
                fix_ja=f"取り下げの理由「{stood.withdrawn.reason}」を元のファイルで直してから、もう一度実行してください。",
                fix_en=f"Correct the source first; it was withdrawn because: {stood.withdrawn.reason}",
                code="withdrawn-content",
            )
