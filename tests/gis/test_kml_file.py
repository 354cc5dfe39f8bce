"""KML: placemarks, their texts and shapes; hostile texts stay texts."""

from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely

from catalog.errors import UnusableSource
from gis import vector_file
from gis.geometry import from_wkb
from gis.vector_table import VectorTable

HTML = '<![CDATA[<table><tr><td onclick="x()">名称</td></tr></table><script>alert(1)</script>]]>'


def read(folder: Path, inside: str, head: str = "") -> VectorTable:
    path = folder / "地図.kml"
    path.write_text(f'{head}<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{inside}</Document></kml>', "utf-8")
    return vector_file.read(path)


def shapes(table: VectorTable) -> list[shapely.Geometry]:
    return list(from_wkb(table.geometry)[0])


def placemark(inside: str) -> str:
    return f"<Placemark>{inside}</Placemark>"


def at(coordinates: str) -> str:
    return f"<coordinates>{coordinates}</coordinates>"


def test_texts_of_a_placemark_are_columns_and_stay_what_they_are(tmp_path: Path) -> None:
    data = (
        '<Data name="name"><value>別名</value></Data><Data name="電話"><displayName>Tel</displayName><value>03</value></Data>'
    )
    schema = '<SchemaData schemaUrl="#s"><SimpleData name="幅員">4.5</SimpleData></SchemaData>'
    when = "<TimeSpan><begin>2020-04-01</begin><end>2021</end></TimeSpan>"
    inside = f"<name> 町役場 </name><description>{HTML}</description>{when}<ExtendedData>{data}{schema}</ExtendedData>"
    table = read(tmp_path, f"<name>題</name>{placemark(inside)}{placemark('')}")
    assert table.crs == "EPSG:4326"
    assert table.rows == 2
    assert table.columns.to_pylist()[0] == {
        "name": "町役場",
        "description": HTML.removeprefix("<![CDATA[").removesuffix("]]>"),
        "begin": "2020-04-01",
        "end": "2021",
        "name(2)": "別名",
        "電話": "03",
        "幅員": "4.5",
    }
    assert set(table.columns.to_pylist()[1].values()) == {""}


def test_folders_become_a_column_and_what_lies_elsewhere_is_counted(tmp_path: Path) -> None:
    link = "<NetworkLink><Link><href>http://localhost:9/other.kml</href></Link></NetworkLink>"
    inner = f"<Folder><name>東</name>{placemark('<name>一</name>')}</Folder>"
    table = read(tmp_path, f"<Folder><name>学校</name>{inner}{placemark('<name>二</name>')}</Folder>{link}<GroundOverlay/>")
    assert table.columns.to_pylist() == [{"name": "一", "Folder": "学校/東"}, {"name": "二", "Folder": "学校"}]
    assert table.left_out == {"network-link": 1, "overlay": 1}


SQUARE = "138,35 139,35 139,36 138,35"
SHAPES = {
    f"<Point>{at('138.1,35.2')}</Point>": "POINT (138.1 35.2)",
    f"<Point>{at('138.1,35.2,7')}</Point>": "POINT Z (138.1 35.2 7)",
    f"<LineString>{at('138,35 138.5,35.5')}</LineString>": "LINESTRING (138 35, 138.5 35.5)",
    f"<Polygon><outerBoundaryIs><LinearRing>{at(SQUARE)}</LinearRing></outerBoundaryIs></Polygon>": (
        "POLYGON ((138 35, 139 35, 139 36, 138 35))"
    ),
    f"<MultiGeometry><Point>{at('138,35')}</Point><Point>{at('139,36')}</Point></MultiGeometry>": (
        "MULTIPOINT ((138 35), (139 36))"
    ),
    '<Track xmlns="http://www.google.com/kml/ext/2.2"><coord>138 35 1</coord><coord>139 36 2</coord></Track>': (
        "LINESTRING Z (138 35 1, 139 36 2)"
    ),
}


@pytest.mark.parametrize("written", SHAPES)
def test_every_kind_of_shape(written: str, tmp_path: Path) -> None:
    assert shapes(read(tmp_path, placemark(written))) == [shapely.from_wkt(SHAPES[written])]


@pytest.mark.parametrize("written", ["138.1 35.2", "138.1,x", "1,2,3,4"])
def test_numbers_that_are_none_are_told_at_their_row_and_do_not_lose_the_file(written: str, tmp_path: Path) -> None:
    good = f"<name>良</name><Point>{at('138,35')}</Point>"
    table = read(tmp_path, placemark(f"<Point>{at(written)}</Point>") + placemark(good))
    found, unreadable = from_wkb(table.geometry)
    assert unreadable.tolist() == [True, False]
    assert found[1] == shapely.Point(138, 35)


def test_entities_are_not_followed(tmp_path: Path) -> None:
    with pytest.raises(UnusableSource) as refused:
        read(tmp_path, placemark("<name>&f;</name>"), '<!DOCTYPE kml [<!ENTITY f SYSTEM "file:///etc/hostname">]>')
    assert refused.value.code == "xml-doctype"


@pytest.mark.parametrize("driver", ["KML", "LIBKML"])
def test_what_gdal_writes_is_read_as_gdal_reads_it(driver: str, tmp_path: Path) -> None:
    given = np.array(
        [shapely.Point(138, 35).buffer(0.1), shapely.MultiPolygon([shapely.Point(139, 36).buffer(n) for n in (0.1, 3)])]
    )
    path = tmp_path / "a.kml"
    names = [np.array(["髙橋", "<b>&"], dtype=object)]
    kind = "GeometryCollection" if driver == "KML" else "Unknown"
    pyogrio.raw.write(path, shapely.to_wkb(given), names, ["name"], geometry_type=kind, driver=driver, crs="EPSG:4326")
    table = vector_file.read(path)
    _, theirs = pyogrio.read_arrow(path)
    assert table.columns.column("name").to_pylist() == ["髙橋", "<b>&"]
    expected = shapely.from_wkb(theirs.column(theirs.column_names[-1]).to_pylist())
    assert shapely.get_coordinates(shapes(table)).tolist() == shapely.get_coordinates(expected).tolist()


def test_the_real_file_is_read_as_gdal_reads_it(realdata: Path) -> None:
    path = realdata / "aed/chofu/20141211_AEDmap.kml"
    table = vector_file.read(path)
    _, theirs = pyogrio.read_arrow(path)
    expected = shapely.from_wkb(theirs.column(theirs.column_names[-1]).to_pylist())
    assert (table.rows, shapely.get_coordinates(shapes(table)).tolist()) == (202, shapely.get_coordinates(expected).tolist())
    assert table.columns.column("name").to_pylist() == [name or "" for name in theirs.column("Name").to_pylist()]
