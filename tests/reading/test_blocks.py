"""Blocks side by side are one table: rows in order, cells at their addresses; what does not repeat stays whole."""

from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.library import read_library
from publish.build import examine_file
from publish.normalising import normalise
from publish.reading.source import read
from publish.recipe import Recipe
from publish.table.table import RawTable

Put = Callable[[str, str | bytes], Path]
Book = Callable[..., Path]
HEAD = ["番号", "名称", "住所", "電話番号", "備考"]


def recipe(**given: object) -> Recipe:
    return Recipe.model_validate({"format": "1", "dataset": "aed", "source": "x", **given})


def places(table: RawTable) -> list[tuple[str, str]]:
    """Return the name of every row and the address of the cell in which it stands."""
    names = table.cells.column("名称").to_pylist()
    spots = zip(table.part.to_pylist(), table.row.to_pylist(), strict=True)
    return [(name, table.parts[part].cell(row, "名称")) for name, (part, row) in zip(names, spots, strict=True)]


def row(*numbers: int | None) -> list[object]:
    """Write a row of three blocks with a gap between them."""
    cells: list[object] = []
    for number in numbers:
        cells += [number, f"施設{number}", f"住所{number}", "054-1", ""] if number else [""] * 5
        cells.append("")
    return cells[:-1]


def test_three_blocks_of_five_columns_are_one_table(workbook: Book) -> None:
    heads = [*HEAD, "", *HEAD, "", *HEAD]
    path = workbook("a.xlsx", 表=[["一覧"], heads, row(1, 4, 7), row(2, 5, 8), row(3, 6, None)])
    table = read(path, name="a.xlsx", known={"名称", "住所"})
    assert table.cells.column_names == HEAD
    assert places(table) == [
        ("施設1", "B3"),
        ("施設2", "B4"),
        ("施設3", "B5"),
        ("施設4", "H3"),
        ("施設5", "H4"),
        ("施設6", "H5"),
        ("施設7", "N3"),
        ("施設8", "N4"),
    ]
    assert [(part.block, part.heading) for part in table.parts] == [(1, (2, 2)), (2, (2, 2)), (3, (2, 2))]
    assert [(one.part, one.row, one.reason) for one in table.asides] == [(0, 1, "title")]
    told = [one for one in table.findings if one.code == "tables-side-by-side"]
    assert [(one.values["count"], one.values["cells"]) for one in told] == [("3", "G2、M2")]


def test_blocks_without_a_gap_are_known_by_their_headings(put: Put) -> None:
    table = read(put("a.csv", "名称,住所,名称,住所\nあ,1,う,3\nい,2,,\n"), name="a.csv", known={"名称", "住所"})
    assert places(table) == [("あ", "A2"), ("い", "A3"), ("う", "C2")]


@pytest.mark.parametrize("merged", [False, True])
def test_the_title_of_a_block_can_be_a_constant(merged: bool, workbook: Book) -> None:
    rows = [["東地区", "", "", "西地区", ""], ["名称", "住所", "", "名称", "住所"], ["あ", "1", "", "い", "2"]]
    path = workbook("a.xlsx", 表=rows)
    if merged:
        import openpyxl

        book = openpyxl.load_workbook(path)
        for one in ("A1:B1", "D1:E1"):
            book.worksheets[0].merge_cells(one)
        book.save(path)
    wish = recipe(columns={"名称": "名称", "住所": "所在地_連結表記"}, constant={"備考": {"from": "block"}})
    raw = read(path, name="a.xlsx", recipe=wish)
    assert [part.title for part in raw.parts] == ["東地区", "西地区"]
    table, _ = normalise(raw, wish, read_library()["aed"])
    assert table.column("備考") == ["東地区", "西地区"]


def test_an_error_cell_belongs_to_its_block(workbook: Book) -> None:
    path = workbook("a.xlsx", 表=[["名称", "値", "", "名称", "値"], ["あ", 1, "", "い", "#N/A"], ["う", 2, "", "え", 3]])
    table = read(path, name="a.xlsx", known={"名称"})
    found = [(one.part, one.row, one.field) for one in table.findings if one.code == "error-cell"]
    assert found == [(1, 2, "値")]
    assert table.parts[1].cell(2, "値") == "E2"


@pytest.mark.parametrize(
    "heads", ["名称,電話番号,電話番号", "地区名,男,女,男,女", "名称,名称", "名称,住所,名称", "名称,住所,名称,備考"]
)
def test_headings_that_do_not_repeat_as_a_whole_are_one_table(heads: str, put: Put) -> None:
    cells = ",".join(f"x{place}" for place in range(heads.count(",") + 1))
    table = read(put("a.csv", f"{heads}\n{cells}\n"), name="a.csv", known={"名称", "地区名", "住所", "電話番号", "男", "女"})
    assert len(table.parts) == 1
    assert table.rows == 1


def test_groups_of_headings_are_no_blocks(put: Put) -> None:
    text = "地区名,男,,女,\n,0～4歳,5～9歳,0～4歳,5～9歳\nA,1,2,3,4\n"
    assert len(read(put("a.csv", text), name="a.csv", known={"地区名"}).parts) == 1


def test_check_reads_blocks_without_a_recipe_and_counts_every_row_once(workbook: Book) -> None:
    from datetime import date

    head = ["名称", "所在地_連結表記", "緯度", "経度"]
    cells = [[f"施設{n}", "静岡県焼津市", 34.8 + n / 100, 138.3] for n in range(4)]
    path = workbook("aed.xlsx", AED=[[*head, "", *head], [*cells[0], "", *cells[2]], [*cells[1], "", *cells[3]]])
    report = examine_file(path, read_library(), None, date(2026, 11, 20), "aed").report
    assert report.table.column("名称") == [f"施設{n}" for n in range(4)]
    counted = report.accounting
    assert (counted.read, counted.kept, counted.set_aside) == (4, 4, 0)
