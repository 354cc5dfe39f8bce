"""Severities as a definition wants them, and the codes that definitions and recipes may name at all."""

import dataclasses
from collections.abc import Iterable

from catalog.dataset import Dataset
from catalog.errors import DefinitionError, MachizuError, RecipeError, did_you_mean
from publish.checking.templates import templates
from publish.recipe import Recipe
from publish.table.finding import Finding


def weighed(finding: Finding, dataset: Dataset) -> Finding | None:
    """Return a finding with the severity that the definition gives its code, None where it is off."""
    severity = dataset.rules.get(finding.code, finding.severity)
    if severity == "off":
        return None
    return finding if severity == finding.severity else dataclasses.replace(finding, severity=severity)


def require_known(dataset: Dataset, recipe: Recipe | None) -> None:
    """Raise where `rules:`, `reject:` or `accept:` name a code that does not exist or may not be changed."""
    _require(dataset.rules, f"{dataset.id}.yaml: rules", DefinitionError)
    for code in dataset.rules:
        if not templates()[code].allows:
            raise DefinitionError(
                f"{dataset.id}.yaml: 「{code}」の重さは変えられません。",
                f"{dataset.id}.yaml: the severity of {code!r} cannot be changed.",
            )
    if recipe:
        _require(recipe.reject, "reject", RecipeError)
        _require((acceptance.code for acceptance in recipe.accept), "accept", RecipeError)


def _require(codes: Iterable[str], where: str, error: type[MachizuError]) -> None:
    for code in codes:
        if code not in templates():
            hint_ja, hint_en = did_you_mean(code, templates())
            raise error(
                f"{where}: 「{code}」という検査はありません。{hint_ja}",
                f"{where}: there is no check {code!r}.{hint_en}",
            )
