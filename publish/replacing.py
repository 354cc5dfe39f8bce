"""Replacing: a file takes the place of another one for a month or year of a series. The recipe says so from then on; both files
stay in sources/ as they are.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from catalog.errors import MachizuError, UsageError
from catalog.site.period import Period
from publish.headings.adding import below_sources
from publish.headings.addressing import Addresses
from publish.headings.proposal import propose
from publish.normalising import normalise
from publish.parsers.name_date import date_in_name
from publish.reading.source import files_of, read
from publish.recipe import Recipe, recipe_of
from publish.recipe_text import with_entries
from publish.releasing.disk import write_file
from publish.superseding import nfc
from publish.table.table import RawTable
from publish.town_folder import TownFolder

_LENGTH = {"month": 7, "year": 4}
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Replaced:
    """What was written: by which file a period is given now, by which it was, and which of these are no longer read."""

    recipe: str
    dataset: str
    period: Period
    by: str
    before: tuple[str, ...]
    unread: tuple[str, ...]


def replace(folder: TownFolder, file: Path, periods: Sequence[str], dataset: str | None) -> list[Replaced]:
    """Let a file below sources/ replace some periods of the series that it belongs to.

    UsageError: the file holds another period, nothing gives that period yet, or the dataset is no series. UnusableSource: the
    file cannot be read as the recipe says. RecipeError: the recipe's text cannot take the entry; it is left as it was.
    """
    name = nfc(below_sources(folder, file))
    stem, recipe = _recipe_of(folder, file, name, dataset)
    wanted = [_period(text, folder, recipe) for text in dict.fromkeys(periods)]
    _require_held(_periods(folder, recipe, file, name), name, wanted)
    held = _held(folder, recipe, besides=name)
    idle = _idle(held, recipe, wanted)
    done = [_replaced(stem, recipe, period, name, held, idle) for period in wanted]
    path = folder.path / "recipes" / f"{stem}.yaml"
    text = with_entries(path.read_text("utf-8-sig"), "superseded", [_entry(one) for one in done])
    recipe_of(text, path.name)
    write_file(path, text.encode())
    return done


def _recipe_of(folder: TownFolder, file: Path, name: str, dataset: str | None) -> tuple[str, Recipe]:
    """Return the recipe that is meant: of the dataset that staff name, else the one that reads the file, else of its kind."""
    reading = [] if dataset else [stem for stem, recipe in folder.recipes.items() if name in _read_by(folder, recipe)]
    wanted = dataset or (reading[0] if len(reading) == 1 else propose(file, name, folder.library, folder.town).dataset.id)
    ((stem, recipe),) = folder.choose([wanted]).items()
    return stem, recipe


def _read_by(folder: TownFolder, recipe: Recipe) -> set[str]:
    try:
        return {nfc(path.relative_to(folder.sources).as_posix()) for path in files_of(folder.sources, recipe)}
    except MachizuError:
        return set()


def _period(text: str, folder: TownFolder, recipe: Recipe) -> Period:
    dataset = folder.dataset_of(recipe)
    if dataset.series is None:
        raise UsageError(
            f"「{dataset.title.ja}」は月や年ごとの表ではないので、--replaces は使えません。",
            f"{dataset.title.en} is no series, so --replaces has no meaning.",
            fix_ja="新しいファイルを sources/ に置くだけで、いちばん新しいものが使われます。",
            fix_en="Put the new file below sources/; the newest one is read.",
            code="no-series",
        )
    period = Period.parse(text)
    if bool(period.month) != (dataset.series.period == "month"):
        example = "2026-06"[: _LENGTH[dataset.series.period]]
        raise UsageError(
            f"「{dataset.title.ja}」の期間は「{example}」の形で書きます(「{text}」ではありません)。",
            f"A period of {dataset.title.en} is written as {example!r}, not {text!r}.",
            code="period",
        )
    return period


def _require_held(held: set[Period], name: str, wanted: Sequence[Period]) -> None:
    for period in wanted:
        if period not in held:
            raise UsageError(
                f"{name} に{period.label('ja')}の表がありません(読めた期間: {_listed(held, 'ja')})。",
                f"{name} holds no table of {period.label('en')} (periods found: {_listed(held, 'en')}).",
                fix_ja="--replaces の年月か、ファイルの中(または名前)の年月を確かめてください。",
                fix_en="Look at the period given with --replaces, and at the one that the file says in itself or in its name.",
                code="other-period",
            )


def _listed(periods: Collection[Period], lang: str) -> str:
    named = [period.label(lang) for period in sorted(periods)]
    more = " …" if len(named) > _NAMED else ""
    return ("、" if lang == "ja" else ", ").join(named[:_NAMED]) + more or ("なし" if lang == "ja" else "none")


def _periods(folder: TownFolder, recipe: Recipe, path: Path, name: str) -> set[Period]:
    """Return the periods that the recipe finds in a file."""
    raw = read(path, name=name, recipe=recipe)
    table, _ = normalise(raw, _fitted(recipe, raw), folder.dataset_of(recipe), code_lists=folder.library.code_lists)
    return {Period.parse(text) for text in (table.period.unique().to_pylist() if table.period is not None else ()) if text}


def _fitted(recipe: Recipe, raw: RawTable) -> Recipe:
    """Return the recipe for one of its files: without headings that only others have, and with every period that it holds."""
    there = Addresses(raw.cells.column_names, raw.parts[0].label if raw.parts else recipe.source)
    fitting: dict[str, object] = {
        "superseded": (),
        "columns": {heading: target for heading, target in recipe.columns.items() if there.find(heading)},
        "combine": {field: found for field, found in recipe.combine.items() if all(map(there.find, found))},
        "where": {heading: kept for heading, kept in recipe.where.items() if there.find(heading)},
    }
    return recipe.model_copy(update=fitting)


def _held(folder: TownFolder, recipe: Recipe, *, besides: str) -> Mapping[str, set[Period]]:
    """Return the periods of every other file that is read today; of one that cannot be read, the one that its name says."""
    found: dict[str, set[Period]] = {}
    for path in files_of(folder.sources, recipe):
        name = path.relative_to(folder.sources).as_posix()
        if nfc(name) == besides:
            continue
        try:
            found[name] = _periods(folder, recipe, path, name)
        except MachizuError:
            series = folder.dataset_of(recipe).series
            length = _LENGTH[series.period] if series else 0
            said = date_in_name(path.name)[:length]
            found[name] = {Period.parse(said)} if len(said) == length else set()
    return found


def _idle(held: Mapping[str, set[Period]], recipe: Recipe, wanted: Sequence[Period]) -> frozenset[str]:
    """Return the files of which nothing will be read any more."""
    by = {one.period: nfc(one.by) for one in reversed(recipe.superseded)}

    def counts(name: str, period: Period) -> bool:
        return period not in wanted and by.get(str(period), nfc(name)) == nfc(name)

    return frozenset(name for name, periods in held.items() if periods and not any(counts(name, one) for one in periods))


def _replaced(
    stem: str, recipe: Recipe, period: Period, by: str, held: Mapping[str, set[Period]], idle: frozenset[str]
) -> Replaced:
    before = tuple(sorted(name for name, periods in held.items() if period in periods))
    if not before:
        raise UsageError(
            f"{period.label('ja')}の表は、ほかのファイルにありません。差し替えるものがありません。",
            f"No other file holds a table of {period.label('en')}: there is nothing to replace.",
            fix_ja="新しい月や年なら、ファイルを sources/ に置くだけで加わります。machizu check で確かめてください。",
            fix_en="A new month or year is added by putting its file below sources/. See machizu check.",
            code="nothing-to-replace",
        )
    return Replaced(stem, recipe.dataset, period, by, before, tuple(name for name in before if name in idle))


def _entry(one: Replaced) -> dict[str, object]:
    return {"period": str(one.period), "by": one.by, **({"files": list(one.unread)} if one.unread else {})}
