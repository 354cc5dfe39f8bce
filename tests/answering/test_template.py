"""Templates: filled in by the definition's own example, each is read back as it stands."""

import io
import re
from datetime import date, time
from pathlib import Path

import pytest
from openpyxl import load_workbook

from catalog.dataset import Dataset
from catalog.errors import UsageError
from catalog.library import read_library
from publish.answering.workbook.template import template
from publish.build import examine_file

LIBRARY = read_library()
FILLABLE = [dataset for dataset in LIBRARY.values() if dataset.geometry is None or dataset.geometry.source != "file"]
DRAWN = [dataset for dataset in LIBRARY.values() if dataset not in FILLABLE]


def filled(dataset: Dataset, path: Path, lang: str) -> None:
    """Fill in the example's published values as a clerk would, cell by cell."""
    book = load_workbook(io.BytesIO(template(dataset, LIBRARY.code_lists, lang)))
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[3]}
    for row, values in enumerate(dataset.example.yields, 4):
        for name, value in values.items():
            sheet.cell(row, columns[name]).value = value or None
    book.save(path)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("dataset", FILLABLE, ids=[dataset.id for dataset in FILLABLE])
def test_a_filled_template_is_read_as_it_stands(dataset: Dataset, lang: str, tmp_path: Path) -> None:
    path = tmp_path / "記入用.xlsx"
    filled(dataset, path, lang)
    examined = examine_file(path, LIBRARY, None, date(2026, 11, 20))
    assert examined.recipe.dataset == dataset.id
    table = examined.report.table
    assert table.rows == len(dataset.example.yields)
    for place, values in enumerate(dataset.example.yields):
        assert {name: table.column(name)[place] for name in values} == values
    assert not [found.field for found in examined.report.findings if found.code in ("unmapped-column", "sheet-not-read")]
    struck = {(found.row or 0, found.field) for found in examined.report.findings if found.severity == "error"}
    given = {(row, name) for row, values in enumerate(dataset.example.yields, 4) for name, value in values.items() if value}
    assert not struck & given


@pytest.mark.parametrize("dataset", FILLABLE, ids=[dataset.id for dataset in FILLABLE])
def test_what_a_spreadsheet_makes_of_typed_values_is_read_as_they_were_meant(dataset: Dataset, tmp_path: Path) -> None:
    """Excel keeps a number, a date and a time that are typed as such, in the format of their column."""
    path = tmp_path / "記入用.xlsx"
    filled(dataset, path, "ja")
    book = load_workbook(path)
    types = {field.name: field for field in dataset.published}
    for row in book.worksheets[0].iter_rows(min_row=4):
        for cell in row:
            field = types[str(book.worksheets[0].cell(3, cell.column).value)]
            if cell.value:
                cell.value = typed(str(cell.value), field.type)
                if field.type == "date":
                    cell.number_format = "yyyy-mm-dd"
    book.save(path)
    table = examine_file(path, LIBRARY, None, date(2026, 11, 20), dataset.id).report.table
    for place, values in enumerate(dataset.example.yields):
        for name, value in values.items():
            read = table.column(name)[place]
            assert read == value or (types[name].type == "number" and float(read) == float(value)), name


def typed(text: str, kind: str) -> object:
    """Return what Excel makes of a text that is typed into a column of a kind."""
    if kind == "date" and re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text)
    if kind == "time" and re.fullmatch(r"[01]\d:\d{2}", text):
        return time.fromisoformat(text)
    return float(text) if kind in ("integer", "number") else text


@pytest.mark.parametrize("dataset", FILLABLE, ids=[dataset.id for dataset in FILLABLE])
def test_required_columns_are_marked_and_codes_can_be_chosen(dataset: Dataset) -> None:
    sheet = load_workbook(io.BytesIO(template(dataset, LIBRARY.code_lists, "ja"))).worksheets[0]
    for field, head, about in zip(dataset.published, sheet[3], sheet[2], strict=True):
        assert head.value == field.name
        assert about.value.startswith({"required": "【必須】", "recommended": "【推奨】"}.get(field.requirement, "【任意】"))
    chosen = {str(check.sqref).split(":")[0] for check in sheet.data_validations.dataValidation if check.type == "list"}
    coded = {sheet.cell(4, place).coordinate for place, field in enumerate(dataset.published, 1) if field.constraints.enum}
    assert chosen == coded


@pytest.mark.parametrize("dataset", DRAWN, ids=[dataset.id for dataset in DRAWN])
def test_what_is_drawn_has_no_template(dataset: Dataset) -> None:
    with pytest.raises(UsageError, match="file of shapes"):
        template(dataset, LIBRARY.code_lists, "ja")
