"""Every kind of geo file: read as GDAL reads it, from a folder that nobody may write to, and left as it was."""

import shutil
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely

from catalog.errors import UnusableSource
from gis import vector_file
from gis.geometry import from_wkb

NAMES = np.array(["髙橋①通り", '"引用",\n改行', ""], dtype=object)
WIDTHS = np.array([4.5, 6.0, 12.25])
ORIGINS = {"EPSG:6676": (-20000.0, -130000.0), "EPSG:2450": (-20000.0, -130000.0), "EPSG:4326": (138.3, 34.9)}
Untouched = Callable[[Path], None]


def lines(crs: str) -> np.ndarray:
    rng = np.random.default_rng(3)
    return np.array([shapely.LineString(ORIGINS[crs] + rng.random((4, 2)) / 8) for _ in NAMES])


def write(path: Path, driver: str, crs: str = "EPSG:6676", **options: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    columns = [] if driver in ("DXF", "GPX") else [NAMES, WIDTHS]
    fields = ["名称", "幅員"][: len(columns)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pyogrio.raw.write(
            path, shapely.to_wkb(lines(crs)), columns, fields, geometry_type="LineString", driver=driver, crs=crs, **options
        )
    return path


MADE: dict[str, tuple[str, str, dict[str, str], str]] = {
    "道路.fgb": ("FlatGeobuf", "EPSG:6676", {"SPATIAL_INDEX": "NO"}, "EPSG:6676"),
    "道路.gpkg": ("GPKG", "EPSG:6676", {}, "EPSG:6676"),
    "道路.geojsonl": ("GeoJSONSeq", "EPSG:4326", {}, "EPSG:4326"),
    "道路.json": ("GeoJSONSeq", "EPSG:4326", {"RS": "YES"}, "EPSG:4326"),
    "道路.geojson": ("GeoJSON", "EPSG:4326", {}, "EPSG:4326"),
    "道路.tab": ("MapInfo File", "EPSG:2450", {"ENCODING": "CP932"}, "EPSG:2450"),
    "道路.mif": ("MapInfo File", "EPSG:2450", {"ENCODING": "CP932", "FORMAT": "MIF"}, "EPSG:2450"),
    "道路.gdb": ("OpenFileGDB", "EPSG:6676", {}, "EPSG:6676"),
    "道路.dxf": ("DXF", "EPSG:6676", {}, ""),
    "道路.gpx": ("GPX", "EPSG:4326", {"FORCE_GPX_TRACK": "YES"}, "EPSG:4326"),
    "道路.gml": ("GML", "EPSG:6676", {"FORMAT": "GML3.2"}, "EPSG:6676"),
    "道路.shp": ("ESRI Shapefile", "EPSG:6676", {}, "EPSG:6676"),
}


def made(folder: Path, name: str) -> Path:
    driver, crs, options, _ = MADE[name]
    return write(folder / name, driver, crs, **options)


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in [folder, *sorted(folder.rglob("*"))]
    }


@pytest.mark.parametrize("name", MADE)
def test_rows_texts_vertices_and_system_are_those_of_the_file(name: str, tmp_path: Path) -> None:
    path = made(tmp_path / "given", name)
    copy = shutil.copytree(path.parent, tmp_path / "theirs") / name
    layer = "tracks" if name.endswith(".gpx") else None
    _, theirs = pyogrio.read_arrow(copy, layer=layer)
    expected = shapely.from_wkb(theirs.column(theirs.column_names[-1]).to_pylist())
    before = state(path.parent)
    path.parent.chmod(0o500)
    table = vector_file.read(path)
    path.parent.chmod(0o700)
    assert state(path.parent) == before
    found = from_wkb(table.geometry)[0]
    assert shapely.get_coordinates(found).tolist() == shapely.get_coordinates(expected).tolist()
    assert table.rows == len(NAMES)
    assert table.crs == MADE[name][3]
    if "名称" in table.headings:
        # A MapInfo exchange file writes a new line as two letters, and GDAL reads them as such.
        said = [name.replace("\n", "\\n") for name in NAMES] if name.endswith(".mif") else NAMES.tolist()
        assert table.columns.column("名称").to_pylist() == said
        assert table.columns.column("幅員").to_pylist() == ["4.5", "6", "12.25"]


@pytest.mark.parametrize("name", MADE)
def test_a_zip_of_it_is_read_the_same(name: str, tmp_path: Path) -> None:
    path = made(tmp_path / "given", name)
    plain = vector_file.read(path)
    zipped = tmp_path / "受付.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        for part in sorted(path.parent.rglob("*")):
            if part.suffix != ".xsd":
                archive.write(part, Path("地図") / part.relative_to(path.parent))
    again = vector_file.read(zipped)
    assert (again.columns, again.geometry, again.crs) == (plain.columns, plain.geometry, plain.crs)


def test_topojson_is_unfolded(tmp_path: Path) -> None:
    path = tmp_path / "a.topojson"
    path.write_text(
        '{"type":"Topology","arcs":[[[138,35],[139,35],[139,36],[138,35]]],"objects":{"区域":{"type":"GeometryCollection",'
        '"geometries":[{"type":"Polygon","arcs":[[0]],"properties":{"名称":"東"}}]}}}',
        "utf-8",
    )
    table = vector_file.read(path)
    assert (table.layer, table.crs, table.columns.column("名称").to_pylist()) == ("区域", "EPSG:4326", ["東"])
    assert from_wkb(table.geometry)[0].tolist() == [shapely.Polygon([(138, 35), (139, 35), (139, 36)])]


@pytest.mark.parametrize(("name", "lost"), [("道路.tab", ".dat"), ("道路.tab", ".map"), ("道路.mif", ".mid")])
def test_a_part_that_is_missing_is_named(name: str, lost: str, tmp_path: Path) -> None:
    path = made(tmp_path / "given", name)
    path.with_suffix(lost).unlink()
    with pytest.raises(UnusableSource, match=f"lacks its {lost}"):
        vector_file.read(path)


PIECES = [(name, "") for name in MADE if name not in ("道路.gdb", "道路.shp")]
PIECES += [("道路.tab", part) for part in (".dat", ".map", ".id")] + [("道路.mif", ".mid")]


@pytest.mark.parametrize(("name", "part"), PIECES)
def test_a_file_cut_off_anywhere_is_read_whole_or_refused_in_a_sentence(name: str, part: str, tmp_path: Path) -> None:
    path = made(tmp_path / "given", name)
    piece = path.with_suffix(part) if part else path
    whole = piece.read_bytes()
    for place in range(0, len(whole), max(len(whole) // 12, 1)):
        if whole[place - 1 : place] == b"\n" and name.endswith((".geojsonl", ".json")):
            continue  # after a whole line nothing tells that another stood there
        piece.write_bytes(whole[:place])
        assert outcome(path) in (len(NAMES), "geo-file-broken", "encoding")


def outcome(path: Path) -> int | str:
    try:
        return vector_file.read(path).rows
    except UnusableSource as refused:
        return refused.code if path.name in refused.message["ja"] else refused.message["ja"]
