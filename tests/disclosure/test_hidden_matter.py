"""What a file carries unseen is found with its place, stops publication once, and never slows a check down."""

import sqlite3
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hiding import plain, working_copy

from catalog.library import read_library
from publish.build import examine_file
from publish.reading.hidden_matter import of_map
from publish.table.file_facts import Hidden
from publish.table.finding import Finding

LIBRARY = read_library()


def found(path: Path, code: str = "hidden-matter") -> list[Finding]:
    report = examine_file(path, LIBRARY, None, date(2026, 11, 20), "aed").report
    return [finding for finding in report.findings if finding.code == code]


def test_everything_that_a_working_copy_hides_is_told_with_its_place(tmp_path: Path) -> None:
    told = {(one.values["what_en"], one.values["found_cells"]) for one in found(working_copy(tmp_path / "aed.xlsx"))}
    assert told == {
        ("a hidden sheet", "名簿"),
        ("a sheet hidden beyond Excel’s own menu", "奥"),
        ("hidden rows, published where they belong to the table", "台帳: 12"),
        ("hidden columns, published where they feed a field", "台帳: M"),
        ("cells in white or otherwise unseen letters", "台帳: L2"),
        ("comments", "台帳: C3"),
        ("the source data of pivot tables", "pivotCacheRecords1.xml"),
        ("embedded files or macros", "Document1.docx"),
    }


def test_authors_and_names_are_mentioned_and_stop_nothing(tmp_path: Path) -> None:
    told = {one.values["what_en"] for one in found(working_copy(tmp_path / "aed.xlsx"), "file-properties")}
    assert told == {"the names of its authors", "defined names"}


def test_a_plain_workbook_hides_nothing(tmp_path: Path) -> None:
    assert found(plain(tmp_path / "aed.xlsx")) == []


def test_what_machizu_wrote_into_a_workbook_that_it_gave_back_is_nothing_hidden(
    tmp_path: Path, machizu: Callable[..., object]
) -> None:
    import openpyxl

    book = openpyxl.load_workbook(plain(tmp_path / "aed.xlsx"))
    book["台帳"]["E3"] = "345.0"
    book.save(tmp_path / "aed.xlsx")
    machizu("check", tmp_path / "aed.xlsx", "--as", "aed", "--format", "xlsx", "-o", tmp_path / "back.xlsx")
    assert found(tmp_path / "back.xlsx") == []


@pytest.mark.parametrize("form", [";;;", ";;"])
def test_a_number_format_that_shows_nothing_is_seen_through(form: str, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(plain(tmp_path / "aed.xlsx"))
    book["台帳"]["L4"] = 123
    book["台帳"]["L4"].number_format = form
    book.save(tmp_path / "aed.xlsx")
    assert [one.values["found_cells"] for one in found(tmp_path / "aed.xlsx")] == ["台帳: L4"]


def test_documents_beside_a_map_and_tables_that_are_no_layers_are_found(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "道路.zip", "w") as archive:
        for name in ("道路.shp", "道路.dbf", "道路.shp.xml", "お読みください.txt", "地権者名簿.xlsx"):
            archive.writestr(name, b"x")
    assert list(of_map(tmp_path / "道路.zip")) == [Hidden("members", "", ("地権者名簿.xlsx",))]
    with sqlite3.connect(tmp_path / "田.gpkg") as database:
        database.executescript(
            "CREATE TABLE gpkg_contents (table_name TEXT); INSERT INTO gpkg_contents VALUES ('田');"
            "CREATE TABLE 田 (fid INTEGER); CREATE TABLE 耕作者 (氏名 TEXT); CREATE TABLE rtree_田_geom (id INTEGER);"
        )
    database.close()
    assert list(of_map(tmp_path / "田.gpkg")) == [Hidden("tables", "", ("耕作者",))]
