"""Together: proposals for several files of one dataset as one recipe that reads them all (a zone or a month each)."""

from collections.abc import Sequence

from catalog.dataset import Dataset
from publish.headings.matching import Match
from publish.headings.notes import Ground
from publish.headings.proposal import Proposal
from publish.recipe import FromPlace, Parsed, Recipe


def together(proposals: Sequence[Proposal], pattern: str) -> Proposal:
    """Return one proposal with the columns, joins and constants of all; `pattern` means their files.

    All are for the same definition. A column that one file needs a parser for (11/1/2018) is read by it in every file.
    """
    first = proposals[0]
    recipes = [one.recipe for one in proposals]
    headings = {recipe.heading for recipe in recipes}
    columns = {heading: target for recipe in recipes for heading, target in recipe.columns.items()}
    parsed = {heading: target for recipe in recipes for heading, target in recipe.columns.items() if isinstance(target, Parsed)}
    recipe = first.recipe.model_copy(
        update={
            "source": pattern,
            "parts": "all",
            "heading": headings.pop() if len(headings) == 1 else None,
            "attributes": next((recipe.attributes for recipe in recipes if recipe.attributes), ""),
            "columns": columns | parsed,
            "combine": {field: joined for recipe in recipes for field, joined in recipe.combine.items()},
            "constant": _constants(recipes, first.dataset),
        }
    )
    return Proposal(recipe, first.dataset, _ground([one.ground for one in proposals]))


def _constants(recipes: Sequence[Recipe], dataset: Dataset) -> dict[str, str | FromPlace]:
    """Return the constants of all; one that is not required only where every file has it, because names may say nothing."""
    merged = {field: value for recipe in recipes for field, value in recipe.constant.items()}
    shared = {field for field in merged if all(field in recipe.constant for recipe in recipes)}
    return {field: value for field, value in merged.items() if field in shared or dataset.field(field).constraints.required}


def _ground(grounds: Sequence[Ground]) -> Ground:
    """Return what all were proposed on: a match with a parser before one without, a column blank where it is blank in all."""
    matches: dict[str, Match] = {}
    for ground in grounds:
        for one in ground.matches:
            if one.heading not in matches or one.parser:
                matches[one.heading] = one
    filled = {one.heading for ground in grounds for one in ground.matches if one.heading not in ground.blank}
    return Ground(
        matches=tuple(matches.values()),
        blank=frozenset(matches) - filled,
        encoding=_shared([ground.encoding for ground in grounds]),
        crs=_shared([ground.crs for ground in grounds]),
        crs_missing=any(ground.crs_missing for ground in grounds),
        dated=max(ground.dated for ground in grounds),
    )


def _shared(values: Sequence[str]) -> str:
    return values[0] if len(set(values)) == 1 else ""
