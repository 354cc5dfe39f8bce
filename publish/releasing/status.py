"""Status: what is public, staged, blocked, late, a draft, only asked for at the counter; and what an interruption left."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from catalog.dataset import Dataset
from catalog.site.due import due
from catalog.site.pointer import DatasetEntry, Pointer, read_pointer
from catalog.site.release import load_release
from publish.disclosure.gate import Class, class_of
from publish.recipe import Recipe
from publish.releasing.approval import Line as Approval
from publish.releasing.approval import approval_of, code_of
from publish.releasing.exposed import exposed
from publish.releasing.history import Step, read_history
from publish.releasing.lock import holder
from publish.releasing.schedule import Waiting, waiting
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
    code: str
    """Code of the staged release when somebody still has to approve it; empty otherwise."""
    approved: Approval | None
    """Who approved the staged release, and until when that holds; None where nobody did, or nobody has to."""
    scheduled: Waiting | None
    """When it is to become public by itself."""
    lapsed: tuple[str, ...]
    """Codes of accepted warnings whose acceptance ended on a day that has passed."""


@dataclass(frozen=True, slots=True)
class Status:
    """The whole town."""

    datasets: tuple[DatasetStatus, ...]
    interrupted: tuple[Step, ...]
    """What a crash interrupted; the next publish settles it."""
    locked: dict[str, str]
    """Who is working in the folder now: host, process, since."""


def status(folder: TownFolder, now: datetime) -> Status:
    """Return how every dataset stands that has a recipe, a release, something staged or a decision."""
    pointer = read_pointer(folder.site)
    recipes = {recipe.dataset: recipe for recipe in folder.recipes.values()}
    named = set(recipes) | set(pointer.datasets) | set(staged_datasets(folder.path)) | set(folder.town.disclosure)
    datasets = tuple(
        _one(folder, folder.library[name], pointer, now, recipes.get(name)) for name in folder.library if name in named
    )
    return Status(datasets, read_history(folder.path).open, holder(folder.path))


def _one(folder: TownFolder, dataset: Dataset, pointer: Pointer, now: datetime, recipe: Recipe | None) -> DatasetStatus:
    entry = pointer.datasets.get(dataset.id)
    blocked = read_blocked(folder.path, dataset.id)
    section = folder.town.section_of(dataset.id)
    cls, _ = class_of(dataset, folder.town)
    standing = pointer.current(dataset.id)
    until, staged = _due(folder, entry, dataset.id), read_staged(folder.path, dataset.id)
    two = folder.town.approval == "two"
    approved = approval_of(folder.path, staged, now) if staged and two else None
    return DatasetStatus(
        dataset=dataset,
        cls=cls,
        section=section.id if section else "",
        current=entry.current if entry else None,
        published=standing.published if standing else "",
        withdrawn=tuple(_withdrawn(entry)),
        staged=staged,
        blocked=blocked.codes if blocked else (),
        due=until,
        late=until is not None and until < now.date(),
        draft=recipe is not None and entry is None and cls != "counter",
        exposed=exposed(folder.site, pointer, dataset.id, cls),
        code=code_of(staged.hash) if staged and two and approved is None else "",
        approved=approved,
        scheduled=next((one for one in waiting(folder.path) if one.scheduled.dataset == dataset.id), None),
        lapsed=tuple(one.code for one in recipe.accept if one.until and one.until < str(now.date())) if recipe else (),
    )


def _withdrawn(entry: DatasetEntry | None) -> Iterator[str]:
    for version, stood in (entry.versions if entry else {}).items():
        if stood.withdrawn:
            yield version


def _due(folder: TownFolder, entry: DatasetEntry | None, dataset: str) -> date | None:
    if entry is None or entry.current is None:
        return None
    return due(load_release(folder.site, dataset, entry.current, entry.versions[entry.current], entry.issued))
