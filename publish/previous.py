"""The last release as a table again, for rules that compare with it."""

import json
from pathlib import Path

import numpy as np
import pyarrow as pa

from catalog.dataset import Dataset
from catalog.site.pointer import read_pointer
from publish.diff.table_files import read_csv
from publish.disclosure.marks import as_handed_in
from publish.packing.package import FILE
from publish.table.table import Table


def previous_table(site: Path, dataset: Dataset) -> Table | None:
    """Return the rows of the current release, of a series all periods; None when there is none, or no table (`view`)."""
    entry = read_pointer(site).current(dataset.id)
    if entry is None:
        return None
    return released_table(site / entry.path, dataset)


def released_table(folder: Path, dataset: Dataset) -> Table | None:
    """Return the rows of one release folder, of a series all periods; None when it holds no table (`view`)."""
    resources = json.loads((folder / FILE).read_bytes())["resources"]
    tables = [resource for resource in resources if resource["format"] == "csv"]
    # The newest period of a series stands twice: under its own name, and under the name without suffix.
    chosen = [table for table in tables if table.get("machizu:period")] or tables
    if not chosen:
        return None
    read = [read_csv(folder / table["path"]) for table in chosen]
    cells = as_handed_in(pa.concat_tables(read, promote_options="default"), dataset.disclosure.suppression)
    periods = [table.get("machizu:period", "") for table in chosen]
    period = pa.array(periods, pa.utf8()).take(pa.array(np.repeat(np.arange(len(read)), [one.num_rows for one in read])))
    rows = cells.num_rows
    nowhere = pa.array(np.zeros(rows, np.int32))
    return Table(dataset, (), cells, nowhere, pa.array(np.arange(1, rows + 1)), (), period=period if any(periods) else None)
