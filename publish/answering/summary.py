"""The first sentences of an answer: can it be published, how many rows need a hand, what was left out."""

from collections import Counter
from collections.abc import Iterable, Sequence

from catalog.text import Text
from publish.answering.answer import Answer
from publish.answering.visible import visible
from publish.answering.words import both, has_words, words
from publish.checking.rejecting import REASON, accounting
from publish.table.finding import Finding, Report
from publish.table.table import RawTable, Table

_ALWAYS_FEW = 5
_LONGEST = 1000
"""Characters of a sentence of ours that may carry a path or a piece of a file."""


def summary(report: Report, lang: str) -> list[str]:
    """Return the one sentence that says the whole, then one each about accepted, rejected and set-aside rows."""
    counted = report.accounting
    sentences = [_verdict(report, lang)]
    accepted = sum(finding.severity == "warning" for finding in report.findings) - len(report.unaccepted)
    if accepted:
        sentences.append(words("tell.accepted", lang, count=accepted))
    if counted.rejected:
        sentences.append(words("tell.rejected", lang, count=counted.rejected))
    if counted.set_aside:
        sentences.append(_aside(report.table, lang))
    return sentences


def only_read(table: RawTable, lang: str) -> list[str]:
    """Return what there is to say of a table whose kind nobody knows: its rows, and what else stands in the file."""
    counted = accounting(table)
    return [words("tell.only_read", lang, kept=counted.kept), *([_aside(table, lang)] if counted.set_aside else [])]


def _verdict(report: Report, lang: str) -> str:
    kept = report.accounting.kept
    wrong = [finding for finding in report.findings if finding.severity == "error"]
    if not kept:
        return words("tell.none", lang)
    if wrong:
        return _wrong(wrong, kept, lang)
    if report.unaccepted:
        whole, warned = _whole(report.unaccepted), _rows(report.unaccepted)
        shape = "both" if whole and warned else "table" if whole else "few" if _few(warned, kept) else ""
        name = f"tell.warned_{shape}" if shape else "tell.warned"
        return words(name, lang, kept=kept, warned=warned, whole=whole)
    return words("tell.good" if report.table.as_of else "tell.undated", lang, kept=kept)


def _wrong(findings: Sequence[Finding], kept: int, lang: str) -> str:
    whole, bad = _whole(findings), _rows(findings)
    if whole:
        return words("tell.table_rows" if bad else "tell.table", lang, kept=kept, whole=whole, bad=bad)
    shape = "all" if bad == kept else "many" if bad * 2 > kept else "few" if _few(bad, kept) else "some"
    return words(f"tell.{shape}", lang, kept=kept, good=kept - bad, bad=bad)


def _few(count: int, kept: int) -> bool:
    """Say whether a number of rows is called only so many."""
    return count * 2 <= kept and count <= max(_ALWAYS_FEW, kept // 10)


def _whole(findings: Iterable[Finding]) -> int:
    return sum(finding.row is None for finding in findings)


def _rows(findings: Iterable[Finding]) -> int:
    return len({(finding.part, finding.row) for finding in findings if finding.row is not None})


def aside_title(reason: str) -> Text:
    """Return what rows that are set aside for a reason are called."""
    return both(f"aside.{reason}" if has_words(f"aside.{reason}", "ja") else "aside.other")


def _aside(table: Table | RawTable, lang: str) -> str:
    reasons = Counter(aside.reason for aside in table.asides if aside.reason != REASON)
    listed = [words("tell.aside_one", lang, reason=aside_title(reason)[lang], count=count) for reason, count in reasons.items()]
    return words("tell.aside", lang, listed=words("list.join", lang).join(listed))


def refusal(answer: Answer, lang: str) -> list[str]:
    """Return the sentences about a source that was not judged: what was read of it, why it stopped, what to do."""
    told = answer.error.told(lang) if answer.error else {}
    read = only_read(answer.raw, lang) if answer.raw else []
    return [*read, *(visible(told[key], _LONGEST) for key in ("message", "fix") if told.get(key))]
