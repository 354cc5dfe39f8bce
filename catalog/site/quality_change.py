"""QualityChange: what is better or worse in one release than in the one before. Worked out when asked for, never stored."""

from dataclasses import dataclass

from catalog.site.quality import Quality, RuleCount, percent
from catalog.text import Text


@dataclass(frozen=True, slots=True)
class Filled:
    """A field whose completeness is another, in whole percent."""

    field: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Counted:
    """A rule that found more, or less."""

    code: str
    title: Text
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class QualityChange:
    """Only what differs: fields by how much they do, rules in the order of their codes."""

    fields: tuple[Filled, ...] = ()
    rules: tuple[Counted, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.fields or self.rules)


def compare_quality(before: Quality, after: Quality) -> QualityChange:
    """Return what differs. Fields that only one of the two has are told elsewhere; a rule it does not name found nothing."""
    return QualityChange(tuple(_fields(before, after)), tuple(_rules(before, after)))


def _fields(before: Quality, after: Quality) -> list[Filled]:
    was = {one.field: percent(one.filled, before.rows) for one in before.completeness}
    now = {one.field: percent(one.filled, after.rows) for one in after.completeness}
    changed = [
        Filled(field, old, new)
        for field, new in now.items()
        if new is not None and (old := was.get(field)) is not None and old != new
    ]
    return sorted(changed, key=lambda one: -abs(one.after - one.before))


def _rules(before: Quality, after: Quality) -> list[Counted]:
    was, now = _counts(before), _counts(after)
    found = []
    for code, rule in sorted({**was, **now}.items()):
        old, new = (counts[code].count if code in counts else 0 for counts in (was, now))
        if old != new:
            found.append(Counted(code, rule.title, old, new))
    return found


def _counts(quality: Quality) -> dict[str, RuleCount]:
    """Return the counts by code, whatever the severity was."""
    found: dict[str, RuleCount] = {}
    for rule in quality.rules:
        known = found.get(rule.code)
        found[rule.code] = rule.model_copy(update={"count": known.count + rule.count}) if known else rule
    return found
