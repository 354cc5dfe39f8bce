"""Answers as text: the first sentence says the whole, then the most frequent kinds with an example, then how to see all."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from publish.answering.answer import Answer
from publish.answering.sentence import sentence, title
from publish.answering.summary import summary
from publish.answering.visible import visible
from publish.answering.words import change_titles, words
from publish.checking.grouping import grouped
from publish.table.change import ChangeLog, Summary
from publish.table.finding import Finding, Report
from publish.table.table import Table

_KINDS = 5
_ORDER = ("error", "warning", "info")
_BOLD = "1"
_COLOURS = {"error": "1;31", "warning": "1;33", "info": "1;36", "reject": "1;35"}
_LINE = 1000
"""Characters of a sentence of ours that may carry a path or a piece of a file."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """All findings of one code and severity."""

    severity: str
    findings: Sequence[Finding]

    @property
    def count(self) -> int:
        """How many places are struck."""
        return sum(finding.count for finding in self.findings)


def tell(report: Report, lang: str, *, colour: bool = False, source: str = "") -> str:
    """Return what a clerk reads about one source; `source` is the file's name as they know it."""
    table = report.table
    name = words("tell.name", lang, title=table.dataset.title[lang], source=visible(source or _files(table), _LINE))
    first, *others = summary(report, lang)
    found = [finding for finding in report.findings if not _is_accepted(finding, report)]
    kinds = _kinds(grouped(found, table))
    lines = [_painted(name, _BOLD, colour), _painted(first, _BOLD, colour), *others]
    lines += _sections(kinds[:_KINDS], table, lang, colour)
    lines += ["", words("tell.more_kinds", lang, count=len(kinds) - _KINDS)] if len(kinds) > _KINDS else []
    lines += _sections(
        [_Kind("reject", kind.findings) for kind in _kinds(grouped(report.rejected, table))[:_KINDS]], table, lang, colour
    )
    lines += _changes(table, lang)
    lines += ["", words("tell.see_all", lang)] if report.findings or report.rejected or len(table.changes) else []
    return "\n".join(lines)


def tell_all(answers: Sequence[Answer], lang: str, *, colour: bool = False) -> str:
    """Return what a clerk reads about several sources; one that could not be read says why."""
    told = [_told(answer, lang, colour) for answer in answers]
    if len(answers) > 1:
        told.append(words("tell.sources", lang, count=len(answers), good=sum(answer.good for answer in answers)))
    return "\n\n".join(told)


def _told(answer: Answer, lang: str, colour: bool) -> str:
    if answer.report:
        return tell(answer.report, lang, colour=colour, source=answer.source)
    lines = [_painted(f"■ {visible(answer.source, _LINE)}", _BOLD, colour)]
    if answer.error:
        error = answer.error.told(lang)
        lines.append(_painted(visible(error["message"], _LINE), _COLOURS["error"], colour))
        fix = visible(error["fix"], _LINE)
        lines += [words("tell.fix", lang, fix=fix)] if fix else []
    return "\n".join(lines)


def _files(table: Table) -> str:
    return ", ".join(dict.fromkeys(part.file for part in table.parts))


def _is_accepted(finding: Finding, report: Report) -> bool:
    return finding.severity == "warning" and (finding.code, finding.field or "") in report.accepted


def _kinds(findings: Iterable[Finding]) -> list[_Kind]:
    """Group findings by code, the heavier and more frequent first."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.severity, finding.code), []).append(finding)
    kinds = [_Kind(severity, group) for (severity, _), group in groups.items()]
    return sorted(kinds, key=lambda kind: (_ORDER.index(kind.severity), -kind.count))


def _sections(kinds: Sequence[_Kind], table: Table, lang: str, colour: bool) -> Iterator[str]:
    before = ""
    for kind in kinds:
        if kind.severity != before:
            yield from ("", _painted(words(f"tell.{kind.severity}", lang), _COLOURS[kind.severity], colour))
            before = kind.severity
        yield from _kind(kind, table, lang)


def _kind(kind: _Kind, table: Table, lang: str) -> Iterator[str]:
    first = kind.findings[0]
    told = sentence(first, table, lang)
    named = words("tell.kind", lang, title=title(first.code)[lang], count=kind.count, columns=_columns(kind, table, lang))
    message = words("tell.example", lang, message=told.message) if len(kind.findings) > 1 else told.message
    yield from (f"  {named}", f"    {message}", f"    {words('tell.fix', lang, fix=told.fix)}")


def _columns(kind: _Kind, table: Table, lang: str) -> str:
    """Name the columns that are struck, where they are more than one, and how often each is."""
    counted: Counter[str] = Counter()
    for finding in kind.findings:
        counted[visible(table.heading(finding.part or 0, finding.field))] += finding.count
    if len(counted) < 2:
        return ""
    often = len(counted) < kind.count
    some = [
        words("tell.kind_column", lang, column=name, count=count) if often else name
        for name, count in counted.most_common(_KINDS)
    ]
    rest = words("tell.rest", lang) if len(counted) > _KINDS else ""
    return words("tell.kind_columns", lang, listed=words("list.join", lang).join(some), rest=rest)


def _changes(table: Table, lang: str) -> list[str]:
    """Return one line per reason for which values were put right, with the first as example."""
    reasons: dict[str, list[Summary]] = {}
    for line in ChangeLog.of(table.changes).summaries():
        known = change_titles().get(line.reason)
        reasons.setdefault(known[lang] if known else words("tell.change_other", lang), []).append(line)
    lines = [_change(name, group, table, lang) for name, group in reasons.items()]
    return ["", words("tell.changes", lang), *lines] if lines else []


def _change(name: str, group: Sequence[Summary], table: Table, lang: str) -> str:
    example = group[0].example
    before, after = (visible(text) or words("tell.blank", lang) for text in (example.before, example.after))
    count = sum(line.count for line in group)
    column = visible(table.heading(example.part, example.field))
    said = "tell.change_whole" if all(line.example.row is None for line in group) else "tell.change"
    return "  " + words(said, lang, title=name, count=count, column=column, before=before, after=after)


def _painted(text: str, style: str, colour: bool) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if colour else text
