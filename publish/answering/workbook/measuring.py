"""Measuring a clerk's workbook before it is opened for copying: how much it holds, and what a copy cannot keep of it.

openpyxl makes an object of every cell, every row that is written down and every cell of a merged area, wherever it lies: all
sheets are counted by streaming their XML, whichever of them holds the table.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from publish.reading.sheet_xml import sheet_members, survey
from publish.table.position import column_number

MOST_CELLS = 1_000_000
"""Cells of all sheets: openpyxl takes about 500 bytes for each."""
_MOST_ROWS = 200_000
_MOST_TREE = 64 << 20
"""Bytes of the members that openpyxl reads as a whole (styles, comments, relations)."""
_MOST_STRINGS = 256 << 20
_CHUNK = 1 << 20
_OVERLAP = 400
_CELLS = (b"<c ", b":c ", b"<c>")
_ROWS = (b"<row", b":row ")
_AREA = re.compile(
    rb"mergeCell\s[^>]{0,200}?ref\s*=\s*[\"']\$?([A-Za-z]{1,3})\$?([0-9]{1,7}):\$?([A-Za-z]{1,3})\$?([0-9]{1,7})"
)
_MEMBERS = {
    "chart": ("xl/charts/", "xl/chartsheets/", "Object "),
    "picture": ("xl/media/", "xl/diagrams/", "Pictures/"),
    "macro": ("xl/vbaProject.bin", "xl/macrosheets/", "Basic/", "Scripts/"),
    "pivot": ("xl/pivotTables/",),
    "slicer": ("xl/slicers/", "xl/timelines/"),
    "control": ("xl/ctrlProps/", "xl/activeX/"),
    "embedded": ("xl/embeddings/",),
    "thread": ("xl/threadedComments/",),
    "link": ("xl/externalLinks/",),
    "query": ("xl/connections.xml", "xl/queryTables/", "xl/customData/"),
    "signature": ("_xmlsignatures/",),
}
"""By what is lost: how its members begin, in XLSX and in ODS."""
_SIGNS = {
    "conditional": (b"conditionalFormatting",),
    "hyperlink": (b"<hyperlink ", b":hyperlink "),
    "table": (b"tablePart ",),
    "sparkline": (b"sparklineGroup",),
    "richtext": (b"<r>", b"<r ", b":r>"),
    "furigana": (b"rPh ",),
    "picture": (b":pic>", b":sp>", b":cxnSp>"),
}
"""By what is lost: what only the XML of a sheet, of the strings or of a drawing says that has it."""
_OF_SHEETS = ("conditional", "hyperlink", "table", "sparkline", "richtext", "furigana")
_OF_STRINGS = ("richtext", "furigana")
_OF_DRAWINGS = ("picture",)


@dataclass(slots=True)
class Measured:
    """What was counted. `uncalculated`: addresses of formulas without a stored value, by sheet."""

    cells: int = 0
    rows: int = 0
    strings: int = 0
    tree: int = 0
    lost: set[str] = field(default_factory=set)
    uncalculated: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    @property
    def too_large(self) -> bool:
        """Whether opening it would take more memory than a clerk's machine may have."""
        return self.cells > MOST_CELLS or self.rows > _MOST_ROWS or self.tree > _MOST_TREE or self.strings > _MOST_STRINGS


def measure(data: bytes) -> Measured:
    """Count what a workbook holds; raises what `zipfile` raises on a damaged one."""
    seen = Measured()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = sheet_members(archive)
        for member in archive.infolist():
            if member.filename in sheets.values():
                _look_at_sheet(archive, member.filename, seen)
            elif member.filename.lower().endswith("sharedstrings.xml"):
                seen.strings += member.file_size
                _look_through(archive, member.filename, seen, _OF_STRINGS)
            elif member.filename.lower().endswith((".xml", ".rels", ".vml")):
                seen.tree += member.file_size
                if member.filename.startswith("xl/drawings/drawing"):
                    _look_through(archive, member.filename, seen, _OF_DRAWINGS)
        names = archive.namelist()
        seen.lost |= {what for what, starts in _MEMBERS.items() if any(name.startswith(starts) for name in names)}
        for name, member_name in sheets.items():
            if not seen.too_large and (blank := survey(archive, member_name).uncalculated):
                seen.uncalculated[name] = list(blank)
    return seen


def _look_at_sheet(archive: zipfile.ZipFile, member: str, seen: Measured) -> None:
    for piece in _pieces(archive, member):
        seen.cells += sum(map(piece.count, _CELLS))
        seen.rows += sum(map(piece.count, _ROWS))
        if b"mergeCell" in piece:
            seen.cells += sum(map(_area, _AREA.findall(piece)))
        _look_for(piece, seen, _OF_SHEETS)


def _look_through(archive: zipfile.ZipFile, member: str, seen: Measured, wanted: tuple[str, ...]) -> None:
    for piece in _pieces(archive, member):
        _look_for(piece, seen, wanted)


def _look_for(piece: bytes, seen: Measured, wanted: tuple[str, ...]) -> None:
    for what in wanted:
        if what not in seen.lost and any(sign in piece for sign in _SIGNS[what]):
            seen.lost.add(what)


def _area(corners: tuple[bytes, bytes, bytes, bytes]) -> int:
    left, top, right, bottom = corners
    return (abs(column_number(right.decode()) - column_number(left.decode())) + 1) * (abs(int(bottom) - int(top)) + 1)


def _pieces(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """Yield the XML in pieces that end with an element, or overlap where one is longer than any should be."""
    rest = b""
    with archive.open(member) as file:
        while chunk := file.read(_CHUNK):
            text = rest + chunk
            cut = text.rfind(b">", max(0, len(text) - _OVERLAP)) + 1 or len(text)
            yield text[:cut]
            rest = text[cut:]
    yield rest
