"""Where a value stood in the clerk's file: part, row, column letter, cell address."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from publish.table.file_facts import NO_FACTS, FileFacts


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a source: a file, a member of an archive, a sheet, a block."""

    file: str
    """Path below `sources/` with forward slashes, or the name of a file outside a town."""
    member: str = ""
    sheet: str = ""
    """Sheet of a workbook; layer of a geo file that has several, or feature type."""
    block: int = 0
    """Which of several blocks that stand side by side, counted from 1; 0 where there is one."""
    title: str = ""
    """What stands right above the block, such as a district."""
    kind: str = "csv"
    """csv, xlsx, xls, ods or vector: decides how a row is called."""
    encoding: str = ""
    crs: str = ""
    heading: tuple[int, int] | None = None
    """First and last heading row as the spreadsheet numbers them; None for geometry files."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Heading → column letter ("A", "AB"); the heading itself for geometry files."""
    facts: FileFacts = field(default=NO_FACTS, compare=False)
    """How the file is made, for advice about it; two parts are the same without it."""

    @property
    def label(self) -> str:
        """File, member and sheet in one string for messages."""
        inner = "・".join(name for name in (self.member, self.sheet) if name)
        return f"{self.file}({inner})" if inner else self.file

    def cell(self, row: int | None, heading: str | None) -> str:
        """Return the cell address ("D12"), empty where the part has none (geometry files) or the row is unknown."""
        letter = self.columns.get(heading or "", "")
        return f"{letter}{row}" if row and letter and self.kind != "vector" else ""


def column_letter(index: int) -> str:
    """Return the letter of a zero-based column.

    >>> column_letter(0), column_letter(25), column_letter(26), column_letter(701), column_letter(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of a column from its letters, counted from 1.

    >>> column_number("A"), column_number("z"), column_number("AA")
    (1, 26, 27)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
