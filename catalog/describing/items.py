"""The item definition (データ項目定義) of a dataset, one neutral value: terminal, Markdown, CSV and pages are made of it.

Comes in: a definition and its code lists (of the library, or of a release, which may be older). Goes out: plain values
and words in Japanese and English; a pattern is told as a pattern to programs only.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from catalog.code_list import Code, CodeList
from catalog.dataset import Constraints, Dataset, Field, Standard
from catalog.text import Text

TYPES = {
    "string": Text(ja="文字", en="text"),
    "integer": Text(ja="整数", en="whole number"),
    "number": Text(ja="数", en="number"),
    "date": Text(ja="日付", en="date"),
    "time": Text(ja="時刻", en="time"),
    "year": Text(ja="年", en="year"),
    "boolean": Text(ja="はい／いいえ", en="yes/no"),
}
REQUIREMENTS = {
    "required": Text(ja="必須", en="required"),
    "recommended": Text(ja="推奨", en="recommended"),
    "optional": Text(ja="任意", en="optional"),
}
CLASSES = {
    "open": Text(ja="公開", en="open"),
    "view": Text(ja="地図の表示だけ", en="map view only"),
    "counter": Text(ja="窓口での案内だけ", en="at the counter only"),
}
PLACES = {
    "point": Text(ja="点", en="points"),
    "line": Text(ja="線", en="lines"),
    "polygon": Text(ja="面", en="areas"),
    "": Text(ja="なし", en="none"),
}
PERSONAL = {
    "none": Text(ja="", en=""),
    "facility": Text(ja="施設の連絡先", en="contact of a facility"),
    "named": Text(ja="人の名前を含むことがある", en="may name persons whom it is about"),
    "person": Text(ja="個人に関わるため公開しない", en="about a person, never published"),
}
PERIODS = {
    "month": Text(ja="月ごとの表", en="a table per month"),
    "year": Text(ja="年ごとの表", en="a table per year"),
}
UNITS = {
    unit: Text(ja=unit, en=en)
    for unit, en in {
        "人": "people",
        "世帯": "households",
        "床": "beds",
        "台": "vehicles",
        "基": "fixtures",
        "度": "degrees",
        "円": "yen",
    }.items()
}
"""Units that are Japanese words; all others (m, kcal, %) are written alike everywhere."""
LOCAL = Text(ja="標準外(独自)", en="local, no national standard")

_DEFAULT_FORMATS = {"date": "%Y-%m-%d", "time": "%H:%M:%S", "year": "%Y"}
"""What `default` means, https://specs.frictionlessdata.io/table-schema/#types-and-formats."""
_EXAMPLE = {"%Y": "2026", "%m": "04", "%d": "01", "%H": "09", "%M": "30", "%S": "00"}
_WRITTEN = {"email": Text(ja="メールアドレス", en="e-mail address"), "uri": Text(ja="ウェブのアドレス", en="web address")}
_DIGITS = re.compile(r"\^?(?:\[0-9\]|\\d)\{([0-9]+)\}\$?")


@dataclass(frozen=True, slots=True)
class Item:
    """One item: what is written in the column, and what becomes of it."""

    number: int
    name: str
    """The national item name, which heads the published column."""
    key: str
    title_en: str
    requirement: Literal["required", "recommended", "optional"]
    evidence: str
    """Where the mark was seen; empty for a local dataset."""
    type: str
    format: str
    unit: str
    constraints: Mapping[str, Any]
    """As Table Schema names them."""
    limits: tuple[Text, ...]
    """Form and constraints in words."""
    codes: tuple[Code, ...]
    """Values allowed, with labels in ja, easy and en; a code without value stands for a blank cell and is left out."""
    description: Text
    aliases: tuple[str, ...]
    old: tuple[str, ...]
    published: bool
    personal: Literal["none", "facility", "named", "person"]

    @property
    def kind(self) -> Text:
        """Type and unit in words."""
        word = TYPES[self.type]
        unit = unit_of(self.unit)
        return Text(ja=f"{word.ja}({unit.ja})", en=f"{word.en} ({unit.en})") if self.unit else word


@dataclass(frozen=True, slots=True)
class ItemDefinition:
    """The item definition of one dataset."""

    id: str
    number: str
    """In the national list; empty for a local dataset."""
    title: Text
    description: Text
    caveat: Text | None
    standard: Standard
    frequency: str
    """Of FREQUENCIES."""
    period: str
    """Of PERIODS, of a series; empty for a table that is none."""
    key: tuple[str, ...]
    place: str
    """Of PLACES."""
    cls: str
    """Of CLASSES: what the definition proposes, which a town may decide otherwise."""
    reason: Text | None
    """Why it is not open."""
    items: tuple[Item, ...]

    @property
    def evidence(self) -> tuple[str, ...]:
        """Every evidence of a mark once, in order of first use: notes that items refer to by place, counted from 1."""
        return tuple(dict.fromkeys(item.evidence for item in self.items if item.evidence))

    def note(self, item: Item) -> int:
        """Return the number of an item's note on evidence, 0 when it has none."""
        return self.evidence.index(item.evidence) + 1 if item.evidence else 0


def unit_of(unit: str) -> Text:
    """Return a unit in both languages."""
    return UNITS.get(unit, Text(ja=unit, en=unit))


def item_definition(dataset: Dataset, code_lists: Mapping[str, CodeList]) -> ItemDefinition:
    """Return the item definition of a dataset; a code list that is not given is told by its bare values."""
    published = {field.name for field in dataset.published}
    return ItemDefinition(
        id=dataset.id,
        number=dataset.number,
        title=dataset.title,
        description=dataset.description,
        caveat=dataset.caveat,
        standard=dataset.standard,
        frequency=dataset.frequency,
        period=dataset.series.period if dataset.series else "",
        key=dataset.key,
        place=dataset.geometry.kind if dataset.geometry else "",
        cls=dataset.disclosure.cls,
        reason=dataset.disclosure.reason,
        items=tuple(
            _item(number, field, _codes(field, code_lists), published=field.name in published)
            for number, field in enumerate(dataset.fields, 1)
        ),
    )


def _item(number: int, field: Field, codes: tuple[Code, ...], *, published: bool) -> Item:
    constraints = field.constraints.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    return Item(
        number=number,
        name=field.name,
        key=field.key,
        title_en=field.title_en,
        requirement=field.requirement,
        evidence=field.evidence,
        type=field.type,
        format=field.format,
        unit=field.unit,
        constraints=constraints,
        limits=tuple(_limits(field)),
        codes=codes,
        description=field.description,
        aliases=field.aliases,
        old=field.old,
        published=published,
        personal=field.personal,
    )


def _codes(field: Field, code_lists: Mapping[str, CodeList]) -> tuple[Code, ...]:
    listed = code_lists.get(field.codes or "")
    if listed:
        return tuple(code for code in listed.codes if code.value)
    return tuple(Code(value=value, label=Text(ja=value, en=value)) for value in field.constraints.enum or () if value)


def _limits(field: Field) -> Iterator[Text]:
    yield from _form(field)
    yield from _range(field.constraints)
    yield from _length(field.constraints)
    if field.constraints.pattern:
        digits = _DIGITS.fullmatch(field.constraints.pattern)
        fixed = Text(ja="決まった書き方(説明のとおり)", en="a fixed form, as described")
        yield Text(ja=f"数字{digits[1]}桁", en=f"{digits[1]} digits") if digits else fixed
    if field.constraints.unique:
        yield Text(ja="同じ値は1回だけ", en="no value twice")
    if field.constraints.required:
        yield Text(ja="空欄にできない", en="never blank")


def _form(field: Field) -> Iterator[Text]:
    """Tell a format by example: %H:%M is how a program says 09:30."""
    written = _DEFAULT_FORMATS.get(field.type, "") if field.format == "default" else field.format
    if written in _WRITTEN:
        yield _WRITTEN[written]
    example = re.sub("%[YmdHMS]", lambda part: _EXAMPLE[part[0]], written)
    if example != written and "%" not in example:
        yield Text(ja=f"{example} の形", en=f"like {example}")


def _range(constraints: Constraints) -> Iterator[Text]:
    least, most = constraints.minimum, constraints.maximum
    if least is not None and most is not None:
        yield Text(ja=f"{least}から{most}まで", en=f"from {least} to {most}")
    elif least is not None:
        yield Text(ja=f"{least}以上", en=f"{least} or more")
    elif most is not None:
        yield Text(ja=f"{most}以下", en=f"{most} or less")


def _length(constraints: Constraints) -> Iterator[Text]:
    least, most = constraints.min_length, constraints.max_length
    if least is not None and least == most:
        yield Text(ja=f"{least}文字", en=f"{least} characters")
    elif least is not None and most is not None:
        yield Text(ja=f"{least}文字から{most}文字まで", en=f"{least} to {most} characters")
    elif least is not None:
        yield Text(ja=f"{least}文字以上", en=f"at least {least} characters")
    elif most is not None:
        yield Text(ja=f"{most}文字まで", en=f"at most {most} characters")
