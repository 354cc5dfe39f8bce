"""The quality of a release as its page shows it, with what is other than in the release before."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.web.releases import before
from api.web.visit import Visit
from catalog.errors import OutsideError
from catalog.rule_pages import rule_pages
from catalog.site.quality import Quality, RuleCount, percent, read_quality
from catalog.site.quality_change import QualityChange, compare_quality
from catalog.site.release import Release
from catalog.text import Text


@dataclass(frozen=True, slots=True)
class Item:
    """One field: `name` in the reader's language, `percent` None where there is no row."""

    name: str
    requirement: str
    filled: int
    percent: int | None


@dataclass(frozen=True, slots=True)
class Check:
    """One check that was made, with where its meaning is told ("" where this software does not know it)."""

    title: str
    severity: str
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class QualityView:
    """What the section shows."""

    quality: Quality
    items: Sequence[Item]
    checks: Sequence[Check]
    found: Sequence[Check]
    limits: Sequence[Text]
    before: str
    """Version it is compared with, "" where there is none."""
    change: QualityChange
    names: dict[str, str]
    """Names of fields in the reader's language."""


def quality_view(visit: Visit, release: Release) -> QualityView:
    """Read the release's report, and that of the release before it where it still stands."""
    quality = read_quality(release)
    names = {field.name: field.name if visit.lang == "ja" else field.title_en for field in release.dataset.published}
    checks = [_check(visit, rule) for rule in quality.rules]
    version, change = _changed(visit, release, quality)
    return QualityView(
        quality=quality,
        items=[
            Item(names.get(one.field, one.field), one.requirement or "", one.filled, percent(one.filled, quality.rows))
            for one in quality.completeness
        ],
        checks=checks,
        found=[check for check in checks if check.count],
        limits=[limit for limit in quality.limits if limit != release.dataset.caveat],
        before=version,
        change=change,
        names=names,
    )


def _check(visit: Visit, rule: RuleCount) -> Check:
    address = f"{visit.url('/checks')}#{rule.code}" if rule.code in rule_pages() else ""
    return Check(rule.title[visit.lang], rule.severity, rule.count, address)


def _changed(visit: Visit, release: Release, quality: Quality) -> tuple[str, QualityChange]:
    """Compare with the release before; one that cannot be read any more is as if there were none."""
    try:
        earlier = before(visit, release)
        return (earlier.version, compare_quality(read_quality(earlier), quality)) if earlier else ("", QualityChange())
    except OutsideError:
        return "", QualityChange()
