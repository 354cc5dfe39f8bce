"""BIFF: the records of an old workbook (.xls, Excel 5 to 2003), surveyed for what the workbook library does not tell.

Error cells and formulas without a stored result come back from calamine as blanks, and it reserves memory for as many cells
and strings as a record promises. Source: MS-XLS 2.4 (BIFF8); BIFF5 has the same records for what is asked here.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from publish.reading.compound import Compound
from publish.reading.hidden_records import HiddenRecords
from publish.reading.sheet import Place, Survey
from publish.reading.unseen_records import UnseenRecords
from publish.table.file_facts import FileFacts, Marks
from publish.table.position import column_letter

_BOF, _EOF, _BOUNDSHEET, _FILEPASS, _SST, _DIMENSIONS = 0x0809, 0x000A, 0x0085, 0x002F, 0x00FC, 0x0200
_FORMULA, _STRING, _BOOLERR, _MULRK = 0x0006, 0x0207, 0x0205, 0x00BD
_CELLS = frozenset((_FORMULA, _BOOLERR, _MULRK, 0x00FD, 0x0204, 0x0203, 0x027E, 0x00D6))
"""Records of cells with content: also texts, numbers, and texts with formatted pieces."""
_BETWEEN = frozenset((0x04BC, 0x0221, 0x0236))
"""May stand between a formula and its text: shared formulas, arrays, tables."""
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_LEAST_STRING = 3
_MOST_ROWS, _MOST_COLUMNS = 65_536, 256
_OLDEST = 0x0500
_FIRST = 3
Record = tuple[int, bytes]


class LockedError(ValueError):
    """The workbook is encrypted."""


@dataclass
class _Seen:
    hidden: HiddenRecords
    rows: int = 0
    columns: int = 1
    filled: bool = False
    errors: dict[Place, str] = field(default_factory=dict)
    uncalculated: list[Place] = field(default_factory=list)
    formulas: int = 0
    first: list[str] = field(default_factory=list)


def records_of(container: Compound) -> bytes:
    """Return the records of an old workbook; KeyError when the container holds none."""
    return container.stream("Workbook" if "Workbook" in container.names else "Book")


def globals_of(container: Compound) -> Iterator[Record]:
    """Give the records that are about the whole workbook, and stand before those of its sheets."""
    return _records(records_of(container), 0)


def surveys(stream: bytes) -> list[Survey]:
    """Return the survey of every sheet, in the order of the workbook.

    ValueError: the records contradict themselves, or are older than Excel 5. LockedError: they are encrypted.
    """
    starts, unseen = [], UnseenRecords()
    for kind, data in _records(stream, 0):
        unseen.look(kind, data)
        if kind == _FILEPASS:
            raise LockedError
        if kind == _BOUNDSHEET:
            starts.append(struct.unpack_from("<I", data)[0])
        if kind == _SST and struct.unpack_from("<I", data, 4)[0] > len(stream) // _LEAST_STRING:
            raise ValueError("the table of strings promises more than it holds")
    styles = unseen.styles()
    return [_survey(_records(stream, start), HiddenRecords(styles)) for start in starts]


def _records(stream: bytes, place: int) -> Iterator[Record]:
    """Give the records of one substream, from its BOF to its EOF."""
    kind, size = struct.unpack_from("<2H", stream, place)
    if kind != _BOF or struct.unpack_from("<H", stream, place + 4)[0] < _OLDEST:
        raise ValueError("no workbook of Excel 5 or later")
    depth = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<2H", stream, place)
        yield kind, stream[place + 4 : place + 4 + size]
        place += 4 + size
        depth += (kind == _BOF) - (kind == _EOF)  # charts have substreams of their own
        if not depth:
            return


def _survey(records: Iterator[Record], hidden: HiddenRecords) -> Survey:
    seen = _Seen(hidden)
    waiting: Place | None = None
    for kind, data in records:
        if waiting and kind not in _BETWEEN:
            if kind != _STRING:
                seen.uncalculated.append(waiting)
            waiting = None
        if kind in _CELLS and len(data) >= 6:
            waiting = _cell(seen, kind, data)
        elif kind == _DIMENSIONS:
            _promised(seen, data)
        else:
            seen.hidden.look(kind, data)
    if seen.rows > _MOST_ROWS or seen.columns > _MOST_COLUMNS:
        raise ValueError("more rows or columns than such a sheet can have")
    facts = FileFacts(formulas=Marks(seen.formulas, tuple(seen.first)), hidden=seen.hidden.found())
    return Survey(seen.rows, seen.columns, seen.filled, seen.errors, tuple(seen.uncalculated), facts)


def _promised(seen: _Seen, data: bytes) -> None:
    """Take how far the sheet says that it reaches: calamine reserves as much, and counts below nothing where it ends first."""
    rows = struct.unpack_from("<2I", data) if len(data) >= 14 else struct.unpack_from("<2H", data)  # BIFF8 has four bytes
    columns = struct.unpack_from("<2H", data, 8 if len(data) >= 14 else 4)
    if any(first > max(last - 1, 0) for first, last in (rows, columns)):
        raise ValueError("the sheet ends before it begins")
    seen.rows, seen.columns = max(seen.rows, rows[1]), max(seen.columns, columns[1])


def _cell(seen: _Seen, kind: int, data: bytes) -> Place | None:
    """Take a cell; its place when it is a formula whose text must follow."""
    row, column = struct.unpack_from("<2H", data)
    last = struct.unpack_from("<H", data, len(data) - 2)[0] if kind == _MULRK else column
    seen.rows, seen.columns, seen.filled = max(seen.rows, row + 1), max(seen.columns, last + 1), True
    seen.hidden.cell(row, column, last, data[4:])
    place = (row + 1, column + 1)
    if kind == _BOOLERR and len(data) >= 8 and data[7]:
        seen.errors[place] = _ERRORS.get(data[6], "#N/A")
    return _formula(seen, place, data) if kind == _FORMULA and len(data) >= 14 else None


def _formula(seen: _Seen, place: Place, data: bytes) -> Place | None:
    seen.formulas += 1
    if len(seen.first) < _FIRST:
        seen.first.append(f"{column_letter(place[1] - 1)}{place[0]}")
    if data[12:14] != b"\xff\xff":
        return None
    if data[6] == 2:
        seen.errors[place] = _ERRORS.get(data[8], "#N/A")
    return place if data[6] == 0 else None
