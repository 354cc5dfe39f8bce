"""Writing: a proposed recipe as YAML that a clerk can read, each line with how sure it is and why."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml

from publish.recipe import AsOf, FromPlace, Parsed, Recipe

_PLAIN = re.compile(r"[A-Za-z_\u3041-\u30ff\u3400-\u9fff][\w/.\u3001\u3002()ー・ -]*")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_COLUMN = 28
"""Where notes begin, counted in half-width cells, when there is room."""


@dataclass(frozen=True, slots=True)
class Notes:
    """Notes by place in the recipe: `top` by key, `columns`, `combine` and `constant` by entry; `asked` lines to fill in."""

    head: str
    top: Mapping[str, str]
    columns: Mapping[str, str]
    combine: Mapping[str, str]
    constant: Mapping[str, str]
    asked: Sequence[tuple[str, str]] = ()
    """Commented lines: (YAML, note)."""


def to_yaml(recipe: Recipe, notes: Notes) -> str:
    """Return the YAML text; reading it gives the recipe again."""
    lines = [f"# {_note(notes.head)}", 'format: "1"']
    for key in ("dataset", "source", "parts", "encoding", "sheet", "attributes", "crs"):
        value = getattr(recipe, key)
        if value and (key, value) != ("parts", "newest"):
            lines.append(_line(f"{key}: {scalar(value)}", notes.top.get(key, "")))
    if recipe.heading:
        lines.append(_line(f"heading: [{recipe.heading[0]}, {recipe.heading[1]}]", notes.top.get("heading", "")))
    for key, entry in (("as_of", recipe.as_of), ("period", recipe.period)):
        if entry:
            lines.append(_line(f"{key}: {_place(entry)}", notes.top.get(key, "")))
    lines += [_line(f"# {text}", note) for text, note in notes.asked]
    columns = {heading: _target(target) for heading, target in recipe.columns.items()}
    combine = {field: _list(headings) for field, headings in recipe.combine.items()}
    constant = {field: _place(value) for field, value in recipe.constant.items()}
    blocks = (("columns", columns, notes.columns), ("combine", combine, notes.combine), ("constant", constant, notes.constant))
    for key, entries, why in blocks:
        lines += _block(key, entries, notes.top.get(key, ""), why)
    return "\n".join(lines) + "\n"


def _block(key: str, entries: Mapping[str, str], note: str, notes: Mapping[str, str]) -> list[str]:
    if not entries:
        return []
    return [
        _line(f"{key}:", note),
        *(_line(f"  {scalar(name)}: {value}", notes.get(name, "")) for name, value in entries.items()),
    ]


def _target(target: str | Parsed) -> str:
    if isinstance(target, str):
        return scalar(target)
    return f"{{parser: {scalar(target.parser)}, fields: {_list(target.fields)}}}"


def _place(entry: str | AsOf | FromPlace) -> str:
    if isinstance(entry, str):
        return scalar(entry)
    pairs: list[tuple[str, str]] = [("from", entry.source)]
    if entry.pattern != "(.+)":
        pairs.append(("pattern", entry.pattern))
    if isinstance(entry, AsOf) and entry.column:
        pairs.append(("column", entry.column))
    return "{" + ", ".join(f"{key}: {scalar(value)}" for key, value in pairs) + "}"


def _list(values: Sequence[str]) -> str:
    return f"[{', '.join(map(scalar, values))}]"


def scalar(text: str) -> str:
    """Return a text as YAML, quoted unless every YAML reader takes it as that text.

    >>> scalar("名称"), scalar("011002"), scalar("NO"), scalar("a: b")
    ('名称', '"011002"', '"NO"', '"a: b"')
    """
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS and text == text.strip():
        return text
    return str(yaml.safe_dump(text, allow_unicode=True, default_style='"', width=10**9)).removesuffix("\n")


def _line(text: str, note: str) -> str:
    if not note:
        return text
    return f"{text}{' ' * max(2, _COLUMN - _width(text))}# {_note(note)}"


def _width(text: str) -> int:
    return sum(1 if character < "\u0100" else 2 for character in text)


def _note(text: str) -> str:
    """Return a note on one line: names in it come from files and must not end the comment."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable())
