"""Reading a workbook beside openpyxl's read-only mode: the same XLSX, the same texts after our own rendering, in one run.

The workbook is written as Excel writes one: shared strings, styles for days and times, a reference in every cell. Twenty
columns are names, figures, days, hours, truth values and texts; one cell in a thousand holds an error.
"""

import time
import zipfile
from collections.abc import Iterator, Sequence
from itertools import count, zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.sax.saxutils import escape

import numpy as np

from publish.reading.cell_text import render
from publish.reading.grid import Grid
from publish.reading.workbook import Workbook
from publish.table.position import column_letter

ROWS = 100_000
"""At most: openpyxl takes twenty seconds for these."""
COLUMNS = 20
_ERROR_EVERY = 1_000
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FORMATS = (0, 14, 22, 20, 46)
"""Number formats of the styles, in order: general, day, day and time, time of day, hours beyond 24."""


def main(rows: int) -> None:
    """Time both readers on the same file, ours before and after theirs, and print the ratio."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        write_book(path, min(rows, ROWS))
        print(f"\nworkbook, {min(rows, ROWS):,} rows × {COLUMNS} columns, {path.stat().st_size / 1e6:.0f} MB")
        ours, theirs, again = (_timed(read, path) for read in (by_machizu, by_openpyxl, by_machizu))
    _proven_equal(ours[2], theirs[2])
    wall, cpu = (min(ours[place], again[place]) for place in (0, 1))
    print(f"machizu {wall:.2f} s ({cpu:.2f} of CPU), openpyxl read-only {theirs[0]:.2f} s ({theirs[1]:.2f} of CPU)")
    print(f"{theirs[0] / wall:.1f} times as fast ({theirs[1] / cpu:.1f} by CPU), all texts and error cells equal", flush=True)


def by_machizu(path: Path) -> Grid:
    """Return the texts of every column and the findings; they are made into Python lists after the clock has stopped."""
    book = Workbook(path.read_bytes(), path.name)
    return book.grid(book.sheets[0])


def by_openpyxl(path: Path) -> list[tuple[Any, ...]]:
    """Return the typed rows."""
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True)
    return list(book.worksheets[0].iter_rows(values_only=True))


def _timed(read: Any, path: Path) -> tuple[float, float, Any]:
    wall, cpu = time.perf_counter(), time.process_time()
    found = read(path)
    return time.perf_counter() - wall, time.process_time() - cpu, found


def _proven_equal(ours: Grid, theirs: Sequence[tuple[Any, ...]]) -> None:
    for place, (column, other) in enumerate(zip(ours.cells.columns, zip_longest(*theirs), strict=True)):
        wanted = ["" if value is None else render(_day_only(value)) for value in other]
        if column.to_pylist() != wanted:
            different = next(row for row, pair in enumerate(zip(column.to_pylist(), wanted, strict=True)) if len(set(pair)) > 1)
            raise SystemExit(
                f"column {column_letter(place)}, row {different + 1}: {column[different]} is not {wanted[different]}"
            )
    errors = {(number, cell) for number, row in enumerate(theirs, 1) for cell in row if str(cell).startswith("#")}
    if {(one.row, one.value) for one in ours.findings} != errors:
        raise SystemExit("the error cells that are found are not those that stand there")


def _day_only(value: Any) -> Any:
    """Return a midnight as the day that it is: openpyxl knows no days."""
    if hasattr(value, "date") and (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0):
        return value.date()
    return value


def write_book(path: Path, rows: int) -> None:
    """Write the workbook; the same for the same number of rows."""
    numbers, strings = count(), {}

    def text(value: str) -> str:
        if value not in strings:
            strings[value] = next(numbers)
        return f'" t="s"><v>{strings[value]}</v></c>'

    lines = [_line(1, [text(f"列{place}") for place in range(COLUMNS)])]
    random = np.random.default_rng(20261126)
    lines += [_line(row + 2, _cells(row, random.random(4), text)) for row in range(rows)]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in _frame():
            archive.writestr(name, xml)
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet {_MAIN}><sheetData>{''.join(lines)}</sheetData></worksheet>")
        items = "".join(f"<si><t>{escape(value)}</t></si>" for value in strings)
        archive.writestr("xl/sharedStrings.xml", f'<sst {_MAIN} uniqueCount="{len(strings)}">{items}</sst>')


def _line(row: int, cells: Sequence[str]) -> str:
    inner = "".join(f'<c r="{column_letter(place)}{row}{cell}' for place, cell in enumerate(cells) if cell)
    return f'<row r="{row}" spans="1:{COLUMNS}">{inner}</row>'


def _cells(row: int, random: Sequence[float], text: Any) -> list[str]:
    """Return the twenty cells of a row, each from behind its address."""

    def number(value: object, style: int = 0) -> str:
        return f'"{f" s={chr(34)}{style}{chr(34)}" if style else ""}><v>{value}</v></c>'

    day = 45_000 + row % 1_500
    cells = [text(f"ID{row:06d}"), text(f"施設{row}"), text(f"{row % 50}課"), text(f"見本町{row % 99}丁目{row % 7}番")]
    cells += [
        number(f"{34 + random[0]:.6f}"),
        number(f"{135 + random[1]:.6f}"),
        number(day, 1),
        number(f"{day}.35416666667", 2),
    ]
    cells += [number("0.375", 3), number("0.71875", 3), number("1", 4), number(row), number(row * 1.5), number("100")]
    cells += [text(f"054-{row % 9999:04d}"), text("有" if row % 2 else "無"), f'" t="b"><v>{row % 2}</v></c>']
    note = '" t="e"><v>#N/A</v></c>' if row % _ERROR_EVERY == 0 else text(f"備考{row % 7}")
    return [*cells, number(repr(float(random[2]) * 1_000)), note, "" if row % 3 else text("https://example.jp/")]


def _frame() -> Iterator[tuple[str, str]]:
    """Give the members that say what the others are."""
    kinds = (("workbook.xml", "sheet.main"), ("worksheets/sheet1.xml", "worksheet"), ("styles.xml", "styles"))
    parts = "".join(f'<Override PartName="/xl/{name}" ContentType="{_TYPES}.{kind}+xml"/>' for name, kind in kinds)
    parts += f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPES}.sharedStrings+xml"/>'
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    yield "[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types">{rels}{parts}</Types>'
    yield "_rels/.rels", _relations(("officeDocument", "xl/workbook.xml"))
    links = (("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml"))
    yield "xl/_rels/workbook.xml.rels", _relations(*links)
    sheet = '<sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets>'
    yield "xl/workbook.xml", f'<workbook {_MAIN} xmlns:r="{_OFFICE}">{sheet}</workbook>'
    styles = "".join(f'<xf numFmtId="{one}" applyNumberFormat="1"/>' for one in _FORMATS)
    fills = "<fonts><font/></fonts><fills><fill><patternFill/></fill></fills>"
    plain = f"{fills}<borders><border><left/></border></borders><cellStyleXfs><xf/></cellStyleXfs>"
    named = '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    yield "xl/styles.xml", f"<styleSheet {_MAIN}>{plain}<cellXfs>{styles}</cellXfs>{named}</styleSheet>"


def _relations(*links: tuple[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'
