"""The composition root: the straight line of DESIGN 2 for one town. One function an arrow; only the ends touch the disk.

    read → normalise → fill → locate → identify → check → clear → stage

Every recipe is built independently, so that an executor may run them in processes (or a cluster's executor, for a prefecture).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from catalog.dataset import Dataset
from catalog.errors import MachizuError
from catalog.library import Library
from catalog.town import Town
from gis.layer import Layer
from publish.checking.checking import check
from publish.context import Context
from publish.disclosure.farmland import AREA_DIVISION, areas_of, areas_of_release, is_farmland, without_urban
from publish.filling import fill
from publish.headings.proposal import propose_and_read
from publish.locating import locate
from publish.naming import name_codes
from publish.normalising import normalise
from publish.reading.source import concatenate, files_of, read, read_side
from publish.recipe import Recipe
from publish.table.finding import Finding, Report
from publish.table.table import RawTable
from publish.town_folder import TownFolder, open_town

# What releases needs more than what checks, and takes as long to load as a table to check: it is imported where it is used.
if TYPE_CHECKING:
    from concurrent.futures import Executor

    from shapely import Geometry

    from publish.releasing.identifiers import Register
    from publish.releasing.staging import Staged, Unchanged, Withheld


@dataclass(frozen=True, slots=True)
class Examined:
    """One source, read and checked: what the clerk is told, and what could be published."""

    name: str
    """The recipe's file stem."""
    recipe: Recipe
    report: Report
    layer: Layer | None
    register: "Register | None"

    @property
    def dataset(self) -> Dataset:
        """The definition it was checked against."""
        return self.report.table.dataset


@dataclass(frozen=True, slots=True)
class Outcome:
    """What building one recipe came to; light enough to cross from one process to another."""

    name: str
    dataset: str
    result: "Staged | Unchanged | Withheld | None" = None
    blocked: int = 0
    """Errors that stand in the way."""
    problem: MachizuError | None = None


def read_source(sources: Path, recipe: Recipe) -> RawTable:
    """Read every file that a recipe means, as one table with its parts."""
    paths = files_of(sources, recipe)
    return concatenate([read(path, name=path.relative_to(sources).as_posix(), recipe=recipe) for path in paths])


def examine_table(
    raw: RawTable,
    side: RawTable | None,
    recipe: Recipe,
    dataset: Dataset,
    context: Context,
    register: "Register | None",
    urban: "Geometry | None" = None,
) -> "tuple[Report, Layer | None, Register | None]":
    """The middle of the line: from text as found to a report; pure but for the clock in `context`.

    `urban`: the town's urbanization promotion areas, whose plots of farmland are left out.
    """
    table, found = normalise(raw, recipe, dataset, code_lists=context.library.code_lists)
    table = fill(name_codes(table, context.library.code_lists), context.town)
    located = locate(table, side, recipe, context.town)
    table, layer = located.table, located.layer
    if is_farmland(dataset):
        table, layer = without_urban(table, layer, urban)
    if register is not None:
        from publish.releasing.identifiers import identify

        table, register = identify(table, layer, register)
    report, layer = check(table, layer, context, found=(*found, *located.findings), recipe=recipe)
    return report, layer, register


def examine(folder: TownFolder, name: str, recipe: Recipe, today: date) -> Examined:
    """Read and check the source of one recipe; nothing is written."""
    from publish.others import OtherTables
    from publish.previous import previous_table
    from publish.releasing.identifiers import read_register

    dataset = folder.dataset_of(recipe)
    raw = read_source(folder.sources, recipe)
    side = read_side(folder.sources, recipe.join) if recipe.join else None
    context = Context(folder.town, today, folder.library, previous_table(folder.site, dataset), OtherTables(folder))
    register = read_register(folder.path, dataset.id) if dataset.identifier else None
    urban = _urban(folder, today) if is_farmland(dataset) else None
    return Examined(name, recipe, *examine_table(raw, side, recipe, dataset, context, register, urban))


def _urban(folder: TownFolder, today: date) -> "Geometry | None":
    """Return the town's urbanization promotion areas: from the source, since what is staged depends on what was built first."""
    from publish.others import release_folder

    for name, recipe in folder.recipes.items():
        if recipe.dataset == AREA_DIVISION:
            examined = examine(folder, name, recipe, today)
            return areas_of(examined.report.table, examined.layer)
    return areas_of_release(release_folder(folder, AREA_DIVISION))


def examine_file(path: Path, library: Library, town: Town | None, today: date, dataset: str | None = None) -> Examined:
    """Read and check any file with the recipe that its headings propose; needs no town folder."""
    proposal, raw = propose_and_read(path, path.name, library, town, dataset)
    recipe = proposal.unconfirmed
    if proposal.ground.crs_missing and recipe.crs:
        guess = Finding("crs-guessed", "warning", 0, values={"used": recipe.crs})
        raw = replace(raw, findings=(*raw.findings, guess))
    context = Context(town, today, library)
    report, layer, _ = examine_table(raw, None, recipe, _alone(proposal.dataset, raw), context, None)
    return Examined(path.stem, recipe, _without_blank_ids(report), layer, None)


def _alone(dataset: Dataset, raw: RawTable) -> Dataset:
    """Return the definition by which a file is judged alone: a ledger whose places stand in another file has none."""
    joined = dataset.geometry is not None and dataset.geometry.source == "join" and raw.geometry is None
    return dataset.model_copy(update={"geometry": None}) if joined else dataset


def _without_blank_ids(report: Report) -> Report:
    """Leave out that an ID is blank, which is no fault: a town's register gives one when the file is read by its recipe."""
    dataset = report.table.dataset
    if dataset.identifier is None or dataset.key != (dataset.identifier.field,):
        return report
    return replace(report, findings=tuple(finding for finding in report.findings if finding.code != "key-missing"))


def build(
    folder: TownFolder, wanted: Sequence[str], now: datetime, *, executor: "Executor | None" = None, break_lock: bool = False
) -> Iterator[Outcome]:
    """Stage the wanted datasets (all when none is named) under the town's lock; one that fails does not stop the others."""
    from publish.releasing.lock import lock
    from publish.releasing.reconciling import reconcile

    recipes = folder.choose(wanted)
    with lock(folder.path, now=now, break_lock=break_lock):
        # What an interruption left is settled first: a release is built upon what is public, not upon what was about to be.
        reconcile(folder.path, now.isoformat(timespec="seconds"))
        jobs = [(folder.path, name, now.date()) for name in recipes]
        yield from (executor.map if executor else map)(_build_one, jobs)


def _build_one(job: tuple[Path, str, date]) -> Outcome:
    """Build one recipe; a function of the module, so that a worker process can be handed it."""
    from publish.disclosure.differencing import read_hidden
    from publish.disclosure.gate import clear
    from publish.disclosure.screening import refusal
    from publish.releasing.staged import block
    from publish.releasing.staging import stage

    path, name, today = job
    folder = open_town(path)
    recipe = folder.recipes[name]
    try:
        examined = examine(folder, name, recipe, today)
        report = examined.report
        if report.blocked:
            errors = [finding.code for finding in report.findings if finding.severity == "error"]
            block(path, recipe.dataset, errors)
            return Outcome(name, recipe.dataset, blocked=len(errors), problem=refusal(report))
        cleared = clear(report, examined.layer, folder.town, read_hidden(path, recipe.dataset))
        return Outcome(name, recipe.dataset, stage(cleared, path, folder.library, examined.register))
    except MachizuError as problem:
        return Outcome(name, recipe.dataset, problem=problem)
