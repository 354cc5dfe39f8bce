"""How each dataset stands in a town: what the public sees, what waits in the office, and the next step."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from api.cli.console import Console
from catalog.coverage import GENERATED, Line, coverage
from catalog.site import pointer
from catalog.site.period import Period
from catalog.site.release import Release
from catalog.site.snapshot import read_snapshot
from publish.releasing.status import DatasetStatus, status
from publish.town_folder import open_town

State = Literal[
    "public", "late", "counter", "withdrawn", "blocked", "staged", "draft", "lacking", "undefined", "generated", "unknown"
]
_OF_NUMBER: dict[str, frozenset[State]] = {
    "public": frozenset({"public", "late"}),
    "preparing": frozenset({"blocked", "staged", "draft"}),
    "counter": frozenset({"counter"}),
    "withdrawn": frozenset({"withdrawn"}),
    "lacking": frozenset({"lacking", "undefined", "generated"}),
    "unknown": frozenset({"unknown"}),
}
"""What is said of a number of the national list: the first that one of its datasets fits."""

_ABOUT = frozenset({"generated", "undefined", "unknown"})
"""States that one word does not explain."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One dataset; `office` is None where the office has nothing of it."""

    line: Line
    office: DatasetStatus | None
    has_recipe: bool

    @property
    def id(self) -> str:
        """Id of the dataset; empty where nobody has defined it."""
        return self.line.dataset or (GENERATED if self.line.generated else "")

    @property
    def state(self) -> State:
        """How it stands, in one word."""
        said = self.line.status
        if said != "lacking":
            return said
        if self.line.generated and not self.office:
            return "generated"
        if not self.line.dataset:
            return "undefined"
        return _in_office(self.office)

    @property
    def next(self) -> str:
        """Name of the next step; empty where there is none."""
        if self.office and self.office.blocked:
            return "correct"
        if self.office and self.office.staged:
            return "accept" if self.office.staged.waiting else "publish"
        if self.state == "late":
            return "renew" if self.has_recipe else "add"
        return {"lacking": "add", "draft": "check", "withdrawn": "again"}.get(self.state, "")


def _in_office(office: DatasetStatus | None) -> State:
    if office is None:
        return "lacking"
    if office.cls == "counter":
        return "counter"
    if office.blocked:
        return "blocked"
    return "staged" if office.staged else "draft" if office.draft else "lacking"


def standings(town: Path, now: datetime) -> list[Standing]:
    """Return every dataset of the national list in order, then the local ones; errors as `open_town` and the site raise."""
    folder = open_town(town)
    site = read_snapshot(folder.site) if (folder.site / pointer.FILE).is_file() else None
    office = {one.dataset.id: one for one in status(folder, now).datasets}
    recipes = {recipe.dataset for recipe in folder.recipes.values()}
    lines = coverage(folder.library, site, now.date()).lines
    return [Standing(line, office.get(line.dataset), line.dataset in recipes) for line in lines]


def summary(found: Sequence[Standing]) -> dict[str, int]:
    """Count the numbers of the national list by what is said of them, those that are late, and the local ones in public."""
    by_number: dict[str, set[State]] = {}
    for one in found:
        if one.line.entry:
            by_number.setdefault(one.line.number, set()).add(one.state)
    counts = Counter(_said_of(states) for states in by_number.values())
    late = sum("late" in states for states in by_number.values())
    local = sum(one.line.entry is None and one.state in _OF_NUMBER["public"] for one in found)
    return {"national": len(by_number), "late": late, **{name: counts[name] for name in _OF_NUMBER}, "local_public": local}


def _said_of(states: Iterable[State]) -> str:
    return next(name for name, fitting in _OF_NUMBER.items() if fitting & set(states))


def told(one: Standing, console: Console) -> str:
    """Return how it stands and what to do next, as a phrase."""
    facts = [part for part in (_standing(one, console), _waiting(one, console)) if part]
    step = [f"→ {next_step(one, console)}"] if one.next else []
    return " ".join([console.text("datasets.then").join(facts), *step]).lstrip()


def _standing(one: Standing, console: Console) -> str:
    if one.line.release is not None:
        return console.text("datasets.between").join(_facts(one, one.line.release, console))
    about = "generated" if one.line.generated else one.state
    return console.text(f"datasets.about.{about}") if about in _ABOUT else ""


def _facts(one: Standing, release: Release, console: Console) -> Iterator[str]:
    yield console.text("datasets.version", version=release.version)
    if release.periods:
        yield console.text("datasets.until", period=Period.parse(release.periods[-1]).label(console.lang))
    elif release.as_of:
        yield console.text("datasets.as_of", day=release.as_of)
    yield console.text("datasets.view" if release.cls == "view" else "datasets.rows", rows=f"{release.rows:,}")
    if one.line.due:
        yield console.text("datasets.was_due" if one.state == "late" else "datasets.due", due=one.line.due)


def _waiting(one: Standing, console: Console) -> str:
    staged = one.office.staged if one.office else None
    return console.text("datasets.staged", version=staged.version, rows=f"{staged.rows:,}") if staged else ""


def next_step(one: Standing, console: Console) -> str:
    """Return the next step as a sentence with the command to type; empty where there is none."""
    return console.text(f"datasets.next.{one.next}", dataset=one.id) if one.next else ""


def value(one: Standing, console: Console) -> dict[str, Any]:
    """Return the same for programs."""
    line, release, office = one.line, one.line.release, one.office
    return {
        "number": line.number,
        "id": one.id,
        "title": line.title.model_dump(),
        "local": line.entry is None,
        "state": one.state,
        "version": release.version if release else None,
        "published": release.entry.published if release else None,
        "as_of": release.as_of if release else None,
        "period": release.periods[-1] if release and release.periods else None,
        "rows": release.rows if release else None,
        "frequency": release.dataset.frequency if release else None,
        "due": line.due.isoformat() if line.due else None,
        "staged": office.staged.version if office and office.staged else None,
        "blocked": list(office.blocked) if office else [],
        "unknown": line.entry.unknown.model_dump() if line.entry and line.entry.unknown and one.state == "unknown" else None,
        "next": next_step(one, console),
    }
