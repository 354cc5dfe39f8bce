"""Proposal: a recipe for a file that nobody has described yet, with how sure each line is and why.

Every source column ends with a field, joined into one, or explicitly ignored; what staff must decide (the as-of date, an
undeclared reference system) stands as a line to fill in.
"""

import dataclasses
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow.compute as pc

from catalog.dataset import Dataset, Field
from catalog.errors import RecipeError
from catalog.folding import heading_key
from catalog.library import Library
from catalog.town import Town
from gis.geometry import from_wkb, total_bounds
from gis.reference_system import LONLAT, plane
from publish.headings.choosing import Candidate, choose, named, weigh
from publish.headings.dating import dated_outside, day_place, months_of
from publish.headings.evidence import sample
from publish.headings.feeding import IGNORE
from publish.headings.matching import COMBINED, Match, Sure, spoken
from publish.headings.notes import Ground, notes_of
from publish.headings.refusing import lacking
from publish.headings.writing import to_yaml
from publish.parsers.name_date import date_in_name, dated_pattern
from publish.reading import attributes
from publish.reading.periods import NEWEST, newest
from publish.reading.source import read
from publish.recipe import AsOf, FromPlace, Parsed, Recipe
from publish.table.table import RawTable


@dataclasses.dataclass(frozen=True, slots=True)
class Proposal:
    """A recipe, the definition it is for, and what it was proposed on."""

    recipe: Recipe
    dataset: Dataset
    ground: Ground

    @property
    def confidence(self) -> Sure:
        """How sure the least sure of the matched columns is: certain, likely or guess."""
        return self.ground.confidence

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Columns with content for which there is no field: the recipe ignores them, and staff are told."""
        return tuple(one.heading for one in self.ground.matches if not one.field and one.heading not in self.ground.blank)

    @property
    def unconfirmed(self) -> Recipe:
        """The recipe for reading a file at once: nobody has said yet that a column may be left out, so each is told."""
        left = set(self.unmapped)
        columns = {heading: target for heading, target in self.recipe.columns.items() if heading not in left}
        return self.recipe.model_copy(update={"columns": columns})

    def to_yaml(self, lang: str = "ja") -> str:
        """Return the recipe as YAML with a note to each line in the reader's language."""
        return to_yaml(self.recipe, notes_of(self.recipe, self.dataset, self.ground, lang))


def propose(path: Path, name: str, library: Library, town: Town | None, dataset: str | None = None) -> Proposal:
    """Read a file and propose its recipe; `name` is its path below sources/, `dataset` what staff say that it is.

    UnusableSource: the file cannot be read. NoKind: no definition fits. UsageError: there is no such definition.
    """
    return propose_and_read(path, name, library, town, dataset)[0]


def propose_and_read(
    path: Path, name: str, library: Library, town: Town | None, dataset: str | None = None
) -> tuple[Proposal, RawTable]:
    """Propose as `propose` does, and return beside it the source as the proposed recipe reads it, which is read once only."""
    said = library.find(dataset) if dataset else None
    layers = _called(said) if said else frozenset().union(*map(_standard_layers, library.values()))
    raw, beside = _read(path, name, library, layers)
    if said is None:
        candidate = choose(raw, name, library)
    else:
        candidate = weigh(raw, name, said, library)
        if candidate.missing and not candidate.share:
            raise lacking(name, raw.cells.column_names, candidate.dataset, candidate.missing, said=True).of(raw)
    recipe = _recipe(raw, name, candidate, town, beside, _constants(raw, name, candidate, library))
    if _of_several_sheets(recipe):
        raw = read(path, name=name, recipe=recipe)
    blank = frozenset(heading for heading in raw.cells.column_names if not sample(raw, heading))
    silent = raw.geometry is not None and not raw.crs
    ground = Ground(candidate.matches, blank, raw.parts[0].encoding, raw.crs, silent, date_in_name(Path(name).name))
    return Proposal(recipe, candidate.dataset, ground), raw


def _standard_layers(dataset: Dataset) -> frozenset[str]:
    """Return what standards call the layers of a definition."""
    return frozenset(dataset.geometry.layers) if dataset.geometry else frozenset()


def _called(dataset: Dataset) -> frozenset[str]:
    """Return what a layer of a definition that staff named may be called: its id, its title, as standards call it."""
    title = unicodedata.normalize("NFC", dataset.title.ja)
    words = {dataset.id, dataset.id.upper(), title, title.removesuffix("一覧"), dataset.portal_tag}
    return _standard_layers(dataset) | {word for word in words if word}


def _read(path: Path, name: str, library: Library, layers: frozenset[str]) -> tuple[RawTable, str]:
    """Return the source under its readable column names, and the attributes file that gave them."""
    combined = {heading_key(word) for choices in COMBINED.values() for parts in choices for word in parts}
    raw = read(path, name=name, known=spoken(library) | combined, layers=layers)
    try:
        names = attributes.display_names(path, attributes.USUAL)
    except RecipeError:
        return raw, ""
    telling = {heading for heading in raw.cells.column_names if names.get(heading, heading) != heading}
    return (attributes.rename(raw, names), attributes.USUAL) if telling else (raw, "")


def _recipe(
    raw: RawTable, name: str, candidate: Candidate, town: Town | None, beside: str, constant: Mapping[str, FromPlace]
) -> Recipe:
    dataset, part = candidate.dataset, raw.parts[0]
    months, place = months_of(raw), day_place(raw, name)
    days = [one.heading for one in candidate.matches if one.field and _is_dated(dataset.field(one.field))]
    by_column = AsOf(source="column", column=days[0]) if days and dataset.series else ""
    by_sheet = AsOf(source="sheet") if months else ""
    by_title = AsOf(source="title") if place == "title" else ""
    by_name = AsOf(source="filename") if date_in_name(Path(name).name) else ""
    return Recipe(
        format="1",
        dataset=dataset.id,
        source=_source(name),
        parts="all" if dataset.series else "newest",
        sheet=_sheet(raw, dataset, months, by_column),
        heading=None if months else part.heading,
        attributes=beside,
        columns={one.heading: _target(one) for one in candidate.matches},
        combine=dict(candidate.joined),
        constant=dict(constant),
        crs=_crs(raw, town),
        as_of=by_column or (AsOf(source=place) if place else ""),
        period=(by_column or by_sheet or by_title or by_name) if dataset.series else "",
    )


def _sheet(raw: RawTable, dataset: Dataset, months: Sequence[str], by_column: AsOf | str) -> str:
    """Return the sheet or layer that was read, where the file has others; of monthly ones all ("") or the newest."""
    part = raw.parts[0]
    if months:
        every = dataset.series and not by_column
        return "" if every else NEWEST if newest(months, [part.file]) else part.sheet
    return part.sheet if any(found.code in ("sheet-not-read", "layer-not-read") for found in raw.findings) else ""


def _of_several_sheets(recipe: Recipe) -> bool:
    return recipe.sheet == NEWEST or (isinstance(recipe.period, AsOf) and recipe.period.source == "sheet")


def _is_dated(field: Field) -> bool:
    return field.type == "date" or field.parser == "month"


def _source(name: str) -> str:
    """Return the pattern of a file: the date in its own name may be another next time."""
    folder, _, file = re.sub(r"([\[*?])", r"[\1]", name).rpartition("/")
    return f"{folder}/{dated_pattern(file)}" if folder else dated_pattern(file)


def _target(one: Match) -> str | Parsed:
    if not one.field:
        return IGNORE
    return Parsed(parser=one.parser, fields=one.fields) if one.parser else one.field


def _crs(raw: RawTable, town: Town | None) -> str:
    if raw.geometry is None or raw.crs:
        return ""
    box = total_bounds(from_wkb(raw.geometry)[0])
    if box is not None and max(map(abs, box)) <= 180:
        return LONLAT
    return plane(town.zone, town.datum) if town and town.zone else ""


def _constants(raw: RawTable, name: str, candidate: Candidate, library: Library) -> dict[str, FromPlace]:
    """Return coded fields that the file's name itself says, where the column is absent or blank in places.

    What is not required is only read from a name that is the value as it is published (農道.shp), not an alias.
    """
    stem = unicodedata.normalize("NFC", Path(name).stem)
    found: dict[str, FromPlace] = {}
    for field in candidate.dataset.fields:
        value = named(stem, candidate.dataset, field.name, library.code_lists)
        if value and (field.constraints.required or value == stem) and _agrees(raw, candidate, field.name, value):
            found[field.name] = FromPlace(source="filename")
    return {**found, **dated_outside(raw, name, candidate.dataset, candidate.matches)}


def _agrees(raw: RawTable, candidate: Candidate, field: str, value: str) -> bool:
    heading = next((one.heading for one in candidate.matches if one.field == field), None)
    if heading is None:
        return True
    return set(sample(raw, heading)) <= {value} and bool(pc.any(pc.equal(raw.cells.column(heading), "")).as_py())
