"""CSV as the national standard asks: UTF-8 with BOM, CRLF, national item names in national order (RFC 4180 quoting)."""

import csv
from pathlib import Path

import pyarrow as pa

from catalog.text import Text
from publish.packing.contents import Contents

FORMAT = "csv"
MEDIA_TYPE = "text/csv"
TITLE = Text(ja="CSV(表)", en="CSV (table)")
ENCODING = "utf-8-sig"
_ROWS = 1 << 16


def applies(contents: Contents) -> bool:
    """Every open dataset has one."""
    return contents.cls == "open"


def write(contents: Contents, path: Path) -> None:
    """Write the published columns as they are: no cell is altered, also not against formulas (the XLSX is for that)."""
    write_cells(contents.cells, path)


def write_cells(cells: pa.Table, path: Path) -> None:
    """Write utf8 columns as rows under their names."""
    with path.open("w", encoding=ENCODING, newline="") as file:
        rows = csv.writer(file, lineterminator="\r\n")
        rows.writerow(cells.column_names)
        for batch in cells.to_batches(_ROWS):
            rows.writerows(zip(*(column.to_pylist() for column in batch.columns), strict=True))
