"""Limits: how large a source may be before it is refused with one sentence, so that no file can exhaust the machine."""

import zipfile
import zlib

import pyarrow as pa
import pyarrow.compute as pc

from catalog.errors import UnusableSource

ZIP_TROUBLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)
"""What zipfile raises on damaged, encrypted or hostile archives; ValueError: impossible offsets, undecodable names."""

MAX_BYTES = 1 << 30
"""Of a text, workbook or zip as it lies on disk."""
MAX_UNPACKED = 2 << 30
"""Of all members of a zip or workbook together, unpacked."""
MAX_RATIO = 200
"""Unpacked to packed, looked at above `RATIO_FROM` bytes only: small members compress arbitrarily well."""
RATIO_FROM = 64 << 20
MAX_MEMBERS = 10_000
MAX_CELLS = 60_000_000
"""Of one sheet or file, counted over its bounding box."""
MAX_COLUMNS = 2_000
MAX_CELL = 1 << 20
"""Bytes of one cell: thirty times what a spreadsheet holds, and less than the readers of GeoJSON give up at."""


def too_large(name: str, what_ja: str, what_en: str) -> UnusableSource:
    """Return the refusal of a source that is beyond a limit."""
    return UnusableSource(
        f"{name} は大きすぎます({what_ja})。",
        f"{name} is too large ({what_en}).",
        fix_ja="年度や地区で分けたファイルにするか、不要な行・列・シートを消して保存し直してください。",
        fix_en="Split it by year or district, or delete rows, columns and sheets that are not needed, and save it again.",
        code="too-large",
    )


def check_bytes(size: int, name: str) -> None:
    """Raise UnusableSource when a file on disk is larger than `MAX_BYTES`."""
    if size > MAX_BYTES:
        raise too_large(
            name, f"{size // 1_000_000:,} MB、上限 {MAX_BYTES // 1_000_000:,} MB", f"{size:,} bytes, at most {MAX_BYTES:,}"
        )


def check_cells(rows: int, columns: int, name: str) -> None:
    """Raise UnusableSource when a table's bounding box is beyond `MAX_CELLS` or `MAX_COLUMNS`."""
    if columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise too_large(
            name,
            f"{rows:,} 行 × {columns:,} 列、上限 {MAX_CELLS:,} セル・{MAX_COLUMNS:,} 列",
            f"{rows:,} rows by {columns:,} columns, at most {MAX_CELLS:,} cells and {MAX_COLUMNS:,} columns",
        )


def check_cell_lengths(cells: pa.Table, name: str) -> None:
    """Raise UnusableSource when one cell of utf8 columns is longer than `MAX_CELL`."""
    for heading, column in zip(cells.column_names, cells.columns, strict=True):
        longest = pc.max(pc.binary_length(column)).as_py() or 0
        if longest > MAX_CELL:
            at = f"「{heading}」の1つのセルが {longest:,} バイト、上限 {MAX_CELL:,} バイト"
            raise too_large(name, at, f"one cell of {heading!r} has {longest:,} bytes, at most {MAX_CELL:,}")
