"""Which checks have anything to look at in a dataset: those of its schema, and the rules that say so themselves."""

from collections.abc import Iterator

from catalog.dataset import Dataset, Field
from catalog.town import Town
from publish.checking.rule import rules
from publish.checking.weighing import weights
from publish.table.finding import Severity

_BY_CONSTRAINT = {
    "required": ("required", "missing-column"),
    "unique": ("unique",),
    "minimum": ("minimum",),
    "maximum": ("maximum",),
    "min_length": ("length",),
    "max_length": ("length",),
    "pattern": ("pattern",),
    "enum": ("enum",),
}


def applied(dataset: Dataset, town: Town | None) -> dict[str, Severity]:
    """Return the severity by code of every check that is made whatever day it is and whatever else there is.

    Rules that look at today, the previous release or other datasets are left out (DESIGN 7), and those that are off, be it
    by the definition or by the town's `[checks]`.
    """
    weighed = weights(dataset, town)
    found: dict[str, Severity] = dict.fromkeys(_schema(dataset), "error")
    for code, rule in rules().items():
        wanted = weighed.get(code, rule.severity)
        if not rule.uses and wanted != "off" and rule.applies(dataset):
            found[code] = wanted
    return found


def _schema(dataset: Dataset) -> Iterator[str]:
    yield "blank-row"
    if dataset.key:
        yield from ("primary-key", "key-missing")
    for field in dataset.published:
        yield from _of_field(field)


def _of_field(field: Field) -> Iterator[str]:
    if field.type != "string" or field.format != "default":
        yield f"type-{field.type}"
    for constraint, codes in _BY_CONSTRAINT.items():
        if getattr(field.constraints, constraint) not in (None, False):
            yield from codes
