"""Templates: filled in by the definition's own example, each is read back as it stands."""

import io
from datetime import date
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
