"""Checking for commands: a town's recipes, one source of it, or any file anywhere with a proposed recipe."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from catalog.errors import MachizuError, UsageError
from catalog.library import read_library
from catalog.town import FILE
from publish.answering.answer import Answer
from publish.build import examine, examine_file
from publish.headings.refusing import NoKind
from publish.reading.source import files_of
from publish.recipe import Recipe
from publish.town_folder import TownFolder, open_town


def answers(
    wanted: Sequence[str], town: Path, today: date, dataset: str | None = None
) -> tuple[TownFolder | None, list[Answer]]:
    """Return one answer per source; a source that cannot be read is an answer too and does not stop the others.

    `dataset`: what the files are to be checked as, whatever recipe reads them.
    """
    folder = open_town(town) if (town / FILE).is_file() else None
    if not wanted:
        folder = _with_recipes(folder, town)
        return folder, [_of_recipe(folder, name, recipe, today, asked=name) for name, recipe in folder.recipes.items()]
    return folder, [_of_source(source, folder, today, dataset) for source in wanted]


def _with_recipes(folder: TownFolder | None, town: Path) -> TownFolder:
    if folder is None:
        raise UsageError(
            f"{town} は町のフォルダーではありません。",
            f"{town} is not a town folder.",
            fix_ja="見るファイルを指定してください: machizu check ファイル名",
            fix_en="Name the file to check: machizu check FILE",
            code="no-town",
        )
    if not folder.recipes:
        raise UsageError(
            "recipes/ にまだ何もありません。",
            "There is nothing in recipes/ yet.",
            fix_ja="sources/ にファイルを置いて machizu add を実行してください。",
            fix_en="Put files into sources/ and run machizu add.",
            code="no-recipes",
        )
    return folder


def _of_source(source: str, folder: TownFolder | None, today: date, dataset: str | None) -> Answer:
    """Check a dataset or recipe by name, a file that a recipe reads, or any other file."""
    path = Path(source)
    if folder is not None and dataset is None:
        if not path.exists() and (source in folder.recipes or source in {r.dataset for r in folder.recipes.values()}):
            ((name, recipe),) = folder.choose([source]).items()
            return _of_recipe(folder, name, recipe, today, asked=source)
        known = _recipe_of(path, folder)
        if known is not None:
            return _of_recipe(folder, *known, today, asked=source)
    try:
        library, town = (folder.library, folder.town) if folder else (read_library(), None)
        examined = examine_file(path, library, town, today, dataset)
    except NoKind as problem:
        return Answer(_shown(path), None, error=problem, base=path.parent, raw=problem.raw)
    except MachizuError as problem:
        return Answer(_shown(path), None, error=problem, base=path.parent)
    around = elsewhere(folder) if folder else ""
    found, report = examined.recipe.dataset, examined.report
    return Answer(_shown(path), found, report, asked=source, taken_as=dataset or "", town=around, base=path.parent)


def _shown(path: Path) -> str:
    """Return a file's path below the current folder, or its name alone: a long path hides what the clerk looks for."""
    below = path.resolve()
    return below.relative_to(Path.cwd()).as_posix() if below.is_relative_to(Path.cwd()) else path.name


def _recipe_of(path: Path, folder: TownFolder) -> tuple[str, Recipe] | None:
    """Return the recipe that reads a file below sources/, None when no recipe does."""
    for name, recipe in folder.recipes.items():
        try:
            paths = files_of(folder.sources, recipe)
        except MachizuError:
            continue
        if path.resolve() in {found.resolve() for found in paths}:
            return name, recipe
    return None


def _of_recipe(folder: TownFolder, name: str, recipe: Recipe, today: date, *, asked: str) -> Answer:
    try:
        report = examine(folder, name, recipe, today).report
    except MachizuError as problem:
        return Answer(recipe.source, recipe.dataset, error=problem, base=folder.sources)
    return Answer(recipe.source, recipe.dataset, report, recipe=name, asked=asked, town=elsewhere(folder), base=folder.sources)


def elsewhere(folder: TownFolder) -> str:
    """Return what --town must say of a town folder, "" for the one we stand in."""
    return "" if folder.path.resolve() == Path.cwd() else str(folder.path)
