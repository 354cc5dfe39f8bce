"""The item list: what a file's columns mean and what has to be known about it, as lines of text for a person."""

from collections.abc import Iterator

from catalog.dataset import Field
from catalog.describing.item_table import both, told
from catalog.describing.items import REQUIREMENTS, TYPES
from catalog.describing.vocabularies import LICENCES
from publish.packing.contents import Contents

_HEADINGS = (
    "番号 No.",
    "項目名 Item",
    "英語名 English",
    "キー Key",
    "型 Type",
    "単位 Unit",
    "区分 Requirement",
    "説明 Description (ja)",
    "説明 Description (en)",
    "値 Values",
)


def item_list(contents: Contents) -> Iterator[tuple[str, ...]]:
    """Yield lines of cells: who publishes what under which licence (in a town), the notices, then one line per column."""
    yield contents.dataset.title.ja, contents.dataset.title.en
    for notice in contents.notices:
        yield notice.ja, notice.en
    if town := contents.town:
        licence = LICENCES[town.licence]
        yield "公開者 Publisher", town.full_name, town.name.en
        yield "時点 As of", contents.as_of
        yield "利用条件 Licence", f"{licence.title.ja} / {licence.title.en}", licence.url.ja
    yield ()
    yield _HEADINGS
    for number, field in enumerate(contents.dataset.published, 1):
        yield _line(number, field, contents)


def _line(number: int, field: Field, contents: Contents) -> tuple[str, ...]:
    return (
        str(number),
        field.name,
        field.title_en,
        field.key,
        both(TYPES[field.type]),
        field.unit,
        both(REQUIREMENTS[field.requirement]),
        field.description.ja,
        field.description.en,
        _values(field, contents),
    )


def _values(field: Field, contents: Contents) -> str:
    """Return the values of a code list with their labels, up to a length that a cell shows."""
    codes = contents.code_lists.get(field.codes or "")
    if codes is None:
        return "・".join(field.constraints.enum or ())[:2000]
    return "、".join(map(told, codes.codes))[:2000]
