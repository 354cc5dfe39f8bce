"""What was put right while reading, told: one line a reason, or every distinct change."""

from collections.abc import Iterator, Sequence
from typing import Any

from publish.answering.visible import visible
from publish.answering.words import change_title, words
from publish.table.change import ChangeLog, Summary
from publish.table.table import Table


def told_changes(table: Table, lang: str, *, every: bool = False) -> list[str]:
    """Return one line per reason with the first change as example; with `every`, one line per column, text and correction."""
    lines = list(_every(table, lang) if every else _by_reason(table, lang))
    return ["", words("tell.changes", lang), *lines] if lines else []


def _by_reason(table: Table, lang: str) -> Iterator[str]:
    reasons: dict[str, list[Summary]] = {}
    for line in ChangeLog.of(table.changes).summaries():
        reasons.setdefault(change_title(line.reason)[lang], []).append(line)
    for name, group in reasons.items():
        yield f"  {_summed(name, group, table, lang)}"


def _summed(name: str, group: Sequence[Summary], table: Table, lang: str) -> str:
    example = group[0].example
    before, after = (_text(text, lang) for text in (example.before, example.after))
    count = sum(line.count for line in group)
    column = visible(table.heading(example.part, example.field))
    said = "tell.change_whole" if all(line.example.row is None for line in group) else "tell.change"
    return words(said, lang, title=name, count=count, column=column, before=before, after=after)


def _every(table: Table, lang: str) -> Iterator[str]:
    reasons: dict[str, list[dict[str, Any]]] = {}
    for change in _distinct(ChangeLog.of(table.changes)):
        reasons.setdefault(change_title(change["reason"])[lang], []).append(change)
    for name, group in reasons.items():
        yield f"  {name}"
        for change in group:
            column = visible(table.heading(change["part"], change["field"]))
            before, after = (_text(change[side], lang) for side in ("before", "after"))
            said = "tell.change_each" if change["row_min"] is not None else "tell.change_each_whole"
            yield "    " + words(said, lang, column=column, before=before, after=after, count=change["row_count"])


def _distinct(log: ChangeLog) -> list[dict[str, Any]]:
    """Return every different change once, with how often it was made and in which row first; in the order of the file."""
    if not len(log):
        return []
    names = ["part", "field", "before", "after", "reason"]
    grouped: list[dict[str, Any]] = (
        log.plain("row", *names).group_by(names).aggregate([("row", "count"), ("row", "min")]).to_pylist()
    )
    return sorted(grouped, key=lambda change: (change["part"], change["row_min"] or 0))


def _text(text: str, lang: str) -> str:
    return visible(text) or words("tell.blank", lang)
