"""The item definition as a table, one line per item with both languages: データ項目定義書 as offices hand it in."""

from collections.abc import Iterable, Iterator

from catalog.code_list import Code
from catalog.describing.items import PERSONAL, REQUIREMENTS, Item, ItemDefinition
from catalog.text import Text

HEADINGS = (
    "番号 No.",
    "項目名 Item",
    "キー Key",
    "英語名 English",
    "区分 Requirement",
    "区分の根拠 Evidence",
    "型 Type",
    "決まり Form",
    "値 Values",
    "説明 Description (ja)",
    "説明 Description (en)",
    "ほかの見出し Other headings",
    "前の推奨データセットの見出し Older headings",
    "公開 Published",
    "個人 Personal",
)


def item_rows(definition: ItemDefinition) -> Iterator[tuple[str, ...]]:
    """Yield the headings, then a line per item."""
    yield HEADINGS
    for item in definition.items:
        yield _row(item)


def _row(item: Item) -> tuple[str, ...]:
    return (
        str(item.number),
        item.name,
        item.key,
        item.title_en,
        both(REQUIREMENTS[item.requirement]),
        item.evidence,
        both(item.kind),
        together(item.limits),
        "、".join(told(code) for code in item.codes),
        item.description.ja,
        item.description.en,
        "、".join(item.aliases),
        "、".join(item.old),
        "する yes" if item.published else "しない no",
        both(PERSONAL[item.personal]),
    )


def both(text: Text) -> str:
    """Return both languages, once where they are the same.

    >>> both(Text(ja="推奨", en="recommended")), both(Text(ja="AED", en="AED"))
    ('推奨 recommended', 'AED')
    """
    return " ".join(dict.fromkeys((text.ja, text.en)))


def together(texts: Iterable[Text]) -> str:
    """Return several phrases as one in both languages: all of the Japanese, then all of the English."""
    phrases = tuple(texts)
    return both(Text(ja="、".join(text.ja for text in phrases), en=", ".join(text.en for text in phrases)))


def told(code: Code, lang: str = "ja") -> str:
    """Return a value with its label where that says more.

    >>> told(Code(value="1", label=Text(ja="該当", en="Yes"))), told(Code(value="有", label=Text(ja="有", en="Yes")), "en")
    ('1=該当', '有=Yes')
    """
    return code.value if code.label[lang] == code.value else f"{code.value}={code.label[lang]}"
