"""TownFolder: a town's folder opened once: its settings, definitions and recipes, and where everything lies (DESIGN 5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from catalog.dataset import Dataset
from catalog.errors import RecipeError, SettingError, UsageError, did_you_mean
from catalog.library import Library, read_library
from catalog.town import Town, read_town
from publish.recipe import Recipe, read_recipes


@dataclass(frozen=True, slots=True)
class TownFolder:
    """What a command needs of a town. `recipes` by file stem."""

    path: Path
    town: Town
    library: Library
    recipes: Mapping[str, Recipe]

    @property
    def sources(self) -> Path:
        """What sections hand in; never written to."""
        return self.path / "sources"

    @property
    def site(self) -> Path:
        """Public bytes."""
        return self.path / "site"

    def dataset_of(self, recipe: Recipe) -> Dataset:
        """Return the definition a recipe names."""
        return self.library.find(recipe.dataset)

    def choose(self, wanted: Sequence[str]) -> Mapping[str, Recipe]:
        """Return the recipes of the named datasets (or recipe files), all when none is named."""
        if not wanted:
            return self.recipes
        known = {recipe.dataset for recipe in self.recipes.values()} | set(self.recipes)
        for name in wanted:
            if name not in known:
                hint_ja, hint_en = did_you_mean(name, known)
                raise UsageError(
                    f"「{name}」のレシピは recipes/ にありません。{hint_ja}",
                    f"There is no recipe for {name!r} under recipes/.{hint_en}",
                    fix_ja="machizu add ファイル で作れます。",
                    fix_en="Make one with: machizu add FILE.",
                    code="no-recipe",
                )
        return {stem: recipe for stem, recipe in self.recipes.items() if stem in wanted or recipe.dataset in wanted}


def open_town(path: Path) -> TownFolder:
    """Open a town folder; SettingError, DefinitionError or RecipeError say what is wrong in it."""
    town = read_town(path)
    library = read_library(path)
    _require_counted(town, library)
    recipes = read_recipes(path)
    seen: dict[str, str] = {}
    for stem, recipe in recipes.items():
        library.find(recipe.dataset)
        if recipe.dataset in seen:
            raise RecipeError(
                f"recipes/{stem}.yaml と recipes/{seen[recipe.dataset]}.yaml が同じデータ「{recipe.dataset}」を作ります。",
                f"recipes/{stem}.yaml and recipes/{seen[recipe.dataset]}.yaml both make {recipe.dataset!r}.",
                fix_ja="1つにまとめてください(複数のファイルは source の * と parts: all で読めます)。",
                fix_en="Keep one of them (several files are read with * in source and parts: all).",
            )
        seen[recipe.dataset] = stem
    return TownFolder(path, town, library, recipes)


def _require_counted(town: Town, library: Library) -> None:
    """Refuse a decision on hiding small areas that nothing would keep, because its name is misspelt or nobody is counted."""
    if not town.suppression:
        return  # definitions are read when they are asked for
    counted = [name for name, dataset in library.items() if dataset.disclosure.suppression]
    for name in town.suppression:
        if name not in counted:
            hint_ja, hint_en = did_you_mean(name, counted)
            raise SettingError(
                f"machizu.toml の [suppression.{name}] は、人を地域ごとに数えるデータではありません。{hint_ja}",
                f"[suppression.{name}] of machizu.toml is no dataset that counts people by area.{hint_en}",
                fix_ja="書けるのは " + "、".join(counted) + " です。",
                fix_en="Valid are: " + ", ".join(counted) + ".",
                code="suppression-of-nobody",
            )
