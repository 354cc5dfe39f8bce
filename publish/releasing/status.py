"""Status: what is public, staged, blocked, late, a draft, only asked for at the counter; and what an interruption left."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from catalog.dataset import Dataset
from catalog.site.due import due
from catalog.site.pointer import DatasetEntry, Pointer, read_pointer
from catalog.site.release import load_release
from publish.disclosure.gate import Class, class_of
from publish.releasing.exposed import exposed
from publish.releasing.history import Step, read_history
from publish.releasing.lock import holder
from publish.releasing.staged import StagedEntry, read_blocked, read_staged, staged_datasets
from publish.town_folder import TownFolder


@dataclass(frozen=True, slots=True)
class DatasetStatus:
    """How one dataset stands."""

    dataset: Dataset
    cls: Class
    section: str
    """Id of the section that owns it; empty when no section does."""
    current: str | None
    """Public version."""
    published: str
    """When it became public; empty when nothing is."""
    withdrawn: tuple[str, ...]
    staged: StagedEntry | None
    blocked: tuple[str, ...]
    """Codes of the errors for which the last build staged nothing."""
    due: date | None
    """Last day on which the next release keeps what the current one promises (catalog.site.due)."""
    late: bool
    draft: bool
    """It has a recipe, and nothing of it was ever published."""
    exposed: tuple[str, ...]
    """Versions that still show more than the class now allows: to be withdrawn."""


@dataclass(frozen=True, slots=True)
class Status:
    """The whole town."""

    datasets: tuple[DatasetStatus, ...]
    interrupted: tuple[Step, ...]
    """What a crash interrupted; the next publish settles it."""
    locked: dict[str, str]
    """Who is working in the folder now: host, process, since."""


def status(folder: TownFolder, today: date) -> Status:
    """Return how every dataset stands that has a recipe, a release, something staged or a decision."""
    pointer = read_pointer(folder.site)
    recipes = {recipe.dataset for recipe in folder.recipes.values()}
    named = recipes | set(pointer.datasets) | set(staged_datasets(folder.path)) | set(folder.town.disclosure)
    datasets = tuple(
        _one(folder, folder.library[name], pointer, today, has_recipe=name in recipes)
        for name in folder.library
        if name in named
    )
    return Status(datasets, read_history(folder.path).open, holder(folder.path))


def _one(folder: TownFolder, dataset: Dataset, pointer: Pointer, today: date, *, has_recipe: bool) -> DatasetStatus:
    entry = pointer.datasets.get(dataset.id)
    blocked = read_blocked(folder.path, dataset.id)
    section = folder.town.section_of(dataset.id)
    cls, _ = class_of(dataset, folder.town)
    standing = pointer.current(dataset.id)
    until = _due(folder, entry, dataset.id)
    return DatasetStatus(
        dataset=dataset,
        cls=cls,
        section=section.id if section else "",
        current=entry.current if entry else None,
        published=standing.published if standing else "",
        withdrawn=tuple(_withdrawn(entry)),
        staged=read_staged(folder.path, dataset.id),
        blocked=blocked.codes if blocked else (),
        due=until,
        late=until is not None and until < today,
        draft=has_recipe and entry is None and cls != "counter",
        exposed=exposed(folder.site, pointer, dataset.id, cls),
    )


def _withdrawn(entry: DatasetEntry | None) -> Iterator[str]:
    for version, stood in (entry.versions if entry else {}).items():
        if stood.withdrawn:
            yield version


def _due(folder: TownFolder, entry: DatasetEntry | None, dataset: str) -> date | None:
    if entry is None or entry.current is None:
        return None
    return due(load_release(folder.site, dataset, entry.current, entry.versions[entry.current], entry.issued))
