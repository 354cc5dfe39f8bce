"""Hidden rows and columns of a sheet, as its XML is streamed anyway: which of them hold something.

Each question first looks for bytes that only its answer has, so that a sheet without anything hidden costs one search a piece.
"""

import re

from publish.table.file_facts import Hidden

_ROW = re.compile(rb'<(?:\w{1,20}:)?row\b(?=[^>]{0,2000}?\bhidden="(?:1|true)")[^>]{0,2000}?\br="([0-9]{1,7})"[^>]{0,2000}>')
_COLUMN = re.compile(rb'<(?:\w{1,20}:)?col\b(?=[^>]{0,400}?\bhidden="(?:1|true)")[^>]{0,400}>')
_FROM = re.compile(rb'\bmin="([0-9]{1,5})"')
_TO = re.compile(rb'\bmax="([0-9]{1,5})"')
_FILLED = re.compile(
    rb'<(?:\w{1,20}:)?c\b[^>]{0,200}?\br="([A-Z]{1,3})[0-9]{1,7}"[^>]{0,200}[^/]><(?:\w{1,20}:)?(?:v|is|f)[ >]'
)
_CONTENT = re.compile(rb"<(?:\w{1,20}:)?(?:v|is)>")
_ROW_END = re.compile(rb"</(?:\w{1,20}:)?row>")
_KEPT = 1_000


class HiddenCells:
    """What the pieces of one sheet have told so far."""

    def __init__(self) -> None:
        self._rows = list[str]()
        self._ranges = list[tuple[int, int]]()
        self._columns = dict[str, None]()

    def look(self, piece: bytes) -> None:
        """Take a piece of a sheet's XML that ends between two cells; columns are declared before the first row."""
        if b'hidden="' in piece:
            self._ranges += [_range(found[0]) for found in _COLUMN.finditer(piece)]
            self._rows += [found[1].decode() for found in _ROW.finditer(piece) if _has_content(piece, found.end())]
            del self._rows[_KEPT:]
        if self._ranges:
            seen = {letters.decode() for letters in _FILLED.findall(piece)}
            self._columns |= dict.fromkeys(sorted(letters for letters in seen if self._is_hidden(letters)))

    def found(self) -> tuple[Hidden, ...]:
        """Return the hidden rows and columns that hold something."""
        kinds = {"rows": self._rows, "columns": list(self._columns)}
        return tuple(Hidden(kind, "", tuple(cells)) for kind, cells in kinds.items() if cells)

    def _is_hidden(self, letters: str) -> bool:
        number = 0
        for letter in letters:
            number = number * 26 + ord(letter) - 64
        return any(first <= number <= last for first, last in self._ranges)


def _range(column: bytes) -> tuple[int, int]:
    first, last = _FROM.search(column), _TO.search(column)
    return (int(first[1]), int(last[1])) if first and last else (0, 0)


def _has_content(piece: bytes, start: int) -> bool:
    """Say whether a row that begins in a piece holds a value there."""
    end = _ROW_END.search(piece, start)
    return _CONTENT.search(piece, start, end.start() if end else len(piece)) is not None
