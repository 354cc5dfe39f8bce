"""The last release as a table again, for rules and diffs that compare with it."""

from pathlib import Path

import pyarrow as pa

from catalog.dataset import Dataset
from catalog.site.pointer import read_pointer
from publish.diff.table_files import of_folder
from publish.table.table import Table


def previous_table(site: Path, dataset: Dataset) -> Table | None:
    """Return the rows of the current release; None when there is none, or none with a table (`view`)."""
    entry = read_pointer(site).current(dataset.id)
    files = of_folder(site / entry.path) if entry else None
    if files is None:
        return None
    rows = files.cells.num_rows
    nowhere = pa.array([0] * rows, pa.int32())
    return Table(files.dataset, (), files.cells, nowhere, pa.array(range(1, rows + 1), pa.int64()), ())
