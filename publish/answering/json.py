"""Answers as the JSON of `check --format json` (DESIGN 6): every change one by one, findings as `grouped` has them.

A finding that stands for many rows gives the place of the first, and beside it `count` and `places` (row, cell, value of each).
"""

from collections.abc import Iterable, Sequence
from typing import Any

from catalog.town import Town
from publish.answering.answer import Answer
from publish.answering.left_out import LeftOut, left_out
from publish.answering.sentence import sentence
from publish.checking.grouping import grouped
from publish.checking.rejecting import accounting
from publish.table.change import Change
from publish.table.finding import Finding, Report
from publish.table.position import Part
from publish.table.table import RawTable, Table


def as_json(answers: Iterable[Answer], town: Town | None, lang: str) -> dict[str, Any]:
    """Return the document; `town` is its code, null outside a town folder. Texts of files are given as they stand."""
    return {"town": town.code if town else None, "sources": [_source(answer, lang) for answer in answers]}


def _source(answer: Answer, lang: str) -> dict[str, Any]:
    report = answer.report
    table = report.table if report else answer.raw
    counted = report.accounting if report else accounting(answer.raw) if answer.raw else None
    return {
        "source": answer.source,
        "dataset": answer.dataset,
        "error": answer.error.told(lang) if answer.error else None,
        "parts": _parts(table) if table else [],
        "rows": {name: getattr(counted, name, 0) for name in ("read", "kept", "rejected", "set_aside")},
        "blocked": report is None or report.blocked,
        "left_out": [_left_out(row) for row in left_out(report, lang)] if report else [],
        "changes": [_change(change, report.table) for change in report.table.changes] if report else [],
        "findings": [_finding(finding, answer, report.table, lang) for finding in _all(report)] if report else [],
    }


def _all(report: Report) -> Sequence[Finding]:
    """Return what was found, one for one cause, and last what was wrong with the rows that the recipe drops."""
    return (*grouped(report.findings, report.table), *grouped(report.rejected, report.table))


def _parts(table: Table | RawTable) -> list[dict[str, Any]]:
    rows = [0] * len(table.parts)
    for part in (*table.part.to_pylist(), *(aside.part for aside in table.asides)):
        rows[part] += 1
    return [_part(part, count) for part, count in zip(table.parts, rows, strict=True)]


def _left_out(row: LeftOut) -> dict[str, Any]:
    place = {"part": row.part, "row": row.row, "cell": row.cell or None}
    return {**place, "reason": row.reason, "rejected": row.rejected, "title": row.title, "text": row.text}


def _part(part: Part, rows: int) -> dict[str, Any]:
    file = f"{part.file}/{part.member}" if part.member else part.file
    heading = part.heading[0] if part.heading else None
    known = {"sheet": part.sheet or None, "encoding": part.encoding or None, "crs": part.crs or None}
    return {"file": file, **known, "heading_row": heading, "rows": rows}


def _change(change: Change, table: Table) -> dict[str, Any]:
    place = {"part": change.part, "row": change.row, **_column(table, change.part, change.row, change.field)}
    return {**place, "before": change.before, "after": change.after, "reason": change.reason}


def _finding(finding: Finding, answer: Answer, table: Table, lang: str) -> dict[str, Any]:
    told = sentence(finding, table, lang, answer.recipe)
    place = {"part": finding.part, "row": finding.row, **_column(table, finding.part, finding.row, finding.field)}
    said = {"value": finding.value, "message": told.message, "fix": told.fix}
    told_of = [_place(member, table) for member in finding.members]
    several = {"count": finding.count, "places": told_of} if told_of else {}
    return {"code": finding.code, "severity": finding.severity, **place, **said, **several}


def _place(member: Finding, table: Table) -> dict[str, Any]:
    """Return one of the places that a finding for many rows tells of."""
    return {"row": member.row, "cell": _column(table, member.part, member.row, member.field)["cell"], "value": member.value}


def _column(table: Table, part: int | None, row: int | None, field: str | None) -> dict[str, str | None]:
    if not field:
        return {"column": None, "cell": None}
    heading = table.heading(part or 0, field)
    return {"column": heading, "cell": table.parts[part or 0].cell(row, heading) or None if table.parts else None}
