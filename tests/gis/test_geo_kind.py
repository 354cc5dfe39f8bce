"""What a file is, by its content; and that GDAL is never given one that tells it what to open."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import UnusableSource
from gis import vector_file
from gis.geo_kind import by_content

ROOT = Path(__file__).parents[2]
KSJ = (
    '<?xml version="1.0"?>\n<ksj:Dataset xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:ksj="http://nlftp.mlit.go.jp/ksj/x">'
)
CASES = {
    "shapefile": (b"\x00\x00\x27\x0a\x00", ".shp"),
    "geopackage": (b"SQLite format 3\x00\x10", ".gpkg"),
    "flatgeobuf": (b"fgb\x03fgb\x01", ".fgb"),
    "geojson": (b'\xef\xbb\xbf {"type": "FeatureCollection"', ".json"),
    "topojson": (b'{"objects": {}, "type" : "Topology"}', ".json"),
    "geojsonseq": (b'\x1e{"type": "Feature"}', ".json"),
    "kml": ('<?xml version="1.0"?><!-- <gpx> --><kml:kml xmlns:kml="urn:x">'.encode("utf-16"), ".xml"),
    "gpx": (b'<?xml version="1.0"?>\n<gpx version="1.1">', ".xml"),
    "gml": (KSJ.encode(), ".xml"),
    "map-xml": ('<地図 xmlns="http://www.moj.go.jp/MINJI/tizuxml">'.encode(), ".xml"),
    "dxf": (b"999\r\nmade by hand\r\n  0\r\nSECTION\r\n", ".dxf"),
    "tab": (b"!Table\r\n!version 300", ".tab"),
    "mif": (b"Version 300\nCharset", ".mif"),
}


@pytest.mark.parametrize("kind", CASES)
def test_a_file_is_known_by_its_first_bytes(kind: str) -> None:
    assert by_content(*CASES[kind]) == kind


@pytest.mark.parametrize(
    "head", [b"", b"name,x\n1,2", b"<html><body>gml", b"<rows/>", b"Version 3 of the list", b"<?xml", b"<!-- kml", b"\xff\xfe"]
)
def test_what_is_no_map_is_none(head: bytes) -> None:
    assert by_content(head, ".txt") is None


@given(st.binary(max_size=4096), st.sampled_from(["", ".mif", ".json", ".xml"]))
def test_no_bytes_are_too_much(head: bytes, suffix: str) -> None:
    assert by_content(head, suffix) in (None, *CASES)


@pytest.mark.parametrize("piece", [b"999\n", b"\n", b"<!--", b"<?", b"<!DOCTYPE [", b'{"type" ', b"]", b" <"])
def test_looking_at_a_file_takes_no_time(piece: bytes) -> None:
    """Each of these made a pattern look again and again; with backtracking this test would not end."""
    assert by_content(b"999" + piece * 4096) is None
    assert by_content((piece * 4096)[:4096]) in (None, "geojson")


SECRET = {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"a": "secret"}, "geometry": None}]}
ORDERS = {
    "a.geojson": '{{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read {secret} ! filter"}}',
    "b.geojson": "<OGRVRTDataSource><OGRVRTLayer><SrcDataSource>{secret}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
    "c.gml": "<OGRWFSDataSource><URL>http://localhost:9/wfs</URL></OGRWFSDataSource>",
    "d.tab": '!table\n!version 300\nOpen Table "{secret}"\n',
}


@pytest.mark.parametrize("name", ORDERS)
def test_a_text_that_tells_gdal_which_file_to_open_is_not_followed(name: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.geojson"
    secret.write_text(json.dumps(SECRET), "utf-8")
    path = tmp_path / name
    path.write_text(ORDERS[name].format(secret=secret), "utf-8")
    with pytest.raises(UnusableSource):
        vector_file.read(path)


def test_gdal_is_started_without_drivers_that_follow_orders() -> None:
    command = "import gis.gdal, os, pyogrio; print(*pyogrio.list_drivers(), sep='|'); print(os.environ.get('GDAL_SKIP'))"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True, cwd=ROOT)
    drivers, environment = done.stdout.splitlines()
    assert {"GDALG", "OGR_VRT", "HTTP", "WFS", "OAPIF"} & set(drivers.split("|")) == set()
    assert {"GeoJSON", "GPKG", "ESRI Shapefile", "OpenFileGDB"} <= set(drivers.split("|"))
    assert environment == "None"
