"""Tables and a town for the tests of the gate, made without the readers."""

import csv
import io
from datetime import date
from typing import Any

import pyarrow as pa

from catalog.dataset import Dataset
from catalog.library import read_library
from catalog.town import Town
from publish.checking.checking import check
from publish.context import Context
from publish.recipe import Recipe
from publish.table.finding import Report
from publish.table.position import Part, column_letter
from publish.table.table import Table

TODAY = date(2026, 11, 20)
AED = "全国地方公共団体コード,ID,名称,所在地_連結表記,緯度,経度,団体名,備考\n"


def town(**more: Any) -> Town:
    return Town.model_validate({"format": 1, "code": "999997", "name": {"ja": "見本町", "en": "Mihon"}, **more})


def rows(*pairs: tuple[str, str]) -> str:
    """A table of defibrillators with these company names and remarks."""
    lines = [f"999997,FF{n:010d},会館{n},見本町本町{n},34.{n:06d},138.3,{who},{note}" for n, (who, note) in enumerate(pairs, 1)]
    return AED + "\n".join(lines) + "\n"


def table(text: str, dataset: Dataset | str = "aed") -> Table:
    definition = read_library()[dataset] if isinstance(dataset, str) else dataset
    headings, *body = csv.reader(io.StringIO(text))
    columns = {name: [row[place] for row in body] for place, name in enumerate(headings)}
    blank = [""] * len(body)
    return Table(
        definition,
        (Part("表.csv", heading=(1, 1), columns={name: column_letter(n) for n, name in enumerate(headings)}),),
        pa.table({name: pa.array(columns.get(name, blank), pa.utf8()) for name in definition.names}),
        pa.array([0] * len(body), pa.int32()),
        pa.array(range(2, len(body) + 2), pa.int64()),
        ({name: name for name in headings},),
        as_of="2026-04-01",
    )


def report(given: Table, accept: tuple[dict[str, str], ...] = (), settings: Town | None = None) -> Report:
    recipe = Recipe.model_validate({"format": "1", "dataset": given.dataset.id, "source": "表.csv", "accept": accept})
    return check(given, None, Context(settings or town(), TODAY, read_library()), recipe=recipe)[0]
