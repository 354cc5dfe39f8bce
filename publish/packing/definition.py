"""definition.json: what was promised of a table, whole, so that anybody can check and read another table by it.

Only the example stays behind where a column does: offices write examples from their own rows.

What only concerns reading an office's files (their headings, parsers, rules, the example) does not count as content: a
new heading that is understood must not make a new version of every dataset of every town.
"""

from collections.abc import Mapping
from typing import Any

from catalog.dataset import Example
from publish.packing.contents import Contents

FILE = "definition.json"
_READING = frozenset({"example", "rules", "identifier", "address"})
_READING_FIELD = frozenset({"aliases", "old", "parser", "unknown"})


def definition(contents: Contents) -> dict[str, Any]:
    """Return definition.json: the dataset as its model takes it back, and the code lists that its columns use."""
    dataset = contents.dataset
    if len(dataset.published) < len(dataset.fields):
        dataset = dataset.model_copy(update={"example": Example(given=[], yields=[])})
    return {
        "format": 1,
        "dataset": dataset.model_dump(mode="json", by_alias=True, exclude_defaults=True),
        "code_lists": {
            name: codes.model_dump(mode="json", exclude_defaults=True) for name, codes in contents.code_lists.items()
        },
    }


def content_of(defined: Mapping[str, Any]) -> dict[str, Any]:
    """Return the part of definition.json that a reader of the released table sees: names, types, labels, map, page.

    A code without value only lists writings that mean a blank cell.
    """
    dataset = _without(defined["dataset"], _READING)
    dataset["fields"] = [_without(field, _READING_FIELD) for field in dataset["fields"]]
    codes = {
        name: {**listed, "codes": [_without(code, _READING_FIELD) for code in listed["codes"] if code["value"]]}
        for name, listed in defined["code_lists"].items()
    }
    return {"dataset": dataset, "code_lists": codes}


def _without(entry: Mapping[str, Any], keys: frozenset[str]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in keys}
