"""A source given back as a workbook: the list in front, the clerk's own sheets painted, the published values behind."""

import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from publish.answering.answer import Answer
from publish.answering.paper import say
from publish.answering.summary import summary
from publish.answering.visible import visible
from publish.answering.workbook.copying import Copy, bare, copy_of
from publish.answering.workbook.listing import Letter, add_list
from publish.answering.workbook.painting import ORDER, paint
from publish.answering.workbook.values_sheet import add_values
from publish.reading.grids import file_of
from publish.table.finding import Finding, Report
from publish.table.position import Part
from publish.table.table import Table

MOST = 20_000
"""Rows up to which the sheets are copied and painted: openpyxl takes about 6 s and 250 MB for 20,000 rows of 20 columns."""
_LONGEST = 1000


def workbooks(answer: Answer, lang: str) -> Iterator[tuple[str, bytes]]:
    """Give (file, XLSX) for every file of a source; of one that could not be read a workbook that says why."""
    if answer.report is None:
        yield answer.source, _saved(_refusal(answer, lang))
        return
    table = answer.report.table
    for file in dict.fromkeys(part.file for part in table.parts):
        parts = {number: part for number, part in enumerate(table.parts) if part.file == file}
        yield file, _saved(_painted(answer, answer.report, parts, lang))


def _painted(answer: Answer, report: Report, parts: Mapping[int, Part], lang: str) -> Copy:
    table = report.table
    file = next(iter(parts.values())).file
    copy = _copy(answer.base, table, parts)
    of_file = (one for one in _findings(report) if one[1].part is None or one[1].part in parts)
    findings = sorted(of_file, key=lambda one: ORDER.index(one[0]))
    paint(copy.sheets, table, findings, lang)
    letter = Letter(
        say("list.title", lang, source=visible(file, _LONGEST)), summary(report, lang), _notes(copy, table, parts, lang)
    )
    add_list(copy.book, letter, table, findings, copy.sheets, lang)
    add_values(copy.book, table, frozenset(parts), MOST, lang)
    return copy


def _copy(base: Path | None, table: Table, parts: Mapping[int, Part]) -> Copy:
    """Return the copy to paint; a bare workbook where there is nothing to paint or too much of it."""
    first = next(iter(parts.values()))
    if base is None or first.kind == "vector" or _rows(table) > MOST:
        return bare()
    return copy_of(file_of(base / first.file, first), parts)


def _rows(table: Table) -> int:
    return table.rows + len(table.asides)


def _findings(report: Report) -> Iterator[tuple[str, Finding]]:
    """Give every finding with the colour it gets; accepted warnings are for information."""
    for finding in report.findings:
        agreed = finding.severity == "warning" and (finding.code, finding.field or "") in report.accepted
        yield "info" if agreed else finding.severity, finding
    yield from (("reject", finding) for finding in report.rejected)


def _notes(copy: Copy, table: Table, parts: Mapping[int, Part], lang: str) -> list[str]:
    notes = [say("list.how" if copy.sheets else "list.how_other", lang)]
    if not copy.sheets:
        kind = "places" if next(iter(parts.values())).kind == "vector" else "large"
        notes.append(say(f"note.{kind}", lang, limit=f"{MOST:,}"))
    elif copy.rebuilt:
        notes.append(say("note.rebuilt", lang))
    else:
        notes.append(say("note.formulas", lang))
    if copy.lost:
        listed = say("lost.join", lang).join(say(f"lost.{what}", lang) for what in copy.lost)
        notes.append(say("note.lost", lang, listed=listed))
    if table.rows > MOST:
        notes.append(say("note.values_cut", lang, limit=f"{MOST:,}"))
    return [*notes, say("values.changed", lang)]


def _refusal(answer: Answer, lang: str) -> Copy:
    copy = bare()
    told = answer.error.told(lang) if answer.error else {"message": "", "fix": ""}
    sentences = [visible(text, _LONGEST) for text in (told["message"], told["fix"]) if text]
    title = say("list.title", lang, source=visible(answer.source, _LONGEST))
    add_list(copy.book, Letter(title, sentences), None, (), {}, lang)
    return copy


def _saved(copy: Copy) -> bytes:
    copy.book.properties.creator = "machizu"
    copy.book.properties.lastModifiedBy = "machizu"
    stream = io.BytesIO()
    copy.book.save(stream)
    return stream.getvalue()
