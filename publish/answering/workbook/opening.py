"""The clerk's own XLSX opened for painting: its cells, widths and comments; nothing in it computes, runs or leads elsewhere.

What openpyxl keeps by halves is not read at all (charts, pictures, links, tables, conditional formats); numbers that are shown
as dates stay numbers, so that none is out of range. Formulas are replaced by the values that were stored with them.
"""

import io
import math
import re
import warnings
from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.comments.comment_sheet import CommentSheet
from openpyxl.packaging.relationship import RelationshipList, get_dependents, get_rels_path
from openpyxl.reader.excel import ExcelReader
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet._reader import WorksheetReader
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.constants import COMMENTS_NS
from openpyxl.xml.functions import fromstring

from publish.answering.paper import say
from publish.answering.workbook.fitting import Cuts, is_too_long
from publish.spreadsheet import FORMULA

_RANGE = re.compile(
    r"(?:'((?:[^'\[\]]|'')+)'|([^'!\[\](),:*+\-/&=<>^\" ]+))!\$?[A-Z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Z]{1,3}\$?[0-9]{1,7})?"
)
"""A plain range of one sheet: the only thing that a name or a drop-down may point to."""
_LOCAL_RANGE = re.compile(r"\$?[A-Z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Z]{1,3}\$?[0-9]{1,7})?")
_PLAIN = re.compile(r'"[^"]*"|-?[0-9.]+(?:E[+-]?[0-9]+)?')
"""A list in quotes, or a number."""


class _Reader(ExcelReader):  # type: ignore[misc]
    """Reads the sheets of a workbook without what a copy cannot keep."""

    def read_worksheets(self) -> None:
        """Put the sheets into the workbook; a sheet of another kind only takes its place, for names are numbered by it."""
        self.wb._date_formats = self.wb._timedelta_formats = set()
        self.skipped: list[Worksheet] = []
        for told, rel in self.parser.find_sheets():
            if rel.target not in self.valid_files:
                continue
            sheet = self.wb.create_sheet(told.name)
            sheet.sheet_state = told.state
            if "chartsheet" in rel.Type or "dialogsheet" in rel.Type or "macrosheet" in rel.Type:
                self.skipped.append(sheet)
                continue
            with self.archive.open(rel.target) as file:
                reader = WorksheetReader(sheet, file, self.shared_strings, True, False)
                reader.bind_cells()
                reader.bind_merged_cells()
                reader.bind_col_dimensions()
                reader.bind_row_dimensions()
                reader.bind_properties()
            sheet.legacy_drawing = None
            self._read_comments(sheet, get_rels_path(rel.target))

    def _read_comments(self, sheet: Worksheet, path: str) -> None:
        relations = get_dependents(self.archive, path) if path in self.valid_files else RelationshipList()
        for relation in relations.find(COMMENTS_NS):
            for address, comment in CommentSheet.from_tree(fromstring(self.archive.read(relation.target))).comments:
                cell = sheet[address]
                if hasattr(cell, "comment"):
                    cell.comment = Comment(comment.text, comment.author)


def opened(data: bytes, cuts: Cuts) -> tuple[Workbook, set[str]]:
    """Return the workbook and the codes of what was taken out of it; raises whatever openpyxl does on a careless one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions that openpyxl leaves out; what matters to a clerk is named
        reader = _Reader(io.BytesIO(data), data_only=True, keep_links=False)
        with reader.archive:
            reader.read()
    book: Workbook = reader.wb
    ours = {say(f"sheet.{name}", lang).casefold() for name in ("findings", "values") for lang in ("ja", "en")}
    for sheet in [*reader.skipped, *(sheet for sheet in book.worksheets if sheet.title.casefold() in ours)]:
        if sheet in book.worksheets:
            book.remove(sheet)
    return book, set(_made_harmless(book, cuts))


def _made_harmless(book: Workbook, cuts: Cuts) -> Iterator[str]:
    """Take out what computes, points to another file or hinders correcting, and say what that was."""
    titles = {sheet.title.casefold() for sheet in book.worksheets}
    known = [book.defined_names, *(sheet.defined_names for sheet in book.worksheets)]
    for names in known:
        for name, told in list(names.items()):
            if not _is_plain_name(told, titles):
                del names[name]
                yield "name"
    allowed = {name.casefold() for names in known for name in names}
    for sheet in book.worksheets:
        kept = [one for one in sheet.data_validations.dataValidation if _is_plain_validation(one, titles, allowed)]
        if len(kept) < len(sheet.data_validations.dataValidation):
            sheet.data_validations.dataValidation = kept
            yield "validation"
        if sheet.protection.sheet:
            sheet.protection.sheet = False
            yield "protection"
        _make_cells_harmless(sheet, cuts)
    if book.security is not None:
        book.security = None
    for view in book.views:
        view.firstSheet = 0


def _make_cells_harmless(sheet: Worksheet, cuts: Cuts) -> None:
    """Let no text begin to compute, no text be too long and no number be none; only cells that exist are looked at."""
    for cell in list(sheet._cells.values()):  # there is no public way that leaves the blank cells between alone
        value = getattr(cell, "_value", None)
        if isinstance(value, str) and (value.startswith(FORMULA) or is_too_long(value)) and cell.data_type != "e":
            cuts.put(cell, value)
        elif isinstance(value, float) and not math.isfinite(value):
            cuts.put(cell, str(value))


def _is_plain_name(told: DefinedName, titles: set[str]) -> bool:
    return not told.hidden and _is_range(told.value or "", titles)


def _is_range(text: str, titles: set[str]) -> bool:
    found = _RANGE.fullmatch(text.strip())
    return found is not None and (found[1] or found[2]).replace("''", "'").casefold() in titles


def _is_plain_validation(told: DataValidation, titles: set[str], names: set[str]) -> bool:
    formulas = [text.strip().lstrip("=") for text in (told.formula1, told.formula2) if text]
    if told.type == "custom":
        return False
    return all(
        _PLAIN.fullmatch(text) or _LOCAL_RANGE.fullmatch(text) or text.casefold() in names or _is_range(text, titles)
        for text in formulas
    )
