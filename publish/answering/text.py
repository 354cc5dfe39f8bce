"""Answers as text: the first sentence says the whole, then the most frequent kinds with an example, then how to see all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from publish.answering.answer import Answer
from publish.answering.changes import told_changes
from publish.answering.commands import accept_command, see_all
from publish.answering.kinds import Kind, kinds, weighed
from publish.answering.left_out import told_left_out
from publish.answering.sentence import sentence
from publish.answering.summary import only_read, summary
from publish.answering.visible import visible
from publish.answering.words import words
from publish.checking.grouping import grouped
from publish.checking.rule import refusing, rules
from publish.table.finding import Finding, Report
from publish.table.table import Table

_KINDS = 5
_BOLD = "1"
_COLOURS = {"error": "1;31", "warning": "1;33", "info": "1;36", "agreed": "1;36", "reject": "1;35"}
_LINE = 1000
"""Characters of a sentence of ours that may carry a path or a piece of a file."""


def tell_all(answers: Sequence[Answer], lang: str, *, colour: bool = False, every: bool = False, saved: bool = False) -> str:
    """Return what a clerk reads about several sources; one that could not be read says why. `saved`: it goes into a file."""
    told = [tell(answer, lang, colour=colour, every=every, saved=saved) for answer in answers]
    if len(answers) > 1:
        told.append(_sources(answers, lang))
    return "\n\n".join(told)


def tell(answer: Answer, lang: str, *, colour: bool = False, every: bool = False, saved: bool = False) -> str:
    """Return what a clerk reads about one source; with `every`, all findings one by one, by kind, in the order of the rows."""
    paint = _Paint(colour)
    lines = _Teller(answer, answer.report, lang, paint, every, saved).lines() if answer.report else _unread(answer, lang, paint)
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class _Paint:
    """Bold and colours, where they are wanted."""

    wanted: bool

    def __call__(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.wanted else text


def _sources(answers: Sequence[Answer], lang: str) -> str:
    bad = [visible(answer.source, _LINE) for answer in answers if not answer.good]
    lines = [words("tell.sources", lang, count=len(answers), good=len(answers) - len(bad))]
    if bad:
        lines.append(words("tell.sources_bad", lang, bad=len(bad), listed=words("list.join", lang).join(bad)))
    return "\n".join(lines)


def _unread(answer: Answer, lang: str, paint: _Paint) -> Iterator[str]:
    """Tell of a source that was not judged in the form of all others: the whole, what is wrong, what to do."""
    yield paint(f"■ {visible(answer.source, _LINE)}", _BOLD)
    first, *others = only_read(answer.raw, lang) if answer.raw else [words("tell.unread", lang)]
    yield from (paint(first, _BOLD), *others)
    if answer.error:
        error = answer.error.told(lang)
        yield from ("", paint(words("tell.error", lang), _COLOURS["error"]))
        yield f"  {visible(error['message'], _LINE)}"
        if error["fix"]:
            yield "  " + words("tell.fix", lang, fix=visible(error["fix"], _LINE))


@dataclass(frozen=True, slots=True)
class _Teller:
    """One readable source."""

    answer: Answer
    report: Report
    lang: str
    paint: _Paint
    every: bool
    saved: bool

    @property
    def table(self) -> Table:
        return self.report.table

    def lines(self) -> Iterator[str]:
        first, *others = summary(self.report, self.lang)
        yield from (self.paint(self._name(), _BOLD), self.paint(first, _BOLD), *others)
        told = list(weighed(self.report))
        found = [finding for weight, finding in told if weight not in ("agreed", "reject")]
        yield from self._groups(kinds(self._by_cause(found)))
        yield from self._groups(kinds((one for weight, one in told if weight == "agreed"), "agreed") if self.every else [])
        yield from self._groups(kinds(self._by_cause(self.report.rejected), "reject"))
        yield from told_left_out(self.report, self.lang) if self.every else []
        yield from told_changes(self.table, self.lang, every=self.every)
        yield from self._how_to_see_all()

    def _name(self) -> str:
        files = ", ".join(dict.fromkeys(part.file for part in self.table.parts))
        source = visible(self.answer.source or files, _LINE)
        return words("tell.name", self.lang, title=self.table.dataset.title[self.lang], source=source)

    def _by_cause(self, findings: Sequence[Finding]) -> Sequence[Finding]:
        """Return one finding for what strikes many rows in the same way, but where every one is asked for."""
        return findings if self.every else grouped(findings, self.table)

    def _groups(self, found: Sequence[Kind]) -> Iterator[str]:
        """Tell the first kinds under what their weight means, and count the others."""
        told = len(found) if self.every else _KINDS
        for severity, group in groupby(found[:told], key=lambda kind: kind.severity):
            yield from ("", self.paint(words(f"tell.{severity}", self.lang), _COLOURS[severity]))
            for kind in group:
                yield from self._kind(kind)
        if len(found) > told:
            yield from ("", words("tell.rest_head", self.lang))
            for severity, group in groupby(found[told:], key=lambda kind: kind.severity):
                yield f"  {self._rest(severity, list(group))}"

    def _kind(self, kind: Kind) -> Iterator[str]:
        count = kind.counted(self.table, self.lang)
        columns = kind.columns(self.table, self.lang)
        name = "tell.kind" if count else "tell.kind_once"
        yield "  " + words(name, self.lang, title=kind.title[self.lang], count=count, columns=columns)
        yield from self._each(kind) if self.every else self._example(kind)
        if self.answer.recipe:
            yield from self._acceptance(kind)

    def _acceptance(self, kind: Kind) -> Iterator[str]:
        """Tell how to accept a kind: as a whole, or, of what would disclose something, the first one alone."""
        first = kind.findings[0]
        accepts = rules()[kind.code].accepts if kind.severity == "error" and kind.code in refusing() else ""
        if kind.severity != "warning" and not accepts:
            return
        one = accepts == "each"
        field = (first.field or "") if one else kind.column
        column = self.table.heading(first.part or 0, field) if field else ""
        cell = (self.table.parts[first.part or 0].cell(first.row, column) or str(first.row or "")) if one else ""
        command = accept_command(self.answer.recipe, kind.code, column, self.answer.town, self.lang, cell=cell)
        yield "    " + words("tell.accept_one" if one else "tell.accept", self.lang, command=command)

    def _example(self, kind: Kind) -> Iterator[str]:
        told = sentence(kind.findings[0], self.table, self.lang, self.answer.recipe)
        yield "    " + (words("tell.example", self.lang, message=told.message) if len(kind.findings) > 1 else told.message)
        yield "    " + words("tell.fix", self.lang, fix=told.fix)

    def _each(self, kind: Kind) -> Iterator[str]:
        """Tell one after another; what is to do is said once for those of whom the same is to say."""
        told = (sentence(finding, self.table, self.lang, self.answer.recipe) for finding in kind.findings)
        for fix, group in groupby(told, key=lambda one: one.fix):
            yield from (f"    {one.message}" for one in group)
            yield "    " + words("tell.fix", self.lang, fix=fix)

    def _rest(self, severity: str, found: Sequence[Kind]) -> str:
        listed = [
            words("tell.kind_column", self.lang, column=kind.title[self.lang], count=kind.count) for kind in found[:_KINDS]
        ]
        named = words("list.join", self.lang).join(listed) + (words("tell.rest", self.lang) if len(found) > _KINDS else "")
        count = sum(kind.count for kind in found)
        return words(f"tell.rest_{severity}", self.lang, kinds=len(found), count=count, listed=named)

    def _how_to_see_all(self) -> Iterator[str]:
        command = see_all(self.answer)
        if command and not self.every and (self.report.findings or self.report.rejected or len(self.table.changes)):
            yield from ("", words("tell.see_all", self.lang, command=command))
            yield from () if self.saved else (words("tell.save_all", self.lang),)
