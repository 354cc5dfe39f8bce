"""Where a town hides single small cells: the tables of known sums that a published table is made of, and their marks."""

from collections.abc import Mapping, Sequence

import numpy as np

from catalog.errors import DisclosureRefused, SettingError
from catalog.suppression import MARK, Suppression
from publish.disclosure.areas import Areas
from publish.disclosure.differencing import HiddenAreas, HiddenCells
from publish.disclosure.grouping import Groups
from publish.disclosure.secondary import hide_small

Texts = dict[str, list[str]]
"""Cells by column, to be written into."""


def hide_cells(
    texts: Texts,
    tables: Mapping[str, Areas],
    groups: Mapping[str, Groups],
    columns: Sequence[str],
    terms: Suppression,
    before: HiddenAreas,
) -> tuple[HiddenCells, ...]:
    """Mark the small cells of areas that are shown, and what protects them; return all that is or was hidden so.

    SettingError when the definition does not say what adds up to what; DisclosureRefused when a cell cannot be protected.
    """
    if not terms.cells:
        return before.cells
    wholes = terms.wholes(columns)
    loose = set(columns) - set(wholes) - {name for parts in wholes.values() for name in parts}
    if loose - {terms.total, terms.households}:
        raise _loose(min(loose))
    known = {(one.period, one.area): frozenset(one.columns) for one in before.cells}
    for period, areas in tables.items():
        marked = _inherited(known, period, areas, groups[period])
        for parts in wholes.values():
            _hide(texts, areas, parts, terms, period, marked)
        known |= {(period, area): hidden for area, hidden in marked.items() if hidden}
    return tuple(
        HiddenCells(period=period, area=area, columns=tuple(sorted(hidden))) for (period, area), hidden in sorted(known.items())
    )


def _inherited(
    known: Mapping[tuple[str, str], frozenset[str]], period: str, areas: Areas, groups: Groups
) -> dict[str, frozenset[str]]:
    """Return what stays hidden of each area, of a carrier also what was of its members: its sum would tell it."""
    return {
        name: frozenset().union(*(known.get((period, one), frozenset()) for one in (name, *groups.get(name, ()))))
        for name in areas.names
    }


def _hide(
    texts: Texts,
    areas: Areas,
    parts: Sequence[str],
    terms: Suppression,
    period: str,
    marked: dict[str, frozenset[str]],
) -> None:
    shown = [(name, row) for name, row in zip(areas.names, areas.rows.tolist(), strict=True) if texts[parts[0]][row] != MARK]
    values = np.array([[_number(texts[part][row]) for part in parts] for _, row in shown], np.int64).reshape(-1, len(parts))
    before = np.array([[part in marked[name] for part in parts] for name, _ in shown], bool).reshape(values.shape)
    hidden = hide_small(values, terms.cells, terms.protection, before)
    if hidden is None:
        raise _unprotected(period)
    for (name, row), marks in zip(shown, hidden, strict=True):
        here = frozenset(part for part, mark in zip(parts, marks, strict=True) if mark)
        for part in here:
            texts[part][row] = MARK
        marked[name] |= here


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else -1


def _loose(column: str) -> SettingError:
    return SettingError(
        f"[suppression] の cells は、定義の parts に入っていない列「{column}」があるため使えません。",
        f"cells of [suppression] cannot be kept: the definition's parts do not name the column {column!r}.",
        fix_ja="定義の disclosure.suppression の parts に、合計の列とその内訳の列を書いてください。",
        fix_en="Name totals and what they are made of under parts of disclosure.suppression in the definition.",
        code="cells-without-parts",
    )


def _unprotected(period: str) -> DisclosureRefused:
    return DisclosureRefused(
        f"{period}の表の小さな数は、ほかの数をどう伏せても計算でわかってしまいます。",
        f"{period}: a small number could be worked out, whatever else is hidden.",
        fix_ja="machizu.toml の [suppression] の cells か protection を小さくしてください。",
        fix_en="Lower cells or protection under [suppression] in machizu.toml.",
        code="cells-cannot-be-hidden",
    )
