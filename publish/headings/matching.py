"""Matching: which heading of a source is which field of a definition, how sure that is, and why.

Headings are compared by their key (`catalog.folding.heading_key`). A field takes one heading; where two would fit, the
surer wins and the other is told as a double, never dropped silently.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from catalog.dataset import Dataset
from catalog.folding import heading_key
from catalog.library import Library
from publish.parsers.units import unit_in, without_unit, writings
from publish.parsers.width import half_width

Why = Literal[
    "same",
    "old",
    "key",
    "alias",
    "english",
    "unit",
    "marked",
    "similar",
    "codes",
    "range",
    "shape",
    "pair",
    "pieces",
    "reading",
    "order",
    "double",
    "none",
]
Sure = Literal["certain", "likely", "guess"]
SURE: Mapping[Why, Sure] = {
    "same": "certain",
    "old": "certain",
    "key": "certain",
    "alias": "likely",
    "english": "likely",
    "unit": "likely",
    "marked": "likely",
    "similar": "likely",
    "codes": "likely",
    "pair": "likely",
    "pieces": "likely",
    "order": "likely",
    "range": "guess",
    "shape": "guess",
    "reading": "guess",
}
_BY_WORDS: tuple[Why, ...] = ("same", "old", "key", "alias", "english", "unit", "marked")
BY_HEADING: tuple[Why, ...] = (*_BY_WORDS, "similar")
"""Reasons that the heading itself gives; the others are given by the values below it."""
_ADDED = (
    r"(?:(?:入力|記入)?(?:必須|任意|推奨)(?:項目|入力|記入)?|要入力|[半全]角(?:数字|英数字?|カナ|カタカナ)?|ハイフン(?:あり|なし|有り?|無し?)"
    r"|選択式?|プルダウン|数値|数字|世界測地系|(?:10|十)進(?:数|法)?|度)"
)
_SUCH_AS = r"例[^()\[\]【】<>]*"
_SEVERAL = rf"(?:{_ADDED}(?:[・,、/\s]+{_ADDED})*(?:[・,、/\s]+{_SUCH_AS})?|{_SUCH_AS})"
_MARK = re.compile(
    rf"^[(\[【<]\s*[※*]?{_SEVERAL}[※*]?\s*[)\]】>]|[(\[【<]\s*[※*]?{_SEVERAL}[※*]?\s*[)\]】>]\s*[※*]?$|[※*]\s*{_SEVERAL}$"
)
"""What a form adds to a heading for those who fill it in: (必須), ※半角数字, 【選択】, (例:9:00); in brackets or
behind a sign."""
_LONGEST = 60
"""Letters of a heading that may be a name with marks; a longer one is a sentence."""
_MARKS = 3
"""Marks that one heading may bear."""
_SIMILAR = 0.85
_TELLING = 4
"""Letters: shorter headings are alike by chance."""
_CONTRARY = frozenset("男女開終始緯経和洋大小上下有無先後前新旧内外東西南北0123456789")
"""Letters by which headings differ that look alike and mean different things."""
_SEXES = frozenset(("男", "女", "男性", "女性"))
_SEX_AND_AGE = 2
_ALL = frozenset(map(heading_key, ("計", "総数", "合計", "総計")))
_UP_TO = re.compile("[~～〜]")
COMBINED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "地方公共団体名": (("都道府県名", "市区町村名"), ("prefName", "cityName"), ("pref", "city")),
}
"""Fields that older tables keep in several columns, joined in this order."""


@dataclass(frozen=True, slots=True)
class Match:
    """One heading: its field (none: ""), why, and the parser that the recipe has to name (none: "")."""

    heading: str
    field: str
    why: Why
    parser: str = ""
    fields: tuple[str, ...] = ()
    """All fields, when a parser takes the column apart."""

    @property
    def sure(self) -> Sure:
        """How sure the match is; meaningless where there is none."""
        return SURE.get(self.why, "guess")


Words = Mapping[str, tuple[str, Why]]
"""Heading key → (field, why)."""


def _surest_meanings(dataset_words: Sequence[tuple[str, str, Why]]) -> Words:
    """Return what each word means: the surest reason wins, a word that two fields share for the same reason is nobody's."""
    found: dict[str, tuple[str, Why]] = {}
    for why in _BY_WORDS:
        new: dict[str, set[str]] = {}
        for key, field, reason in dataset_words:
            if reason == why and key and key not in found:
                new.setdefault(key, set()).add(field)
        found |= {key: (fields.pop(), why) for key, fields in new.items() if len(fields) == 1}
    return found


def vocabularies(library: Library) -> Mapping[str, Words]:
    """Return the words of every definition by its id; worked out once for a library."""
    return library.memo.once(vocabularies, lambda: {dataset.id: _vocabulary(dataset) for dataset in library.values()})


def spoken(library: Library) -> frozenset[str]:
    """Return every word that some definition knows."""
    return library.memo.once(spoken, lambda: frozenset().union(*vocabularies(library).values()))


def _vocabulary(dataset: Dataset) -> Words:
    """Return every heading key that means a field of a definition, with the reason."""
    words: list[tuple[str, str, Why]] = []
    for field in dataset.fields:
        words.append((heading_key(field.name), field.name, "same"))
        words.extend((heading_key(word), field.name, "old") for word in field.old)
        words.append((heading_key(field.key), field.name, "key"))
        words.extend((heading_key(word), field.name, "alias") for word in field.aliases)
        words.append((heading_key(field.title_en), field.name, "english"))
    return _surest_meanings(words)


def match(
    headings: Sequence[str], dataset: Dataset, library: Library
) -> tuple[tuple[Match, ...], Mapping[str, tuple[str, ...]]]:
    """Return one Match per heading, in order, and the fields that several headings together make up."""
    words = vocabularies(library)[dataset.id]
    wanted = {heading: words.get(heading_key(heading)) or _said_otherwise(heading, words, dataset) for heading in headings}
    best = _surest(wanted)
    matches = {heading: _one(heading, *wanted[heading], best) for heading in headings}
    joined = _joined(headings, dataset, {found.field for found in matches.values()})
    inside = {heading for parts in joined.values() for heading in parts}
    taken = {*joined, *(found.field for found in matches.values())}
    free = {name: heading_key(name) for name in dataset.names if name not in taken}
    for heading in headings:
        if matches[heading].why == "none" and heading not in inside and (field := _similar(heading, free)):
            matches[heading] = Match(heading, field, "similar")
            del free[field]
    return tuple(found for heading, found in matches.items() if heading not in inside), joined


def _said_otherwise(heading: str, words: Words, dataset: Dataset) -> tuple[str, Why]:
    ways = (
        _in_unit(heading, words, dataset),
        _by_sex(heading, words),
        _below_a_group(heading, words),
        _without_marks(heading, words),
    )
    return next((found for found in ways if found[0]), ("", "none"))


def _in_unit(heading: str, words: Words, dataset: Dataset) -> tuple[str, Why]:
    """Return the field of a heading with a unit in brackets: its own, or another of the kind (延長(km) for metres)."""
    rest, said = without_unit(heading)
    field, _ = words.get(heading_key(rest), ("", "none")) if said else ("", "none")
    unit = dataset.field(field).unit if field else ""
    if unit_in(heading, unit):
        return field, "unit"
    return (field, "marked") if said.strip().lower() in writings(unit) else ("", "none")


def _by_sex(heading: str, words: Words) -> tuple[str, Why]:
    """Return what a heading of several rows means that ends with a sex and an age: 人口_男_0～4歳 is 0-4歳の男性."""
    parts = heading.split("_")[-_SEX_AND_AGE:]
    for sex, age in (parts, reversed(parts)) if len(parts) == _SEX_AND_AGE else ():
        if sex.strip() in _SEXES and (found := words.get(heading_key(_UP_TO.sub("-", f"{age.strip()}の{sex.strip()[0]}性")))):
            return found[0], "alias"
    return "", "none"


def _below_a_group(heading: str, words: Words) -> tuple[str, Why]:
    """Return what a heading means below one that is itself a field (人口_計 is 総人口, 人口_男 is 男性), or that begins the
    field's name: 災害種別_土砂災害 is 災害種別_崖崩れ、土石流及び地滑り.
    """
    group, _, rest = heading.partition("_")
    whole, _ = words.get(heading_key(group), ("", "none"))
    own, _ = words.get(heading_key(rest), ("", "none")) if rest else ("", "none")
    if own and heading_key(own.partition("_")[0]) == heading_key(group):
        return own, "alias"
    if not (rest and whole):
        return "", "none"
    field = whole if heading_key(rest) in _ALL else own
    return (field, "alias") if field else ("", "none")


def _without_marks(heading: str, words: Words) -> tuple[str, Why]:
    """Return what a heading means without what a form adds to it: 名称(必須)※ is 名称."""
    rest = half_width(heading) if len(heading) <= _LONGEST else ""
    for _ in range(_MARKS):
        rest = _MARK.sub("", rest).strip()
        if found := words.get(heading_key(rest)):
            return found[0], "marked"
    return "", "none"


def _surest(wanted: Mapping[str, tuple[str, Why]]) -> dict[str, str]:
    """Return for each field the heading that is it most surely; of equals the first."""
    best: dict[str, str] = {}
    for heading, (field, why) in wanted.items():
        if field and (field not in best or _BY_WORDS.index(why) < _BY_WORDS.index(wanted[best[field]][1])):
            best[field] = heading
    return best


def _one(heading: str, field: str, why: Why, best: Mapping[str, str]) -> Match:
    if field and best[field] != heading:
        return Match(heading, "", "double", fields=(field,))
    return Match(heading, field, why)


def _joined(headings: Sequence[str], dataset: Dataset, taken: set[str]) -> dict[str, tuple[str, ...]]:
    keys = {heading_key(heading): heading for heading in headings}
    joined: dict[str, tuple[str, ...]] = {}
    for field, choices in COMBINED.items():
        for words in choices:
            if field in dataset.names and field not in taken | set(joined) and all(heading_key(word) in keys for word in words):
                joined[field] = tuple(keys[heading_key(word)] for word in words)
    return joined


def _similar(heading: str, fields: Mapping[str, str]) -> str:
    """Return the one free field whose name (or rather its key) is nearly this heading: a letter more, less or else; or ""."""
    key = heading_key(heading)
    if len(key) < _TELLING:
        return ""
    # No more letters than the shorter has can be in common.
    least, most = len(key) * _SIMILAR / (2 - _SIMILAR), len(key) * (2 - _SIMILAR) / _SIMILAR
    near = [name for name, other in fields.items() if least <= len(other) <= most and _are_similar(key, other)]
    return near[0] if len(near) == 1 else ""


@lru_cache(maxsize=1 << 16)
def _are_similar(one: str, other: str) -> bool:
    """Say whether two heading keys are nearly the same; the definitions share most of their fields, hence the cache."""
    if 2 * min(sum(map(other.__contains__, one)), sum(map(one.__contains__, other))) < _SIMILAR * (len(one) + len(other)):
        return False  # no more letters than these can be in common, and to align them is slow
    compared = SequenceMatcher(None, one, other)
    if compared.ratio() < _SIMILAR:
        return False
    apart = "".join(one[a:b] + other[c:d] for what, a, b, c, d in compared.get_opcodes() if what != "equal")
    return _CONTRARY.isdisjoint(apart)
