"""The gate: a checked table becomes `Cleared` here and nowhere else; a Package can only be made of Cleared.

Only columns of the definition's allow-list pass; the class (open, view, counter) is the definition's unless the town
has recorded a decision. Outputs are rebuilt from these cells: no byte of a source file passes.
"""

from dataclasses import InitVar, dataclass
from typing import Any, Literal, NoReturn
from weakref import WeakSet

import pyarrow as pa

from catalog.dataset import Dataset
from catalog.town import Decision, Town
from gis.layer import Layer
from publish.disclosure.differencing import HiddenAreas
from publish.disclosure.screening import screen
from publish.disclosure.suppression import Suppressed, suppress
from publish.disclosure.survey import with_approval
from publish.table.finding import Report

Class = Literal["open", "view", "counter"]
_SEAL = object()
"""Known to this module only: `Cleared` refuses to be made without it."""
_ONLY_HERE = "Cleared is made by publish.disclosure.gate.clear only"


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class Cleared:
    """What may leave: `cells` holds only published columns; `layer` the rows' places, aligned.

    It is made once and never made again: the seal is handed over and not kept, so that `dataclasses.replace` has none to
    hand on, and what is copied or pickled was not cleared.
    """

    dataset: Dataset
    town: Town
    cells: pa.Table
    layer: Layer | None
    report: Report
    cls: Class
    decision: Decision | None
    as_of: str
    period: pa.Array | None
    suppressed: Suppressed | None
    """What was hidden of areas with few people; None where the definition counts nobody by area."""
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError(_ONLY_HERE)
        _MADE.add(self)

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        raise TypeError(_ONLY_HERE)


_MADE: WeakSet[Cleared] = WeakSet()


def require_made_here(cleared: Cleared) -> None:
    """Raise TypeError for what looks like `Cleared` and never passed the gate (`object.__new__` asks no seal)."""
    if cleared not in _MADE:
        raise TypeError(_ONLY_HERE)


def class_of(dataset: Dataset, town: Town) -> tuple[Class, Decision | None]:
    """Return the class in force and the decision behind it: a guarded dataset stays as its definition says until decided."""
    decision = town.disclosure.get(dataset.id)
    return (decision.cls, decision) if decision else (dataset.disclosure.cls, None)


def clear(report: Report, layer: Layer | None, town: Town, before: HiddenAreas | None = None) -> Cleared:
    """Let the allowed columns of a checked table pass, without the breakdown of areas with few people.

    A counter dataset passes with no rows at all: only its catalogue entry becomes public. `before`: what earlier releases hide
    of such areas. DisclosureRefused when one cannot be protected, or where columns hold what nobody has accepted.
    """
    table = report.table
    dataset = with_approval(table.dataset, town)
    cls, decision = class_of(dataset, town)
    cells = table.cells.select([field.name for field in dataset.published])
    if cls == "counter":
        return Cleared(dataset, town, cells.slice(0, 0), None, report, cls, decision, table.as_of, None, None, _SEAL)
    screen(report, layer, town)
    cells, suppressed = suppress(cells, layer, table.period, dataset, town, before)
    return Cleared(dataset, town, cells, layer, report, cls, decision, table.as_of, table.period, suppressed, _SEAL)
