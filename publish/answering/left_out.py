"""Rows that are not published, each with its place and why: set aside while reading, or rejected as the recipe says."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from publish.answering.place import place
from publish.answering.summary import aside_title
from publish.answering.visible import visible
from publish.answering.words import words
from publish.checking.rejecting import REASON
from publish.checking.templates import template
from publish.table.finding import Report
from publish.table.table import Table

_TEXT = 60
"""Characters of a title or note that are told."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One row: its part and number, the address of its first cell ("" where it has none), why, and what stands there."""

    part: int
    row: int
    cell: str
    reason: str
    """total, blank, where …, or the code of the finding for which the row was rejected."""
    rejected: bool
    title: str
    text: str


def left_out(report: Report, lang: str) -> list[LeftOut]:
    """Return every row that was read and is not kept, in the order of the file."""
    return sorted(_each(report.table, lang), key=lambda one: (one.part, one.row))


def told_left_out(report: Report, lang: str) -> list[str]:
    """Return one line for every row, or for rows that follow one another for the same reason; nothing when all are kept."""
    rows = enumerate(left_out(report, lang))
    runs = groupby(rows, key=lambda one: (one[1].part, one[1].row - one[0], one[1].title, one[1].text))
    lines = [f"  {_line([row for _, row in run], report.table, lang)}" for _, run in runs]
    return ["", words("tell.left_out", lang), *lines] if lines else []


def _each(table: Table, lang: str) -> Iterator[LeftOut]:
    for aside in table.asides:
        rejected = aside.reason == REASON
        part = table.parts[aside.part]
        cell = part.cell(aside.row, next(iter(part.columns), None))
        title = template(aside.text).title[lang] if rejected and aside.text else aside_title(aside.reason)[lang]
        text = "" if rejected else aside.text
        yield LeftOut(aside.part, aside.row, cell, aside.text if rejected else aside.reason, rejected, title, text)


def _line(run: list[LeftOut], table: Table, lang: str) -> str:
    first, last = run[0], run[-1]
    where = place(table, first.part, first.row, lang)
    until = place(table, last.part, last.row, lang)
    said = "tell.left_row" if len(run) == 1 else "tell.left_rows"
    text = words("code.quote", lang, value=visible(first.text, _TEXT)) if first.text else ""
    return words(said, lang, where=where, until=until, count=len(run), title=first.title, text=text).rstrip()
