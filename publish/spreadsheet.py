"""Cells of a spreadsheet that are safe whatever stands in them: text stays text, nothing is computed.

Everything that machizu writes as XLSX goes through here: released tables, the clerk's workbook given back, empty templates.
"""

import re
import unicodedata

from openpyxl.cell.cell import Cell

FORMULA = tuple("=+-@\t\r")
"""First characters by which a spreadsheet takes a text for a formula when it is edited or saved as CSV."""
LONGEST = 32_767
"""Characters of one cell: a spreadsheet cuts longer ones off without a word."""
SPECIAL = re.compile(r"[=+\-@\t\r#]|[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_x")
"""A text without any of these needs no care."""
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_NAME = re.compile(r"[\[\]:*?/\\']")
_NAME_LENGTH = 31
"""Units of UTF-16, as a spreadsheet counts."""
_RESERVED = frozenset({"history", "履歴"})
"""Names that Excel keeps for itself."""
_NO_TITLE = "データ"


def put_text(cell: Cell, text: str) -> None:
    """Put a text into a cell as type string, whatever it looks like; openpyxl cuts off what is longer than `LONGEST`."""
    if SPECIAL.search(text) is None:
        cell.value = text
        return
    cell.value = written(text)
    cell.data_type = "s"
    if text.startswith(FORMULA):
        cell.quotePrefix = True


def written(text: str) -> str:
    r"""Return a text with the characters that XML cannot hold as ECMA-376 22.9.2.19 writes them.

    >>> written("山\x0b川"), written("_x000B_")
    ('山_x000B_川', '_x005F_x000B_')
    """
    return _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def sheet_name(title: str, taken: frozenset[str] = frozenset()) -> str:
    r"""Return a title as a sheet may be named: short, of characters that show, unlike the taken ones and those of Excel itself.

    >>> sheet_name("AED [市内]"), sheet_name("表", frozenset({"表"})), sheet_name("\x1b\u202e")
    ('AED  市内', '表 (2)', 'データ')
    """
    shown = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in _NAME.sub(" ", title))
    plain = _begin(shown.strip(), _NAME_LENGTH).strip() or _NO_TITLE
    known = {name.casefold() for name in taken} | _RESERVED
    name, number = plain, 2
    while name.casefold() in known:
        ending = f" ({number})"
        name, number = _begin(plain, _NAME_LENGTH - len(ending)) + ending, number + 1
    return name


def _begin(text: str, units: int) -> str:
    return text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore")
