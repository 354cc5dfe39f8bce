"""QualityChange: what is better or worse in one release than in the one before. Worked out when asked for, never stored."""

from collections import Counter
from dataclasses import dataclass

from catalog.site.quality import Quality, percent
from catalog.text import Text


@dataclass(frozen=True, slots=True)
class Filled:
    """A field whose completeness is another, in whole percent."""

    field: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Counted:
    """A check that found more, or less, or that one of the two did not make: there its count is None."""

    code: str
    title: Text
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class QualityChange:
    """Only what differs: fields by how much they do, rules in the order of their codes."""

    fields: tuple[Filled, ...] = ()
    rules: tuple[Counted, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.fields or self.rules)


def compare_quality(before: Quality, after: Quality) -> QualityChange:
    """Return what differs. Fields that only one of the two has are told elsewhere.

    What a report of format 2 does not name was not checked; one of format 1 names only what was found, so that of a check
    which it does not name nothing is known.
    """
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
    told = was.keys() | now.keys() if before.names_all_checks and after.names_all_checks else was.keys() & now.keys()
    titles = {rule.code: rule.title for rule in (*before.rules, *after.rules)}
    changes = (Counted(code, titles[code], was.get(code), now.get(code)) for code in sorted(told))
    return [change for change in changes if change.before != change.after]


def _counts(quality: Quality) -> Counter[str]:
    """Return the counts by code; an older report has a line for every severity."""
    found: Counter[str] = Counter()
    for rule in quality.rules:
        found[rule.code] += rule.count
    return found
