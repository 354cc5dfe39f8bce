"""Notes: what stands beside each line of a proposed recipe, in the reader's language: how sure, and why."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from catalog.dataset import Dataset
from catalog.message import render
from publish.headings.matching import Match, Sure
from publish.headings.writing import Notes
from publish.reading.periods import NEWEST
from publish.recipe import AsOf, FromPlace, Recipe

LOCALE = Path(__file__).resolve().parent / "locale"
_RANK: tuple[Sure, ...] = ("certain", "likely", "guess")
Say = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a recipe was proposed on."""

    matches: tuple[Match, ...]
    blank: frozenset[str]
    """Columns without any content."""
    encoding: str
    crs: str
    """Declared by the file; "" when it is not, or when there is no geometry."""
    crs_missing: bool
    """The file holds geometry and does not say where."""
    dated: str
    """The date in the file's name, as exactly as it says it."""

    @property
    def confidence(self) -> Sure:
        """How sure the least sure of the matched columns is."""
        return _RANK[max((_RANK.index(one.sure) for one in self.matches if one.field), default=2)]


def notes_of(recipe: Recipe, dataset: Dataset, ground: Ground, lang: str) -> Notes:
    """Return the note of every line of a proposed recipe."""

    def say(key: str, **values: object) -> str:
        return render(LOCALE, key, lang, **values)

    return Notes(
        head=say("head"),
        top=_top(recipe, dataset, ground, lang, say),
        columns={one.heading: _why(one, ground, say) for one in ground.matches},
        combine={field: say("combined", headings="+".join(headings)) for field, headings in recipe.combine.items()},
        constant={field: say(f"constant_{_source(value)}") for field, value in recipe.constant.items()},
        asked=_asked(recipe, dataset, ground, say),
    )


def _top(recipe: Recipe, dataset: Dataset, ground: Ground, lang: str, say: Say) -> dict[str, str]:
    joined = sum(map(len, recipe.combine.values()))
    hits = sum(1 for one in ground.matches if one.field) + joined
    sure = say(f"sure.{ground.confidence}")
    return {
        "dataset": say("dataset", title=dataset.title[lang], sure=sure, hits=hits, count=len(ground.matches) + joined),
        "source": say("source_all" if recipe.parts == "all" else "source" if "*" in recipe.source else "source_one"),
        "parts": say("parts_all"),
        "sheet": say("sheet_newest" if recipe.sheet == NEWEST else "sheet"),
        "heading": say("heading"),
        "attributes": say("attributes"),
        "crs": say("crs_asked"),
        "as_of": say(f"as_of_{_place(recipe.as_of)}", date=ground.dated),
        "period": say(f"period_{_place(recipe.period)}"),
        "columns": say("columns"),
        "combine": say("combine"),
        "constant": say("constant"),
    }


def _source(value: str | FromPlace) -> str:
    return value.source if isinstance(value, FromPlace) and value.source in ("title", "sheet") else "name"


def _place(entry: str | AsOf) -> str:
    return entry.source if isinstance(entry, AsOf) and entry.source != "filename" else "name"


def _why(one: Match, ground: Ground, say: Say) -> str:
    if one.why == "none" and one.heading in ground.blank:
        return say("why.blank")
    return say(f"why.{one.why}", field="・".join(one.fields or (one.field,)))


def _asked(recipe: Recipe, dataset: Dataset, ground: Ground, say: Say) -> tuple[tuple[str, str], ...]:
    """Return the lines that tell what the file says itself, or ask for what it does not say."""
    asked = [(f"encoding: {ground.encoding}", say("encoding"))] if ground.encoding else []
    if ground.crs:
        asked.append((f"crs: {ground.crs}", say("crs_declared")))
    elif ground.crs_missing and not recipe.crs:
        asked.append(("crs:", say("crs_unknown")))
    if not recipe.as_of:
        asked.append(("as_of: 2026-04-01", say("as_of_ask")))
    if dataset.series and not recipe.period:
        asked.append(("period: {from: column, column: …}", say("period_ask")))
    return tuple(asked)
