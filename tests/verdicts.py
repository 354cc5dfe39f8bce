"""Two verdicts on the same cells, that of frictionless and ours: how often each (row, field, error type) was found."""

import csv
import io
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import pyarrow as pa
from frictionless import Dialect, Package, Resource, Schema
from frictionless.formats.csv import CsvControl

from publish.checking.schema import Reference, schema_errors

Columns = Sequence[Sequence[str]]
Descriptor = dict[str, Any]
Errors = Counter[tuple[int, str, str]]
Others = Mapping[str, tuple[Columns, Descriptor]]
"""By name the tables beside the one that is judged, for its foreign keys."""


def of_frictionless(columns: Columns, schema: Descriptor, others: Others | None = None) -> Errors:
    """Return the errors that frictionless finds in rows given as they are."""
    resources = [_resource("ours", columns, schema), *(_resource(name, *other) for name, other in (others or {}).items())]
    if len(resources) == 1:
        resource = Resource.from_descriptor(resources[0])
    else:
        resource = Package.from_descriptor({"name": "both", "resources": resources}).get_resource("ours")
    return _counted(resource)


def of_frictionless_on_csv(columns: Columns, schema: Descriptor) -> Errors:
    """The same for a CSV of the rows."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([_names(schema), *zip(*columns, strict=True)])
    control = CsvControl(delimiter=",", line_terminator="\n", quote_char='"', double_quote=True, skip_initial_space=False)
    resource = Resource(
        data=text.getvalue().encode(),
        format="csv",
        encoding="utf-8",
        dialect=Dialect(controls=[control]),
        schema=Schema.from_descriptor(deepcopy(schema)),
    )
    return _counted(resource)


def of_machizu(columns: Columns, schema: Descriptor, others: Others | None = None, *, fast: bool = True) -> Errors:
    references = {name: Reference(_table(*other), other[1]) for name, other in (others or {}).items()}
    errors = schema_errors(_table(columns, schema), schema, references=references, fast=fast)
    return Counter(zip(errors.row.to_pylist(), errors.field.to_pylist(), errors.type.to_pylist(), strict=True))


def tables_of(release: Path) -> list[tuple[list[list[str]], Descriptor]]:
    """Return columns and schema of every CSV of a package that holds its rows."""
    described = json.loads((release / "datapackage.json").read_bytes())
    found = []
    for resource in described["resources"]:
        if resource["path"].endswith(".csv"):
            with (release / resource["path"]).open(encoding="utf-8-sig", newline="") as file:
                rows = list(csv.reader(file))
            assert rows[0] == _names(resource["schema"])
            found.append((list(map(list, zip(*rows[1:], strict=True))), resource["schema"]))
    return found


def mixed_up(columns: Columns, schema: Descriptor, rows: int = 60) -> Errors:
    """Return the one verdict of both on rows whose cells have slipped by one column every other row."""
    cut = [list(column[:rows]) for column in columns]
    slipped = [[cut[place - row % 2][row] for row in range(len(cut[0]))] for place in range(len(cut))]
    expected = of_frictionless(slipped, schema)
    assert of_machizu(slipped, schema) == of_machizu(slipped, schema, fast=False) == expected
    return expected


def _names(schema: Descriptor) -> list[str]:
    return [field["name"] for field in schema["fields"]]


def _table(columns: Columns, schema: Descriptor) -> pa.Table:
    return pa.table([pa.array(column, pa.string()) for column in columns], names=_names(schema))


def _resource(name: str, columns: Columns, schema: Descriptor) -> Descriptor:
    # A copy, because frictionless writes into what it is given.
    return {"name": name, "data": [_names(schema), *map(list, zip(*columns, strict=True))], "schema": deepcopy(schema)}


def _counted(resource: Resource) -> Errors:
    report = resource.validate(limit_errors=10**9)
    assert report.errors == []
    return Counter((int(row) - 2, field or "", kind) for row, field, kind in report.flatten(["rowNumber", "fieldName", "type"]))
