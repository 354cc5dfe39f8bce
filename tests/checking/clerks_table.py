"""Tables as a clerk hands them in, without going through the readers: headings are the definition's own names."""

import csv
import io
from datetime import date
from typing import Any

import pyarrow as pa

from catalog.dataset import Dataset
from catalog.library import read_library
from catalog.town import Town
from publish.context import Context
from publish.table.position import Part, column_letter
from publish.table.table import Table

TODAY = date(2026, 11, 20)
TOWN = Town.model_validate(
    {
        "format": 1,
        "code": "999997",
        "name": {"ja": "見本町", "en": "Mihon"},
        "map": {"longitude": 138.3, "latitude": 34.86},
    }
)


def context(**given: Any) -> Context:
    return Context(**{"town": TOWN, "today": TODAY, "library": read_library(), **given})


def table(dataset: Dataset | str, text: str, **given: Any) -> Table:
    """Make a table of CSV text; columns that the text lacks are blank and have no heading."""
    definition = read_library()[dataset] if isinstance(dataset, str) else dataset
    headings, *rows = csv.reader(io.StringIO(text.strip("\n")))
    columns = {name: [row[place] for row in rows] for place, name in enumerate(headings)}
    part = Part("町の表.csv", heading=(1, 1), columns={name: column_letter(place) for place, name in enumerate(headings)})
    known = {
        "parts": (part,),
        "cells": pa.table({name: pa.array(columns.get(name, [""] * len(rows)), pa.string()) for name in definition.names}),
        "part": pa.array([0] * len(rows), pa.int32()),
        "row": pa.array(range(2, len(rows) + 2), pa.int64()),
        "headings": ({name: name for name in headings if name in definition.names},),
        "as_of": "2026-04-01",
    }
    return Table(definition, **{**known, **given})
