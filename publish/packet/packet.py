"""Packet: one staged release as who approves it reads it: what changes, where, what was agreed to before, what is decided."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from catalog.message import render
from catalog.site.headline import Headline
from catalog.site.pointer import read_pointer
from publish.answering.visible import visible
from publish.checking.rule import refusing
from publish.checking.templates import templates
from publish.diff.comparing import compare
from publish.diff.periods_line import periods_line
from publish.diff.rows import Diff
from publish.disclosure.gate import class_of
from publish.packet.drawing import WIDTH, Panel, panels
from publish.paper_page import stand_alone
from publish.recipe import Acceptance, Recipe
from publish.releasing.approval import code_of
from publish.releasing.staged import StagedEntry, read_staged, staged_folder
from publish.town_folder import TownFolder

LOCALE = Path(__file__).parent / "locale"
_PAGE = Path(__file__).with_name("packet.html.j2")
_ROWS = 200
"""Rows of each list on paper; how many more there are is said, and `diff --json` names them all."""
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list: the number by which the map knows the row, its id and name, and a changed cell where there is one."""

    number: int
    id: str
    title: str
    field: str = ""
    before: str = ""
    after: str = ""
    metres: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows of one kind, and how many more there are than are listed."""

    kind: str
    count: int
    rows: tuple[Row, ...]
    more: int

    @property
    def columns(self) -> tuple[str, ...]:
        """What each row says besides number, id and name."""
        return {"moved": ("metres",), "changed": ("field", "before", "after")}.get(self.kind, ())


@dataclass(frozen=True, slots=True)
class Packet:
    """One dataset of the page."""

    dataset: str
    title: str
    first: str
    facts: tuple[tuple[str, str], ...]
    maps: tuple[Panel, Panel] | None
    lists: tuple[Listed, ...]
    accepted: tuple[tuple[str, Acceptance], ...]
    code: str
    hash: str
    counts: Mapping[str, int]
    points: bool
    """True where the map shows points, whose dots are larger than lines."""


def packet_of(folder: TownFolder, dataset: str, lang: str) -> Packet:
    """Return the packet of what is staged of a dataset; UsageError when nothing is."""
    diff = compare(folder.path, dataset)
    entry = read_staged(folder.path, dataset)
    assert entry is not None  # noqa: S101  (compare refuses what is not staged)
    told = diff.told
    numbers = _numbers(told)
    geometry = folder.library[dataset].geometry
    return Packet(
        dataset,
        folder.library[dataset].title[lang],
        _sentence(diff, folder, dataset, lang),
        tuple(_facts(folder, entry, diff.headline, lang)),
        panels(*_geojson(folder, entry), numbers),
        tuple(_lists(told, numbers)),
        tuple(_accepted(folder, dataset, lang)),
        code_of(entry.hash),
        entry.hash,
        diff.counts,
        geometry is not None and geometry.kind == "point",
    )


def as_html(folder: TownFolder, packets: Sequence[Packet], lang: str) -> str:
    """Return the page of some packets: no script, no request, every text escaped, printable on A4."""
    say = partial(_say, lang)
    return stand_alone(_PAGE, lang=lang, town=folder.town.name, packets=packets, width=WIDTH, say=say, shown=_shown)


def _say(lang: str, name: str, **values: object) -> str:
    return render(LOCALE, name, lang, **values)


def _sentence(diff: Diff, folder: TownFolder, dataset: str, lang: str) -> str:
    """Return the whole in one line: what changes, what the search for personal data came to, what moved."""
    private = sum(one.code in refusing() for recipe in _recipes(folder, dataset) for one in recipe.accept)
    seen = _say(lang, "first.accepted", count=private) if private else _say(lang, "first.none")
    if diff.first:
        return _say(lang, "first.new", count=f"{len(diff.added):,}", seen=seen)
    if diff.periods:
        return _say(lang, "first.periods", periods=periods_line(diff.periods, lang), seen=seen)
    furthest = max((move.metres for move in diff.moved), default=0.0)
    moved = (
        _say(lang, "first.moved", count=len(diff.moved), metres=f"{furthest:,.0f}") if diff.moved else _say(lang, "first.stays")
    )
    counts = {name: f"{count:,}" for name, count in diff.counts.items() if name != "moved"}
    return _say(lang, "first", **counts, seen=seen, moved=moved)


def _recipes(folder: TownFolder, dataset: str) -> Iterator[Recipe]:
    yield from (recipe for recipe in folder.recipes.values() if recipe.dataset == dataset)


def _shown(text: str) -> str:
    return visible(text, _LONGEST)


def _numbers(diff: Diff) -> Mapping[str, tuple[int, str]]:
    """Number the rows that change, in the order of the lists."""
    if diff.first:
        return {}
    kinds = (
        ("added", diff.added),
        ("removed", diff.removed),
        ("moved", [move.id for move in diff.moved]),
        ("changed", diff.changed),
    )
    named: dict[str, str] = {}
    for kind, ids in kinds:
        for name in ids[:_ROWS]:
            named.setdefault(name, kind)
    return {name: (number, kind) for number, (name, kind) in enumerate(named.items(), 1)}


def _lists(diff: Diff, numbers: Mapping[str, tuple[int, str]]) -> Iterator[Listed]:
    """Give the lists that hold something; of a first release there is nothing to compare."""
    if diff.first:
        return
    for kind, ids in (("added", diff.added), ("removed", diff.removed)):
        rows = tuple(_row(diff, numbers, name) for name in ids[:_ROWS])
        yield from _listed(kind, len(ids), rows, len(ids) - len(rows))
    moved = tuple(_row(diff, numbers, one.id, metres=f"{one.metres:,.1f}") for one in diff.moved[:_ROWS])
    yield from _listed("moved", len(diff.moved), moved, len(diff.moved) - len(moved))
    shown = set(diff.changed[:_ROWS])
    cells = tuple(
        _row(diff, numbers, cell.id, field=cell.field, before=cell.before, after=cell.after)
        for cell in diff.cells
        if cell.id in shown
    )
    yield from _listed("changed", len(diff.changed), cells, len(diff.changed) - len(shown))


def _listed(kind: str, count: int, rows: tuple[Row, ...], more: int) -> Iterator[Listed]:
    if count:
        yield Listed(kind, count, rows, more)


def _row(diff: Diff, numbers: Mapping[str, tuple[int, str]], name: str, **cell: str) -> Row:
    return Row(numbers[name][0] if name in numbers else 0, name, diff.titles.get(name, ""), **cell)


def _facts(folder: TownFolder, entry: StagedEntry, headline: Headline | None, lang: str) -> Iterator[tuple[str, str]]:
    """Give what there is to say of the release, under names of `locale/`."""
    section = folder.town.section_of(entry.dataset)
    cls, decision = class_of(folder.library[entry.dataset], folder.town)
    yield "version", f"{entry.before} → {entry.version}" if entry.before else entry.version
    yield "as-of", entry.as_of or _say(lang, "unknown")
    yield "rows", f"{entry.rows:,}"
    if headline:
        yield "headline", headline.sentence(lang)
    yield "section", section.name[lang] if section else _say(lang, "unknown")
    yield "licence", folder.town.licence
    yield "class", _say(lang, f"class.{cls}")
    if decision:
        said = _say(
            lang, "decided", day=decision.decided, document=decision.document, reason=decision.reason, review=decision.review
        )
        yield "decision", said
    withheld = [one.name for one in folder.library[entry.dataset].fields if one not in folder.library[entry.dataset].published]
    if withheld:
        yield "withheld", ("、" if lang == "ja" else ", ").join(withheld)


def _accepted(folder: TownFolder, dataset: str, lang: str) -> Iterator[tuple[str, Acceptance]]:
    known = templates()
    for recipe in _recipes(folder, dataset):
        yield from ((known[one.code].title[lang] if one.code in known else one.code, one) for one in recipe.accept)


def _geojson(folder: TownFolder, entry: StagedEntry) -> tuple[Path | None, Path | None]:
    stands = read_pointer(folder.site).current(entry.dataset)
    before = folder.site / stands.path if stands else None
    after = staged_folder(folder.path, entry.dataset) / entry.name
    return (_first(before) if before else None), _first(after)


def _first(release: Path) -> Path | None:
    return next(iter(sorted(release.glob("*.geojson"))), None)
