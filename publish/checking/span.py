"""Span: two columns that say from when to when, found by their names: 開始日 and 終了日, 許可開始日 and 許可満了日."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.dataset import Dataset, Field

_WORDS = (
    (("開始", "始期"), ("終了", "満了", "終期", "締切", "廃止", "閉鎖")),
    (("登録", "設定", "指定", "開設", "設置"), ("廃止", "解除", "閉鎖", "廃業")),
)
"""Words for a begin, each with the words for an end that belong to it."""
_UNIT = re.compile(r"(?:年月日|月日|日時|日|時間|時刻)$")


@dataclass(frozen=True, slots=True)
class Span:
    """`stem`: what the two names have in common: "許可" of 許可開始日 and 許可満了日, "" of 開始日 and 終了日."""

    stem: str
    start: Field
    end: Field


def spans(dataset: Dataset) -> Iterator[Span]:
    """Give the pairs of published dates, or times, whose names differ in the words for begin and end only.

    登録年月日 and 廃止日 are a pair too: how the day is called does not matter.
    """
    dated = [field for field in dataset.published if field.type in ("date", "time")]
    for start in dated:
        found = (Span(stem, start, end) for stem, last in _ends(start.name) for end in dated if _is(end, start, stem, last))
        yield from list(found)[:1]


def _ends(name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the stem of a name that ends in a word for begin, with the words by which its end is called."""
    bare = _UNIT.sub("", name)
    for begins, last in _WORDS:
        for word in begins:
            if bare.endswith(word):
                yield bare.removesuffix(word), last


def _is(end: Field, start: Field, stem: str, words: tuple[str, ...]) -> bool:
    return end.type == start.type and any(_UNIT.sub("", end.name) == stem + word for word in words)
