"""Columns that stand in each other's place: exchanged, or shifted by one from some column on. One cause for many errors.

Asked only of columns in which nearly every cell is wrong. The question is whether the cells are right under another column's
definition: read as the cells of that column are read (by its code list or parser), and judged by the same schema.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from catalog.dataset import Field
from catalog.library import Library
from catalog.memo import Memo
from publish.checking.schema import schema_errors
from publish.parsers.column import How, read_column
from publish.table.finding import Finding
from publish.table.table import Table

_ENOUGH = 5
"""Cells without which nothing can be said of a column."""
_SAMPLE = 1000
"""Cells that are looked at: columns are misplaced from top to bottom."""
_NEARLY = 0.9
"""Share of the filled cells: a few may be wrong for reasons of their own."""
_BOUNDS = ("minimum", "maximum")
_FORMS = ("enum", "pattern", "length", *_BOUNDS)
"""Codes that say that a cell is not of its column's kind, beside `type-…`."""


@dataclass(frozen=True, slots=True)
class Misplaced:
    """Columns of one part that are misplaced together, and what the words need: field names by name."""

    code: str
    part: int
    fields: tuple[str, ...]
    values: Mapping[str, str]

    def tells_of(self, finding: Finding) -> bool:
        """Say whether a finding about a cell is a consequence of this."""
        return finding.row is not None and (finding.part or 0) == self.part and finding.field in self.fields

    def finding(self, members: Sequence[Finding]) -> Finding:
        """Return the one finding that carries those of the cells."""
        rows = {member.row for member in members}
        values = {**self.values, "count": str(len(rows))}
        return Finding(self.code, "error", self.part, None, self.fields[0], "", values, tuple(members))


def misplaced(schema: Sequence[Finding], table: Table, library: Library) -> list[Misplaced]:
    """Return what explains the schema findings of columns that are wrong nearly throughout."""
    wrong: Counter[tuple[int, str]] = Counter()
    bounds: Counter[tuple[int, str]] = Counter()
    for finding in schema:
        if finding.field and finding.row is not None and (finding.code in _FORMS or finding.code.startswith("type-")):
            wrong[finding.part or 0, finding.field] += 1
            bounds[finding.part or 0, finding.field] += finding.code in _BOUNDS
    parts = sorted({part for part, _ in wrong})
    return [cause for part in parts for cause in _Part(table, library, part, wrong, bounds).causes()]


class _Part:
    """One part of a table: which columns are wrong nearly throughout, and whose definition their cells fit."""

    def __init__(
        self, table: Table, library: Library, part: int, wrong: Counter[tuple[int, str]], bounds: Counter[tuple[int, str]]
    ) -> None:
        self._table, self._library, self._part, self._wrong, self._bounds = table, library, part, wrong, bounds
        self._rows = pc.equal(table.part, pa.scalar(part, pa.int32()))
        self._memo = Memo()

    def causes(self) -> list[Misplaced]:
        """Return a shift that explains the odd columns, else the pairs that are exchanged."""
        odd = [field for field in self._order if self._is_odd(field)]
        shift = self._shift(odd, -1) or self._shift(odd, 1)
        return [shift] if shift else list(self._exchanges(odd))

    @cached_property
    def _order(self) -> list[str]:
        """The published fields in the order in which their columns stand in the file."""
        headings = self._table.headings[self._part] if self._table.headings else {}
        names = {headings[field.name]: field.name for field in self._table.dataset.published if field.name in headings}
        return [names[heading] for heading in self._table.parts[self._part].columns if heading in names]

    def _is_odd(self, name: str) -> bool:
        filled = self._memo.once(("filled", name), lambda: len(self._filled(name)))
        return filled >= _ENOUGH and self._wrong[self._part, name] >= _NEARLY * filled

    def _shift(self, odd: Sequence[str], step: int) -> Misplaced | None:
        """Return the shift by a step that explains the odd columns, but for one at the edge; one alone shows no shift."""
        explained = [(name, meant) for name in odd if (meant := self._meant(name, step))]
        proof = [pair for pair in explained if _is_narrow(self._field(pair[1]))]
        exchanged = any((meant, name) in explained for name, meant in explained)
        if len(proof) < 2 or len(explained) < len(odd) - 1 or exchanged:
            return None
        under, meant = proof[0]
        begin = min(self._order.index(name) for name in (*odd, *(one for _, one in explained)) if name in self._order)
        return Misplaced(
            "columns-shifted", self._part, tuple(self._order[begin:]), {"under_field": under, "meant_field": meant}
        )

    def _meant(self, name: str, step: int) -> str:
        """Return the field beside, in the file or in the definition, whose definition the cells fit; "" where there is none."""
        national = [field.name for field in self._table.dataset.published]
        beside = (order[place] for order in (self._order, national) if 0 <= (place := order.index(name) + step) < len(order))
        fitting = [other for other in dict.fromkeys(beside) if self._fit(name, other)]
        return min(fitting, key=lambda other: not _is_narrow(self._field(other)), default="")

    def _exchanges(self, odd: Sequence[str]) -> Iterator[Misplaced]:
        explained: set[str] = set()
        for first in odd:
            others = (name for name in self._order if name not in explained and self._are_exchanged(first, name))
            if first not in explained and (other := next(others, None)):
                explained |= {first, other}
                yield Misplaced("columns-exchanged", self._part, (first, other), {"other_field": other})

    def _are_exchanged(self, first: str, other: str) -> bool:
        """Say whether each column's cells fit the other's definition.

        Free text takes anything, so that only names are looked at; and a column that is merely out of bounds may be in another
        unit, unless the other is odd as well. Latitude and longitude have a rule of their own.
        """
        geometry = self._table.dataset.geometry
        places = {geometry.latitude, geometry.longitude} if geometry else set()
        if first == other or {first, other} == places:
            return False
        if not self._is_odd(other) and not (self._has_kind(other) and not self._is_out_of_bounds(first)):
            return False
        return self._fit(first, other) and self._fit(other, first)

    def _has_kind(self, name: str) -> bool:
        field = self._field(name)
        return _is_narrow(field) or field.constraints.required or name == self._table.dataset.page.title

    def _is_out_of_bounds(self, name: str) -> bool:
        return self._bounds[self._part, name] == self._wrong[self._part, name]

    def _fit(self, name: str, other: str) -> bool:
        """Say whether the cells of one column are nearly all right under the definition of another; asked once per form."""
        return self._memo.once(("fit", name, _form(self._field(other))), lambda: self._fits(name, self._field(other)))

    def _fits(self, name: str, field: Field) -> bool:
        cells = self._filled(name)[:_SAMPLE]
        if len(cells) < _ENOUGH:
            return False
        codes = self._library.code_lists.get(field.codes) if field.codes else None
        read = read_column(cells, How.of(field, {}, codes)).cells
        descriptor = self._descriptors[field.name]
        limits = {key: value for key, value in descriptor.get("constraints", {}).items() if key not in ("required", "unique")}
        schema = {"fields": [{**descriptor, "constraints": limits}], "missingValues": [""]}
        wrong = set(schema_errors(pa.table({field.name: read}), schema).row.to_pylist())
        return len(wrong) <= (1 - _NEARLY) * len(cells)

    @cached_property
    def _descriptors(self) -> Mapping[str, Mapping[str, Any]]:
        return {field["name"]: field for field in self._table.dataset.table_schema()["fields"]}

    def _filled(self, name: str) -> pa.Array:
        cells = self._table.cells.column(name).filter(self._rows).combine_chunks()
        return cells.filter(pc.not_equal(cells, ""))

    def _field(self, name: str) -> Field:
        return self._table.dataset.field(name)


def _form(field: Field) -> Hashable:
    """Return what is asked of a field's cells, however it is called; of years the name says whether they are fiscal ones."""
    limits = field.constraints.model_dump_json(exclude={"required", "unique"})
    name = field.name if field.type == "year" else ""
    return field.type, field.format, field.unit, field.parser, field.codes, limits, name


def _is_narrow(field: Field) -> bool:
    """Say whether few texts are right for a field: it has a type, a list or a pattern."""
    limits = field.constraints
    return field.type != "string" or field.format != "default" or bool(limits.enum or limits.pattern)
