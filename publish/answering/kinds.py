"""Kinds: findings of one code and severity together: the heavier first, then those of a whole table, then the more frequent."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from catalog.text import Text
from publish.answering.sentence import title
from publish.answering.visible import visible
from publish.answering.words import words
from publish.table.finding import Finding, Report
from publish.table.table import Table

_ORDER = ("error", "warning", "info", "agreed", "reject")
_COLUMNS = 5
"""Columns that are named with their counts."""


@dataclass(frozen=True, slots=True)
class Kind:
    """All findings of one code and severity, in the order of the file."""

    severity: str
    """error, warning, info; agreed for accepted warnings, reject for what was wrong with rows that the recipe drops."""
    findings: Sequence[Finding]

    @property
    def code(self) -> str:
        """The code of all of them."""
        return self.findings[0].code

    @property
    def title(self) -> Text:
        """What they are called."""
        return title(self.code)

    @property
    def count(self) -> int:
        """How many there are; one finding about a whole column may stand for several rows and then says how many."""
        return sum(map(_weight, self.findings))

    @property
    def of_whole(self) -> bool:
        """Whether they are about a whole file or table: one such finding outweighs many of single cells."""
        return all(finding.row is None and not finding.field for finding in self.findings)

    def counted(self, table: Table, lang: str) -> str:
        """Return the number with what is counted (3か所, 2行, 13列), "" for the one finding about a whole table."""
        units = {_unit(finding, table) for finding in self.findings}
        unit = units.pop() if len(units) == 1 else "any"
        return "" if unit == "table" and self.count == 1 else words(f"tell.count.{unit}", lang, count=self.count)

    def columns(self, table: Table, lang: str) -> str:
        """Name the columns that are struck, where they are more than one, and how often each is."""
        counted: Counter[str] = Counter()
        for finding in self.findings:
            counted[visible(table.heading(finding.part or 0, finding.field))] += _weight(finding)
        if len(counted) < 2:
            return ""
        often = len(counted) < self.count
        some = [
            words("tell.kind_column", lang, column=name, count=count) if often else name
            for name, count in counted.most_common(_COLUMNS)
        ]
        rest = words("tell.rest", lang) if len(counted) > _COLUMNS else ""
        return words("tell.kind_columns", lang, listed=words("list.join", lang).join(some), rest=rest)

    @property
    def column(self) -> str:
        """The one field that all findings are about, "" where they are about several."""
        fields = {finding.field or "" for finding in self.findings}
        return fields.pop() if len(fields) == 1 else ""


def kinds(findings: Iterable[Finding], severity: str = "") -> list[Kind]:
    """Group findings by code and severity (or under one `severity` for all)."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((severity or finding.severity, finding.code), []).append(finding)
    grouped = [Kind(severity, group) for (severity, _), group in groups.items()]
    return sorted(grouped, key=lambda kind: (_ORDER.index(kind.severity), not kind.of_whole, -kind.count))


def weighed(report: Report) -> Iterator[tuple[str, Finding]]:
    """Give every finding of a report with its weight: severity, agreed for an accepted warning, reject for a dropped row."""
    for finding in report.findings:
        agreed = finding.severity == "warning" and (finding.code, finding.field or "") in report.accepted
        yield "agreed" if agreed else finding.severity, finding
    yield from (("reject", finding) for finding in report.rejected)


def _weight(finding: Finding) -> int:
    return int(finding.values["count"]) if _stands_for_rows(finding) else finding.count


def _stands_for_rows(finding: Finding) -> bool:
    return finding.row is None and finding.values.get("count", "").isdecimal()


def _unit(finding: Finding, table: Table) -> str:
    if _stands_for_rows(finding):
        return "any"
    if finding.row is None:
        return "column" if finding.field else "table"
    if finding.field:
        return "cell"
    return "feature" if table.parts and table.parts[finding.part or 0].kind == "vector" else "row"
