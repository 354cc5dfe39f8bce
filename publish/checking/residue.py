"""The one place that asks frictionless about a cell: its own cell readers, made from a Table Schema.

In: one field's distinct texts. Out: per text the typed value and what is wrong with it. Frictionless is imported when
the first cell is asked about, because importing it costs more than checking a small table.
"""

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from catalog.errors import DefinitionError

Typed = Any
"""What a reader makes of a text: str, int, Decimal, date, time, bool …; None for a missing or unreadable cell."""
_Reader = Callable[[str], tuple[Typed, dict[str, str] | None]]
_REMEMBERED = 1 << 16
"""Texts of a field whose verdict is kept: what is asked about often is mostly the same, and memory stays bounded."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """`typed`: the value of every text; `wrong`: "type" or the name of a constraint → positions of the texts it strikes."""

    typed: list[Typed]
    wrong: Mapping[str, list[int]]


class Readers:
    """The cell readers of one schema, made when first needed."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self._descriptor = schema
        self._schema: Any = None
        self._made: dict[int, _Reader] = {}

    def read(self, field: int, texts: Sequence[str]) -> Verdicts:
        """Read texts as the schema's field at that position; DefinitionError when frictionless cannot read by such a schema."""
        reader = self._made.get(field) or self._make(field)
        typed: list[Typed] = []
        wrong: dict[str, list[int]] = {}
        for position, text in enumerate(texts):
            value, notes = reader(text)
            typed.append(value)
            if notes:
                for note in notes:
                    wrong.setdefault(note, []).append(position)
        return Verdicts(typed, wrong)

    def _make(self, field: int) -> _Reader:
        from frictionless import FrictionlessException, Schema

        try:
            # A copy, because frictionless writes into what it is given.
            self._schema = self._schema or Schema.from_descriptor(copy.deepcopy(dict(self._descriptor)))
            reader = self._schema.fields[field].create_cell_reader()
        except FrictionlessException as problem:
            name, why = self._descriptor["fields"][field]["name"], _reasons(problem)
            raise DefinitionError(
                f"定義のとおりに「{name}」の値を読めません: {why}", f"Values of {name!r} cannot be read as defined: {why}"
            ) from problem
        self._made[field] = lru_cache(_REMEMBERED)(_asked(reader))
        return self._made[field]


def _reasons(problem: Any) -> str:
    return "; ".join(str(reason.note) for reason in problem.reasons) or str(problem.error.note)


def _asked(reader: _Reader) -> _Reader:
    def ask(text: str) -> tuple[Typed, dict[str, str] | None]:
        try:
            return reader(text)
        except (ArithmeticError, TypeError):
            # A signalling NaN, or a time with an offset against a bound without one, breaks the comparison inside
            # frictionless and with it the whole run; here it is one cell that cannot be read.
            return None, {"type": ""}

    return ask
