"""Status: what is public, staged, blocked, late, a draft, only asked for at the counter; and what an interruption left."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from catalog.dataset import Dataset
from catalog.site.pointer import DatasetEntry, Pointer, read_pointer
from publish.disclosure.gate import Class, class_of
from publish.releasing.exposed import exposed
from publish.releasing.history import Step, read_history
from publish.releasing.lock import holder
from publish.releasing.staged import StagedEntry, read_blocked, read_staged, staged_datasets
from publish.town_folder import TownFolder

_DAYS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "QUARTERLY": 92, "ANNUAL_2": 184, "ANNUAL": 366}
"""The longest time between two publications that keeps what `frequency` promises; other frequencies promise none."""


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
    """When the next publication is expected by `frequency`."""
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
    due = _due(dataset, standing.published if standing else "")
    return DatasetStatus(
        dataset=dataset,
        cls=cls,
        section=section.id if section else "",
        current=entry.current if entry else None,
        published=standing.published if standing else "",
        withdrawn=tuple(_withdrawn(entry)),
        staged=read_staged(folder.path, dataset.id),
        blocked=blocked.codes if blocked else (),
        due=due,
        late=due is not None and due < today,
        draft=has_recipe and entry is None and cls != "counter",
        exposed=exposed(folder.site, pointer, dataset.id, cls),
    )


def _withdrawn(entry: DatasetEntry | None) -> Iterator[str]:
    for version, stood in (entry.versions if entry else {}).items():
        if stood.withdrawn:
            yield version


def _due(dataset: Dataset, published: str) -> date | None:
    if not published or dataset.frequency not in _DAYS:
        return None
    return datetime.fromisoformat(published).date() + timedelta(days=_DAYS[dataset.frequency])
