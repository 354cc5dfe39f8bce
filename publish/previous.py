"""The last release as a table again, for rules that compare with it."""

import json
from pathlib import Path

import pyarrow as pa

from catalog.dataset import Dataset
from catalog.site.pointer import read_pointer
from publish.diff.table_files import read_csv
from publish.packing.package import FILE
from publish.table.table import Table


def previous_table(site: Path, dataset: Dataset) -> Table | None:
    """Return the rows of the current release, of a series all periods; None when there is none, or no table (`view`)."""
    entry = read_pointer(site).current(dataset.id)
    if entry is None:
        return None
    resources = json.loads((site / entry.path / FILE).read_bytes())["resources"]
    tables = [resource for resource in resources if resource["format"] == "csv"]
    # The newest period of a series stands twice: under its own name, and under the name without suffix.
    chosen = [table for table in tables if table.get("machizu:period")] or tables
    if not chosen:
        return None
    cells = pa.concat_tables([read_csv(site / entry.path / table["path"]) for table in chosen], promote_options="default")
    rows = cells.num_rows
    nowhere = pa.array([0] * rows, pa.int32())
    return Table(dataset, (), cells, nowhere, pa.array(range(1, rows + 1), pa.int64()), ())
