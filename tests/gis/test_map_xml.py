"""登記所備付地図 XML: areas put together from points, lines and rings."""

import zipfile
from pathlib import Path

import pytest
import shapely
from lxml import etree  # type: ignore[import-untyped]

from catalog.errors import UnusableSource
from gis import vector_file
from gis.geometry import bounds, from_wkb, inside_japan, reproject
from gis.reference_system import ARBITRARY
from gis.vector_table import VectorTable

POINTS = {"P1": (0, 0), "P2": (0, 10), "P3": (10, 10), "P4": (10, 0), "P5": (2, 2), "P6": (2, 4), "P7": (4, 4)}
"""Name → X (north), Y (east)."""
LINES = {"C1": "P1 P2", "C2": "P3 P2", "C3": "P3 P4 P1", "C4": "P5 P6", "C5": "P6 P7", "C6": "P7 P5"}


def parcel(number: str, shape: str = "F1") -> str:
    return f'<筆 id="H{number}"><大字名>見本町</大字名><地番>{number}</地番><形状 idref="{shape}"/></筆>'


def ring(side: str, lines: str) -> str:
    refs = "".join(f'<z:GM_CompositeCurve.generator idref="{line}"/>' for line in lines.split())
    return f"<z:GM_SurfaceBoundary.{side}><z:GM_Ring>{refs}</z:GM_Ring></z:GM_SurfaceBoundary.{side}>"


def chart(rings: str, parcels: str, system: str = "公共座標8系", lines: dict[str, str] = LINES) -> str:
    points = "".join(
        f'<z:GM_Point id="{key}"><z:GM_Point.position><z:DirectPosition><z:X>{x}</z:X><z:Y>{y}</z:Y></z:DirectPosition>'
        "</z:GM_Point.position></z:GM_Point>"
        for key, (x, y) in POINTS.items()
    )
    curves = "".join(
        f'<z:GM_Curve id="{key}">'
        + "".join(f'<z:GM_PointRef.point idref="{point}"/>' for point in given.split())
        + "</z:GM_Curve>"
        for key, given in lines.items()
    )
    return (
        '<地図 xmlns="http://www.moj.go.jp/MINJI/tizuxml" xmlns:z="http://www.moj.go.jp/MINJI/tizuzumen">'
        f"<地図名>見本</地図名><座標系>{system}</座標系><空間属性>{points}{curves}"
        f'<z:GM_Surface id="F1"><z:GM_SurfaceBoundary>{rings}</z:GM_SurfaceBoundary></z:GM_Surface></空間属性>'
        f"<主題属性><基準点><名称>k</名称></基準点>{parcels}</主題属性></地図>"
    )


def read(folder: Path, text: str) -> VectorTable:
    path = folder / "地図.xml"
    path.write_text(text, "utf-8")
    return vector_file.read(path)


def test_lines_drawn_either_way_close_and_holes_stay(tmp_path: Path) -> None:
    rings = ring("exterior", "C1 C2 C3") + ring("interior", "C4 C5 C6")
    table = read(tmp_path, chart(rings, parcel("1-2")))
    square = shapely.Polygon([(0, 0), (10, 0), (10, 10), (0, 10)], [[(2, 2), (4, 2), (4, 4)]])
    assert from_wkb(table.geometry)[0].tolist() == [square]
    assert table.crs == "EPSG:6676"
    assert table.columns.to_pylist() == [
        {"筆ID": "H1-2", "大字名": "見本町", "地番": "1-2", "地図名": "見本", "座標系": "公共座標8系"}
    ]
    assert table.left_out == {"survey-mark": 1}


def test_a_map_that_lies_nowhere_says_so_and_keeps_its_rows(tmp_path: Path) -> None:
    table = read(tmp_path, chart(ring("exterior", "C1 C2 C3"), parcel("1") + parcel("2"), ARBITRARY))
    assert (table.crs, table.rows) == (ARBITRARY, 2)


@pytest.mark.parametrize("lines", ["C1 C2", "C1 C4", "C9", ""])
def test_an_area_that_does_not_close_is_told_at_its_row(lines: str, tmp_path: Path) -> None:
    table = read(tmp_path, chart(ring("exterior", lines), parcel("1") + parcel("2", "F9") + parcel("3").replace("形状", "別")))
    assert from_wkb(table.geometry)[1].tolist() == [True, True, False]
    assert table.columns.column("地番").to_pylist() == ["1", "2", "3"]


@pytest.mark.parametrize(("system", "code"), [("公共座標99系", "crs-unknown"), ("", "crs-unknown")])
def test_a_system_that_is_not_known_is_refused(system: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(UnusableSource) as refused:
        read(tmp_path, chart(ring("exterior", "C1 C2 C3"), parcel("1"), system))
    assert refused.value.code == code


def test_a_point_without_numbers_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableSource) as refused:
        read(tmp_path, chart("", "").replace("<z:X>10</z:X>", "<z:X>十</z:X>"))
    assert refused.value.code == "geo-file-broken"


def test_the_real_map_has_the_corners_that_stand_in_it(realdata: Path) -> None:
    path = realdata / "other/mojxml/12103-0400-76.zip"
    table = vector_file.read(path)
    assert inside_japan(bounds(reproject(from_wkb(table.geometry)[0], table.crs))).all()
    tree = etree.fromstring(zipfile.ZipFile(path).read("12103-0400-76.xml"))
    lines = {one.get("id"): one for one in tree.iter("{*}GM_Curve")}
    points = {one.get("id"): [float(one.findtext(f".//{{*}}{axis}")) for axis in "YX"] for one in tree.iter("{*}GM_Point")}
    wanted = {
        tuple(points[ref.get("idref")])
        for line in tree.iter("{*}GM_CompositeCurve.generator")
        for ref in lines[line.get("idref")].iter("{*}GM_PointRef.point")
    }
    corners = shapely.get_coordinates(from_wkb(table.geometry)[0])
    assert {tuple(corner) for corner in corners.tolist()} == wanted
    assert table.columns.column("地番").to_pylist() == [tree.findtext(".//{*}筆/{*}地番")]
