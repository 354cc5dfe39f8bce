"""Finding: one thing that is not as it should be, with typed values; Report: all of one dataset's."""

import dataclasses
from collections.abc import Mapping
from typing import Literal

from publish.table.table import Table

Severity = Literal["error", "warning", "info"]


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """A rule's code, where, and the values its sentence is made of; the sentence itself is a template beside the rule."""

    code: str
    severity: Severity
    part: int | None = None
    row: int | None = None
    field: str | None = None
    """Field name of the definition; the clerk's own heading is looked up when the finding is told."""
    value: str = ""
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """What the templates name beside the standard {where}, {column}, {cell}, {value}, {expected}, {example}, {likely}.

    Told specially: `nearest` (the value that was probably meant) as {likely}; a name that ends in `_field` holds field names
    (one a line) and is told as headings without the ending; one that ends in `_row` holds "part:row" and is told as a place.
    """
    members: tuple["Finding", ...] = ()
    """The findings of single rows that this one stands for, in the order of the file; empty for one that stands for itself."""

    @property
    def count(self) -> int:
        """How many places it tells of."""
        return len(self.members) or 1


@dataclasses.dataclass(frozen=True, slots=True)
class Accounting:
    """read = kept + rejected + set aside."""

    read: int
    kept: int
    rejected: int
    set_aside: int


@dataclasses.dataclass(frozen=True, slots=True)
class Report:
    """Everything that checking found about one table."""

    table: Table
    findings: tuple[Finding, ...]
    accounting: Accounting
    accepted: frozenset[tuple[str, str]] = frozenset()
    """(code, column) of warnings that staff accepted and whose affected values are still the same."""
    rejected: tuple[Finding, ...] = ()
    """What was wrong with the rows that the recipe drops; these rows are not in `table` and block nothing."""

    @property
    def blocked(self) -> bool:
        """True when an error stands in the way."""
        return any(finding.severity == "error" for finding in self.findings)

    @property
    def unaccepted(self) -> tuple[Finding, ...]:
        """Warnings that `publish` refuses until they are accepted."""
        return tuple(f for f in self.findings if f.severity == "warning" and (f.code, f.field or "") not in self.accepted)
