"""Which rows say the same: cells compared as people read them, for rules that look for what stands twice."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from catalog.dataset import Dataset
from catalog.folding import fold
from publish.checking.column import Column, repeats
from publish.checking.keys import MISSING, Codes, combined
from publish.table.table import Table

_FOLDED = 20_000
"""Distinct texts up to which they are folded, which costs some ten microseconds each; of more, equal ones are the same.

So it is in a longer column, too, that hardly repeats itself.
"""
_ADDRESS = ("所在地", "住所", "所在")


def alike(table: Table, field: str) -> Codes:
    """Return int64[N]: equal numbers where a column says the same in any width, case or kana; MISSING where it is blank."""
    return table.memo.once((alike, field), lambda: _alike(table, field))


def _alike(table: Table, field: str) -> Codes:
    cells = table.cells.column(field).combine_chunks()
    return _folded(Column.of(table, field)) if len(cells) <= _FOLDED or repeats(cells) else _trimmed(cells)


def _trimmed(cells: pa.StringArray) -> Codes:
    encoded = pc.utf8_trim_whitespace(cells).dictionary_encode()
    codes = np.array(encoded.indices, np.int64)
    codes[np.asarray(pc.equal(encoded.dictionary, ""), bool)[codes]] = MISSING
    return codes


def _folded(column: Column) -> Codes:
    texts = column.encoded.dictionary
    folded = pa.array(map(fold, column.texts), pa.utf8()) if len(texts) <= _FOLDED else pc.utf8_trim_whitespace(texts)
    encoded = folded.dictionary_encode()
    of_text = np.array(encoded.indices, np.int64)
    of_text[np.asarray(pc.equal(folded, ""), bool)] = MISSING
    of_row: Codes = of_text[column.codes]
    return of_row


def together(table: Table, fields: Sequence[str]) -> Codes:
    """Return int64[N]: equal numbers where all columns say the same, blanks included; MISSING where the first is blank."""
    codes = [alike(table, field) for field in fields]
    return np.where(codes[0] == MISSING, MISSING, combined(codes))


def address_field(dataset: Dataset) -> str:
    """Return the column that holds the address as one text, "" where there is none."""
    names = [field.name for field in dataset.published if field.type == "string" and not field.codes]
    whole = [name for name in names if name.startswith(_ADDRESS) and name.endswith(("連結表記", *_ADDRESS))]
    return whole[0] if whole else ""


def telling_apart(dataset: Dataset) -> tuple[str, ...]:
    """Return the columns by which two things of one name are told apart: of those a row is known by, all but its address."""
    title = dataset.page.title
    names = dataset.identifier.match if dataset.identifier else dataset.page.list
    return tuple(name for name in names if name != title and not name.startswith(_ADDRESS))
