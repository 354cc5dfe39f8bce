"""Cells of a spreadsheet that are safe whatever stands in them: text stays text, nothing is computed, nothing is cut.

Everything that machizu writes as XLSX goes through here: released tables, the clerk's workbook given back, empty templates.
"""

import re

from openpyxl.cell.cell import Cell

FORMULA = tuple("=+-@\t\r")
"""First characters by which a spreadsheet takes a text for a formula when it is edited or saved as CSV."""
LONGEST = 32_767
"""Characters of one cell: a spreadsheet cuts longer ones off without a word."""
SPECIAL = re.compile(r"[=+\-@\t\r#]|[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_x")
"""A text without any of these needs no care."""
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_NAME = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_NAME_LENGTH = 31


def put_text(cell: Cell, text: str) -> None:
    """Put a text into a cell as type string, whatever it looks like; control characters as ECMA-376 22.9.2.19 writes them."""
    cell.value = _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    cell.data_type = "s"
    if text.startswith(FORMULA):
        cell.quotePrefix = True


def sheet_name(title: str, taken: frozenset[str] = frozenset(), default: str = "データ") -> str:
    """Return a title as a sheet may be named: up to 31 characters, no brackets, slashes, quotes or :*?, unlike the taken ones.

    >>> sheet_name("AED [市内]"), sheet_name("表", frozenset({"表"}))
    ('AED  市内', '表 (2)')
    """
    plain = _NAME.sub(" ", title)[:_NAME_LENGTH].strip() or default
    known = {name.casefold() for name in taken}
    name, number = plain, 2
    while name.casefold() in known:
        ending = f" ({number})"
        name, number = plain[: _NAME_LENGTH - len(ending)] + ending, number + 1
    return name
