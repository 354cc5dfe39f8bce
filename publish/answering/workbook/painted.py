"""A source given back as a workbook: the list in front, the clerk's own sheets painted, the published values behind."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from catalog.errors import MachizuError
from publish.answering.answer import Answer
from publish.answering.kinds import weighed
from publish.answering.results.mark import Mark
from publish.answering.summary import refusal, summary
from publish.answering.workbook.copying import Copy, bare, ways
from publish.answering.workbook.fitting import Cuts
from publish.answering.workbook.listing import Letter, Listed, add_list
from publish.answering.workbook.notes import notes, title
from publish.answering.workbook.painting import ORDER, paint
from publish.answering.workbook.saving import saved
from publish.answering.workbook.values_sheet import add_values
from publish.reading.grids import file_of
from publish.table.finding import Finding, Report
from publish.table.position import Part
from publish.table.table import Table

MOST = 20_000
"""Rows up to which the sheets are copied and painted: openpyxl takes about 6 s and 250 MB for 20,000 rows of 20 columns."""


def workbooks(answer: Answer, lang: str) -> Iterator[tuple[str, bytes]]:
    """Give (file, XLSX without mark) for every file of a source."""
    for file in answer.files:
        yield file, workbook_of(answer, file, lang)


def workbook_of(answer: Answer, file: str, lang: str, mark: Mark | None = None) -> bytes:
    """Return the XLSX for one file of a source; of one that could not be read a workbook that says why."""
    report = answer.report
    if report is None:
        return saved(_refusal(answer, lang).book, mark)
    parts = {number: part for number, part in enumerate(report.table.parts) if part.file == file}
    *tried, last = _ways(answer.base, report.table, parts)
    for way in tried:
        try:
            return saved(_painted(answer, report, parts, way(), lang).book, mark)
        except Exception:  # noqa: S112  (whatever a careless or hostile workbook makes of openpyxl: the next way says so)
            continue
    return saved(_painted(answer, report, parts, last(), lang).book, mark)


def _ways(base: Path | None, table: Table, parts: Mapping[int, Part]) -> list[Callable[[], Copy]]:
    """Return the ways to copy a file, the best first; the last one is a bare workbook."""
    first = next(iter(parts.values()))
    if first.kind == "vector":
        return [lambda: bare("places")]
    if _kept(table, parts) + sum(aside.part in parts for aside in table.asides) > MOST:
        return [lambda: bare("large")]
    try:
        data = file_of((base or Path()) / first.file, first) if base is not None else None
    except (KeyError, FileNotFoundError, MachizuError):
        data = None
    return [lambda: bare("gone")] if data is None else list(ways(data, parts))


def _kept(table: Table, parts: Mapping[int, Part]) -> int:
    return sum(part in parts for part in table.part.to_pylist())


def _painted(answer: Answer, report: Report, parts: Mapping[int, Part], copy: Copy, lang: str) -> Copy:
    table = report.table
    file = next(iter(parts.values())).file
    findings = sorted(_findings(report, parts), key=lambda one: ORDER.index(one[0]))
    done = paint(copy.sheets, table, findings, lang, answer.recipe)
    changed = add_values(copy.book, table, frozenset(parts), MOST, lang, copy.cuts)
    told = notes(copy, done, lang, limit=MOST, cut=_kept(table, parts) > MOST, changed=changed)
    letter = Letter(title(file, lang), summary(report, lang), told)
    add_list(copy.book, letter, Listed(table, findings, copy.sheets, answer.recipe), lang, copy.cuts)
    return copy


def _findings(report: Report, parts: Mapping[int, Part]) -> Iterator[tuple[str, Finding]]:
    return (one for one in weighed(report) if one[1].part is None or one[1].part in parts)


def _refusal(answer: Answer, lang: str) -> Copy:
    copy = bare("damaged")
    add_list(copy.book, Letter(title(answer.source, lang), refusal(answer, lang)), Listed(), lang, Cuts())
    return copy
