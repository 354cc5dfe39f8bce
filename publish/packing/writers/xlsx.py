"""XLSX up to 100,000 rows: the table, and a second sheet that says what the columns mean and what has to be known.

Numbers are numbers; every other cell is text of type string, which no spreadsheet computes, and text that looks like a
formula carries the quote mark so that it stays text when somebody edits it. Codes keep their leading zeros.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml.etree import LxmlError  # type: ignore[import-untyped]
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from pyarrow import compute

from catalog.errors import not_written
from catalog.text import Text
from publish.packing.contents import Contents
from publish.packing.determinism import rezip
from publish.packing.item_list import item_list
from publish.spreadsheet import LONGEST, SPECIAL, put_text, sheet_name

FORMAT = "xlsx"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TITLE = Text(ja="Excel(表と項目の説明)", en="Excel (table and description of items)")
LIMIT = 100_000

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,12})?")
"""At most 15 significant digits are exact in a spreadsheet; anything else stays text."""

_TIME = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def applies(contents: Contents) -> bool:
    """Open datasets of up to 100,000 rows whose cells fit into Excel's."""
    return contents.cls == "open" and contents.rows <= LIMIT and not _has_long_cell(contents)


def write(contents: Contents, path: Path) -> None:
    """Write both sheets and take every time out of the file; OutsideError on a full disk."""
    try:
        _write(contents, path)
    except LxmlError as problem:  # openpyxl writes its sheets through lxml, which knows no OSError
        raise not_written(path.name) from problem
    rezip(path, {"docProps/core.xml": lambda xml: _TIME.sub(rb"\g<1>1980-01-01T00:00:00Z", xml)})


def _write(contents: Contents, path: Path) -> None:
    book = Workbook(write_only=True)
    book.properties.creator = contents.town.full_name if contents.town else ""
    book.properties.title = contents.dataset.title.ja
    book.properties.description = " ".join(notice.ja for notice in contents.notices)
    sheet = book.create_sheet(sheet_name(contents.dataset.title.ja))
    sheet.freeze_panes = "A2"
    sheet.append([_heading(sheet, name) for name in contents.cells.column_names])
    for row in _rows(contents, sheet):
        sheet.append(row)
    _write_items(book.create_sheet("項目の説明 Items"), contents)
    book.save(path)


def _has_long_cell(contents: Contents) -> bool:
    """Say whether a spreadsheet would cut a cell off without a word: such a table gets no workbook."""
    longest = (compute.max(compute.utf8_length(column)).as_py() or 0 for column in contents.cells.columns)
    return any(length > LONGEST for length in longest)


def _rows(contents: Contents, sheet: WriteOnlyWorksheet) -> Iterator[list[object]]:
    numeric = [contents.types[name] in ("integer", "number") for name in contents.cells.column_names]
    for batch in contents.cells.to_batches(4096):
        for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            yield [_cell(sheet, text, as_number) for text, as_number in zip(values, numeric, strict=True)]


def _cell(sheet: WriteOnlyWorksheet, text: str, as_number: bool) -> object:
    if not text:
        return None
    if as_number and (number := _number(text)) is not None:
        return number
    return _text(sheet, text) if SPECIAL.search(text) else text


def _number(text: str) -> int | float | None:
    if not _NUMBER.fullmatch(text) or len(text.replace(".", "").lstrip("-0")) > 15:
        return None
    return float(text) if "." in text else int(text)


def _text(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet)
    put_text(cell, text)
    return cell


def _heading(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    cell = _text(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _write_items(sheet: WriteOnlyWorksheet, contents: Contents) -> None:
    for line in item_list(contents):
        sheet.append([_text(sheet, value) if value else None for value in line])
