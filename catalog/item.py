"""Shared items (共通項目): columns that many national tables have in the same words, grouped in files of `datasets/items/`.

A definition takes one by its national item name, as it stands (`- 郵便番号`) or with changes (`- item: 電話番号` and keys
beside it). A key that is written beside replaces the item's, but `aliases` and `old` are added to it. Marks of the national
standard (`requirement`, `evidence`) do not pass to a dataset that no national specification prescribes.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from catalog.dataset import Field, Slug
from catalog.errors import DefinitionError, did_you_mean
from catalog.folding import heading_key
from catalog.strict import Model, parse
from catalog.text import Text
from catalog.yaml_text import read_yaml

Items = Mapping[str, Field]
"""Shared items by national item name."""
_MARKS = ("requirement", "evidence")
_ADDED = ("aliases", "old")


class ItemGroup(Model):
    """Items that belong together, such as the eight columns of an address."""

    format: Literal["1"]
    id: Slug
    title: Text
    items: tuple[Field, ...]


def read_items(folder: Path) -> Items:
    """Read every group of a folder; DefinitionError when one is wrong or an item stands in two."""
    found: dict[str, Field] = {}
    for path in sorted(folder.glob("*.yaml")):
        for item in parse(ItemGroup, read_yaml(path, DefinitionError), f"items/{path.name}", DefinitionError).items:
            if item.name in found:
                raise DefinitionError(
                    f"items/{path.name}: 「{item.name}」がほかのファイルにもあります。",
                    f"items/{path.name}: {item.name!r} stands in another file too.",
                )
            found[item.name] = item
    return found


def written_out(definition: Any, items: Items, file: str) -> Any:
    """Return a definition as read with every shared item as a field of its own; what is no definition stays as it is.

    DefinitionError, with the nearest item, where one does not exist.
    """
    if not isinstance(definition, dict) or not isinstance(definition.get("fields"), list):
        return definition
    standard = definition.get("standard")
    dropped = _MARKS if isinstance(standard, dict) and standard.get("local") == "true" else ()
    fields = [_field(entry, items, dropped, file) for entry in definition["fields"]]
    return {**definition, "fields": fields}


def _field(entry: Any, items: Items, dropped: tuple[str, ...], file: str) -> Any:
    if isinstance(entry, str):
        item = _item(entry, items, file)
        return Field.model_validate(_as_written(item, dropped)) if dropped else item
    if not isinstance(entry, dict) or "item" not in entry:
        return entry
    beside = {key: value for key, value in entry.items() if key != "item"}
    shared = _as_written(_item(entry["item"], items, file), dropped)
    added = {key: [*shared.get(key, ()), *beside[key]] for key in _ADDED if isinstance(beside.get(key), list)}
    return _without_its_own_name({**shared, **beside, **added})


def _without_its_own_name(field: dict[str, Any]) -> dict[str, Any]:
    """Leave out of the other headings of a column the name that it was given here."""
    own = heading_key(str(field.get("name", "")))
    others = {key: field[key] for key in _ADDED if isinstance(field.get(key), list | tuple)}
    return {**field, **{key: [one for one in headings if heading_key(str(one)) != own] for key, headings in others.items()}}


def _as_written(item: Field, dropped: tuple[str, ...]) -> dict[str, Any]:
    return {key: value for key, value in item.model_dump(by_alias=True, exclude_unset=True).items() if key not in dropped}


def _item(name: Any, items: Items, file: str) -> Field:
    if isinstance(name, str) and name in items:
        return items[name]
    hint_ja, hint_en = did_you_mean(str(name), items)
    raise DefinitionError(
        f"{file}: 「{name}」という共通項目はありません。{hint_ja}",
        f"{file}: there is no shared item {name!r}.{hint_en}",
        fix_ja="共通項目は datasets/items/ にあります。ほかの列は name, key, title_en, description を書いて決めてください。",
        fix_en="Shared items stand in datasets/items/. Define any other column with name, key, title_en and description.",
    )
