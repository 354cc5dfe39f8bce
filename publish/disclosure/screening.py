"""Screening: what would disclose something stops a table, whoever hands it to the gate.

Checking has asked the same rules and told the clerk. The gate asks them again of the very cells that are to leave, so that
a report from elsewhere, or one whose findings were taken out, opens nothing; what was found before is remembered, not searched.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from catalog.errors import DisclosureRefused
from catalog.library import read_library
from catalog.town import Town
from gis.layer import Layer
from publish.checking.rule import refusing, rules
from publish.checking.templates import template
from publish.context import Context
from publish.table.finding import Finding, Report
from publish.table.table import Table

_Place = tuple[str, int | None, int | None, str | None, str]


def refusal(report: Report) -> DisclosureRefused | None:
    """Return why a checked table may not leave, None where nothing that it holds would disclose anything unaccepted."""
    found = [finding for finding in report.findings if finding.severity == "error" and finding.code in refusing()]
    return _refused(report.table, found) if found else None


def screen(report: Report, layer: Layer | None, town: Town) -> None:
    """Raise DisclosureRefused where the cells hold something that nobody has accepted."""
    accepted = {_place(finding) for finding in report.findings if finding.severity == "warning"}
    found = [finding for finding in _finds(report.table, layer, town) if _place(finding) not in accepted]
    if found:
        raise _refused(report.table, found)


def _finds(table: Table, layer: Layer | None, town: Town) -> Iterator[Finding]:
    context = Context(town, date.min, read_library())
    for code in sorted(refusing()):
        yield from rules()[code].check(table, layer, context)
    table.memo.forget()


def _place(finding: Finding) -> _Place:
    # In a row the report quotes the cell as the clerk wrote it, and not as it is published.
    return finding.code, finding.part, finding.row, finding.field, finding.value if finding.row is None else ""


def _refused(table: Table, found: Iterable[Finding]) -> DisclosureRefused:
    """Name what was found, never the values: an error's sentence is written to logs and mailed around."""
    counted = Counter(finding.code for finding in found)
    said = {
        lang: ", ".join(f"{template(code).title[lang]} {count}" for code, count in counted.items()) for lang in ("ja", "en")
    }
    dataset = table.dataset.id
    return DisclosureRefused(
        f"「{dataset}」には、公開すると個人のことなどが知られるおそれのあるものがあるため、公開できません({said['ja']})。",
        f"{dataset!r} holds what must not become known and is not published: {said['en']}.",
        fix_ja="machizu check で場所を見て直してください。公開してよいものなら、1件ずつ machizu accept で認めてください。",
        fix_en="See where with machizu check and correct it; accept what may be public one by one with machizu accept.",
        code="would-disclose",
    )
