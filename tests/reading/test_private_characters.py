"""外字: a character of the user's own is told by its cell, whatever file it stands in; many of a column are one finding."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
import shapely

from catalog.library import read_library
from gis import vector_file
from publish.build import examine_file
from publish.checking.grouping import grouped
from publish.table.finding import Finding, Report

HEADINGS = ["ID", "名称", "緯度", "経度", "所在地_連結表記", "設置位置", "備考"]
SHORT = ["ID", "名称", "緯度", "経度", "住所", "設置場所", "備考"]
"""A .dbf has room for ten bytes."""
GAIJI = "\ue000"
OTHER = "\ue757"
ROWS = [[f"FF{n:010d}", f"施設{n}", str(34 + n / 100), str(135 + n / 100), "見本市栄町1", "玄関", ""] for n in range(1, 5)]
ROWS[1][1] = f"{GAIJI}橋会館"
ROWS[3][6] = f"渡{OTHER}様に連絡"


def csv(encoding: str) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / "AED.csv"
        path.write_bytes("".join(",".join(row) + "\r\n" for row in [HEADINGS, *ROWS]).encode(encoding))
        return path

    return write


def workbook(folder: Path) -> Path:
    path = folder / "AED.xlsx"
    book = openpyxl.Workbook()
    for row in [HEADINGS, *ROWS]:
        book.worksheets[0].append(row)
    book.save(path)
    return path


def shapefile(folder: Path) -> Path:
    """Write a shapefile in CP932; its writer knows no private characters, which are put in afterwards."""
    path = folder / "AED.shp"
    points = shapely.points([[float(row[3]), float(row[2])] for row in ROWS])
    stand_ins = str.maketrans({GAIJI: "亜", OTHER: "唖"})
    cells = pa.table({name: [row[place].translate(stand_ins) for row in ROWS] for place, name in enumerate(SHORT)})
    table = cells.append_column(vector_file.GEOMETRY, pa.array(shapely.to_wkb(points), pa.binary()))
    vector_file.write(path, table, driver="ESRI Shapefile", layer="AED", kind="Point", crs="EPSG:6668", encoding="CP932")
    dbf = path.with_suffix(".dbf")
    data = dbf.read_bytes()
    for private, stand_in in ((GAIJI, "亜"), (OTHER, "唖")):
        data = data.replace(stand_in.encode("cp932"), private.encode("cp932"))
    dbf.write_bytes(data)
    return path


def report_of(path: Path) -> Report:
    return examine_file(path, read_library(), None, date(2026, 11, 26), "aed").report


def told(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.code == "private-character"]


@pytest.mark.parametrize("write", [csv("cp932"), csv("utf-8"), csv("utf-16"), workbook])
def test_private_characters_are_told_by_cell(write: Callable[[Path], Path], tmp_path: Path) -> None:
    report = report_of(write(tmp_path))
    assert [(one.row, one.field, one.value) for one in told(report)] == [(3, "名称", ROWS[1][1]), (5, "備考", ROWS[3][6])]
    part = report.table.parts[0]
    assert [part.cell(one.row, report.table.heading(0, one.field)) for one in told(report)] == ["B3", "G5"]


def test_private_characters_of_a_shapefile_are_told_by_feature(tmp_path: Path) -> None:
    report = report_of(shapefile(tmp_path))
    assert [(one.row, one.field, one.value) for one in told(report)] == [(2, "名称", ROWS[1][1]), (4, "備考", ROWS[3][6])]


def test_many_of_one_column_are_told_together(tmp_path: Path) -> None:
    rows = [[f"FF{n:010d}", f"{GAIJI}{n}", "34.5", "135.5", "見本市栄町1", "玄関", ""] for n in range(40)]
    path = tmp_path / "AED.csv"
    path.write_text("".join(",".join(row) + "\n" for row in [HEADINGS, *rows]), "utf-8")
    report = report_of(path)
    assert [(one.field, one.count) for one in grouped(told(report), report.table)] == [("名称", 40)]
