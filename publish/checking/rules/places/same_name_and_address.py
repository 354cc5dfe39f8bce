"""Two rows of the same name and address, one of them without a place by which they could be told apart."""

from collections.abc import Iterable, Mapping

import numpy as np

from catalog.dataset import Dataset
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import findings, row_name
from publish.checking.keys import MISSING, repeated
from publish.checking.place import points
from publish.checking.rule import Use
from publish.checking.sameness import address_field, alike, together
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "same-name-and-address"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="同じ名前と住所の行があります",
    en="Same name and address",
)
MESSAGE = Text(
    ja="「{value}」が、同じ住所で{first}にも書かれています。",
    en="“{value}” stands with the same address in {first} too.",
)
FIX = Text(
    ja="同じものを2度書いていれば、どちらかの行を消してください。別のものなら、名前か説明で区別できるようにするか、{accept}。",
    en="If it is the same thing twice, delete one row; otherwise make the names differ, or {accept}.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True


def applies(dataset: Dataset) -> bool:
    """Say whether rows have addresses by which they are not told apart already."""
    address = address_field(dataset)
    return bool(address) and address not in dataset.key


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Compare rows without a place with all others: name, address and every further column that pages list are equal."""
    dataset = table.dataset
    address = address_field(dataset)
    x, y = points(table, layer)
    unknown = ~(np.isfinite(x) & np.isfinite(y))
    if not address or not unknown.any() or address in dataset.key:
        return
    codes = together(table, list(dict.fromkeys((dataset.page.title, address, *dataset.page.list))))
    codes = np.where(alike(table, address) == MISSING, MISSING, codes)
    later, first = repeated(codes)
    told = unknown[later] | unknown[first]
    first_of = dict(zip(later[told].tolist(), first[told].tolist(), strict=True))

    def values(row: int) -> Mapping[str, str]:
        return {"first_row": row_name(table, first_of[row])}

    yield from findings(table, later[told], CODE, SEVERITY, field=dataset.page.title, values=values)
