"""Breaks in a series: names (areas) that are in one period and not in the next, and which of them probably became which.

Whoever compares two months must know that 東町 and 西町 are one 町字 now. That they are is guessed from the headline column
only: what vanished adds up to what appeared. A guess that another one could take the place of is not made.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import pyarrow as pa
import pyarrow.compute as pc

from catalog.dataset import Dataset
from catalog.site.period import Period
from catalog.text import Text
from publish.answering.visible import visible

_MOST = 6
"""Names on either side up to which sums are tried: among more, some would add up by chance."""
_TOGETHER = 4
_SHARE, _LEAST = 0.01, 3
"""How far a total may have moved from one period to the next: a hundredth, or three."""
_NAMED = 3
_LONGEST = 20

Counts = Mapping[str, int | None]
"""Name → its number in the headline column; None where it has none."""


@dataclass(frozen=True, slots=True)
class Link:
    """Names of the one period that became names of the next; one side is a single name."""

    before: tuple[str, ...]
    after: tuple[str, ...]

    def told(self) -> Text:
        """Return the guess as a sentence."""
        ja, en = ("おそらく改称", "Probably renamed") if len(self.before) == len(self.after) else _several(self)
        arrows = {lang: f"{_plus(self.before, lang)} → {_plus(self.after, lang)}" for lang in ("ja", "en")}
        return Text(ja=f"{ja}: {arrows['ja']}。", en=f"{en}: {arrows['en']}.")


@dataclass(frozen=True, slots=True)
class Break:
    """Two periods that follow one another in the table, and the names that only one of them has, in its order."""

    before: Period
    after: Period
    gone: tuple[str, ...]
    new: tuple[str, ...]
    links: tuple[Link, ...]

    def sides(self, lang: str) -> str:
        """Return the first names of either side, and how many more there are."""
        gone, new = _named(self.gone, lang), _named(self.new, lang)
        return f"なくなったもの: {gone}。新しいもの: {new}" if lang == "ja" else f"gone: {gone}; new: {new}"

    def guesses(self, lang: str) -> str:
        """Return what probably became what, "" where nobody can say."""
        return ("" if lang == "ja" else " ").join(link.told()[lang] for link in self.links[:_NAMED])


def breaks(cells: pa.Table, period: pa.Array | None, dataset: Dataset) -> Iterator[Break]:
    """Give the breaks of a series from the oldest to the newest; nothing for another table, or one without a key."""
    if period is None or dataset.series is None or not dataset.key:
        return
    known = [(one, _counts(cells.filter(pc.equal(period, one)), dataset)) for one in sorted(set(period.to_pylist()) - {""})]
    for (first, before), (second, after) in pairwise(known):
        gone = {name: before[name] for name in before if name not in after}
        new = {name: after[name] for name in after if name not in before}
        if gone or new:
            yield Break(Period.parse(first), Period.parse(second), tuple(gone), tuple(new), tuple(_links(gone, new)))


def _counts(cells: pa.Table, dataset: Dataset) -> Counts:
    """Return the number of every name; a name that is blank is none."""
    names = zip(*(cells.column(name).to_pylist() for name in dataset.key), strict=True)
    headline = dataset.series.headline if dataset.series else ""
    numbers = cells.column(headline).to_pylist() if headline else [""] * cells.num_rows
    found = {" ".join(filter(None, parts)): number for parts, number in zip(names, numbers, strict=True)}
    return {name: int(text) if text.isascii() and text.isdigit() else None for name, text in found.items() if name}


def _links(gone: Counts, new: Counts) -> Iterator[Link]:
    """Give the guesses: each name in one of them, and none that could be another."""
    if max(len(gone), len(new)) > _MOST:
        return
    found = [Link(parts, (name,)) for name in new for parts in _sums(gone, new[name])]
    found += [Link((name,), parts) for name in gone for parts in _sums(new, gone[name]) if len(parts) > 1]
    for link in found:
        others = [one for one in found if one != link and ({*one.before} & {*link.before} or {*one.after} & {*link.after})]
        if not others:
            yield link


def _sums(parts: Counts, whole: int | None) -> Iterator[tuple[str, ...]]:
    """Give the groups of names whose numbers together are about a whole."""
    counted = {name: count for name, count in parts.items() if count}
    if not whole:
        return
    for size in range(1, min(_TOGETHER, len(counted)) + 1):
        for names in combinations(counted, size):
            if abs(sum(counted[name] for name in names) - whole) <= max(_LEAST, whole * _SHARE):
                yield names


def _several(link: Link) -> tuple[str, str]:
    return ("おそらく統合", "Probably merged") if len(link.before) > 1 else ("おそらく分割", "Probably divided")


def _plus(names: Sequence[str], lang: str) -> str:
    return " + ".join(_quoted(name, lang) for name in names)


def _named(names: Sequence[str], lang: str) -> str:
    if not names:
        return "なし" if lang == "ja" else "none"
    shown = ("、" if lang == "ja" else ", ").join(_quoted(name, lang) for name in names[:_NAMED])
    more = len(names) - _NAMED
    return shown if more <= 0 else f"{shown} ほか{more}" if lang == "ja" else f"{shown} and {more} more"


def _quoted(name: str, lang: str) -> str:
    shown = visible(name, _LONGEST)
    return f"「{shown}」" if lang == "ja" else f"“{shown}”"
