"""Hidden records: what an old workbook (.xls) carries unseen, as its records are walked through anyway, and in its container.

Source: MS-XLS 2.4.28 (BoundSheet8), 2.4.53 (ColInfo), 2.4.150 (Lbl), 2.4.179 (Note), 2.4.221 (Row); MS-OLEPS 2.21. What BIFF5
writes otherwise (names in one byte a character) is told alike.
"""

import re
import struct
from collections.abc import Iterator

from publish.reading.compound import Compound
from publish.table.file_facts import Hidden
from publish.table.position import column_letter

_ROW, _COLINFO, _NOTE, _BOUNDSHEET, _LBL, _SUPBOOK = 0x0208, 0x007D, 0x001C, 0x0085, 0x0018, 0x01AE
_ROW_HIDDEN, _COLUMN_HIDDEN, _BUILT_IN, _VERY_HIDDEN = 0x20, 0x01, 0x20, 0x02
_OWN_BOOK = (0x0401, 0x3A01)
"""Instead of the length of a path: this workbook itself, or an add-in."""
_STYLED = 6
"""Bytes of each of several numbers beside each other: a style, then the number."""
_KEPT = 1_000
_STORES = (
    ("pivot", re.compile("_SX_DB_CUR")),
    ("embedded", re.compile("MBD[0-9A-F]{8}|_VBA_PROJECT_CUR")),
    ("revision", re.compile("Revision Log")),
)
"""Kind by the folders of the container that are it."""
_SUMMARY, _DOCUMENT_SUMMARY = "\x05SummaryInformation", "\x05DocumentSummaryInformation"
_PEOPLE = {_SUMMARY: (4, 8), _DOCUMENT_SUMMARY: (14, 15)}
"""Properties by stream: author, last author; manager, company."""
_TEXTS = {0x1E: 1, 0x1F: 2}
"""Bytes a character by type of property."""
_CODE_PAGE = 1
_ENCODINGS = {65001: "utf-8", 1252: "cp1252"}
"""By code page; all others are taken for that of Japan."""


class HiddenRecords:
    """What the records of one sheet have told so far; `unseen` are the styles in which a text is not seen."""

    def __init__(self, unseen: frozenset[int] = frozenset()) -> None:
        self._hidden_rows, self._rows = set[int](), set[int]()
        self._ranges, self._columns = list[tuple[int, int]](), set[int]()
        self._comments = list[str]()
        self._unseen_styles, self._unseen = unseen, list[str]()

    def look(self, kind: int, data: bytes) -> None:
        """Take a record that is no cell. struct.error when it is cut."""
        if kind == _ROW and len(data) >= 16 and data[12] & _ROW_HIDDEN:
            self._hidden_rows.add(struct.unpack_from("<H", data)[0])
        elif kind == _COLINFO and len(data) >= 10 and data[8] & _COLUMN_HIDDEN:
            first, last = struct.unpack_from("<2H", data)
            self._ranges.append((first, last))
        elif kind == _NOTE and len(data) >= 4 and len(self._comments) < _KEPT:
            row, column = struct.unpack_from("<2H", data)
            if row != 0xFFFF:  # in BIFF5 the rest of a long comment
                self._comments.append(f"{column_letter(column)}{row + 1}")

    def cell(self, row: int, first: int, last: int, styled: bytes) -> None:
        """Take a cell with content, or several beside each other, all counted from 0; what follows begins with their styles."""
        columns = range(first, min(last, first + 256) + 1)
        self._rows.add(row)
        self._columns.update(columns)
        if self._unseen_styles and len(self._unseen) < _KEPT:
            styles = (styled[place : place + 2] for place in range(0, _STYLED * len(columns), _STYLED))
            seen = (int.from_bytes(style, "little") in self._unseen_styles for style in styles)
            self._unseen += [f"{column_letter(column)}{row + 1}" for column, hit in zip(columns, seen, strict=True) if hit]

    def found(self) -> tuple[Hidden, ...]:
        """Return the hidden rows and columns that hold something, the cells that are not seen and those with comments."""
        rows = [str(row + 1) for row in sorted(self._hidden_rows & self._rows)]
        columns = [
            column_letter(column)
            for column in sorted(self._columns)
            if any(first <= column <= last for first, last in self._ranges)
        ]
        kinds = {"rows": rows, "columns": columns, "unseen": self._unseen, "comments": self._comments}
        return tuple(Hidden(kind, "", tuple(cells[:_KEPT])) for kind, cells in kinds.items() if cells)


def of_records(records: Iterator[tuple[int, bytes]]) -> Iterator[Hidden]:
    """Give what the records of the workbook itself tell: sheets beyond the menu, defined names, other files."""
    names, others = list[str](), 0
    for kind, data in records:
        if kind == _BOUNDSHEET and len(data) >= 8 and data[4] & 0x03 == _VERY_HIDDEN:
            yield Hidden("very-hidden", _characters(data, 7, data[6]))
        elif kind == _LBL and len(data) > 15 and not data[0] & _BUILT_IN:
            names.append(_characters(data, 14, data[3]))
        elif kind == _SUPBOOK and len(data) >= 4:
            others += struct.unpack_from("<H", data, 2)[0] not in _OWN_BOOK
    if names:
        yield Hidden("names", "", tuple(sorted(set(names))[:_KEPT]))
    if others:
        yield Hidden("external", "")


def _characters(data: bytes, place: int, count: int) -> str:
    """Return a text that begins with a byte that says how it is written: one or two bytes a character."""
    if data[place] in (0, 1):
        width = 1 + data[place]
        text = data[place + 1 : place + 1 + count * width]
        return text.decode("utf-16-le" if width > 1 else "latin-1", "replace")
    return data[place : place + count].decode("cp932", "replace")


def of_container(container: Compound) -> Iterator[Hidden]:
    """Give what lies beside the records of an old workbook: pivot caches, embedded files, macros, who wrote it."""
    for kind, form in _STORES:
        found = sorted(name for name in container.names if form.fullmatch(name))
        if found:
            yield Hidden(kind, "", tuple(found[:_KEPT]))
    people = {text for name, wanted in _PEOPLE.items() for text in _properties(container, name, wanted)} - {"", "machizu"}
    if people:
        yield Hidden("author", "", tuple(sorted(people)))


def _properties(container: Compound, name: str, wanted: tuple[int, ...]) -> Iterator[str]:
    """Give some texts of a property set; nothing of one that contradicts itself."""
    try:
        data = container.stream(name)
        start = struct.unpack_from("<I", data, 44)[0]
        count = min(struct.unpack_from("<I", data, start + 4)[0], _KEPT)
        places = dict(struct.unpack_from("<2I", data, start + 8 + 8 * number) for number in range(count))
        page = struct.unpack_from("<H", data, start + places[_CODE_PAGE] + 4)[0] if _CODE_PAGE in places else 0
        for number in wanted:
            if number in places:
                yield _property(data, start + places[number], _ENCODINGS.get(page, "cp932"))
    except (KeyError, ValueError, struct.error):
        return


def _property(data: bytes, place: int, encoding: str) -> str:
    kind, length = struct.unpack_from("<2I", data, place)
    width = _TEXTS.get(kind, 0)
    text = data[place + 8 : place + 8 + min(length, 200) * width]
    return text.decode("utf-16-le" if width > 1 else encoding, "replace").partition("\0")[0].strip()
