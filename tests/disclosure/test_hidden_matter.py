"""What a file carries unseen is found with its place, stops publication once, and never slows a check down."""

import sqlite3
import struct
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hiding import document, old_working_copy, plain, working_copy

from catalog.library import read_library
from publish.build import examine_file
from publish.reading.compound import Compound
from publish.reading.hidden_matter import of_map
from publish.reading.hidden_records import HiddenRecords, of_container, of_records
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


def test_an_old_workbook_is_looked_through_as_well(tmp_path: Path) -> None:
    told = {(one.values["what_en"], one.values["found_cells"]) for one in found(old_working_copy(tmp_path / "aed.xls"))}
    assert told == {
        ("a hidden sheet", "名簿"),
        ("a sheet hidden beyond Excel’s own menu", "奥"),
        ("hidden rows, published where they belong to the table", "台帳: 12"),
        ("hidden columns, published where they feed a field", "台帳: M"),
    }


def test_comments_of_an_old_workbook_are_found_by_their_records() -> None:
    seen = HiddenRecords()
    seen.look(0x001C, struct.pack("<5H", 2, 2, 0, 1, 0))
    seen.look(0x001C, struct.pack("<4H", 0xFFFF, 0, 3, 0))
    assert seen.found() == (Hidden("comments", "", ("C3",)),)


def test_names_other_files_and_authors_of_an_old_workbook_are_found() -> None:
    name = struct.pack("<HBBHHH4B", 0, 0, 2, 0, 0, 0, 0, 0, 0, 0) + b"\x01" + "名簿".encode("utf-16-le")
    built_in = struct.pack("<HBBHHH4B", 0x20, 0, 1, 0, 0, 0, 0, 0, 0, 0) + b"\x00\x06"
    books = [struct.pack("<HH", 1, 0x0401), struct.pack("<HH", 1, 3) + b"\x00abc"]
    records = [(0x0018, name), (0x0018, built_in), *((0x01AE, book) for book in books)]
    assert list(of_records(iter(records))) == [Hidden("names", "", ("名簿",)), Hidden("external")]
    assert list(of_container(Boxes({"MBD0001A2B3": b"", "\x05SummaryInformation": summary("職員", 932)}))) == [
        Hidden("embedded", "", ("MBD0001A2B3",)),
        Hidden("author", "", ("職員",)),
    ]
    assert list(of_container(Boxes({"\x05SummaryInformation": summary("職員", 65001)[:-9]}))) == []


class Boxes(Compound):
    """A container of streams by name."""

    def __init__(self, streams: dict[str, bytes]) -> None:
        self.streams = streams

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self.streams)

    def stream(self, name: str) -> bytes:
        return self.streams[name]


def summary(author: str, page: int) -> bytes:
    text = author.encode("cp932" if page == 932 else "utf-8") + b"\0"
    properties = struct.pack("<HHI", 2, 0, page) + struct.pack("<2I", 0x1E, len(text)) + text
    head = struct.pack("<6I", 8 + 16 + len(properties), 2, 1, 24, 4, 32)
    return bytes(44) + struct.pack("<I", 48) + head + properties


def test_an_open_document_is_looked_through_as_well(tmp_path: Path) -> None:
    told = {(one.values["what_en"], one.values["found_cells"]) for one in found(document(tmp_path / "aed.ods"))}
    assert told == {
        ("a hidden sheet", "名簿"),
        ("hidden rows, published where they belong to the table", "台帳: 3"),
        ("hidden columns, published where they feed a field", "台帳: D"),
        ("comments", "台帳: A2"),
        ("embedded files or macros", "Object 2, Scripts/python/a.py"),
        ("a history of changes", "revision"),
        ("values of other files and their paths", "external"),
    }
    assert {one.values["found_cells"] for one in found(tmp_path / "aed.ods", "file-properties")} == {"職員", "名簿範囲"}


@pytest.mark.parametrize(
    ("beside", "found_cells"),
    [
        ({"L2": "山田太郎", "L3": "佐藤花子"}, ["台帳: L2, L3"]),
        ({"L2": "携帯 090-1234-5678"}, ["台帳: L2"]),
        ({"L2": "合計", "L3": "6"}, []),
        ({"L2": "担当 山田太郎"}, []),
    ],
)
def test_a_list_of_persons_beside_the_table_stops_it_and_notes_do_not(
    beside: dict[str, str], found_cells: list[str], tmp_path: Path
) -> None:
    import openpyxl

    book = openpyxl.load_workbook(plain(tmp_path / "aed.xlsx"))
    for cell, text in beside.items():
        book["台帳"][cell] = text
    book.save(tmp_path / "aed.xlsx")
    assert [one.values["found_cells"] for one in found(tmp_path / "aed.xlsx")] == found_cells


def test_title_rows_with_a_private_number_stop_a_table_and_plain_ones_do_not(tmp_path: Path) -> None:
    import openpyxl

    for title, stops in (("AED一覧(担当 山田)", False), ("AED一覧 夜間は 090-1234-5678", True)):
        book = openpyxl.load_workbook(plain(tmp_path / "aed.xlsx"))
        book["台帳"].insert_rows(1)
        book["台帳"]["A1"] = title
        book.save(tmp_path / "aed.xlsx")
        assert bool(found(tmp_path / "aed.xlsx")) is stops


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
