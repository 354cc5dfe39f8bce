"""How heavy a finding is: as its rule says, or as the town or the definition wants it where the rule allows that.

The nearest word counts: `[checks.<dataset>]` of machizu.toml, then `rules:` of the definition, then `[checks]`.
"""

import dataclasses
from collections.abc import Iterable, Mapping

from catalog.dataset import Dataset, Level
from catalog.errors import DefinitionError, MachizuError, RecipeError, SettingError, did_you_mean
from catalog.library import Library
from catalog.town import FILE, Town
from publish.checking.templates import templates
from publish.recipe import Recipe
from publish.table.finding import Finding


def weights(dataset: Dataset, town: Town | None) -> Mapping[str, Level]:
    """Return the severities by code that differ from what the rules say themselves."""
    checks = town.checks if town else {}
    everywhere = {code: level for code, level in checks.items() if not isinstance(level, dict)}
    here = checks.get(dataset.id, {})
    return {**everywhere, **dataset.rules, **(here if isinstance(here, dict) else {})}


def weighed(finding: Finding, wanted: Mapping[str, Level]) -> Finding | None:
    """Return a finding with the severity that is wanted of its code, None where it is off."""
    severity = wanted.get(finding.code, finding.severity)
    if severity == "off":
        return None
    return finding if severity == finding.severity else dataclasses.replace(finding, severity=severity)


def require_known(dataset: Dataset, recipe: Recipe | None, town: Town | None, library: Library) -> None:
    """Raise where settings, definition or recipe name a check or dataset that does not exist, or may not be changed."""
    for where, codes in _settings(town, library):
        _require_allowed(codes, where, SettingError)
    _require_allowed(dataset.rules, f"{dataset.id}.yaml: rules", DefinitionError)
    if recipe:
        _require(recipe.reject, "reject", RecipeError)
        _require((acceptance.code for acceptance in recipe.accept), "accept", RecipeError)


def _settings(town: Town | None, library: Library) -> Iterable[tuple[str, list[str]]]:
    """Give the tables of `[checks]` with their codes; SettingError where one is named after no dataset."""
    checks = town.checks if town else {}
    yield f"{FILE}: checks", [code for code, level in checks.items() if not isinstance(level, dict)]
    for name, level in checks.items():
        if isinstance(level, dict):
            if name not in library:
                hint_ja, hint_en = did_you_mean(name, library)
                raise SettingError(
                    f"{FILE}: checks: 「{name}」という種類のデータはありません。{hint_ja}",
                    f"{FILE}: checks: there is no dataset {name!r}.{hint_en}",
                    fix_ja="一覧は machizu datasets で見られます。",
                    fix_en="See the list with: machizu datasets.",
                )
            yield f"{FILE}: checks.{name}", list(level)


def _require_allowed(codes: Iterable[str], where: str, error: type[MachizuError]) -> None:
    for code in codes:
        _require([code], where, error)
        if not templates()[code].allows:
            raise error(
                f"{where}: 「{code}」の重さは変えられません。",
                f"{where}: the severity of {code!r} cannot be changed.",
                fix_ja=f"{where} から「{code}」の行を消してください。",
                fix_en=f"Remove {code!r} from {where}.",
            )


def _require(codes: Iterable[str], where: str, error: type[MachizuError]) -> None:
    for code in codes:
        if code not in templates():
            hint_ja, hint_en = did_you_mean(code, templates())
            raise error(
                f"{where}: 「{code}」という検査はありません。{hint_ja}",
                f"{where}: there is no check {code!r}.{hint_en}",
            )
