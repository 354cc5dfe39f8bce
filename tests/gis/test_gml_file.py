"""GML of several application schemas: vertices, order of axes, layers, columns; compared with what GDAL reads."""

from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely

from catalog.errors import UnusableSource
from gis import xml_file
from gis.geometry import from_wkb
from gis.gml_code_list import CodeLists, beside
from gis.gml_file import read_gml
from gis.reference_system import require_supported
from gis.vector_table import VectorTable

GML = 'xmlns:gml="http://www.opengis.net/gml"'
GML32 = 'xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:xlink="http://www.w3.org/1999/xlink"'
IUR = 'xmlns:core="http://www.opengis.net/citygml/2.0" xmlns:p="https://www.geospatial.jp/iur/urf/3.1"'
AREA = "35.1 138.1 0 35.1 138.2 0 35.2 138.2 0 35.1 138.1 0"
URL = "http://www.opengis.net/def/crs/EPSG/0/{}"


def city(members: str, srs: str = URL.format(6697)) -> str:
    box = f'<gml:boundedBy><gml:Envelope srsName="{srs}" srsDimension="3"></gml:Envelope></gml:boundedBy>' if srs else ""
    return f"<core:CityModel {GML} {IUR}>{box}{members}</core:CityModel>"


def zone(inside: str, kind: str = "UseDistrict") -> str:
    return f'<core:cityObjectMember><p:{kind} gml:id="z">{inside}</p:{kind}></core:cityObjectMember>'


def surface(positions: str = AREA, level: str = "lod1MultiSurface", srs: str = "") -> str:
    ring = f"<gml:exterior><gml:LinearRing><gml:posList>{positions}</gml:posList></gml:LinearRing></gml:exterior>"
    member = f"<gml:surfaceMember><gml:Polygon>{ring}</gml:Polygon></gml:surfaceMember>"
    named = f' srsName="{srs}"' if srs else ""
    return f"<p:{level}><gml:MultiSurface{named}>{member}</gml:MultiSurface></p:{level}>"


def read(folder: Path, text: str, encoding: str = "utf-8", lists: CodeLists | None = None) -> tuple[VectorTable, ...]:
    path = folder / "map.gml"
    path.write_bytes(text.encode(encoding))
    return read_gml(path, "map.gml", lists or CodeLists())


def shapes(table: VectorTable) -> list[shapely.Geometry]:
    return list(from_wkb(table.geometry)[0])


ORDERS = {
    "a compound system by address": (URL.format(6697), AREA, "EPSG:6668"),
    "a geographic system by name": ("urn:ogc:def:crs:EPSG::6668", AREA, "EPSG:6668"),
    "WGS84 with longitude first": (
        "urn:ogc:def:crs:OGC:1.3:CRS84",
        "138.1 35.1 0 138.2 35.1 0 138.2 35.2 0 138.1 35.1 0",
        "EPSG:4326",
    ),
    "a short name, told by degrees": ("EPSG:4326", "138.1 35.1 0 138.2 35.1 0 138.2 35.2 0 138.1 35.1 0", "EPSG:4326"),
    "a short name, the other way": ("EPSG:4326", AREA, "EPSG:4326"),
    "the words of Japanese standards": ("JGD2011 / (B, L, h)", AREA, "EPSG:6668"),
    "those of the basic map": ("fguuid:jgd2011.bl", AREA, "EPSG:6668"),
}


@pytest.mark.parametrize("case", ORDERS)
def test_east_comes_first_whatever_order_the_system_declares(case: str, tmp_path: Path) -> None:
    srs, positions, crs = ORDERS[case]
    (table,) = read(tmp_path, city(zone(surface(positions)), srs))
    assert table.crs == crs
    corners = shapely.get_coordinates(shapes(table)[0])
    assert corners.tolist() == [[138.1, 35.1], [138.2, 35.1], [138.2, 35.2], [138.1, 35.1]]


def test_northing_stands_first_in_a_plane_system(tmp_path: Path) -> None:
    (table,) = read(tmp_path, city(zone(surface("100 200 5 100 300 5 150 300 5 100 200 5")), URL.format(10169)))
    assert table.crs == "EPSG:6676"
    assert shapely.get_coordinates(shapes(table)[0], include_z=True)[0].tolist() == [200.0, 100.0, 5.0]


@pytest.mark.parametrize(
    ("srs", "code"),
    [("EPSG:6676", "axes-undeclared"), ("urn:ogc:def:crs:EPSG::999999", "crs-unknown"), ("地図", "crs-unknown")],
)
def test_an_order_that_nothing_declares_is_refused(srs: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(UnusableSource) as refused:
        read(tmp_path, city(zone(surface("100 200 5 100 300 5 150 300 5 100 200 5")), srs))
    assert refused.value.code == code


def test_a_system_at_the_geometry_goes_before_that_of_the_file_and_two_are_refused(tmp_path: Path) -> None:
    (table,) = read(tmp_path, city(zone(surface(srs=URL.format(4612))), URL.format(6697)))
    assert table.crs == "EPSG:4612"
    with pytest.raises(UnusableSource, match="mixes reference systems"):
        read(tmp_path, city(zone(surface(srs=URL.format(4612))) + zone(surface())))


def test_the_old_datum_is_named_so_that_it_can_be_refused(tmp_path: Path) -> None:
    (table,) = read(tmp_path, city(zone(surface()), "TD / (B, L, h)"))
    with pytest.raises(UnusableSource, match="Tokyo"):
        require_supported(table.crs)


def test_a_file_that_declares_no_system_has_none(tmp_path: Path) -> None:
    (table,) = read(tmp_path, city(zone(surface("138.1 35.1 138.2 35.1 138.2 35.2 138.1 35.1")), ""))
    assert table.crs == ""
    assert shapely.get_coordinates(shapes(table)[0])[0].tolist() == [138.1, 35.1]


def test_each_feature_type_is_a_layer_and_each_text_a_column(tmp_path: Path) -> None:
    two = "<p:note>一</p:note><p:note>二</p:note>"
    text = city(zone(f"<p:function>1</p:function>{two}{surface()}") + zone("<p:function>23</p:function>", "AreaClassification"))
    first, second = read(tmp_path, text)
    assert (first.layer, second.layer) == ("urf:UseDistrict", "urf:AreaClassification")
    assert first.columns.to_pylist() == [{"gml:id": "z", "urf:UseDistrict.function": "1", "urf:note": "一、二"}]
    assert second.columns.to_pylist() == [{"gml:id": "z", "urf:AreaClassification.function": "23"}]
    assert shapes(second) == [None]


def test_the_lowest_level_of_detail_is_drawn_and_solids_are_counted(tmp_path: Path) -> None:
    line = "<gml:LineString><gml:posList>35.1 138.1 0 35.2 138.1 0</gml:posList></gml:LineString>"
    solid = "<p:lod2Geometry><gml:Solid><gml:exterior/></gml:Solid></p:lod2Geometry>"
    (table,) = read(tmp_path, city(zone(f"{surface()}<p:lod0Geometry>{line}</p:lod0Geometry>{solid}") + zone(solid)))
    assert [shape and shape.geom_type for shape in shapes(table)] == ["LineString", None]
    assert table.left_out == {"solid": 2, "more-geometry": 1}


def test_codes_have_their_names_where_the_list_lies_beside(tmp_path: Path) -> None:
    entry = "<gml:dictionaryEntry><gml:Definition><gml:description>商業地域</gml:description><gml:name>10</gml:name>"
    folder = tmp_path / "codelists"
    folder.mkdir()
    (folder / "Common.xml").write_text(
        f"<gml:Dictionary {GML}><gml:name>Common</gml:name>{entry}</gml:Definition></gml:dictionaryEntry></gml:Dictionary>",
        "utf-8",
    )
    below = tmp_path / "udx" / "urf"
    below.mkdir(parents=True)
    coded = '<p:function codeSpace="../../codelists/Common.xml">10</p:function>'
    (table,) = read(below, city(zone(coded)), lists=beside(below / "map.gml"))
    assert table.columns.to_pylist()[0]["urf:UseDistrict.function.name"] == "商業地域"
    elsewhere = '<p:function codeSpace="../../../../secret.xml">10</p:function>'
    (table,) = read(below, city(zone(elsewhere)), lists=beside(below / "map.gml"))
    assert "urf:UseDistrict.function.name" not in table.headings


KSJ = f"""<?xml version="1.0" encoding="UTF-8"?>
<ksj:Dataset xmlns:ksj="http://nlftp.mlit.go.jp/ksj/schemas/ksj-app" {GML32}>
 <gml:description>国土数値情報</gml:description>
 <gml:boundedBy><gml:EnvelopeWithTimePeriod srsName="JGD2011 / (B, L)" frame="GC / JST"/></gml:boundedBy>
 <gml:Surface gml:id="a1"><gml:patches><gml:PolygonPatch>
  <gml:exterior><gml:Ring><gml:curveMember xlink:href="#c1"/><gml:curveMember xlink:href="#c2"/></gml:Ring></gml:exterior>
  <gml:interior><gml:Ring><gml:curveMember xlink:href="#c3"/></gml:Ring></gml:interior>
 </gml:PolygonPatch></gml:patches></gml:Surface>
 <gml:Curve gml:id="c1"><gml:segments><gml:LineStringSegment><gml:posList>
  35.0 139.0
  35.0 139.4
  35.4 139.4</gml:posList></gml:LineStringSegment></gml:segments></gml:Curve>
 <gml:Curve gml:id="c2"><gml:segments><gml:LineStringSegment><gml:posList>35.4 139.4 35.4 139.0 35.0 139.0</gml:posList>
  </gml:LineStringSegment></gml:segments></gml:Curve>
 <gml:Curve gml:id="c3"><gml:segments><gml:LineStringSegment>
  <gml:posList>35.1 139.1 35.2 139.1 35.2 139.2 35.1 139.1</gml:posList></gml:LineStringSegment></gml:segments></gml:Curve>
 <gml:Point gml:id="p1"><gml:pos>35.3 139.3</gml:pos></gml:Point>
 <ksj:LandUseZone gml:id="z1"><ksj:bounds xlink:href="#a1"/>
  <ksj:administrativeAreaCode codeSpace="AdministrativeAreaCode.xml">14100</ksj:administrativeAreaCode>
  <ksj:year><gml:TimeInstant><gml:timePosition>2011</gml:timePosition></gml:TimeInstant></ksj:year>
  <ksj:office xlink:href="#s1"/></ksj:LandUseZone>
 <ksj:Station gml:id="s1"><ksj:position xlink:href="#p1"/><ksj:name>見本駅</ksj:name></ksj:Station>
</ksj:Dataset>"""


def test_land_numerical_information_refers_to_its_geometry(tmp_path: Path) -> None:
    zones, stations = read(tmp_path, KSJ)
    assert zones.crs == "EPSG:6668"
    assert zones.columns.to_pylist() == [{"gml:id": "z1", "administrativeAreaCode": "14100", "year": "2011", "office": "s1"}]
    hole = [(139.1, 35.1), (139.1, 35.2), (139.2, 35.2), (139.1, 35.1)]
    square = [(139.0, 35.0), (139.4, 35.0), (139.4, 35.4), (139.0, 35.4), (139.0, 35.0)]
    assert shapely.equals_exact(shapes(zones)[0], shapely.Polygon(square, [hole]))
    assert shapes(stations) == [shapely.Point(139.3, 35.3)]


def test_a_geometry_that_refers_to_itself_ends(tmp_path: Path) -> None:
    member = '<gml:surfaceMember xlink:href="#m"/>'
    text = f'<d xmlns="urn:x" {GML32}><gml:MultiSurface gml:id="m">{member}</gml:MultiSurface><f><g xlink:href="#m"/></f></d>'
    (table,) = read(tmp_path, text)
    assert shapes(table) == [None]


@pytest.mark.parametrize("form", ["GML3", "GML3.2", "GML3Deegree"])
@pytest.mark.parametrize("crs", ["EPSG:4612", "EPSG:2450"])
def test_what_gdal_writes_is_read_as_gdal_reads_it(form: str, crs: str, tmp_path: Path) -> None:
    rng = np.random.default_rng(7)
    origin = (138.3, 34.9) if crs == "EPSG:4612" else (-20000.0, -130000.0)
    given = np.array(
        [
            shapely.MultiPolygon([shapely.Point(origin + rng.random(2)).buffer(0.01), shapely.Point(origin).buffer(0.005)]),
            shapely.MultiPolygon(
                [shapely.Polygon(shapely.Point(origin).buffer(2).exterior, [shapely.Point(origin).buffer(1).exterior])]
            ),
        ]
    )
    path = tmp_path / "道路.gml"
    columns = [np.array(["髙橋", "<b>&"], dtype=object), np.array([4.5, 6.25])]
    pyogrio.raw.write(
        path,
        shapely.to_wkb(given),
        columns,
        ["name", "width"],
        geometry_type="MultiPolygon",
        driver="GML",
        crs=crs,
        FORMAT=form,
    )
    (table,) = read_gml(path, path.name, CodeLists())
    _, theirs = pyogrio.read_arrow(path)
    place = next(name for name in theirs.column_names if name not in ("name", "width", "gml_id"))
    assert table.crs == crs
    assert table.columns.column("name").to_pylist() == theirs.column("name").to_pylist() == ["髙橋", "<b>&"]
    expected = shapely.from_wkb(theirs.column(place).to_pylist())
    assert all(shapely.equals_exact(one, other) for one, other in zip(shapes(table), expected, strict=True))


HOSTILE = {
    "entities": ('<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + city(zone("<p:n>&b;</p:n>")), "xml-doctype"),
    "a file": ('<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/hostname">]>' + city(zone("<p:n>&f;</p:n>")), "xml-doctype"),
    "cut off": (city(zone(surface()))[:-40], "geo-file-broken"),
    "words for numbers": (city(zone(surface("35 x 0 35 138 0 36 138 0 35 138 0"))), "geo-file-broken"),
    "half a position": (city(zone(surface("35.1 138.1 0 35.1"))), "geo-file-broken"),
    "an arc": (
        city(zone("<p:lod0Geometry><gml:Curve><gml:segments><gml:Arc/></gml:segments></gml:Curve></p:lod0Geometry>")),
        "curved-geometry",
    ),
    "deep": (city(zone("<p:n>" * 400 + "</p:n>" * 400)), "geo-file-broken"),
    "a wrong encoding": ('<?xml version="1.0" encoding="Shift_JIS"?>' + city(zone("<p:n>あ</p:n>")), "encoding"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_or_broken_xml_is_refused_in_a_sentence(case: str, tmp_path: Path) -> None:
    text, code = HOSTILE[case]
    with pytest.raises(UnusableSource) as refused:
        read(tmp_path, text)
    assert refused.value.code == code
    assert "map.gml" in refused.value.message["ja"]
    assert str(tmp_path) not in refused.value.message["en"]


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_file, "_LARGEST", 100)
    with pytest.raises(UnusableSource) as refused:
        read(tmp_path, city(zone(surface())))
    assert refused.value.code == "too-large"


def test_shift_jis_means_the_letters_that_offices_use(tmp_path: Path) -> None:
    text = '<?xml version="1.0" encoding="Shift_JIS"?>' + city(zone("<p:name>髙橋①</p:name>"))
    (table,) = read(tmp_path, text, "cp932")
    assert table.columns.column("urf:name").to_pylist() == ["髙橋①"]
