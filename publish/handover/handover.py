"""Handover (引継ぎ): per section, the datasets, where their tables come from, what is due, what is open, what was agreed to."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from catalog.errors import MachizuError
from catalog.message import render
from catalog.site.pointer import read_pointer
from catalog.town import Section
from publish.answering.visible import visible
from publish.build import examine
from publish.checking.templates import templates
from publish.paper_page import stand_alone
from publish.reading.source import files_of
from publish.recipe import Acceptance, Recipe
from publish.releasing.history import Step, read_history
from publish.releasing.status import DatasetStatus, status
from publish.town_folder import TownFolder

LOCALE = Path(__file__).parent / "locale"
_PAGE = Path(__file__).with_name("handover.html.j2")
_STEPS = 3
_LONGEST = 300
_WEIGHTS = ("error", "warning")


@dataclass(frozen=True, slots=True)
class Open:
    """Findings of one kind that the table has today."""

    severity: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Entrusted:
    """One dataset as it is handed on."""

    status: DatasetStatus
    title: str
    recipe: str
    """Path of its recipe; empty where there is none."""
    pattern: str
    files: tuple[str, ...]
    open: tuple[Open, ...]
    problem: str
    """Why the table cannot be read today; empty when it can."""
    accepted: tuple[tuple[str, Acceptance], ...]
    steps: tuple[Step, ...]
    """What was done last, the newest first."""


@dataclass(frozen=True, slots=True)
class Duties:
    """A section and its datasets; section None: those that no section owns."""

    section: Section | None
    datasets: tuple[Entrusted, ...]


def handover(folder: TownFolder, now: datetime, lang: str) -> tuple[Duties, ...]:
    """Return what every section has, the sections in the order of machizu.toml. Every table is read and checked once more."""
    recipes = {recipe.dataset: (name, recipe) for name, recipe in folder.recipes.items()}
    steps = read_history(folder.path).steps
    found = [_entrusted(folder, one, recipes.get(one.dataset.id), steps, now, lang) for one in status(folder, now).datasets]
    owned = [
        Duties(section, tuple(one for one in found if one.status.section == section.id)) for section in folder.town.sections
    ]
    free = tuple(one for one in found if not one.status.section)
    return tuple(duties for duties in (*owned, Duties(None, free)) if duties.datasets)


def as_html(folder: TownFolder, duties: Sequence[Duties], now: datetime, lang: str) -> str:
    """Return the page: no script, no request, every text escaped, printable on A4."""
    say = partial(_say, lang)
    changes = read_pointer(folder.site).sequence
    return stand_alone(
        _PAGE, lang=lang, town=folder.town, duties=duties, day=now.date(), changes=changes, say=say, shown=_shown
    )


def _say(lang: str, name: str, **values: object) -> str:
    return render(LOCALE, name, lang, **values)


def _shown(text: str) -> str:
    return visible(text, _LONGEST)


def _entrusted(
    folder: TownFolder,
    one: DatasetStatus,
    read_by: tuple[str, Recipe] | None,
    steps: Sequence[Step],
    now: datetime,
    lang: str,
) -> Entrusted:
    own = [step for step in steps if step.dataset == one.dataset.id and step.step == "done"]
    name, recipe = read_by or ("", None)
    files, found, problem = _looked_at(folder, name, recipe, now, lang) if recipe else ((), (), "")
    return Entrusted(
        one,
        one.dataset.title[lang],
        f"recipes/{name}.yaml" if recipe else "",
        f"sources/{recipe.source}" if recipe else "",
        files,
        found,
        problem,
        tuple((_title(acceptance.code, lang), acceptance) for acceptance in recipe.accept) if recipe else (),
        tuple(reversed(own[-_STEPS:])),
    )


def _looked_at(
    folder: TownFolder, name: str, recipe: Recipe, now: datetime, lang: str
) -> tuple[tuple[str, ...], tuple[Open, ...], str]:
    """Return the files that the recipe reads today, what is open in them, and why they cannot be read."""
    files: tuple[str, ...] = ()
    try:
        paths = files_of(folder.sources, recipe)
        files = tuple(path.relative_to(folder.sources).as_posix() for path in paths)
        report = examine(folder, name, recipe, now.date()).report
    except MachizuError as problem:
        return files, (), problem.in_language(lang)
    waiting = [finding for finding in report.findings if finding.severity == "error"] + list(report.unaccepted)
    counted = Counter((finding.severity, finding.code) for finding in waiting)
    ranked = sorted(counted.items(), key=lambda pair: (_WEIGHTS.index(pair[0][0]), -pair[1]))
    return files, tuple(Open(severity, _title(code, lang), count) for (severity, code), count in ranked), ""


def _title(code: str, lang: str) -> str:
    known = templates()
    return known[code].title[lang] if code in known else code
