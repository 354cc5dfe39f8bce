"""An empty workbook to fill in: national headings, what belongs in each column, drop-downs, formats, required columns marked.

What is filled in by it is read by `check` as it stands: the rows above the headings and our own sheets are set aside.
"""

from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from catalog.code_list import CodeList
from catalog.dataset import Dataset, Field
from catalog.errors import UsageError
from publish.answering.expected import expected
from publish.answering.paper import say
from publish.answering.results.mark import Mark
from publish.answering.workbook.saving import saved
from publish.spreadsheet import put_text, sheet_name

ROWS = 1000
"""Rows with drop-downs; more may be filled in."""
_TITLE, _ABOUT, _HEAD, _FIRST = 1, 2, 3, 4
_MARKS = {"required": "F8CBAD", "recommended": "FFF2CC", "optional": "E7E6E6"}
_FORMATS = {"date": "yyyy-mm-dd", "time": "hh:mm", "integer": "0", "number": "General", "year": "0"}
_TEXT = "@"
"""Text keeps the zeros in front of codes and telephone numbers."""


def template(dataset: Dataset, code_lists: Mapping[str, CodeList], lang: str, mark: Mark | None = None) -> bytes:
    """Return the XLSX of a dataset whose places are written in columns, or lie in another file; `mark`: of an empty one.

    UsageError for a dataset that is drawn: its rows come with the shapes.
    """
    if dataset.geometry is not None and dataset.geometry.source == "file":
        raise UsageError(
            f"「{dataset.title.ja}」は図形のファイル(シェープファイル、GeoJSON など)で出すデータです。記入用の表はありません。",
            f"{dataset.title.en} is handed in as a file of shapes (shapefile, GeoJSON …); there is no table to fill in.",
            fix_ja=f"列の意味は machizu datasets {dataset.id} で見られます。",
            fix_en=f"See what its columns mean with: machizu datasets {dataset.id}",
            code="no-template",
        )
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = sheet_name(dataset.title.ja)
    lists = book.create_sheet(say("sheet.lists", lang))
    lists.sheet_state = "hidden"
    _write_title(sheet, dataset, lang)
    for column, field in enumerate(dataset.published, 1):
        _write_column(sheet, column, field, lang)
        _add_choices(sheet, lists, column, field, code_lists, lang, dataset.id)
    sheet.freeze_panes = sheet.cell(_FIRST, 1)
    sheet.row_dimensions[_ABOUT].height = 120
    return saved(book, mark)


def _write_title(sheet: Worksheet, dataset: Dataset, lang: str) -> None:
    put_text(sheet.cell(_TITLE, 1), say("template.title", lang, title=dataset.title[lang]))
    sheet.cell(_TITLE, 1).font = Font(bold=True, size=14)


def _write_column(sheet: Worksheet, column: int, field: Field, lang: str) -> None:
    about, head = sheet.cell(_ABOUT, column), sheet.cell(_HEAD, column)
    mark = say(f"template.{field.requirement}", lang)
    put_text(about, f"{mark} {field.description[lang]}")
    about.alignment = Alignment(wrap_text=True, vertical="top")
    about.font = Font(size=9, color="404040")
    put_text(head, field.name)
    head.font = Font(bold=True)
    head.alignment = Alignment(wrap_text=True, vertical="center")
    head.fill = PatternFill("solid", fgColor=_MARKS[field.requirement])
    letter = get_column_letter(column)
    sheet.column_dimensions[letter].width = max(14, min(30, 2 + 2 * len(field.name)))
    sheet.column_dimensions[letter].number_format = _FORMATS.get(field.type, _TEXT)


def _add_choices(
    sheet: Worksheet, lists: Worksheet, column: int, field: Field, code_lists: Mapping[str, CodeList], lang: str, dataset: str
) -> None:
    """Let the values of a coded column be chosen from a list, and say of a number or a date what belongs there."""
    cells = f"{get_column_letter(column)}{_FIRST}:{get_column_letter(column)}{_FIRST + ROWS - 1}"
    values = [value for value in field.constraints.enum or () if value]
    if values:
        for row, value in enumerate(values, 1):
            put_text(lists.cell(row, column), value)
        letter = get_column_letter(column)
        source = f"'{lists.title}'!${letter}$1:${letter}${len(values)}"
        check = DataValidation(type="list", formula1=source, allow_blank=True)
        check.prompt = _labels(code_lists.get(field.codes or ""), lang)
    elif field.type in ("integer", "number") and field.constraints.minimum and field.constraints.maximum:
        check = DataValidation(
            type="whole" if field.type == "integer" else "decimal",
            operator="between",
            formula1=field.constraints.minimum,
            formula2=field.constraints.maximum,
            allow_blank=True,
        )
    else:
        return
    check.errorStyle, check.error = "warning", say("template.expected", lang, expected=expected(field, lang, dataset))[:250]
    check.showErrorMessage = check.showInputMessage = True
    check.add(cells)
    sheet.add_data_validation(check)


def _labels(codes: CodeList | None, lang: str) -> str | None:
    """Return what the values of a drop-down mean, as far as a prompt holds it (255 characters)."""
    told = [f"{code.value}: {code.label[lang]}" for code in codes.codes if code.value] if codes else []
    return "\n".join(told)[:250] or None
