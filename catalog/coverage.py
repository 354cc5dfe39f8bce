"""Coverage: which datasets of the national list a town publishes, which are only defined, which nobody defined yet.

The list is data: `datasets/national_list.yaml`. A dataset that machizu has no definition for is told by name and number
alone; no columns are invented for it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from catalog.dataset import Slug, Text
from catalog.errors import DefinitionError
from catalog.library import Library, shipped_folder
from catalog.strict import Model, parse, read_yaml

FILE = "national_list.yaml"
GENERATED = "open_data_list"
"""オープンデータ一覧 is made by machizu from what is published: nobody defines or hands it in."""

Status = Literal["published", "defined", "not-defined"]


class NationalEntry(Model):
    """One dataset of 自治体標準オープンデータセット: number, file name (empty where none was seen), titles, book."""

    number: str
    slug: Slug | Literal[""] = ""
    title: Text
    book: str


class NationalList(Model):
    """The whole list, in national order."""

    format: Literal["1"]
    name: Text
    url: str
    version: str
    entries: tuple[NationalEntry, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """One line of the overview: an entry of the list, or a dataset of the town's own (`entry` None)."""

    entry: NationalEntry | None
    dataset: str
    """Id of the definition; empty when there is none."""
    title: Text
    status: Status


def read_national_list(path: Path | None = None) -> NationalList:
    """Read the list that comes with machizu; DefinitionError when it is wrong."""
    path = path or shipped_folder() / FILE
    return parse(NationalList, read_yaml(path, DefinitionError), path.name, DefinitionError)


def coverage(library: Library, published: Collection[str]) -> list[Coverage]:
    """Return the national list in order, then the other published datasets, each with its status.

    `published`: ids of the datasets that stand in the site.
    """
    national = [_line(entry, library, published) for entry in read_national_list().entries]
    listed = {line.dataset for line in national}
    others = [name for name in library if name in published and name not in listed]
    return national + [Coverage(None, name, library[name].title, "published") for name in others]


def _line(entry: NationalEntry, library: Library, published: Collection[str]) -> Coverage:
    if entry.slug == GENERATED and GENERATED not in library:
        return Coverage(entry, GENERATED, entry.title, "published" if published else "defined")
    if entry.slug not in library:
        return Coverage(entry, "", entry.title, "not-defined")
    return Coverage(entry, entry.slug, entry.title, "published" if entry.slug in published else "defined")
