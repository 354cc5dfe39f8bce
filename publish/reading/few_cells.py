"""Few cells: what the workbook library makes of cells of a workbook, asked in a workbook that holds only these.

The meaning of a cell depends on its attributes and its content, on the styles and the strings, and not on where it stands. So
what is asked once for each kind of cell is by construction what the library would say in the sheet itself.
"""

import io
import zipfile
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import chain

from publish.reading.cell_parts import NotPlainError
from publish.reading.sheet import Cell

_WIDTH = 64
_FULL = [b"<c><v>0</v></c>"] * _WIDTH
"""The first row, so that every other is told as wide as it is."""
_MOST = 256 << 20
"""Bytes of the other members, which are copied in memory."""
_STRING = b't="s"'
_SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%b</sheetData></worksheet>'


@dataclass(frozen=True, slots=True)
class FewCells:
    """A workbook to ask about cells of one of its sheets."""

    data: bytes
    sheet: str
    member: str
    """Of the zip, with the sheet's XML."""
    left_out: Collection[str]
    """Members of all sheets."""
    read: Callable[[bytes, str], Sequence[Sequence[Cell]]]
    """Gives the typed cells of a workbook's sheet row by row."""

    def typed(self, cells: Sequence[bytes]) -> list[Cell]:
        """Return the values of cells, each given as `<c>` without an address. Raises NotPlainError and what `read` raises."""
        rows = [cells[start : start + _WIDTH] for start in range(0, len(cells), _WIDTH)]
        xml = _SHEET % b"".join(b"<row>%b</row>" % b"".join(row) for row in [_FULL, *rows])
        strings = any(_STRING in cell for cell in cells)
        found = self.read(self._with(xml, strings), self.sheet)
        values = list(chain.from_iterable(found[1:]))[: len(cells)]
        return values + [""] * (len(cells) - len(values))

    def _with(self, xml: bytes, strings: bool) -> bytes:
        """Return the workbook with other XML of the sheet, and without what takes long to read and is not asked for."""
        small = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self.data)) as whole, zipfile.ZipFile(small, "w") as copy:
            needed = [member for member in whole.infolist() if self._is_needed(member.filename, strings)]
            if sum(member.file_size for member in needed) > _MOST:
                raise NotPlainError
            for member in needed:
                copy.writestr(member.filename, whole.read(member))
            copy.writestr(self.member, xml)
        return small.getvalue()

    def _is_needed(self, member: str, strings: bool) -> bool:
        """Say whether a member tells what the parts are, or stands beside the workbook as styles and strings do."""
        if member in self.left_out or not (member.endswith(".rels") or (member.endswith(".xml") and member.count("/") < 2)):
            return False
        return strings or not member.casefold().endswith("sharedstrings.xml")
