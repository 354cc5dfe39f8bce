"""Maps of every kind through the whole line: judged, converted, taken into a town, and left as they were."""

import json
import warnings
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely

from catalog.errors import UnusableSource
from catalog.library import read_library
from publish.answering.answer import Answer
from publish.answering.text import tell
from publish.build import build as build_town
from publish.build import examine, examine_file
from publish.converting import write
from publish.headings.adding import add
from publish.reading.source import read
from publish.recipe import AsOf
from publish.town_folder import open_town

LIBRARY = read_library()
TODAY = date(2026, 11, 20)
ORIGIN = np.array([138.3, 34.9])
LINES = np.array([shapely.LineString([ORIGIN + n / 100, ORIGIN + (n + 1) / 100]) for n in range(3)])
DRIVERS = {
    "fgb": ("FlatGeobuf", {"SPATIAL_INDEX": "NO"}),
    "gpkg": ("GPKG", {}),
    "geojsonl": ("GeoJSONSeq", {}),
    "kml": ("LIBKML", {}),
    "gml": ("GML", {"FORMAT": "GML3.2"}),
    "tab": ("MapInfo File", {"ENCODING": "CP932"}),
    "mif": ("MapInfo File", {"ENCODING": "CP932", "FORMAT": "MIF"}),
    "gdb": ("OpenFileGDB", {}),
    "shp": ("ESRI Shapefile", {}),
    "geojson": ("GeoJSON", {}),
}


def pipes(folder: Path, ending: str) -> Path:
    driver, options = DRIVERS[ending]
    folder.mkdir(exist_ok=True)
    path = folder / f"水道管.{ending}"
    columns = [np.array(["DIP", "HIVP", "DIP"], dtype=object), np.array(["100", "50", "75"], dtype=object)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pyogrio.raw.write(
            path,
            shapely.to_wkb(LINES),
            columns,
            ["管種", "口径"],
            geometry_type="LineString",
            driver=driver,
            crs="EPSG:4326",
            **options,
        )
    return path


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in [folder, *sorted(folder.rglob("*"))]
    }


@pytest.mark.parametrize("ending", DRIVERS)
def test_a_map_is_converted_whole(ending: str, tmp_path: Path) -> None:
    found = examine_file(pipes(tmp_path, ending), LIBRARY, None, TODAY, "water_pipe")
    out = tmp_path / "out.json"
    write(found.report, found.layer, out.with_suffix(".geojson"), LIBRARY)
    features = json.loads(out.with_suffix(".geojson").read_bytes())["features"]
    assert [feature["properties"]["管種"] for feature in features] == ["DIP", "HIVP", "DIP"]
    lines = shapely.linestrings([feature["geometry"]["coordinates"] for feature in features])
    assert np.abs(shapely.get_coordinates(lines) - shapely.get_coordinates(LINES)).max() < 2e-6


def test_the_command_line_judges_all_of_them_and_leaves_their_folders_alone(
    machizu: Callable[..., Any], tmp_path: Path
) -> None:
    paths = [pipes(tmp_path / ending, ending) for ending in DRIVERS]
    paths.append(utilities(tmp_path / "gml"))
    before = state(tmp_path)
    for folder in tmp_path.iterdir():
        folder.chmod(0o500)
    done = machizu("check", *paths, "--json")
    for folder in tmp_path.iterdir():
        folder.chmod(0o700)
    assert state(tmp_path) == before
    sources = json.loads(done.out)["result"]["sources"]
    assert [(one["dataset"], one["rows"]["kept"], one["error"]) for one in sources] == [
        *[("water_pipe", 3, None) for _ in DRIVERS],
        ("sewer_pipe", 2, None),
    ]


PIPE = (
    '<core:cityObjectMember><u:{kind} gml:id="p{number}"><u:year>1998</u:year><u:material>102</u:material><u:lod0Geometry>'
    "<gml:LineString><gml:posList>{positions}</gml:posList></gml:LineString></u:lod0Geometry></u:{kind}></core:cityObjectMember>"
)


def utilities(folder: Path) -> Path:
    """Write sewers and manholes of a city model in a plane system, northing first."""
    pipes = "".join(PIPE.format(kind="SewerPipe", number=n, positions=f"{n} 20 0 {n + 50} 30 0") for n in (1, 2))
    holes = "".join(PIPE.format(kind="Manhole", number=n, positions="1 2 0 3 4 0") for n in (3, 4, 5))
    folder.mkdir(exist_ok=True)
    path = folder / "unf.gml"
    path.write_text(
        '<core:CityModel xmlns:core="http://www.opengis.net/citygml/2.0" xmlns:gml="http://www.opengis.net/gml" '
        'xmlns:u="https://www.geospatial.jp/iur/uro/3.1"><gml:boundedBy>'
        '<gml:Envelope srsName="http://www.opengis.net/def/crs/EPSG/0/10169" srsDimension="3"/></gml:boundedBy>'
        f"{holes}{pipes}</core:CityModel>",
        "utf-8",
    )
    return path


def test_the_feature_type_that_a_definition_is_known_by_is_taken_and_the_others_are_told(tmp_path: Path) -> None:
    found = examine_file(utilities(tmp_path), LIBRARY, None, TODAY)
    assert found.dataset.id == "sewer_pipe"
    assert found.report.table.column("布設年度") == ["1998", "1998"]
    assert {one.value for one in found.report.findings if one.code == "layer-not-read"} == {"uro:Manhole"}
    assert found.recipe.sheet == "uro:SewerPipe"
    part = found.report.table.parts[0]
    assert (part.file, part.member, part.sheet) == ("unf.gml", "", "uro:SewerPipe")
    assert "uro:SewerPipe" not in tell(Answer("", None, found.report), "ja")
    assert found.layer is not None
    # 平面直角座標系 VIII: its origin lies at 36°N 138°30′E; 20 m east of it and 1 m north.
    assert shapely.get_coordinates(found.layer.geometries)[0] == pytest.approx([138.5002218, 36.000009], abs=1e-7)


def test_the_layer_of_a_geopackage_whose_headings_are_known_is_taken(tmp_path: Path) -> None:
    path = pipes(tmp_path, "gpkg")
    memo = [np.array(["x", "y", "z"], dtype=object)]
    pyogrio.raw.write(
        path, shapely.to_wkb(LINES), memo, ["メモ"], geometry_type="LineString", crs="EPSG:4326", layer="下書き", append=True
    )
    found = examine_file(path, LIBRARY, None, TODAY)
    assert (found.dataset.id, found.recipe.sheet, found.report.table.rows) == ("water_pipe", "水道管", 3)
    assert {one.value for one in found.report.findings if one.code == "layer-not-read"} == {"下書き"}


def test_of_layers_with_the_same_columns_the_one_is_taken_that_is_called_as_staff_name_the_kind(tmp_path: Path) -> None:
    path, points = tmp_path / "施設.gpkg", shapely.to_wkb(shapely.points([[138.3, 34.9], [138.4, 34.8]]))
    for layer, name in (("公衆トイレ", "公園"), ("AED", "役場")):
        cells = [np.array([name, name], dtype=object), np.array(["本町1", "本町2"], dtype=object)]
        pyogrio.raw.write(
            path, points, cells, ["名称", "住所"], geometry_type="Point", crs="EPSG:6668", layer=layer, append=True
        )
    with pytest.raises(UnusableSource, match="公衆トイレ、AED"):
        examine_file(path, LIBRARY, None, TODAY)
    found = {kind: examine_file(path, LIBRARY, None, TODAY, kind) for kind in ("aed", "public_toilet")}
    assert {kind: one.report.table.column("名称")[0] for kind, one in found.items()} == {"aed": "役場", "public_toilet": "公園"}
    assert found["aed"].recipe.sheet == "AED"
    assert [one.value for one in found["aed"].report.findings if one.code == "layer-not-read"] == ["公衆トイレ"]


def test_of_several_known_feature_types_the_one_that_staff_name_is_taken(tmp_path: Path) -> None:
    zones = "".join(
        f'<core:cityObjectMember><u:{kind} gml:id="{kind}{n}"><u:function>{code}</u:function><u:lod1MultiSurface><gml:Polygon>'
        "<gml:exterior><gml:LinearRing><gml:posList>35 138 0 35 138.1 0 35.1 138.1 0 35 138 0</gml:posList></gml:LinearRing>"
        f"</gml:exterior></gml:Polygon></u:lod1MultiSurface></u:{kind}></core:cityObjectMember>"
        for kind, code, count in (("UseDistrict", 8, 2), ("AreaClassification", 23, 1))
        for n in range(count)
    )
    path = tmp_path / "urf.gml"
    path.write_text(
        '<core:CityModel xmlns:core="http://www.opengis.net/citygml/2.0" xmlns:gml="http://www.opengis.net/gml" '
        'xmlns:u="https://www.geospatial.jp/iur/urf/3.1"><gml:boundedBy>'
        f'<gml:Envelope srsName="urn:ogc:def:crs:EPSG::6697"/></gml:boundedBy>{zones}</core:CityModel>',
        "utf-8",
    )
    most = examine_file(path, LIBRARY, None, TODAY)
    assert (most.dataset.id, most.report.table.column("用途地域")) == ("zoning", ["田園住居地域"] * 2)
    named = examine_file(path, LIBRARY, None, TODAY, "area_division")
    assert named.report.table.column("区域区分") == ["市街化調整区域"]


def test_no_two_definitions_are_known_by_one_layer() -> None:
    layers = [layer for one in LIBRARY.values() if one.geometry for layer in one.geometry.layers]
    assert layers
    assert len(layers) == len(set(layers))


def test_a_map_that_lies_nowhere_is_refused_for_the_map_and_its_rows_are_read_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "地図.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "12345-1.xml",
            '<地図 xmlns="http://www.moj.go.jp/MINJI/tizuxml"><座標系>任意座標系</座標系><主題属性>'
            '<筆 id="H1"><所在>見本町</所在>'
            "<地番>1-2</地番><地目>田</地目><面積>300</面積></筆></主題属性></地図>",
        )
    with pytest.raises(UnusableSource) as refused:
        examine_file(path, LIBRARY, None, TODAY, "farmland")
    assert refused.value.code == "arbitrary-coordinates"
    assert read(path, name=path.name).cells.column("地番").to_pylist() == ["1-2"]


def test_a_description_full_of_html_is_published_as_the_text_it_is(tmp_path: Path) -> None:
    path = tmp_path / "水道管.kml"
    html = "<table><tr><td onclick=\"x()\">=cmd|'/c calc'!A0</td></tr></table>"
    line = "<LineString><coordinates>138,35 138.1,35</coordinates></LineString>"
    data = f'<ExtendedData><Data name="管種"><value><![CDATA[{html}]]></value></Data></ExtendedData>'
    path.write_text(f'<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark>{line}{data}</Placemark></kml>', "utf-8")
    found = examine_file(path, LIBRARY, None, TODAY, "water_pipe")
    write(found.report, found.layer, tmp_path / "out.geojson", LIBRARY)
    (feature,) = json.loads((tmp_path / "out.geojson").read_bytes())["features"]
    assert feature["properties"]["管種"] == html


def test_a_map_without_a_feature_is_said_to_have_no_column(tmp_path: Path) -> None:
    path = tmp_path / "a.kml"
    path.write_text('<kml xmlns="http://www.opengis.net/kml/2.2"><NetworkLink/></kml>', "utf-8")
    with pytest.raises(UnusableSource, match="has no column at all"):
        examine_file(path, LIBRARY, None, TODAY)


SETTINGS = 'format = 1\ncode = "013994"\n[name]\nja = "見本町"\nen = "Mihon"\n'


def test_add_check_and_build_leave_the_maps_of_a_town_as_they_are(tmp_path: Path) -> None:
    town = tmp_path / "town"
    sources = town / "sources"
    sources.mkdir(parents=True)
    (town / "machizu.toml").write_text(SETTINGS, "utf-8")
    models = utilities(sources / "下水道")
    files = [pipes(sources / "水道", "tab"), models.rename(models.with_name("unf_20260401.gml"))]
    before = state(sources)
    folder = open_town(town)
    added, problems = add(folder, files, None, lang="ja", force=False)
    assert (sorted(one.recipe for one in added), problems) == (["sewer_pipe", "water_pipe"], [])
    folder = open_town(town)
    assert folder.recipes["sewer_pipe"].sheet == "uro:SewerPipe"
    assert folder.recipes["sewer_pipe"].as_of == AsOf(source="filename")
    reports = {name: examine(folder, name, recipe, TODAY).report for name, recipe in folder.recipes.items()}
    assert {name: report.table.rows for name, report in reports.items()} == {"sewer_pipe": 2, "water_pipe": 3}
    assert "as-of-not-found" not in {found.code for found in reports["sewer_pipe"].findings}
    outcomes = list(build_town(folder, [], datetime(2026, 11, 20, 9, tzinfo=UTC)))
    assert [one.problem for one in outcomes] == [None, None]
    assert state(sources) == before
