"""Recipe: the saved decisions for one source. Proposed by `add`, confirmed by staff, read by every later run."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, StringConstraints, field_validator
from pydantic import Field as Key

from catalog.errors import RecipeError
from catalog.strict import Model, parse
from catalog.yaml_text import parse_yaml, read_yaml


class Parsed(Model):
    """A source column read by a named parser into one or more fields."""

    parser: str
    fields: tuple[str, ...]


class FromPlace(Model):
    """A constant that stands outside the rows: in the name of the file, its folder or the sheet, above a block, or the day
    that the rows around the table say (title).
    """

    source: Literal["filename", "sheet", "folder", "block", "title"] = Key(alias="from")
    pattern: str = "(.+)"
    """Regular expression; its first group is the value."""


class AsOf(Model):
    """Where the as-of date is read from."""

    source: Literal["filename", "sheet", "title", "column"] = Key(alias="from")
    pattern: str = "(.+)"
    column: str = ""


class Side(Model):
    """The other half of a join: its own source and heading map; `on`: field name → heading in that source."""

    source: str
    on: dict[str, str]
    columns: dict[str, str] = {}
    parts: Literal["newest", "all"] = "newest"
    sheet: str = ""
    heading: tuple[int, int] | None = None
    crs: str = ""
    encoding: str = ""


class Acceptance(Model):
    """A warning accepted by a person for a column, bound to the affected values by their hash."""

    code: str
    column: str = ""
    hash: str
    by: str
    why: str
    until: str = ""


class Superseded(Model):
    """One period of a series whose table another file replaces: `machizu add FILE --replaces 2026-06` writes it.

    Of several entries for a period the first counts: the newest correction stands at the top.
    """

    period: Annotated[str, StringConstraints(pattern=r"^[12][0-9]{3}(-(0[1-9]|1[0-2]))?$")]
    by: str
    """The file below `sources/` from which the period is read; its rows of that period in any other file are set aside."""
    files: tuple[str, ...] = ()
    """Files below `sources/` that are no longer read, because they hold nothing but what is replaced."""


def _heading(value: Any) -> Any:
    return tuple(int(step) for step in value) if isinstance(value, list) else value


class Recipe(Model):
    """One YAML under `recipes/`."""

    format: Literal["1"]
    dataset: str
    source: str
    """Glob below `sources/`, compared in Unicode NFC; the newest file wins unless `series` or `parts: all`."""
    parts: Literal["newest", "all"] = "newest"
    encoding: str = ""
    """Empty: decided by strict decoding."""
    sheet: str = ""
    """Name or pattern of the sheet, the GeoPackage layer or the member of a zip; empty: the first with a table."""
    heading: Annotated[tuple[int, int] | None, BeforeValidator(_heading)] = None
    """First and last heading row, counted from 1."""
    headerless: bool = False
    columns: dict[str, str | Parsed] = {}
    """Their heading → field name, a parser with fields, or "ignore"."""
    combine: dict[str, tuple[str, ...]] = {}
    """Field → their headings whose texts are joined in this order (都道府県名 + 市区町村名 → 地方公共団体名)."""
    attributes: str = ""
    """File beside the source that names its columns (original_name, display_name), e.g. attributes.csv."""
    values: dict[str, dict[str, str]] = {}
    where: dict[str, tuple[str, ...]] = {}
    """Their heading → values of the rows that are kept; the others are set aside."""
    as_of: str | AsOf = ""
    constant: dict[str, str | FromPlace] = {}
    """Field → its value in every row; where a column feeds the field too, only its blank cells take it."""
    join: Side | None = None
    crs: str = ""
    axes: Literal["xy", "yx"] = "xy"
    """Order in which coordinate columns or geometry are written: yx is 北・東 as surveyors write."""
    period: str | AsOf = ""
    superseded: tuple[Superseded, ...] = ()
    reject: tuple[str, ...] = ()
    """Codes of errors whose rows are dropped (and listed) instead of blocking."""
    accept: tuple[Acceptance, ...] = ()

    @field_validator("join")
    @classmethod
    def _join_names_a_key(cls, side: Side | None) -> Side | None:
        if side is not None and len(side.on) != 1:
            raise ValueError("join.on names exactly one field and its heading")
        return side


def recipe_of(text: str, name: str) -> Recipe:
    """Read the text of a recipe before it is written; RecipeError says what would be wrong."""
    return parse(Recipe, parse_yaml(text, name, RecipeError), f"recipes/{name}", RecipeError)


def read_recipe(path: Path) -> Recipe:
    """Read one recipe; RecipeError says which key is wrong."""
    return parse(Recipe, read_yaml(path, RecipeError), f"recipes/{path.name}", RecipeError)


def read_recipes(town: Path) -> Mapping[str, Recipe]:
    """Read every recipe of a town folder, by file stem."""
    return {path.stem: read_recipe(path) for path in sorted((town / "recipes").glob("*.yaml"))}
