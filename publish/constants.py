"""Constants: values that stand outside the rows: typed in the recipe, in the name of file, folder or sheet, above a block."""

import re
from collections.abc import Collection, Mapping
from pathlib import PurePosixPath
from typing import Literal

import numpy as np
import pyarrow as pa

from catalog.errors import RecipeError
from publish.parsers.name_date import date_in_name
from publish.reading.periods import TITLES, titled_day
from publish.recipe import FromPlace, Recipe
from publish.table.position import Part
from publish.table.table import RawTable

Outside = Literal["filename", "sheet", "folder", "block"]


def constants_of(raw: RawTable, recipe: Recipe, dates: Collection[str] = ()) -> Mapping[str, pa.Array]:
    """Return for each constant field its text per row; RecipeError when a name does not hold what the recipe looks for.

    `dates`: fields that are days; of a name they are given the day that stands in it (人口_20260401).
    """
    return {
        field: _per_row(raw, [_value(raw, number, field, wanted, dates) for number in range(len(raw.parts))])
        for field, wanted in recipe.constant.items()
    }


def _per_row(raw: RawTable, values: list[str]) -> pa.Array:
    return pa.array(values, pa.utf8()).take(pa.array(np.asarray(raw.part), pa.int32()))


def _value(raw: RawTable, number: int, field: str, wanted: str | FromPlace, dates: Collection[str]) -> str:
    if isinstance(wanted, str):
        return wanted
    part = raw.parts[number]
    if wanted.source == "title":
        return day_around(raw, number, wanted.pattern)  # a month without it has blank cells, which the checks tell
    found = found_in(part, wanted.source, wanted.pattern)
    if found:
        return (date_in_name(found) if field in dates else "") or found
    name = name_of(part, wanted.source)
    raise RecipeError(
        f"{part.label}: 「{field}」を {wanted.source} から取れません(「{name}」に {wanted.pattern} が見つかりません)。",
        f"{part.label}: {field!r} cannot be taken from the {wanted.source}: {name!r} does not match {wanted.pattern!r}.",
        fix_ja="recipe の constant の pattern を直すか、ファイル名を前回と同じ形にしてください。",
        fix_en="Correct the pattern under `constant`, or name the file as before.",
        code="constant",
    )


def day_around(raw: RawTable, number: int, pattern: str = "(.+)") -> str:
    """Return the day (ISO) that the rows around a part say, "" where they say none or several."""
    return titled_day(found for text in around(raw, number) if (found := first_group(text, pattern)))


def around(raw: RawTable, number: int) -> list[str]:
    """Return the rows that were set aside around a table: its title and notes, of all its blocks."""
    part = raw.parts[number]
    near = {place for place, one in enumerate(raw.parts) if (one.label, one.file) == (part.label, part.file)}
    return [aside.text for aside in raw.asides if aside.part in near and aside.reason in TITLES]


def name_of(part: Part, source: Outside) -> str:
    """Return the name that a constant or date is looked for in; file names without their ending."""
    path = PurePosixPath(part.member if part.member and source != "folder" else part.file)
    places = {"filename": path.stem, "sheet": part.sheet or part.member, "folder": path.parent.name, "block": part.title}
    return places[source]


def found_in(part: Part, source: Outside, pattern: str) -> str:
    """Return the first group of a pattern in that name, "" where it does not match."""
    return first_group(name_of(part, source), pattern)


def first_group(text: str, pattern: str) -> str:
    """Return the first group of a pattern in a text, "" where it does not match; RecipeError when it is no expression."""
    try:
        found = re.search(pattern, text)
    except re.error as problem:
        raise RecipeError(
            f"recipe の pattern「{pattern}」が正規表現として正しくありません({problem})。",
            f"The recipe's pattern {pattern!r} is not a regular expression: {problem}.",
            code="pattern",
        ) from problem
    return (found[1] if found.re.groups else found[0]) or "" if found else ""
