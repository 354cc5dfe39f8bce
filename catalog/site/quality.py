"""quality.json: what is known about the quality of a release. Counts only: no cell value, no path, no person.

Format 2 (since 0.1.0) says of every field how it is to be filled in, names the rules that found nothing too, and counts rows
left out and values changed, each by its reason. Format 1 is read as far as it goes: its marks are taken from the definition
that lies beside it, and it keeps its number, since its rules are not all that were made.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from catalog.dataset import Dataset
from catalog.document import Document, read_document
from catalog.site.release import Release
from catalog.strict import Model
from catalog.text import Text

FILE = "quality.json"
Requirement = Literal["required", "recommended", "optional"]
REQUIREMENTS: tuple[Requirement, ...] = ("required", "recommended", "optional")


class RuleCount(Model):
    """How often one rule (that needs neither today nor other tables) found something; also rules that found nothing."""

    code: str
    title: Text
    severity: Literal["error", "warning", "info"]
    count: int


class Completeness(Model):
    """How many rows have a value in one published field."""

    field: str
    filled: int
    requirement: Requirement | None = None
    """How the standard wants it filled in; None in a file of format 1."""


class Total(Model):
    """All fields of one requirement together: `filled` of `cells` (fields × rows) hold a value."""

    requirement: Requirement
    fields: int
    filled: int
    cells: int

    @property
    def percent(self) -> int | None:
        """Whole percent, None where there is no row."""
        return percent(self.filled, self.cells)


class Rows(Model):
    """What became of the rows of the source: read = kept + rejected + set_aside."""

    read: int
    kept: int
    rejected: int
    set_aside: int


class ReasonCount(Model):
    """How often something was done for one reason."""

    reason: str
    title: Text
    count: int


class Withheld(Model):
    """What is hidden because few people live somewhere: how many areas and cells, in all periods together."""

    areas: int
    cells: int


class Quality(Document):
    """The whole of quality.json."""

    format: Literal[1, 2] = 2
    rows: int = 0
    """Rows of the table that `completeness` counts: of a series, of its newest period."""
    source_rows: Rows | None = None
    """None in format 1."""
    rules: tuple[RuleCount, ...] = ()
    completeness: tuple[Completeness, ...] = ()
    totals: tuple[Total, ...] = ()
    left_out: tuple[ReasonCount, ...] = ()
    """Rows of the source that are not published."""
    changes: tuple[ReasonCount, ...] = ()
    """Cells that were brought into the standard's form."""
    withheld: Withheld | None = None
    """None where nobody is counted by area."""
    limits: tuple[Text, ...] = ()
    """Known limits in words."""

    @property
    def names_all_checks(self) -> bool:
        """True where `rules` are all checks that were made, False where only those that found something are known."""
        return self.format == 2 and bool(self.rules)


def percent(filled: int, cells: int) -> int | None:
    """Return whole percent, rounded down, so that only what is complete is 100; None where there is nothing to fill.

    >>> percent(2, 3), percent(999, 1000), percent(0, 0)
    (66, 99, None)
    """
    return filled * 100 // cells if cells else None


def totals(completeness: Iterable[Completeness], rows: int) -> tuple[Total, ...]:
    """Return the totals of every requirement that a field has, the required first."""
    fields = tuple(completeness)
    by_requirement = ((wanted, [one.filled for one in fields if one.requirement == wanted]) for wanted in REQUIREMENTS)
    return tuple(
        Total(requirement=wanted, fields=len(filled), filled=sum(filled), cells=len(filled) * rows)
        for wanted, filled in by_requirement
        if filled
    )


def read_quality(release: Release) -> Quality:
    """Read the quality.json of a release, one of format 1 with its marks; no file is an empty report.

    OutsideError when it is damaged.
    """
    return quality_of(release.folder, release.dataset)


def quality_of(folder: Path, dataset: Dataset) -> Quality:
    """Read the quality.json of a release folder, also of one that nothing points to yet."""
    path = folder / FILE
    if not path.is_file():
        return Quality()
    found = read_document(Quality, path, code="damaged-release")
    return found if found.format == 2 else _marked(found, dataset)


def _marked(old: Quality, dataset: Dataset) -> Quality:
    marks = {field.name: field.requirement for field in dataset.published}
    fields = tuple(one.model_copy(update={"requirement": marks.get(one.field)}) for one in old.completeness)
    return old.model_copy(update={"completeness": fields, "totals": totals(fields, old.rows)})
