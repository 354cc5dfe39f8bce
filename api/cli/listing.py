"""The list of datasets as text: how they stand in a town, or what definitions there are outside one."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from api.cli.console import Console
from api.cli.standing import Standing, summary, told
from catalog.coverage import GENERATED, Line, coverage
from catalog.library import Library

_TOLD = ("late", "preparing", "counter", "withdrawn", "lacking", "unknown", "local_public")
"""What the first line tells besides what is public, where there is any."""


def town_text(found: Sequence[Standing], console: Console) -> str:
    """Return the sum in a sentence, the national list in order, the local datasets, and why columns are not known."""
    head = ("", *(console.text(f"datasets.head.{name}") for name in ("title", "id", "state")), "")
    rows = [(one.line, _row(one, console)) for one in found]
    return _listed(_sum(found, console), head, rows, console)


def _row(one: Standing, console: Console) -> tuple[str, ...]:
    state = console.text(f"datasets.state.{one.state}")
    return one.line.number, one.line.title[console.lang], one.id, state, told(one, console)


def _sum(found: Sequence[Standing], console: Console) -> str:
    counts = summary(found)
    names = [name for name in _TOLD if counts[name]]
    first = console.text("datasets.sum.public" if counts["public"] else "datasets.sum.nothing", **counts)
    return console.text("datasets.sum.between").join(
        [first, *(console.text(f"datasets.sum.{name}", **counts) for name in names)]
    )


def shelf_text(library: Library, console: Console) -> str:
    """Return the definitions that come with machizu, and what is not defined."""
    head = ("", *(console.text(f"datasets.head.{name}") for name in ("title", "id", "items")))
    lines = coverage(library)
    rows = [(line, _shelf_row(line, library, console)) for line in lines.lines]
    counts = {"national": lines.numbers(), "unknown": lines.numbers("unknown"), "local": len(lines.local)}
    known = len({line.number for line in lines.national if line.dataset or line.generated})
    return _listed(console.text("datasets.sum.shelf", known=known, **counts), head, rows, console)


def _shelf_row(line: Line, library: Library, console: Console) -> tuple[str, ...]:
    if line.dataset:
        items = console.text("datasets.items", count=len(library[line.dataset].fields))
        return line.number, line.title[console.lang], line.dataset, items
    about = "generated" if line.generated else "unknown" if line.status == "unknown" else "undefined"
    return line.number, line.title[console.lang], GENERATED if line.generated else "", console.text(f"datasets.about.{about}")


def shelf_value(library: Library) -> dict[str, Any]:
    """Return the same for programs."""
    lines = coverage(library)
    return {"datasets": [_shelf_value(line, library) for line in lines.lines]}


def _shelf_value(line: Line, library: Library) -> dict[str, Any]:
    unknown = line.entry.unknown if line.entry and line.status == "unknown" else None
    return {
        "number": line.number,
        "id": line.dataset,
        "title": line.title.model_dump(),
        "local": line.entry is None,
        "items": len(library[line.dataset].fields) if line.dataset else None,
        "unknown": unknown.model_dump() if unknown else None,
    }


def _listed(first: str, head: tuple[str, ...], rows: Sequence[tuple[Line, tuple[str, ...]]], console: Console) -> str:
    """Return the first sentence, one table of both kinds, so that their columns stand below each other, and the reasons."""
    national = [row for line, row in rows if line.entry]
    local = [row for line, row in rows if not line.entry]
    table = [head]
    for name, part in (("national", national), ("local", local)):
        table += [("", console.text(f"datasets.{name}"), *[""] * (len(head) - 2)), *part] if part else []
    notes = [*_reasons([line for line, _ in rows], console), console.text("datasets.more")]
    return "\n".join([console.indented(first, 0), "", console.table(table), "", *(console.indented(note, 0) for note in notes)])


def _reasons(lines: Iterable[Line], console: Console) -> Iterator[str]:
    """Yield why columns are not known, each reason once, with its numbers."""
    numbers: dict[str, list[str]] = {}
    for line in lines:
        if line.status == "unknown" and line.entry and line.entry.unknown:
            numbers.setdefault(line.entry.unknown[console.lang], []).append(line.number)
    for why, of in numbers.items():
        yield console.text("datasets.why", numbers=console.text("datasets.and").join(of), why=why)
    if numbers:
        yield console.text("datasets.own")
