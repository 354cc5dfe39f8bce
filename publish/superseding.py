"""Superseding: rows of a period that another file replaces, as the recipe says, are set aside and counted, not lost."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from publish.recipe import Recipe
from publish.table.finding import Finding
from publish.table.table import Aside, Table

SUPERSEDED = "superseded"


def without_superseded(table: Table, recipe: Recipe, found: Sequence[Finding]) -> tuple[Table, tuple[Finding, ...]]:
    """Return the table without these rows, and the findings that are about the others."""
    gone = _superseded(table, recipe)
    if not gone.any():
        return table, tuple(found)
    rows = np.flatnonzero(gone).tolist()
    asides = [Aside(table.part[row].as_py(), table.row[row].as_py(), SUPERSEDED) for row in rows]
    places = {(aside.part, aside.row) for aside in asides}
    return _without(table, gone, asides), tuple(one for one in found if (one.part, one.row) not in places)


def _without(table: Table, gone: npt.NDArray[np.bool_], asides: Sequence[Aside]) -> Table:
    """Take the rows out; the totals of a part of which nothing is left are replaced too, and no longer totals of anything."""
    left = frozenset(np.asarray(table.part)[~gone].tolist())
    empty = frozenset(aside.part for aside in asides) - left
    kept = [replace(one, reason=SUPERSEDED, cells={}) if one.part in empty and one.cells else one for one in table.asides]
    return replace(table, asides=tuple(kept)).without(pa.array(gone), asides)


def _superseded(table: Table, recipe: Recipe) -> npt.NDArray[np.bool_]:
    gone = np.zeros(table.rows, bool)
    if table.period is None or not recipe.superseded:
        return gone
    files = np.array([nfc(part.file) for part in table.parts], object)[np.asarray(table.part)]
    periods = np.array(table.period.to_pylist(), object)
    # The first entry of a period counts: later ones are the corrections that it corrects.
    for period, by in {one.period: nfc(one.by) for one in reversed(recipe.superseded)}.items():
        gone |= (periods == period) & (files != by)
    return gone


def nfc(path: str) -> str:
    """Return a path as it is compared: a Mac hands in decomposed names."""
    return unicodedata.normalize("NFC", path)
