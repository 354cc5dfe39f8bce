"""Answers as one self-contained page that opens from a file share: no script, no request, readable on paper and aloud."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from publish.answering.answer import Answer
from publish.answering.kinds import Kind, kinds, weighed
from publish.answering.left_out import told_left_out
from publish.answering.paper import say
from publish.answering.sentence import Told, sentence
from publish.answering.summary import refusal, summary
from publish.answering.visible import visible
from publish.answering.words import change_title, words
from publish.checking.grouping import grouped
from publish.paper_page import stand_alone
from publish.table.change import ChangeLog
from publish.table.finding import Finding, Report
from publish.table.table import Table

_MOST = 2_000
"""Places of one kind that the page lists; a browser stays quick with some ten thousand lines."""
_ASIDES = 200
_LONGEST = 1000
_PAGE = Path(__file__).with_name("page.html.j2")


@dataclass(frozen=True, slots=True)
class _Row:
    """One place of a kind."""

    where: str
    cell: str
    column: str
    value: str
    what: str
    fix: str


@dataclass(frozen=True, slots=True)
class _Kind:
    """All findings of one code and severity: the words of the first, and every place."""

    severity: str
    title: str
    count: int
    message: str
    fix: str
    rows: Sequence[_Row]
    alike: bool
    """Whether the sentence says the same of all of them, so that it need not stand in every line."""


@dataclass(frozen=True, slots=True)
class _Changed:
    """All changes of a column for one reason."""

    reason: str
    column: str
    count: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Source:
    """One source as the page shows it."""

    number: int
    title: str
    sentences: Sequence[str]
    read: bool = False
    kinds: Sequence[_Kind] = ()
    changes: Sequence[_Changed] = ()
    left_out: Sequence[str] = ()


def as_html(answers: Sequence[Answer], lang: str, mark: str = "") -> str:
    """Return the page of some sources; every text of a file is escaped, control characters are made visible.

    `mark`: what the page says of itself, for whoever has to know what it is about.
    """
    sources = [_source(number, answer, lang) for number, answer in enumerate(answers, 1)]
    return stand_alone(_PAGE, lang=lang, mark=mark, sources=sources, say=partial(_say, lang))


def _say(lang: str, name: str, **values: object) -> str:
    return say(name, lang, **values)


def _source(number: int, answer: Answer, lang: str) -> _Source:
    name = visible(answer.source, _LONGEST)
    if answer.report is None:
        return _Source(number, name, refusal(answer, lang))
    report = answer.report
    return _Source(
        number,
        name,
        summary(report, lang),
        True,
        list(_kinds(report, lang, answer.recipe)),
        list(_changes(report.table, lang)),
        list(_left_out(report, lang)),
    )


def _kinds(report: Report, lang: str, recipe: str) -> Iterator[_Kind]:
    """Give what was found, by kind; what is accepted and what was dropped come last, as everywhere."""
    told = list(weighed(report))
    yield from (
        _kind(kind, report.table, lang, recipe)
        for group in (
            kinds(finding for weight, finding in told if weight not in ("agreed", "reject")),
            kinds((finding for weight, finding in told if weight == "agreed"), "agreed"),
            kinds((finding for weight, finding in told if weight == "reject"), "reject"),
        )
        for kind in group
    )


def _kind(kind: Kind, table: Table, lang: str, recipe: str) -> _Kind:
    first = sentence(grouped(kind.findings, table)[0], table, lang, recipe)
    several = kind.findings[:_MOST] if len(kind.findings) > 1 else ()
    rows = [_row(finding, sentence(finding, table, lang, recipe)) for finding in several]
    alike = len({row.what for row in rows}) == 1
    return _Kind(kind.severity, kind.title[lang], len(kind.findings), first.message, first.fix, rows, alike)


def _row(finding: Finding, told: Told) -> _Row:
    return _Row(told.where, told.cell, told.column, visible(finding.value), told.what, told.fix)


def _changes(table: Table, lang: str) -> Iterator[_Changed]:
    for line in ChangeLog.of(table.changes).summaries():
        before, after = (visible(text) or words("tell.blank", lang) for text in (line.example.before, line.example.after))
        reason, column = change_title(line.reason)[lang], visible(table.heading(line.example.part, line.field))
        yield _Changed(reason, column, line.count, before, after)


def _left_out(report: Report, lang: str) -> Iterator[str]:
    """Give the rows that are not published: place, reason, what stands there."""
    told = [line.strip() for line in told_left_out(report, lang)[2:]]
    yield from told[:_ASIDES]
    if len(told) > _ASIDES:
        yield say("list.cut", lang, count=len(told) - _ASIDES)
