"""The text of a recipe with entries added to one of its lists, so that staff's comments there stay."""

from collections.abc import Mapping, Sequence
from itertools import takewhile

import yaml


def with_entries(text: str, key: str, entries: Sequence[Mapping[str, object]]) -> str:
    """Return the recipe with entries added at the beginning of one of its lists, which is made where there is none."""
    block = yaml.safe_dump(list(entries), allow_unicode=True, sort_keys=False, width=10_000).rstrip("\n").split("\n")
    lines = text.rstrip("\n").split("\n")
    places = [number for number, line in enumerate(lines) if line.split("#")[0].rstrip() in (f"{key}:", f"{key}: []")]
    if not places:
        return "\n".join([*lines, f"{key}:", *block]) + "\n"
    after = places[0] + 1
    indent = _indent(lines[after:])
    head = lines[places[0]].replace(f"{key}: []", f"{key}:", 1)
    return "\n".join([*lines[: places[0]], head, *(indent + line for line in block), *lines[after:]]) + "\n"


def _indent(lines: Sequence[str]) -> str:
    """Return the blanks in front of the list's own entries, which new ones must have too."""
    first = next((line for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
    return "".join(takewhile(lambda letter: letter == " ", first)) if first.lstrip().startswith("-") else ""
