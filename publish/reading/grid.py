"""Grid: a file or sheet before anything is known about it: columns of text, every record or row, counted from 1."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from publish.table.file_facts import NO_FACTS, FileFacts
from publish.table.finding import Finding


@dataclass(frozen=True, slots=True)
class Grid:
    """`cells`: utf8 columns without nulls; row i of it is row i + 1 as a spreadsheet counts. Blank rows are still there."""

    cells: pa.Table
    findings: tuple[Finding, ...] = ()
    """Seen while reading, addressed by row and column letter (as heading)."""
    facts: FileFacts = NO_FACTS

    def head(self, rows: int) -> list[list[str]]:
        """Return the first rows as lists of texts."""
        return _rows(self.cells.slice(0, rows))


def _rows(cells: pa.Table) -> list[list[str]]:
    columns = [column.to_pylist() for column in cells.columns]
    return [list(row) for row in zip(*columns, strict=True)] if columns else []


def blank_rows(cells: pa.Table) -> pa.Array:
    """Return int64 places of the rows in which no cell holds more than white space."""
    places = pa.array(range(0), pa.int64())
    for number, column in enumerate(cells.columns):
        here = column if number == 0 else column.take(places)
        mask = pc.equal(pc.utf8_trim_whitespace(here), "")
        places = pc.indices_nonzero(mask).cast(pa.int64()) if number == 0 else places.filter(mask)
        if len(places) == 0:
            break
    return places.combine_chunks() if isinstance(places, pa.ChunkedArray) else places


def is_blank(column: pa.ChunkedArray) -> bool:
    """Say whether a column holds nothing but white space."""
    filled = column.filter(pc.not_equal(column, ""))
    return len(filled) == 0 or not pc.any(pc.not_equal(pc.utf8_trim_whitespace(filled), "")).as_py()


def place_cells(columns: list[pa.ChunkedArray]) -> pa.Table:
    """Return a grid's table from its columns, named by their place."""
    return pa.table(columns, names=[str(place) for place in range(len(columns))])
