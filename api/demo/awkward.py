"""The forms in which offices hand things in: CP932, title rows, 和暦, full-width digits, shapefiles without .prj.

Every writer gives the same bytes for the same values.
"""

import csv
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import shapely
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from api.demo.dividing import Geometries
from gis import vector_file
from gis.reference_system import to_lonlat
from publish.packing.determinism import rezip

Cell = str | int | float | date | None
Rows = Sequence[Sequence[Cell]]
Column = Sequence[object] | np.ndarray
ERAS = ((date(2019, 5, 1), "令和"), (date(1989, 1, 8), "平成"), (date(1926, 12, 25), "昭和"))
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_EDGE = Border(*[Side(style="thin", color="999999")] * 4)


def era(day: date) -> str:
    """Write a date as a ledger does.

    >>> era(date(1973, 12, 28)), era(date(2019, 6, 20))
    ('昭和48年12月28日', '令和元年6月20日')
    """
    first, name = next((first, name) for first, name in ERAS if day >= first)
    year = day.year - first.year + 1
    return f"{name}{'元' if year == 1 else year}年{day.month}月{day.day}日"


def wide(text: str) -> str:
    """Write ASCII as full-width characters.

    >>> wide("2F-10")
    '２Ｆ－１０'
    """
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


def write_csv(path: Path, rows: Rows, encoding: str = "cp932") -> None:
    """Write a CSV as Excel saves it."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, lineterminator="\r\n").writerows(rows)


def write_workbook(path: Path, sheets: Mapping[str, Rows], heading: tuple[int, int] = (1, 1)) -> None:
    """Write sheets of rows; `heading` rows get a fill and a frame, rows above them are a title in larger letters."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if rows and len(rows) > heading[1]:
            _dress(sheet, heading)
    book.save(path)
    rezip(path, {"docProps/core.xml": lambda xml: _MODIFIED.sub(rb"\g<1>2026-04-01T00:00:00Z", xml)})


def _dress(sheet: Worksheet, heading: tuple[int, int]) -> None:
    for number, row in enumerate(sheet.iter_rows(max_row=heading[1]), 1):
        for cell in row:
            if number < heading[0]:
                cell.font = Font(size=14, bold=True)
            else:
                cell.fill, cell.border = PatternFill("solid", fgColor="DDE8F0"), _EDGE
                cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for column in sheet.iter_rows(min_row=heading[0]):
        for cell in column:
            cell.border = _EDGE
    for cell in next(sheet.iter_rows(min_row=heading[1], max_row=heading[1])):
        sheet.column_dimensions[cell.column_letter].width = _width(str(cell.value or ""))


def _width(text: str) -> float:
    return min(30.0, 4 + sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text))


def write_shapefile(
    path: Path,
    columns: Mapping[str, Column],
    shapes: Geometries,
    crs: str,
    *,
    encoding: str = "CP932",
    keep: Sequence[str] = (".prj", ".cpg"),
) -> None:
    """Write a shapefile; of the parts that say how to read it only those in `keep` remain."""
    _write(path, "ESRI Shapefile", columns, shapes, crs, encoding)
    for suffix in {".prj", ".cpg"} - set(keep):
        path.with_suffix(suffix).unlink(missing_ok=True)


def write_geopackage(path: Path, columns: Mapping[str, Column], shapes: Geometries, crs: str) -> None:
    """Write a GeoPackage with one layer, named as the file."""
    _write(path, "GPKG", columns, shapes, crs, None)


def _write(path: Path, driver: str, columns: Mapping[str, Column], shapes: Geometries, crs: str, encoding: str | None) -> None:
    place = pa.array(shapely.to_wkb(shapes, output_dimension=2), pa.binary())
    table = pa.table({**{name: pa.array(values) for name, values in columns.items()}, vector_file.GEOMETRY: place})
    kinds = {"LineString": "LineString", "Polygon": "Polygon"}
    kind = kinds.get(shapes[0].geom_type, "Unknown")
    if (shapely.get_type_id(shapes) == 6).any():
        kind = "MultiPolygon" if driver == "GPKG" else "Polygon"
    vector_file.write(path, table, driver=driver, layer=path.stem, kind=kind, crs=crs, encoding=encoding)


def write_geojson(path: Path, columns: Mapping[str, Column], shapes: Geometries, crs: str) -> None:
    """Write shapes in `crs` as GeoJSON in degrees of JGD2011, 7 decimals (RFC 7946)."""
    degrees = [json.loads(text) for text in shapely.to_geojson(to_degrees(shapes, crs))]
    features = [
        {"type": "Feature", "properties": dict(zip(columns, values, strict=True)), "geometry": place}
        for *values, place in zip(*columns.values(), degrees, strict=True)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


def to_degrees(shapes: Geometries, crs: str) -> Geometries:
    """Return shapes of `crs` in longitude and latitude, 7 decimals (about a centimetre)."""
    return np.asarray(shapely.transform(shapes, lambda points: np.round(np.stack(to_lonlat(crs, *points.T), axis=1), 7)))
