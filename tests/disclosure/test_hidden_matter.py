"""What a file carries unseen is found with its place, stops publication once, and never slows a check down."""

import sqlite3
import struct
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hiding import HEADINGS, document, old_working_copy, plain, rows, working_copy

from catalog.library import read_library
from publish.build import examine_file
from publish.reading.compound import Compound
from publish.reading.hidden_matter import of_map, of_workbook
from publish.reading.hidden_records import HiddenRecords, of_container, of_records
from publish.reading.source import read
from publish.reading.unseen_records import UnseenRecords
from publish.recipe import Recipe
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
        ("cells in white or otherwise unseen letters", "台帳: L2, L3, L4"),
    }


def test_the_colours_of_an_old_workbook_are_those_of_its_own_palette() -> None:
    styles = UnseenRecords()
    for colour in (8, 9, 8, 8, 10):  # there is no font of number 4
        styles.look(0x0031, struct.pack("<3H", 200, 0, colour))
    for font in (0, 1, 5):
        styles.look(0x00E0, struct.pack("<2H10xIH", font, 0, 0, 0))
    assert styles.styles() == {1}
    styles.look(0x0092, struct.pack("<H", 3) + b"\0\0\0\0" + b"\x11\x22\x33\0" + b"\xff\xff\xff\0")
    assert styles.styles() == {2}


def test_numbers_beside_each_other_have_a_style_each() -> None:
    seen = HiddenRecords(frozenset({7}))
    seen.cell(1, 2, 4, b"".join(struct.pack("<HI", style, 0) for style in (0, 7, 7)) + struct.pack("<H", 4))
    assert seen.found() == (Hidden("unseen", "", ("D2", "E2")),)


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
        ("cells in white or otherwise unseen letters", "台帳: C4, D4, F4"),
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


STOCK = [["品名", "単価", "数"], ["パッド", "12000", "3"], ["電池", "30000", "2"]]


def test_another_table_beside_the_table_stops_it_though_nobody_is_named_there(tmp_path: Path) -> None:
    assert beside(tmp_path, "L3", STOCK) == ["台帳: L3, N5"]
    assert beside(tmp_path, "L3", [STOCK[0], ["", "", ""], *STOCK[1:]]) == ["台帳: L3, N6"]


@pytest.mark.parametrize(
    ("corner", "cells"),
    [
        ("L1", [["凡例", ""], ["1", "有"], ["2", "無"], ["3", "不明"]]),
        ("L2", [["【選択肢】", ""], ["1", "有"], ["2", "無"], ["3", "不明"]]),
        ("L8", [["合計", "6"], ["平均", "2"]]),
        ("L2", [["単位:人"], ["出典:消防課"], ["令和8年4月1日現在"], ["作成 情報係"]]),
        ("J2", STOCK),
    ],
    ids=["legend", "choices", "totals", "notes", "columns of the table that have no heading"],
)
def test_what_explains_or_continues_a_table_is_no_other_table(corner: str, cells: list[list[str]], tmp_path: Path) -> None:
    assert beside(tmp_path, corner, cells) == []


def beside(folder: Path, corner: str, cells: list[list[str]]) -> list[str]:
    """Return what is found where cells stand beside a plain table, the first of them in a corner."""
    import openpyxl

    book = openpyxl.load_workbook(plain(folder / "aed.xlsx"))
    first = book["台帳"][corner]
    for down, row in enumerate(cells):
        for across, text in enumerate(row):
            first.offset(down, across).value = text or None
    book.save(folder / "aed.xlsx")
    return [one.values["found_cells"] for one in found(folder / "aed.xlsx")]


def test_slipped_values_of_a_csv_are_no_other_table(tmp_path: Path) -> None:
    lines = [",".join(HEADINGS), *(",".join([*row, "", "ずれ", "た値"]) for row in rows()[:4])]
    (tmp_path / "aed.csv").write_text("\n".join(lines), "utf-8")
    assert found(tmp_path / "aed.csv") == []


def test_names_beside_blocks_that_stand_side_by_side_are_found(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    block = [HEADINGS, *rows()[:3]]
    for first, second in zip(block, block, strict=True):
        book.active.append([*first, "", *second])
    book.active["W2"], book.active["W3"] = "山田太郎", "佐藤花子"
    book.save(tmp_path / "aed.xlsx")
    assert [one.values["found_cells"] for one in found(tmp_path / "aed.xlsx")] == ["Sheet: W2, W3"]


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


@pytest.mark.parametrize(
    ("member", "text", "told"),
    [
        ("xl/pivotCache/pivotCacheDefinition1.xml", '<x><sharedItems><s v="山田太郎"/></sharedItems></x>', "pivot"),
        ("xl/model/item.data", "山田太郎", "pivot"),
        ("xl/connections.xml", '<connection sourceFile="\\\\server\\山田"/>', "external"),
        ("docProps/app.xml", "<Properties><HyperlinkBase>C:\\山田</HyperlinkBase></Properties>", "paths"),
    ],
)
def test_members_of_a_workbook_that_hold_values_or_paths_are_told(member: str, text: str, told: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr(member, text)
    assert [one.kind for one in of_workbook([], (tmp_path / "a.xlsx").read_bytes())] == [told]


def test_the_folder_in_which_a_workbook_was_saved_is_mentioned_and_stops_nothing(tmp_path: Path) -> None:
    path = plain(tmp_path / "aed.xlsx")
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    where = b'<x15ac:absPath url="C:\\Users\\yamada&amp;co\\" xmlns:x15ac="http://schemas.microsoft.com/x15ac"/>'
    members["xl/workbook.xml"] = members["xl/workbook.xml"].replace(b"<sheets>", where + b"<sheets>")
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    assert found(path) == []
    assert [one.values["found_cells"] for one in found(path, "file-properties")] == ["C:\\Users\\yamada&co\\"]


def test_hidden_rows_of_every_sheet_of_a_series_are_told_once(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for number, name in enumerate(("R8.4", "R8.5")):
        sheet = book.active if not number else book.create_sheet()
        sheet.title = name
        for row in [HEADINGS, *rows()]:
            sheet.append(row)
        sheet.row_dimensions[3 + number].hidden = True
    book.save(tmp_path / "aed.xlsx")
    recipe = Recipe.model_validate({"format": "1", "dataset": "aed", "source": "x", "sheet": "R8.*"})
    table = read(tmp_path / "aed.xlsx", name="aed.xlsx", recipe=recipe)
    assert [one for part in table.parts for one in part.facts.hidden if one.kind == "rows"] == [
        Hidden("rows", "R8.4", ("3",)),
        Hidden("rows", "R8.5", ("4",)),
    ]


def test_documents_beside_the_table_of_a_zip_are_told(tmp_path: Path) -> None:
    plain(tmp_path / "aed.xlsx")
    with zipfile.ZipFile(tmp_path / "aed.zip", "w") as archive:
        archive.write(tmp_path / "aed.xlsx", "aed.xlsx")
        for name in ("名簿.docx", "お読みください.txt"):
            archive.writestr(name, b"x")
    recipe = Recipe.model_validate({"format": "1", "dataset": "aed", "source": "x", "sheet": "aed.xlsx"})
    table = read(tmp_path / "aed.zip", name="aed.zip", recipe=recipe)
    assert [one for one in table.parts[0].facts.hidden if one.kind == "members"] == [Hidden("members", "", ("名簿.docx",))]


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
