"""Numbers in Chinese numerals, alone or among digits: 二十三, 一〇二, 1万2千, 3.5万. No parser of cells.

二三 is "two or three" in Japanese and is left; three figures, or a 〇 among them, are read place by place.
"""

import re
from decimal import Decimal

_FIGURES = {
    figure: str(value) for value, figures in enumerate(("〇零", "一壱", "二弐", "三参", *"四五六七八九")) for figure in figures
}
_ONE = "[一二三四五六七八九壱弐参1-9]"
_GROUP = re.compile(f"(?:({_ONE})?千)?(?:({_ONE})?百)?(?:({_ONE})?[十拾])?({_ONE})?")
_ARABIC = re.compile(r"[0-9]{1,4}(?:\.[0-9]+)?|[0-9]{1,3}(?:,[0-9]{3})+")
_WHOLE = re.compile("(?:(?P<oku>[^億万]+)億)?(?:(?P<man>[^億万]+)万)?(?P<rest>[^億万]*)")
_THOUSANDS = re.compile(r"([0-9]+(?:\.[0-9]+)?|[0-9]{1,3}(?:,[0-9]{3})+)千")
"""1,200千, as accounts have it in thousands of yen."""
_WEIGHTS = {"oku": 10**8, "man": 10**4, "rest": 1}
_PLACED = re.compile("[〇零一二三四五六七八九]{2,}")
_IN_DATES = re.compile("[〇零一二三四五六七八九十]+(?=[年月日])")


def kanji_number(text: str) -> Decimal | None:
    """Return the number that a half-width text writes with Chinese numerals, None for anything else.

    >>> [int(kanji_number(text) or -1) for text in ("二十三", "一〇二", "1万2千", "3.5万", "1,200千", "二三", "百人", "12")]
    [23, 102, 12000, 35000, 1200000, -1, -1, -1]
    """
    if _PLACED.fullmatch(text):
        return Decimal(_placed(text)) if len(text) > 2 or text[1] in "〇零" or text[0] in "〇零" else None
    if thousands := _THOUSANDS.fullmatch(text):
        return Decimal(thousands[1].replace(",", "")) * 1000
    found = _WHOLE.fullmatch(text)
    if found is None or text.isascii() or not text:
        return None
    parts = {name: _group(part) for name, part in found.groupdict().items() if part}
    if None in parts.values() or ("." in (found["rest"] or "")):
        return None
    return sum((value * _WEIGHTS[name] for name, value in parts.items() if value is not None), Decimal(0))


def _placed(text: str) -> str:
    return "".join(_FIGURES[figure] for figure in text)


def _group(text: str) -> Decimal | None:
    """Return a number below ten thousand, or in digits."""
    if _ARABIC.fullmatch(text):
        return Decimal(text.replace(",", ""))
    found = _GROUP.fullmatch(text)
    if found is None:
        return None
    total = 0
    for weight, sign, figure in zip((1000, 100, 10, 1), ("千", "百", "十拾", ""), found.groups(), strict=True):
        named = any(one in text for one in sign)
        total += weight * int(_FIGURES.get(figure, figure) if figure else named)
    return Decimal(total)


def dates_in_digits(text: str) -> str:
    """Return a text with the numerals in front of 年, 月 and 日 in digits.

    >>> dates_in_digits("令和六年四月二十一日"), dates_in_digits("二〇二四年十月")
    ('令和6年4月21日', '2024年10月')
    """
    return _IN_DATES.sub(lambda found: _digits(found[0]), text)


def _digits(text: str) -> str:
    value = kanji_number(text)
    return text if value is None else str(value)
