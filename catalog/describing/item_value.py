"""The item definition for programs: what the pages say, as values that JSON can carry; patterns as they are."""

from typing import Any

from catalog.describing.items import Item, ItemDefinition


def item_value(definition: ItemDefinition) -> dict[str, Any]:
    """Return the item definition; codes of frequency, theme and class stand for themselves, texts are {ja, en}."""
    return {
        "id": definition.id,
        "number": definition.number,
        "title": definition.title.model_dump(),
        "description": definition.description.model_dump(),
        "caveat": definition.caveat.model_dump() if definition.caveat else None,
        "standard": definition.standard.model_dump(mode="json", exclude_none=True),
        "frequency": definition.frequency,
        "period": definition.period,
        "key": list(definition.key),
        "place": definition.place,
        "class": definition.cls,
        "reason": definition.reason.model_dump() if definition.reason else None,
        "items": [_item(item) for item in definition.items],
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "number": item.number,
        "name": item.name,
        "key": item.key,
        "title_en": item.title_en,
        "requirement": item.requirement,
        "evidence": item.evidence,
        "type": item.type,
        "format": item.format,
        "unit": item.unit,
        "constraints": dict(item.constraints),
        "codes": [code.model_dump(include={"value", "label", "easy"}) for code in item.codes],
        "description": item.description.model_dump(),
        "aliases": list(item.aliases),
        "old": list(item.old),
        "published": item.published,
        "personal": item.personal,
    }
