"""Suppression (秘匿・合算): in a table of counts by area, the breakdown of an area with very few people is hidden and added to
a named neighbour, as the census does. What a definition declares, and what a town has decided instead.
"""

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import Literal

from pydantic import Field as Key

from catalog.strict import Model

Names = tuple[str, ...]
MARK = "X"
"""Stands in a hidden cell; the published Table Schema names it as a missing value."""


class Suppression(Model):
    """Which columns are counted per area, which of them are hidden, and below what; numbers are the definition's defaults."""

    area: str
    """The column that names an area; one row per area and period."""
    code: str = ""
    """The column with the area's number: the nearest number is the nearest neighbour."""
    total: str
    households: str = ""
    hide: Names = Key(min_length=1)
    """Columns that count some of the people of `total`, by name or with `*` for any letters."""
    note: str
    """The column that says which area was added to which."""
    below_persons: int = Key(10, ge=0)
    """An area with fewer people is hidden; 0: none is."""
    below_households: int = Key(3, ge=0)
    protection: int = Key(1, ge=0)
    """Every hidden number must leave at least so much room between the least and the most that it could be."""
    keep: int = Key(60, ge=0)
    """Months before and after in which what was hidden once stays hidden: the width of an age band."""
    cells: int = Key(0, ge=0)
    """Numbers from 1 to below this are hidden in larger areas, too; 0: none is."""
    parts: dict[str, Names] = {}
    """Hidden column → the hidden columns, by name or with `*`, that it is the sum of: what `cells` has to know."""
    totals: Literal["show", "hide"] = "show"
    """Whether total and households of a hidden area stay."""

    def columns(self, names: Iterable[str]) -> Names:
        """Return those of `names` that are hidden, in their order."""
        kept = {self.area, self.code, self.total, self.households, self.note}
        hidden = tuple(name for name in names if name not in kept and any(fnmatchcase(name, one) for one in self.hide))
        return (*(name for name in (self.total, self.households) if name), *hidden) if self.totals == "hide" else hidden

    def wholes(self, columns: Sequence[str]) -> dict[str, Names]:
        """Return, of the hidden columns, those that are sums, with what each is the sum of."""
        return {
            whole: tuple(name for name in columns if name not in self.parts and any(fnmatchcase(name, one) for one in parts))
            for whole, parts in self.parts.items()
        }

    def maybe(self, names: Iterable[str]) -> Names:
        """Return those of `names` that may be hidden, whatever a town decides about totals."""
        return self.model_copy(update={"totals": "hide"}).columns(names)

    def under(self, decision: "SuppressionDecision | None") -> "Suppression":
        """Return what holds in a town: its own decision where it has made one."""
        if decision is None:
            return self
        decided = {name: getattr(decision, name) for name in _DECIDED}
        return self.model_copy(update={name: value for name, value in decided.items() if value is not None})

    @property
    def active(self) -> bool:
        """False where a town has decided that nothing is hidden."""
        return self.below_persons > 0 or self.below_households > 0 or self.cells > 0

    def is_small(self, persons: int | None, households: int | None) -> bool:
        """Say whether an area has too few people or households to be broken down; None: not known.

        A place without people hides nobody. Many people in one household (a home, a dormitory) are one household's data.
        """
        if persons is None:
            return self.active
        few = households is not None and bool(self.households) and households < self.below_households
        return persons > 0 and (persons < self.below_persons or few)

    def wrong(self, counts: Sequence[str], texts: Sequence[str]) -> str:
        """Return what is wrong with the columns it names, "" when nothing is: `counts` and `texts` are the published ones."""
        for what, name, valid in (
            ("area", self.area, texts),
            ("code", self.code, texts),
            ("note", self.note, texts),
            ("total", self.total, counts),
            ("households", self.households, counts),
        ):
            if name and name not in valid:
                kind = "whole numbers" if valid is counts else "text"
                return f"{what} names {name!r}, which is no published column of {kind}"
        hidden = self.columns(counts)
        for whole, parts in self.wholes(hidden).items():
            if whole not in hidden or not parts:
                return f"parts: {whole!r} is no hidden column, or no hidden column is a part of it"
        for pattern in self.hide:
            if not any(fnmatchcase(name, pattern) for name in counts):
                return f"hide: {pattern!r} fits no published column of whole numbers"
        return ""


_DECIDED = ("below_persons", "below_households", "protection", "keep", "cells", "totals")


class SuppressionDecision(Model):
    """[suppression.<dataset>] of machizu.toml: what a town has decided instead of the definition, and on what paper."""

    below_persons: int | None = Key(None, ge=0)
    below_households: int | None = Key(None, ge=0)
    protection: int | None = Key(None, ge=0)
    keep: int | None = Key(None, ge=0)
    cells: int | None = Key(None, ge=0)
    totals: Literal["show", "hide"] | None = None
    into: dict[str, str] = {}
    """Hidden area → the neighbour that it is added to."""
    reason: str
    decided: str
    document: str
    review: str
