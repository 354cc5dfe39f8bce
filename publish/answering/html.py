"""Answers as one self-contained page that opens from a file share: no script, no request, readable on paper and aloud."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from publish.answering.answer import Answer
from publish.answering.kinds import Kind, kinds
from publish.answering.paper import say
from publish.answering.place import place
from publish.answering.sentence import Told, sentence
from publish.answering.summary import summary
from publish.answering.visible import visible
from publish.answering.words import change_titles, has_words, words
from publish.checking.grouping import grouped
from publish.checking.rejecting import REASON
from publish.paper_page import stand_alone
from publish.table.change import ChangeLog
from publish.table.finding import Finding, Report
from publish.table.table import Aside, Table

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

    title: str
    sentences: Sequence[str]
    read: bool = False
    kinds: Sequence[_Kind] = ()
    changes: Sequence[_Changed] = ()
    asides: Sequence[str] = ()


def as_html(answers: Sequence[Answer], lang: str, digest: str = "") -> str:
    """Return the page of some sources; every text of a file is escaped, control characters are made visible.

    `digest`: sha256 in hex of the file that the page is about and of the workbook beside it, for whoever has to know
    whether they are still up to date.
    """
    sources = [_source(answer, lang) for answer in answers]
    return stand_alone(_PAGE, lang=lang, digest=digest, sources=sources, say=partial(_say, lang))


def _say(lang: str, name: str, **values: object) -> str:
    return say(name, lang, **values)


def _source(answer: Answer, lang: str) -> _Source:
    name = visible(answer.source, _LONGEST)
    if answer.report is None:
        told = answer.error.told(lang) if answer.error else {}
        return _Source(name, [visible(told[key], _LONGEST) for key in ("message", "fix") if told.get(key)])
    report = answer.report
    return _Source(
        name,
        summary(report, lang),
        True,
        _kinds(report, lang),
        list(_changes(report.table, lang)),
        list(_asides(report.table, lang)),
    )


def _kinds(report: Report, lang: str) -> list[_Kind]:
    told = [*kinds(report.findings), *kinds(report.rejected, "reject")]
    return [_kind(kind, report.table, lang) for kind in told]


def _kind(kind: Kind, table: Table, lang: str) -> _Kind:
    first = sentence(grouped(kind.findings, table)[0], table, lang)
    several = kind.findings[:_MOST] if len(kind.findings) > 1 else ()
    rows = [_row(finding, sentence(finding, table, lang)) for finding in several if finding.row is not None]
    return _Kind(kind.severity, kind.title[lang], len(kind.findings), first.message, first.fix, rows)


def _row(finding: Finding, told: Told) -> _Row:
    return _Row(told.where, told.cell, told.column, visible(finding.value), told.fix)


def _changes(table: Table, lang: str) -> Iterator[_Changed]:
    for line in ChangeLog.of(table.changes).summaries():
        known = change_titles().get(line.reason)
        reason = known[lang] if known else words("tell.change_other", lang)
        before, after = (visible(text) or words("tell.blank", lang) for text in (line.example.before, line.example.after))
        yield _Changed(reason, visible(table.heading(line.example.part, line.field)), line.count, before, after)


def _asides(table: Table, lang: str) -> Iterator[str]:
    """Give the lines that are not rows of the table: place, reason, what stands there."""
    kept = [aside for aside in table.asides if aside.reason != REASON]
    for aside in kept[:_ASIDES]:
        text = f"「{visible(aside.text)}」" if aside.text else ""
        yield f"{place(table, aside.part, aside.row, lang)}: {_reason(aside, lang)}{text}"
    if len(kept) > _ASIDES:
        yield say("list.cut", lang, count=len(kept) - _ASIDES)


def _reason(aside: Aside, lang: str) -> str:
    named = f"aside.{aside.reason}"
    return words(named if has_words(named, lang) else "aside.other", lang)
