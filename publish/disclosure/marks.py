"""The mark that stands in hidden cells, taken out where a column can hold numbers only."""

from collections.abc import Sequence

import pyarrow as pa

from catalog.suppression import MARK


def blank_marks(cells: pa.Table, columns: Sequence[str]) -> pa.Table:
    """Return the cells with a blank where a number is hidden: for formats in which a column holds numbers only."""
    for name in columns:
        texts = ["" if text == MARK else text for text in cells.column(name).to_pylist()]
        cells = cells.set_column(cells.column_names.index(name), name, pa.array(texts, pa.utf8()))
    return cells
