"""Plain sheet: a large sheet of which every cell is written as spreadsheets write it, read without a parser of XML.

Its cells are cut out piece by piece while it is unpacked (`plain_cells`), which tells at the same time all that a survey tells.
A sheet that is written otherwise anywhere is none of these and is surveyed and read as every other.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree

import numpy as np

from publish.reading.cell_parts import NotPlainError
from publish.reading.plain_cells import PlainCells, plain_cells
from publish.reading.sheet import Survey
from publish.reading.sheet_xml import usual
from publish.reading.workbook_facts import Gathered

LEAST, MOST = 2 << 20, 512 << 20
"""Bytes of XML: smaller sheets are read as fast either way; the cells of all that are taken are kept in memory."""
_PIECE = 2 << 20
_LONGEST_ROW = 8 * _PIECE
_ROW, _END = b"<row ", b"</sheetData>"
_HEAD = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml(?![^>]*encoding\s*=\s*(?![\"'](?i:utf-8)[\"']))[^<>]*\?>\s*)?<worksheet\s[^!]*<sheetData>\s*"
)
"""Without a comment, a definition of a type, or another encoding than UTF-8."""
_HIDDEN = re.compile(rb'hidden="(?:1|true)"')
"""Columns; what they hold is told by a survey only."""
_ERROR_TYPE = b't="e"'
_ERRORS = re.compile(rb"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|GETTING_DATA)")
"""The values of error cells that calamine knows (ECMA-376 part 1, 18.17.3)."""
_USUAL_COLUMNS = 26


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """The cells of a sheet and what a survey tells of it."""

    pieces: tuple[PlainCells, ...]
    survey: Survey


def plain_sheets(archive: zipfile.ZipFile, members: Mapping[str, str]) -> dict[str, PlainSheet]:
    """Return the sheets that are plain and large, of the members given by name. Raises what zipfile raises."""
    found, left = dict[str, PlainSheet](), MOST
    for name, member in members.items():
        size = archive.getinfo(member).file_size
        if LEAST <= size <= left and (sheet := _plain(archive, member)):
            found[name] = sheet
            left -= size
    return found


def _plain(archive: zipfile.ZipFile, member: str) -> PlainSheet | None:
    reading = _Reading()
    try:
        for rows in _whole_rows(archive, member, reading):
            reading.take(rows)
        return PlainSheet(tuple(reading.pieces), reading.survey(archive, member))
    except NotPlainError:
        return None


@dataclass(slots=True)
class _Reading:
    pieces: list[PlainCells] = field(default_factory=list)
    gathered: Gathered = field(default_factory=Gathered)
    after: int = 0

    def frame(self, xml: bytes) -> None:
        """Take what stands before the first row or behind the last."""
        xml = usual(xml)
        if _HIDDEN.search(xml):
            raise NotPlainError
        self.gathered.look(xml)

    def take(self, rows: bytes) -> None:
        cells = plain_cells(rows, self.after)
        self.after = cells.last
        self.pieces.append(cells)

    def survey(self, archive: zipfile.ZipFile, member: str) -> Survey:
        rows = max((cells.last_row for cells in self.pieces), default=0)
        columns = max([_USUAL_COLUMNS, *(cells.width for cells in self.pieces)])
        filled = any(len(cells.row) for cells in self.pieces)
        errors = {place: text for cells in self.pieces for place, text in _errors(cells)}
        return Survey(rows, columns, filled, errors, facts=self.gathered.facts(archive, member))


def _whole_rows(archive: zipfile.ZipFile, member: str, reading: _Reading) -> Iterator[bytes]:
    """Yield the rows of a sheet in pieces; what stands before and behind them goes to the survey."""
    with archive.open(member) as file:
        rest = file.read(_PIECE)
        begin = rest.find(_ROW)
        if begin < 0 or not _HEAD.fullmatch(rest[:begin]):
            raise NotPlainError
        _check_well_formed(rest[:begin])
        reading.frame(rest[:begin])
        rest = rest[begin:]
        while (end := rest.find(_END)) < 0:
            if not (more := file.read(_PIECE)):
                raise NotPlainError
            cut = rest.rfind(_ROW)
            if len(rest) > _LONGEST_ROW:
                raise NotPlainError
            yield rest[:cut]
            rest = rest[cut:] + more
        yield rest[:end]
        behind = rest[end:] + file.read()
    if b"<!" in behind or not behind.rstrip().endswith(b"</worksheet>"):
        raise NotPlainError
    reading.frame(behind)


def _check_well_formed(head: bytes) -> None:
    """What stands before the rows is small enough to be parsed; expat itself limits entity expansion."""
    try:
        ElementTree.fromstring(head + b"</sheetData></worksheet>")  # noqa: S314
    except ElementTree.ParseError as problem:
        raise NotPlainError from problem


def _errors(cells: PlainCells) -> Iterator[tuple[tuple[int, int], str]]:
    """Give the error cells of a piece."""
    types = [number for number, header in enumerate(cells.headers.dictionary.to_pylist()) if _ERROR_TYPE in header]
    for place in np.flatnonzero(np.isin(cells.headers.indices.to_numpy(), types)).tolist():
        value = cells.values[place].as_py()
        if not _ERRORS.fullmatch(value):
            raise NotPlainError
        yield (int(cells.row[place]), int(cells.column[place]) + 1), value.decode()
