"""What the first sheet says about the copy: what to do with it, what is not in it, what was made visible or cut."""

from collections.abc import Iterator, Sequence

from publish.answering.paper import say
from publish.answering.visible import visible
from publish.answering.workbook.copying import Copy
from publish.answering.workbook.painting import COMMENTS, Painted

_LONGEST = 1000
_NAMED = 10
"""Cells or sheets that are named; of more of them the number is said."""


def title(file: str, lang: str) -> str:
    """Return the heading of a result."""
    return say("list.title", lang, source=visible(file, _LONGEST))


def notes(copy: Copy, done: Painted, lang: str, *, limit: int, cut: bool, changed: bool) -> list[str]:
    """Return the notes, the most useful first. `cut`: only `limit` rows are among the values; `changed`: some are marked."""
    return list(_notes(copy, done, lang, limit=limit, cut=cut, changed=changed))


def _notes(copy: Copy, done: Painted, lang: str, *, limit: int, cut: bool, changed: bool) -> Iterator[str]:
    yield say("list.how" if copy.sheets else "list.how_other", lang)
    if copy.how == "own":
        yield say("note.formulas", lang)
    else:
        yield say(f"note.{copy.how}", lang, limit=limit)
    yield from _named("note.uncalculated", copy.uncalculated, lang)
    yield from _named("note.left_out", copy.left_out, lang)
    if lost := [what for what in copy.lost if what != "protection"]:
        names = sorted(say(f"lost.{what}", lang) for what in lost)
        yield say("note.lost", lang, listed=say("lost.join", lang).join(names))
    if "protection" in copy.lost:
        yield say("note.protection", lang)
    yield from _named("note.revealed", list(done.revealed), lang)
    if done.uncommented:
        yield say("note.uncommented", lang, limit=COMMENTS, count=done.uncommented)
    yield from _named("note.cut_texts", copy.cuts.places, lang)
    if cut:
        yield say("note.values_cut", lang, limit=limit)
    if changed:
        yield say("values.changed", lang)


def _named(name: str, places: Sequence[str], lang: str) -> Iterator[str]:
    if not places:
        return
    listed = say("lost.join", lang).join(visible(place) for place in places[:_NAMED])
    rest = say("note.rest", lang, count=len(places) - _NAMED) if len(places) > _NAMED else ""
    yield say(name, lang, listed=listed + rest, count=len(places))
