import json
import os
import sqlite3
import zipfile
from pathlib import Path

import pyarrow as pa
import pytest
from geo_samples import Shapefile, lines, shapes

from catalog.errors import UnusableSource
from gis import vector_file, zip_members
from gis.geometry import from_wkb, to_wkb

PLANE = lines([(-20000, -130000), (-20100, -130000)], [(-20000, -130100), (-20000, -130200)])
COLUMNS: dict[str, list[object]] = {"路線番号": ["1", "2"], "延長": [100, None]}


def listing(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


class RawName(zipfile.ZipInfo):
    """A member whose name is written as bytes of an encoding, without the flag that says UTF-8."""

    encoding = "utf-8"

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  (what zipfile calls)
        return self.filename.encode(self.encoding), 0


def zipped(target: Path, members: dict[str, bytes], encoding: str = "utf-8") -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = RawName(name)
            info.encoding = encoding
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return target


def parts(path: Path) -> dict[str, bytes]:
    return {other.suffix: other.read_bytes() for other in path.parent.iterdir()}


def test_a_shapefile_is_text_geometry_and_system_and_is_not_touched(shapefile: Shapefile) -> None:
    path = shapefile(COLUMNS, PLANE, crs="EPSG:2450")
    before = listing(path.parent)
    table = vector_file.read(path)
    assert listing(path.parent) == before
    assert table.headings == ("路線番号", "延長")
    assert table.columns.to_pydict() == {"路線番号": ["1", "2"], "延長": ["100", ""]}
    assert (table.crs, table.rows, table.layer) == ("EPSG:2450", 2, "道路")
    assert [place.equals(given) for place, given in zip(from_wkb(table.geometry)[0], PLANE, strict=True)] == [True, True]


def test_a_shapefile_without_prj_says_no_system(shapefile: Shapefile) -> None:
    path = shapefile(COLUMNS, PLANE)
    path.with_suffix(".prj").unlink()
    assert vector_file.read(path).crs == ""


@pytest.mark.parametrize("lost", [".shp", ".shx", ".dbf"])
def test_a_missing_part_is_named_in_one_sentence(shapefile: Shapefile, lost: str) -> None:
    path = shapefile(COLUMNS, PLANE)
    path.with_suffix(lost).unlink()
    given = path if lost != ".shp" else path.with_suffix(".dbf")
    with pytest.raises(UnusableSource, match=f"lacks its {lost}"):
        vector_file.read(given)


def test_upper_case_parts_belong_together(shapefile: Shapefile) -> None:
    path = shapefile(COLUMNS, PLANE)
    for other in list(path.parent.iterdir()):
        other.rename(other.with_name(other.stem.upper() + other.suffix.upper()))
    assert vector_file.read(path.with_name("道路.SHP")).rows == 2


def test_parts_of_two_exports_are_refused(shapefile: Shapefile) -> None:
    path = shapefile(COLUMNS, PLANE)
    other = shapefile({"A": ["1"]}, PLANE[:1], name="別")
    path.with_suffix(".dbf").write_bytes(other.with_suffix(".dbf").read_bytes())
    with pytest.raises(UnusableSource, match=r"2 shapes, the \.dbf 1 records"):
        vector_file.read(path)


def test_a_record_marked_as_deleted_takes_its_shape_along(shapefile: Shapefile) -> None:
    path = shapefile(COLUMNS, PLANE)
    raw = bytearray(path.with_suffix(".dbf").read_bytes())
    raw[int.from_bytes(raw[8:10], "little")] = ord("*")
    path.with_suffix(".dbf").write_bytes(raw)
    table = vector_file.read(path)
    assert table.columns.column("路線番号").to_pylist() == ["2"]
    assert from_wkb(table.geometry)[0][0].equals(PLANE[1])


@pytest.mark.parametrize("content", [b"", b"nonsense" * 50])
def test_a_shp_that_is_none_is_refused_without_naming_our_copy(shapefile: Shapefile, content: bytes) -> None:
    path = shapefile(COLUMNS, PLANE)
    path.write_bytes(content)
    with pytest.raises(UnusableSource) as refused:
        vector_file.read(path)
    assert "道路.shp" in refused.value.message["ja"]
    assert "machizu-" not in str(refused.value.message)


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
@pytest.mark.parametrize("folder", ["", "表示\\", "路線/図/"])
def test_a_zip_reads_with_names_and_paths_of_any_maker(
    shapefile: Shapefile, tmp_path: Path, encoding: str, folder: str
) -> None:
    given = parts(shapefile(COLUMNS, PLANE))
    members = {f"{folder}道路{suffix}": data for suffix, data in given.items()}
    junk = {"__MACOSX/._道路.shp": b"\0", f"{folder}.DS_Store": b"\0", "readme.txt": b"?", "attributes.json": b"{}"}
    path = zipped(tmp_path / "道路.zip", members | junk, encoding)
    assert vector_file.layers(path) == (f"{folder}道路".replace("\\", "/"),)
    table = vector_file.read(path)
    assert (table.rows, table.crs, table.layer) == (2, "EPSG:6676", "道路")


def test_several_files_in_a_zip_are_listed_until_one_is_chosen(shapefile: Shapefile, tmp_path: Path) -> None:
    given = parts(shapefile(COLUMNS, PLANE))
    path = zipped(tmp_path / "x.zip", {f"{name}{suffix}": data for name in ("甲", "乙") for suffix, data in given.items()})
    assert vector_file.layers(path) == ("乙", "甲")
    with pytest.raises(UnusableSource, match="which one is meant"):
        vector_file.read(path)
    assert vector_file.read(path, layer="甲").layer == "甲"


def test_a_zip_without_dbf_says_so(shapefile: Shapefile, tmp_path: Path) -> None:
    given = parts(shapefile(COLUMNS, PLANE))
    path = zipped(tmp_path / "x.zip", {f"a{suffix}": data for suffix, data in given.items() if suffix != ".dbf"})
    with pytest.raises(UnusableSource, match=r"lacks its \.dbf"):
        vector_file.read(path)


@pytest.mark.parametrize("members", [{}, {"a.txt": b"x"}])
def test_a_zip_without_geo_file_says_so(tmp_path: Path, members: dict[str, bytes]) -> None:
    path = zipped(tmp_path / "x.zip", members)
    assert vector_file.layers(path) == ()
    with pytest.raises(UnusableSource, match="holds no geo file"):
        vector_file.read(path)


def test_a_broken_zip_and_a_bomb_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(UnusableSource, match="cannot be unpacked"):
        vector_file.read(broken)
    monkeypatch.setattr(zip_members, "FREE_BYTES", 1000)
    bomb = zipped(tmp_path / "bomb.zip", {"a.geojson": b" " * 10_000_000})
    with pytest.raises(UnusableSource, match="more than is allowed"):
        vector_file.read(bomb)
    monkeypatch.setattr(zip_members, "MAX_MEMBERS", 2)
    with pytest.raises(UnusableSource, match="more than is allowed"):
        vector_file.layers(zipped(tmp_path / "many.zip", {f"{n}.geojson": b"{}" for n in range(3)}))


def test_a_member_that_lies_about_its_content_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"a.geojson": b'{"type":"FeatureCollection","features":[]}' * 3})
    raw = bytearray(path.read_bytes())
    raw[45] ^= 0xFF
    path.write_bytes(raw)
    with pytest.raises(UnusableSource, match="cannot be unpacked"):
        vector_file.read(path)


def geojson(path: Path, features: list[dict[str, object]], encoding: str = "utf-8", **more: object) -> Path:
    text = json.dumps({"type": "FeatureCollection", **more, "features": features}, ensure_ascii=False)
    path.write_text(text, encoding)
    return path


def feature(geometry: object = None, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


POINT = {"type": "Point", "coordinates": [138.5, 35.5, 12.0]}


def test_geojson_values_stay_as_they_were_written(tmp_path: Path) -> None:
    given = {"日": "2023/04/01", "時": "9:00", "番号": "007", "数": 4.0, "小": 1e-7, "大": 2**53 - 1, "真": True, "混": "x"}
    path = geojson(tmp_path / "a.geojson", [feature(POINT, **given), feature(None, 混=3, 入れ子={"a": [1, 2]})])
    table = vector_file.read(path)
    row = table.columns.slice(0, 1).to_pylist()[0]
    wanted = {"日": "2023/04/01", "時": "9:00", "番号": "007", "数": "4", "小": "0.0000001", "大": str(2**53 - 1), "真": "true"}
    assert {name: row[name] for name in wanted} == wanted
    assert table.columns.column("混").to_pylist() == ["x", "3"]
    assert json.loads(table.columns.column("入れ子")[1].as_py()) == {"a": [1, 2]}
    assert table.crs == "EPSG:4326"
    assert table.geometry.is_valid().to_pylist() == [True, False]


def test_an_old_crs_member_is_believed(tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2450"}}
    assert vector_file.read(geojson(tmp_path / "a.geojson", [feature(POINT, a=1)], crs=crs)).crs == "EPSG:2450"


def test_geojson_in_cp932_is_refused_until_the_recipe_says_so(tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", [feature(POINT, 名称="表通り")], "cp932")
    with pytest.raises(UnusableSource, match="not GeoJSON in UTF-8"):
        vector_file.read(path)
    assert vector_file.read(path, encoding="cp932").columns.to_pydict() == {"名称": ["表通り"]}


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert vector_file.read(geojson(tmp_path / "a.geojson", [feature(POINT, a="x")], "utf-8-sig")).rows == 1


@pytest.mark.parametrize("content", ["", "{", '{"a": 1}', "[1, 2]"])
def test_json_that_is_no_geojson_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.geojson"
    path.write_text(content, "utf-8")
    with pytest.raises(UnusableSource, match="cannot be read"):
        vector_file.read(path)


def package(path: Path, *layers: str) -> Path:
    for layer in layers:
        one = path.with_name(f"{layer}.gpkg")
        table = pa.table({"名称": [layer]}).append_column(vector_file.GEOMETRY, to_wkb(shapes(PLANE[0])))
        vector_file.write(one, table, driver="GPKG", layer=layer, kind="LineString", crs="EPSG:6677")
    os.replace(path.with_name(f"{layers[0]}.gpkg"), path)
    return path


def test_a_geopackage_is_read_and_nothing_appears_beside_it(tmp_path: Path) -> None:
    path = package(tmp_path / "路線.gpkg", "路線")
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{trigger}"')
    connection.execute('UPDATE "路線" SET "名称" = \'新しい名前\'')
    connection.commit()
    before = set(listing(tmp_path))
    table = vector_file.read(path)
    assert (table.columns.to_pydict(), table.crs, table.layer) == ({"名称": ["新しい名前"]}, "EPSG:6677", "路線")
    assert set(listing(tmp_path)) == before
    connection.close()


def test_a_geopackage_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    path.write_bytes(b"SQLite format 3\0" + b"junk" * 300)
    with pytest.raises(UnusableSource):
        vector_file.read(path)
    with pytest.raises(UnusableSource):
        vector_file.layers(path)
