"""What a column means, by its parser, its format and the words that national item names end in.

Rules about single values go by this, so that a dataset that a town writes itself is looked at like a national one.
"""

from collections.abc import Callable, Iterator

from catalog.dataset import Dataset, Field

_CALLED = ("identifier", "body_code", "phone", "postal_code")
"""Parsers of numbers by which a thing is called."""
_REMARKS = ("特記事項", "備考", "注意事項", "説明", "概要")
_LATIN = ("名称_英字", "名称_英語", "名_英字", "名_英語", "名称英字", "名称英語")
_COUNTS = ("数", "人口", "人数", "台数", "戸数", "総数", "定員", "男性", "女性", "世帯数", "床数")


def fields(dataset: Dataset, means: Callable[[Field], bool]) -> Iterator[Field]:
    """Give the published fields of a dataset that mean something."""
    return (field for field in dataset.published if means(field))


def having(means: Callable[[Field], bool]) -> Callable[[Dataset], bool]:
    """Return the `applies` of a rule that looks at fields that mean something: whether a dataset has any."""

    def applies(dataset: Dataset) -> bool:
        return any(True for _ in fields(dataset, means))

    return applies


def is_text(field: Field) -> bool:
    """Say whether a field is text that no code list closes."""
    return field.type == "string" and not field.constraints.enum


def is_number_of_thing(field: Field) -> bool:
    """Numbers by which a thing is called, long ones among them: identifiers, codes, corporate and telephone numbers."""
    called = field.parser in _CALLED or bool(field.constraints.pattern) or field.name.endswith(("番号", "コード", "ID", "ＩＤ"))
    return is_text(field) and called


def is_phone(field: Field) -> bool:
    """Telephone and facsimile numbers; not extensions (内線番号), which are an office's own."""
    return is_text(field) and (field.parser == "phone" or field.name.endswith(("電話番号", "FAX番号", "ファクス番号")))


def is_address_of_web(field: Field) -> bool:
    """Web addresses."""
    return is_text(field) and (field.parser == "url" or field.format == "uri" or field.name.endswith("URL"))


def is_mail(field: Field) -> bool:
    """Mail addresses."""
    return is_text(field) and (field.format == "email" or field.name.endswith("メールアドレス"))


def is_kana(field: Field) -> bool:
    """Readings in kana: 名称_カナ, 学校名カナ表記, フリガナ."""
    return is_text(field) and (field.parser == "kana" or _bare(field.name).endswith(("カナ", "カナ表記", "フリガナ")))


def is_latin(field: Field) -> bool:
    """Names in Latin letters: 名称_英字, イベント名_英語; not descriptions, where a Japanese name may be quoted."""
    return is_text(field) and _bare(field.name).endswith(_LATIN)


def is_corporate_number(field: Field) -> bool:
    """Corporate numbers (法人番号)."""
    return is_text(field) and field.name.endswith("法人番号")


def is_weekdays(field: Field) -> bool:
    """Weekdays of opening: 利用可能曜日, 診療曜日."""
    return is_text(field) and (field.parser == "weekday" or field.name.endswith("曜日"))


def is_remark(field: Field) -> bool:
    """Remarks and descriptions, where exceptions are said in words."""
    return is_text(field) and field.name.endswith(_REMARKS)


def is_figure(field: Field) -> bool:
    """Numbers, and texts that the standard has as text though they are read as numbers (想定収容人数)."""
    return field.type in ("integer", "number") or field.parser == "number"


def is_count(field: Field) -> bool:
    """Numbers of things or people: whole and never negative."""
    return is_figure(field) and _bare(field.name).endswith(_COUNTS)


def names_the_row(dataset: Dataset, field: Field) -> bool:
    """Say whether a field is what people know a row by, or has to be filled in words."""
    return is_text(field) and (field.name == dataset.page.title or field.constraints.required)


def _bare(name: str) -> str:
    """Return a name without its brackets: 防災行政無線_名称（カナ） as _名称_カナ, 男性トイレ数（和式） as what it counts."""
    inner = name.replace("（", "(").replace("）", ")")
    head, _, tail = inner.partition("(")
    return f"{head}_{tail.strip(')')}" if tail.strip(")") in ("カナ", "英字", "英語") else head
