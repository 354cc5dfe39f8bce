"""A value that should stand in another dataset of the town and does not."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from catalog.dataset import Dataset
from catalog.errors import DefinitionError, did_you_mean
from catalog.library import Library
from catalog.reference import Reference
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import Rows, findings
from publish.checking.keys import joined
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "reference-missing"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="ほかの表にない値です",
    en="Not in the other table",
)
MESSAGE = Text(
    ja="{column}「{value}」が、町の「{other_ja}」の{there}にありません。",
    en="{column} “{value}” does not stand in {there} of the town’s “{other_en}”.",
)
FIX = Text(
    ja="書き間違いなら直してください。「{other_ja}」のほうに行が足りないなら、そちらを先に直してください。",
    en="Correct it if it is mistyped; if a row is missing in “{other_en}”, add it there first.",
)
USES: frozenset[Use] = frozenset({"others"})
ALLOWS = True


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look up what a definition names under `references:` (Table Schema foreignKeys) in the town's staged or public tables.

    DefinitionError when a reference names a dataset or column that no definition has.
    """
    for reference in table.dataset.references:
        _require_known(reference, table.dataset, context.library)
        other = context.others.get(reference.reference.dataset)
        if other is not None and set(reference.reference.fields) <= set(other.cells.column_names):
            yield from _unmatched(table, reference, other)


def _unmatched(table: Table, reference: Reference, other: Table) -> Iterator[Finding]:
    fields = reference.fields
    rows = _rows(table.cells, fields, joined(other.cells, reference.reference.fields))
    title = other.dataset.title
    values = {"other_ja": title.ja, "other_en": title.en, "there": "・".join(reference.reference.fields)}

    def value(row: int) -> str:
        return "・".join(table.cells.column(name)[row].as_py() for name in fields)

    yield from findings(table, rows, CODE, SEVERITY, field=fields[0], value=value, values=lambda _: values)


def _rows(cells: pa.Table, fields: Sequence[str], known: pa.Array) -> Rows:
    """Return the rows whose values stand nowhere; a row with a blank among them refers to nothing."""
    keys = joined(cells, fields)
    missing = pc.invert(pc.is_in(keys, known))
    for name in fields:
        missing = pc.and_(missing, pc.not_equal(cells.column(name).combine_chunks(), ""))
    return np.flatnonzero(np.asarray(missing))


def _require_known(reference: Reference, dataset: Dataset, library: Library) -> None:
    wanted = reference.reference
    if wanted.dataset not in library:
        hint_ja, hint_en = did_you_mean(wanted.dataset, library)
        raise DefinitionError(
            f"{dataset.id}.yaml: references の「{wanted.dataset}」というデータはありません。{hint_ja}",
            f"{dataset.id}.yaml: references name the dataset {wanted.dataset!r}, which does not exist.{hint_en}",
        )
    for name in wanted.fields:
        if name not in library[wanted.dataset].names:
            hint_ja, hint_en = did_you_mean(name, library[wanted.dataset].names)
            raise DefinitionError(
                f"{dataset.id}.yaml: references の「{name}」という列は {wanted.dataset} にありません。{hint_ja}",
                f"{dataset.id}.yaml: references name the column {name!r}, which {wanted.dataset} does not have.{hint_en}",
            )
