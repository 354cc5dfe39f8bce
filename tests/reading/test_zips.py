"""Archives as they come: names of any maker, one table or many, and what is refused before anything is unpacked."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.errors import RecipeError, UnusableSource
from publish.reading.source import read
from publish.recipe import Recipe

Put = Callable[[str, str | bytes], Path]
TABLE = "名称,緯度\n髙橋①,34\n".encode("cp932")
KML = (
    '<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>{}</name><Point><coordinates>138,35</coordinates></Point>'
    "</Placemark></kml>"
)


class Named(zipfile.ZipInfo):
    """A member whose name is written as given bytes, with or without the flag that says UTF-8."""

    raw: tuple[bytes, int] = (b"", 0)

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  (what zipfile calls)
        return self.raw


def zipped(*members: tuple[str | bytes, bytes], flag: int = 0) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number, (name, data) in enumerate(members):
            info = Named(str(number))
            info.raw = (name if isinstance(name, bytes) else name.encode(), flag)
            archive.writestr(info, data)
    return made.getvalue()


def recipe(**more: str) -> Recipe:
    return Recipe.model_validate({"format": "1", "dataset": "aed", "source": "*", "as_of": "2026-01-01", **more})


def refused(path: Path, **more: str) -> UnusableSource:
    with pytest.raises(UnusableSource) as problem:
        read(path, name=path.name, recipe=recipe(**more) if more else None, known={"名称"})
    return problem.value


NAMES = {
    "CP932 without a flag": ("表/能登町一覧表.csv".encode("cp932"), 0, "表/能登町一覧表.csv"),
    "CP932 with backslashes": ("表\\ソ\\一覧.csv".encode("cp932"), 0, "表/ソ/一覧.csv"),
    "UTF-8 without a flag": ("表/一覧.csv".encode(), 0, "表/一覧.csv"),
    "UTF-8 with a flag, decomposed by a Mac": ("カ\u3099ス.csv".encode(), 0x800, "ガス.csv"),
    "a path that leads out": (b"../../../tmp/a.csv", 0, "../../../tmp/a.csv"),
    "an absolute path": (b"/etc/a.csv", 0, "/etc/a.csv"),
    "a drive": (b"C:\\a.csv", 0, "C:/a.csv"),
}


@pytest.mark.parametrize("case", NAMES)
def test_a_member_is_read_whatever_its_name_is_written_in(case: str, put: Put) -> None:
    raw, flag, name = NAMES[case]
    junk = [("__MACOSX/._a.csv", b"\0"), (".DS_Store", b"\0"), ("folder/", b""), ("folder/Thumbs.db", b"\0")]
    path = put("受付.zip", zipped(*junk, (raw, TABLE), flag=flag))
    table = read(path, name="受付.zip", known={"名称"})
    assert table.cells.column("名称").to_pylist() == ["髙橋①"]
    assert (table.parts[0].member, table.parts[0].encoding) == (name, "cp932")
    assert [one.name for one in path.parent.iterdir()] == ["受付.zip"]


def locked(data: bytes) -> bytes:
    """Set the flag of encryption in both headers of the only member."""
    changed = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        changed[changed.index(mark) + place] |= 1
    return bytes(changed)


REFUSED = {
    "a flag that lies": (zipped(("一覧.csv".encode("cp932"), TABLE), flag=0x800), "zip-names", "UTF-8"),
    "one name twice": (zipped(("a.csv", TABLE), ("a.csv", TABLE)), "zip-duplicate", "a.csv"),
    "one name twice after decoding": (zipped(("ガ.csv", TABLE), ("カ\u3099.csv", TABLE)), "zip-duplicate", "ガ.csv"),
    "one name in two cases": (zipped(("a.kml", b"<kml/>"), ("a.KML", b"<kml/>")), "zip-duplicate", "a"),
    "a password": (locked(zipped(("a.csv", TABLE))), "locked", "パスワード"),
    "a password on a map": (locked(zipped(("a.kml", KML.format("あ").encode()))), "locked", "パスワード"),
    "a zip in a zip": (zipped(("中.zip", zipped(("a.csv", TABLE)))), "zip-in-zip", "解凍"),
    "nothing": (zipped(), "no-member", "表や図形"),
    "a picture": (zipped(("a.png", b"x")), "no-member", "表や図形"),
    "two tables": (zipped(("a.csv", TABLE), ("b.csv", TABLE)), "which-member", "a.csv、b.csv"),
    "an old workbook": (zipped(("表.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)), "old-format", ".xlsx"),
    "a map that is none": (zipped(("a.geojson", b"<OGRVRTDataSource/>")), "geo-file-broken", "別の形式"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_in_a_sentence(case: str, put: Put) -> None:
    data, code, said = REFUSED[case]
    problem = refused(put("受付.zip", data))
    assert problem.code == code
    assert "受付.zip" in problem.message["ja"]
    assert said in problem.message["ja"] + problem.fix["ja"]


def test_all_maps_of_a_zip_are_parts_of_one_table_where_the_recipe_says_so(put: Put) -> None:
    maps = zipped(*((f"区域/{zone}.kml", KML.format(zone).encode()) for zone in ("北", "南")))
    path = put("区域.zip", maps)
    assert refused(path).code == "which-layer"
    table = read(path, name="区域.zip", recipe=recipe(sheet="*"))
    assert table.cells.column("name").to_pylist() == ["北", "南"]
    assert [part.member for part in table.parts] == ["区域/北", "区域/南"]
    assert table.part.to_pylist() == [0, 1]
    one = read(path, name="区域.zip", recipe=recipe(sheet="南"))
    assert one.cells.column("name").to_pylist() == ["南"]
    assert refused(path, sheet="東").code == "which-layer"


def test_one_name_in_two_folders_is_not_read_twice(put: Put) -> None:
    path = put("区域.zip", zipped(*((f"{form}/区域.kml", KML.format(form).encode()) for form in ("UTF-8", "SJIS"))))
    assert refused(path, sheet="区域").code == "which-layer"
    assert read(path, name="区域.zip", recipe=recipe(sheet="SJIS/区域")).cells.column("name").to_pylist() == ["SJIS"]


def test_a_kmz_is_its_chief_map(put: Put) -> None:
    path = put("map.kmz", zipped(("files/icon.png", b"x"), ("doc.kml", KML.format("主").encode()), ("b.kml", b"<kml/>")))
    table = read(path, name="map.kmz")
    assert table.cells.column("name").to_pylist() == ["主"]


def test_xml_that_describes_a_map_beside_it_is_not_taken_for_one(put: Put) -> None:
    meta = b'<MD_Metadata xmlns:gml="http://www.opengis.net/gml"/>'
    path = put("a.zip", zipped(("a.kml", KML.format("甲").encode()), ("KS-META-a.xml", meta), ("codelists/x.xml", meta)))
    assert read(path, name="a.zip").cells.column("name").to_pylist() == ["甲"]


def attributes(*rows: str) -> bytes:
    return "\n".join(["original_name,display_name", *rows]).encode("cp932")


def test_readable_names_of_columns_are_taken_from_the_zip(put: Put) -> None:
    maps = [(f"{zone}/区域.kml", KML.format(zone).encode()) for zone in ("北", "南")]
    names = [(f"{zone}/attributes.csv", attributes("name,名称")) for zone in ("北", "南")]
    path = put("区域.zip", zipped(*maps, *names))
    table = read(path, name="区域.zip", recipe=recipe(sheet="*", attributes="attributes.csv"))
    assert table.cells.column("名称").to_pylist() == ["北", "南"]
    other = put("別.zip", zipped(*maps, names[0], ("南/attributes.csv", attributes("name,呼び名"))))
    with pytest.raises(RecipeError, match="differently"):
        read(other, name="別.zip", recipe=recipe(sheet="*", attributes="attributes.csv"))


def test_readable_names_lie_beside_a_map_of_any_kind(put: Put) -> None:
    put("attributes.csv", attributes("name,名称"))
    path = put("a.kml", KML.format("甲"))
    table = read(path, name="a.kml", recipe=recipe(attributes="attributes.csv"))
    assert table.cells.column("名称").to_pylist() == ["甲"]
    assert table.parts[0].columns == {"名称": "name"}


def test_code_lists_of_a_zipped_city_model_name_its_codes(put: Put) -> None:
    gml = 'xmlns:gml="http://www.opengis.net/gml"'
    model = (
        f'<m {gml} xmlns:u="https://www.geospatial.jp/iur/urf/3.1"><gml:featureMember><u:UseDistrict>'
        '<u:function codeSpace="../../codelists/Common.xml">10</u:function></u:UseDistrict></gml:featureMember></m>'
    )
    entry = "<gml:Definition><gml:description>商業地域</gml:description><gml:name>10</gml:name></gml:Definition>"
    codes = f"<gml:Dictionary {gml}><gml:dictionaryEntry>{entry}</gml:dictionaryEntry></gml:Dictionary>"
    path = put("都市.zip", zipped(("都市/udx/urf/a.gml", model.encode()), ("都市/codelists/Common.xml", codes.encode())))
    table = read(path, name="都市.zip")
    assert table.cells.to_pylist() == [{"urf:UseDistrict.function": "10", "urf:UseDistrict.function.name": "商業地域"}]


def test_of_very_many_maps_only_some_are_listed(put: Put) -> None:
    path = put("都市.zip", zipped(*((f"地図{n:03}.kml", b"<kml/>") for n in range(300))))
    problem = refused(path)
    assert "300" in problem.message["ja"]
    assert "…" in problem.message["ja"]
    assert len(problem.message["ja"]) < 300


def test_what_is_written_for_people_is_no_table_and_is_told(put: Put) -> None:
    path = put(
        "a.zip",
        zipped(
            ("表/readme.txt", b"x"),
            ("表/Thumbs.db", b"x"),
            ("表/一覧.csv".encode("cp932"), TABLE),
            ("説明.pdf".encode("cp932"), b"x"),
        ),
    )
    table = read(path, name="a.zip")
    assert table.parts[0].member == "表/一覧.csv"
    assert [(one.code, one.value) for one in table.findings] == [("member-not-read", "表/readme.txt、説明.pdf")]
    assert read(put("b.zip", zipped(("一覧.txt".encode(), TABLE))), name="b.zip").findings == ()
