"""Acceptance: a person's word that a kind of warning in a column is right, bound to the values it was given for.

The hash names every affected value by 12 hex digits of its sha256, so that an acceptance still holds when some of the
values are gone and lapses as soon as another one appears. Above 100 values it is one digest of all of them.

What would disclose something is accepted value by value: each needs an entry with a reason of its own, whose hash names that
value alone; an entry that names several, or all, accepts none of them.
"""

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from publish.checking.rule import refusing, rules
from publish.recipe import Acceptance
from publish.table.finding import Finding
from publish.table.table import Table

_MANY = 100


def acceptance_hash(findings: Iterable[Finding]) -> str:
    """Return what a recipe's `accept` carries for warnings of one code and column."""
    digests = _digests(findings)
    if len(digests) <= _MANY:
        return " ".join(digests)
    return "all:" + hashlib.sha256(" ".join(digests).encode()).hexdigest()


def holds(accepted: str, findings: Iterable[Finding]) -> bool:
    """Say whether an acceptance covers every affected value of today."""
    listed = list(findings)
    if accepted.startswith("all:"):
        return accepted == acceptance_hash(listed)
    return set(_digests(listed)) <= set(accepted.split())


def accepted(findings: Iterable[Finding], table: Table, given: Iterable[Acceptance], today: date) -> frozenset[tuple[str, str]]:
    """Return (code, field) of the warnings that the recipe accepts, whose values are covered and whose time has not run out.

    A find of a refusing rule is a warning only once it was accepted (`agreed`).
    """
    groups = warnings_by_kind(findings)
    one_by_one = frozenset(kind for kind in groups if kind[0] in refusing())
    return one_by_one | frozenset(
        (code, field)
        for (code, field), group in groups.items()
        for acceptance in given
        if acceptance.code == code
        and acceptance.column in _names(table, field)
        and not (acceptance.until and acceptance.until < today.isoformat())
        and holds(acceptance.hash, group)
    )


def agreed(findings: Iterable[Finding], table: Table, given: Iterable[Acceptance], today: date) -> list[Finding]:
    """Return the findings, those of refusing rules that somebody accepted one by one as warnings."""
    refuse = refusing()
    said = [one for one in given if one.code in refuse and rules()[one.code].accepts and one.by.strip() and one.why.strip()]
    listed = list(findings)
    together = {code: [one for one in listed if one.code == code] for code in refuse if rules()[code].accepts == "together"}
    return [_agreed(one, together.get(one.code), table, said, today) if one.code in refuse else one for one in listed]


def _agreed(
    finding: Finding, group: Sequence[Finding] | None, table: Table, given: Iterable[Acceptance], today: date
) -> Finding:
    """Return a find as a warning where it was accepted: by itself, or in one word for its whole group."""
    accepting = (
        one
        for one in given
        if one.code == finding.code
        and one.column in _names(table, finding.field or "")
        and not (one.until and one.until < today.isoformat())
        and (holds(one.hash, group) if group else one.hash == acceptance_hash([finding]))
    )
    return dataclasses.replace(finding, severity="warning") if any(accepting) else finding


def warnings_by_kind(findings: Iterable[Finding]) -> Mapping[tuple[str, str], list[Finding]]:
    """Return the warnings by (code, field): what is accepted at once."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.severity == "warning":
            groups.setdefault((finding.code, finding.field or ""), []).append(finding)
    return groups


def _names(table: Table, field: str) -> set[str]:
    """Return the names by which staff may call a column: the definition's and their own headings."""
    return {field, *(headings[field] for headings in table.headings if field in headings)}


def _digests(findings: Iterable[Finding]) -> list[str]:
    values = {json.dumps([finding.value, *_said(finding)], ensure_ascii=False) for finding in findings}
    return sorted(hashlib.sha256(value.encode()).hexdigest()[:12] for value in values)


def _said(finding: Finding) -> list[str]:
    # Places move when a row is added above, and headings when a column is renamed; what was accepted is the value.
    return [
        value
        for name, value in sorted(finding.values.items())
        if name != "cells" and not name.endswith(("_row", "_field", "_cells"))
    ]
