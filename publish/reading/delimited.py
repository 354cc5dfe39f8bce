"""Delimited text (CSV, TSV) to a Grid: every record, its number exact, no cell lost.

Arrow parses; records with more or fewer cells than the rest come back through its handler with their number and text
and are put in their place again, so that extra cells stand in columns of their own. A quote that is never closed
would swallow the rest of the file: a last record of ours proves that none did.
"""

import io
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from catalog.errors import UnusableSource
from publish.reading.delimiter import shape
from publish.reading.error_cells import error_cells
from publish.reading.grid import Grid, place_cells
from publish.reading.limits import check_cells, too_large
from publish.reading.spaced_quotes import closed_up
from publish.reading.text import Text
from publish.table.finding import Finding
from publish.table.position import column_letter

_BLOCK = 4 << 20
_MAX_ODD = 3_000_000
"""Records that are kept one by one: a hundred bytes and half a microsecond each."""
_END = "\x1fmachizu-end\x1f"


class _Stream(io.RawIOBase):
    """A text as one file, with a last record behind it."""

    def __init__(self, text: Iterable[bytes], last: bytes) -> None:
        self._coming = itertools.chain(text, [last])
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> memoryview:
        """Return the next bytes, none at the end."""
        if not self._rest.nbytes:
            self._rest = memoryview(next(self._coming, b""))
        piece, self._rest = self._rest[:size], self._rest[size:]
        return piece


@dataclass
class _Odd:
    """Records whose number of cells differs from the rest, by that number."""

    numbers: dict[int, list[int]] = field(default_factory=dict)
    texts: dict[int, list[str]] = field(default_factory=dict)
    count: int = 0

    def take(self, record: arrow_csv.InvalidRow) -> str:
        """Keep one such record, up to a limit; called by Arrow."""
        self.count += 1
        if self.count > _MAX_ODD:
            return "error"
        self.numbers.setdefault(record.actual_columns, []).append(record.number)
        self.texts.setdefault(record.actual_columns, []).append(record.text)
        return "skip"

    def forget(self) -> None:
        """Begin anew."""
        self.numbers.clear()
        self.texts.clear()
        self.count = 0


def read_grid(text: Text, name: str) -> Grid:
    """Parse a whole text; UnusableSource when a quote stays open, the delimiter is not clear or a limit is passed."""
    if not text.head:
        return Grid(place_cells([]))
    found = shape(text.head, name)
    text = closed_up(_without_first(text, found.skipped), found.delimiter)
    regular, odd = _parse(text, found.delimiter, found.width, name)
    wide = max([found.width, *odd.texts])
    check_cells(regular.num_rows + odd.count, wide, name)
    cells = _merge(regular, odd, wide, found.delimiter, name) if odd.texts else regular
    return Grid(cells, (*error_cells(cells), *_cut_off(text, odd, found.width, cells)))


def _without_first(text: Text, count: int) -> Text:
    """Leave out the bytes of a first line that only names the delimiter."""
    return Text(text.utf8.to_pybytes()[count:], text.encoding) if count else text


def _cut_off(text: Text, odd: _Odd, width: int, cells: pa.Table) -> list[Finding]:
    """Return a finding where the file ends within a record: it has fewer cells than the others, and no line end follows."""
    if not text.is_cut_off:
        return []
    last = [count for count, numbers in odd.numbers.items() if 1 < count < width and cells.num_rows in numbers]
    return [
        Finding("cut-off", "warning", 0, cells.num_rows, column_letter(count), cells.column(count - 1)[-1].as_py())
        for count in last
    ]


def _parse(text: Text, delimiter: str, width: int, name: str) -> tuple[pa.Table, _Odd]:
    """Return the regular records without our last one, and the odd ones."""
    last = delimiter.join([_END, *[""] * (width - 1)]) + "\n"
    odd = _Odd()
    table = _arrow(text, ("\n" if text.is_cut_off else "") + last, delimiter, width, odd, name)
    first = table.column(0)[table.num_rows - 1].as_py() if table.num_rows else ""
    if first != _END:
        raise _open_quote(name, table.num_rows + sum(map(len, odd.numbers.values())))
    return table.slice(0, table.num_rows - 1), odd


def _arrow(text: Text, last: str, delimiter: str, width: int, odd: _Odd, name: str) -> pa.Table:
    names = [str(place) for place in range(width)]
    block = _BLOCK
    while True:
        try:
            batches = arrow_csv.open_csv(
                _Stream(text, last.encode()),
                # record numbers are exact only without threads
                read_options=arrow_csv.ReadOptions(use_threads=False, block_size=block, column_names=names),
                parse_options=arrow_csv.ParseOptions(
                    delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=odd.take
                ),
                convert_options=arrow_csv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.utf8()),
                    strings_can_be_null=False,
                    quoted_strings_can_be_null=False,
                    check_utf8=False,  # decoding has proven it
                ),
            )
            return _within_limits(batches, width, name)
        except pa.ArrowInvalid as problem:
            if odd.count > _MAX_ODD:
                raise too_large(
                    name, f"列の数が違う行が {_MAX_ODD:,} を超える", f"over {_MAX_ODD:,} uneven records"
                ) from problem
            if "straddling" not in str(problem):
                raise _unparsable(name) from problem
            if block > text.utf8.size:  # from here on in one piece, so that blocks can grow
                raise too_large(name, "1 つの行が長すぎる", "one record is too long") from problem
            block *= 8
            odd.forget()


def _within_limits(batches: arrow_csv.CSVStreamingReader, width: int, name: str) -> pa.Table:
    """Gather the batches of a text, up to the limit: fifty million line ends are two gigabytes of blank cells."""
    gathered, rows = [], 0
    for batch in batches:
        gathered.append(batch)
        rows += batch.num_rows
        check_cells(rows - 1, width, name)
    return pa.Table.from_batches(gathered, batches.schema)


def _merge(regular: pa.Table, odd: _Odd, wide: int, delimiter: str, name: str) -> pa.Table:
    """Return all records in file order, short ones filled with blanks, long ones with columns of their own."""
    filled = [text + delimiter * (wide - width) for width, texts in odd.texts.items() for text in texts]
    numbers = [number for listed in odd.numbers.values() for number in listed]
    inner = _Odd()
    piece = _arrow(Text("\n".join([*filled, ""]).encode(), "utf-8"), "", delimiter, wide, inner, name)
    if inner.texts or piece.num_rows != len(filled):
        raise _open_quote(name, min(numbers))
    total = regular.num_rows + len(numbers)
    order = np.empty(total, np.int64)
    places = np.array(numbers, np.int64) - 1
    rest = np.ones(total, bool)
    rest[places] = False
    order[rest] = np.arange(regular.num_rows)
    order[places] = np.arange(regular.num_rows, total)
    return pa.concat_tables([_widen(regular, wide), place_cells(piece.columns)]).take(pa.array(order)).combine_chunks()


def _widen(table: pa.Table, wide: int) -> pa.Table:
    blank = pa.repeat("", table.num_rows)
    extra = [pa.chunked_array([blank]) for _ in range(wide - table.num_columns)]
    return place_cells([*table.columns, *extra])


def _open_quote(name: str, record: int) -> UnusableSource:
    return UnusableSource(
        f'{name} の {record} 行目で始まる引用符(")が閉じられていません。',
        f'{name}: a quote (") opened in record {record} is never closed.',
        fix_ja='その行の「"」を消すか対にして、保存し直してください。',
        fix_en="Remove or pair the quote in that record, and save the file again.",
        code="open-quote",
    )


def _unparsable(name: str) -> UnusableSource:
    return UnusableSource(
        f"{name} は CSV として読めません。",
        f"{name} cannot be read as CSV.",
        fix_ja="Excel で開き、「CSV UTF-8(コンマ区切り)」として保存し直してください。",
        fix_en="Open it in Excel and save it as 'CSV UTF-8 (comma delimited)'.",
        code="unparsable",
    )
