"""Coverage: how each dataset of the national list, and each of the town's own, stands with the public.

The list is data: `datasets/national_list.yaml`. A dataset whose columns nobody has seen is told by name and number, with
the reason; no columns are invented for it. What only the office knows (staged, blocked, a recipe) is not told here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from catalog.dataset import Dataset, Slug
from catalog.errors import DefinitionError, RecipeError
from catalog.library import shipped_folder
from catalog.site.due import due
from catalog.site.release import Release
from catalog.site.snapshot import Snapshot
from catalog.strict import Model, parse
from catalog.text import Text
from catalog.yaml_text import read_yaml

FILE = "national_list.yaml"
GENERATED = "open_data_list"
"""オープンデータ一覧 is made by machizu from what is published: nobody hands it in."""

Status = Literal["public", "late", "withdrawn", "counter", "lacking", "unknown"]


class NationalEntry(Model):
    """One dataset of 自治体標準オープンデータセット: number, file name (empty where none was seen), titles, book."""

    number: str
    slug: Slug | Literal[""] = ""
    title: Text
    book: str
    unknown: Text | None = None
    """Why its columns are not known; None where they are."""


class NationalList(Model):
    """The whole list, in national order."""

    format: Literal["1"]
    name: Text
    url: str
    version: str
    entries: tuple[NationalEntry, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One dataset: of the national list (`entry`) or local (`entry` None)."""

    entry: NationalEntry | None
    dataset: str
    """Id of its definition; empty where there is none."""
    title: Text
    status: Status
    release: Release | None = None
    """The current one; None where nothing is public, and for the list that machizu makes itself."""
    due: date | None = None
    """Last day on which the next release is in time; None where none is promised."""

    @property
    def number(self) -> str:
        """Number in the national list; empty for a local dataset."""
        return self.entry.number if self.entry else ""

    @property
    def generated(self) -> bool:
        """Say whether machizu makes it from what is published."""
        return self.entry is not None and self.entry.slug == GENERATED and self.release is None


@dataclass(frozen=True, slots=True)
class Coverage:
    """The national list in order (a line per dataset: a number may have several), then the local datasets."""

    national: tuple[Line, ...]
    local: tuple[Line, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """All of it."""
        return self.national + self.local

    def numbers(self, *statuses: Status) -> int:
        """Count the numbers of the national list of which a dataset stands so; all numbers when no status is given."""
        return len({line.number for line in self.national if not statuses or line.status in statuses})


@cache
def read_national_list(path: Path | None = None) -> NationalList:
    """Read the list that comes with machizu; DefinitionError when it is wrong."""
    path = path or shipped_folder() / FILE
    return parse(NationalList, read_yaml(path, DefinitionError), path.name, DefinitionError)


def coverage(definitions: Mapping[str, Dataset], site: Snapshot | None = None, today: date = date.min) -> Coverage:
    """Return how every dataset of the list, and every other of the definitions or of the site, stands on this day.

    `definitions`: what a dataset may be here, by id: the library for the office, for the public what releases carry.
    `site`: what is public; None before anything is. Without `today` nothing is late.
    """
    entries = read_national_list().entries
    national = tuple(line for entry in entries for line in _of_entry(entry, definitions, site, today))
    listed = {line.dataset for line in national}
    others = [name for name in _known(definitions, site) if name not in listed]
    return Coverage(national, tuple(_line(None, name, _title(name, definitions, site), site, today) for name in others))


def refuse_generated(dataset: Dataset) -> None:
    """Raise RecipeError for the list that the site makes itself: a table that is handed in cannot take its place."""
    if dataset.id != GENERATED:
        return
    raise RecipeError(
        f"「{dataset.title.ja}」は、公開しているデータから自動で作られます。受け取った表は公開できません。",
        f"{dataset.title.en} is made from what is published; a table that is handed in cannot take its place.",
        fix_ja="レシピはいりません(recipes/ にあれば外してください)。"
        "手元の一覧の検査と変換は machizu check と machizu convert でできます。",
        fix_en="It needs no recipe (take it out of recipes/). Use machizu check and machizu convert for a list of your own.",
        code="generated",
    )


def _of_entry(entry: NationalEntry, definitions: Mapping[str, Dataset], site: Snapshot | None, today: date) -> Iterator[Line]:
    numbered = [name for name, one in definitions.items() if one.number == entry.number and not one.standard.local]
    named = [entry.slug] if entry.slug in definitions else []
    for name in dict.fromkeys([*named, *numbered]) or [entry.slug]:
        defined = definitions.get(name)
        line = _line(entry, name, defined.title if defined else entry.title, site, today)
        if line.status == "lacking" and not defined:
            line = replace(line, dataset="", status="unknown" if entry.unknown else "lacking")
        yield line


def _known(definitions: Mapping[str, Dataset], site: Snapshot | None) -> dict[str, None]:
    """Return the ids of the definitions and of everything that the site tells of, each once, in order."""
    told = [*site.pointer.datasets, *(entry.id for entry in site.register)] if site else []
    return dict.fromkeys([*definitions, *told])


def _title(name: str, definitions: Mapping[str, Dataset], site: Snapshot | None) -> Text:
    """Return a dataset's title; its id where it was withdrawn and nobody defines it any more."""
    release = site.releases.get(name) if site else None
    known = definitions.get(name) or (release.dataset if release else site.registered(name) if site else None)
    return known.title if known else Text(ja=name, en=name)


def _line(entry: NationalEntry | None, name: str, title: Text, site: Snapshot | None, today: date) -> Line:
    release = site.releases.get(name) if site else None
    if release is None:
        return Line(entry, name, title, _without_release(name, site))
    until = due(release)
    return Line(entry, name, title, "late" if until is not None and until < today else "public", release, until)


def _without_release(name: str, site: Snapshot | None) -> Status:
    if site is None:
        return "lacking"
    if name == GENERATED and any(release.cls == "open" for release in site.releases.values()):
        return "public"
    if (stood := site.entry(name)) and any(version.withdrawn for version in stood.versions.values()):
        return "withdrawn"
    if (registered := site.registered(name)) and registered.cls == "counter":
        return "counter"
    return "lacking"
