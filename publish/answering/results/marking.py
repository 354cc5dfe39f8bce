"""Marking: the mark of an answer's results, from the file it is about and from everything that is said of it."""

import hashlib
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from publish.answering.answer import Answer
from publish.answering.results.handed_in import digest, name_digest
from publish.answering.results.mark import Mark

NOTHING = "f" * 64
"""Instead of the digest of a file that is not there."""


def mark_of(answers: Sequence[Answer], files: Sequence[Path], name: str, lang: str, about: str = "") -> Mark:
    """Return the mark of a result about some files; `name` is what it is named after, `about` their digest if known."""
    told = "\n".join(_told(answers, lang)).encode("utf-8", "replace")
    return Mark(about or _digest(files), hashlib.sha256(told).hexdigest(), name_digest(name))


def _digest(files: Sequence[Path]) -> str:
    try:
        return digest(files) if files else NOTHING
    except OSError:
        return NOTHING


def _told(answers: Sequence[Answer], lang: str) -> Iterator[str]:
    """Give what an answer is made of, without making its sentences: the same is said only by the same software."""
    yield f"{version('machizu')} {lang}"
    for answer in answers:
        yield f"{answer.source} {answer.dataset} {answer.recipe}"
        if answer.error:
            yield repr(answer.error.told(lang))
        if answer.report:
            report = answer.report
            yield f"{report.accounting} {sorted(report.accepted)} {report.table.as_of} {len(report.table.changes)}"
            for one in (*report.findings, *report.rejected):
                yield repr((one.code, one.severity, one.part, one.row, one.field, one.value, sorted(one.values.items())))
