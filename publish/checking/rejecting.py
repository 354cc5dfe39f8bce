"""Rows that a recipe rejects: which, the table without them, and the count that must come out even."""

import dataclasses
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from gis.layer import Layer
from publish.table.finding import Accounting, Finding
from publish.table.table import Aside, RawTable, Table

Mask = npt.NDArray[np.bool_]
REASON = "reject"


def struck(table: Table, findings: Iterable[Finding], reject: frozenset[str]) -> Mask:
    """Return which rows (bool[N]) have a finding whose code the recipe rejects."""
    places = {place_of(finding) for finding in findings if finding.code in reject and finding.row is not None}
    if not places:
        return np.zeros(table.rows, bool)
    return np.fromiter((place in places for place in _places(table)), bool, table.rows)


def place_of(finding: Finding) -> tuple[int, int | None]:
    """Return part and row of a finding."""
    return finding.part or 0, finding.row


def without(table: Table, layer: Layer | None, gone: Mask, findings: Iterable[Finding]) -> tuple[Table, Layer | None]:
    """Return table and layer without some rows; each stands among the asides with the code that struck it."""
    reasons = {place_of(finding): finding.code for finding in findings}
    asides = [Aside(*place, REASON, reasons.get(place, "")) for place, lost in zip(_places(table), gone, strict=True) if lost]
    return table.without(pa.array(gone), asides), layer and dataclasses.replace(layer, geometries=layer.geometries[~gone])


def accounting(table: Table | RawTable) -> Accounting:
    """Return read = kept + rejected + set aside."""
    rejected = sum(aside.reason == REASON for aside in table.asides)
    return Accounting(table.rows + len(table.asides), table.rows, rejected, len(table.asides) - rejected)


def _places(table: Table) -> list[tuple[int, int]]:
    return list(zip(table.part.to_pylist(), table.row.to_pylist(), strict=True))
