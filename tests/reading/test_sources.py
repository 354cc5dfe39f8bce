"""Files of a recipe: found by pattern and date, put together with their parts, never written to."""

import hashlib
import json
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.errors import RecipeError, UnusableSource
from publish.reading.source import concatenate, find, read, read_side
from publish.recipe import Recipe, Side

Put = Callable[[str, str | bytes], Path]


def recipe(**given: object) -> Recipe:
    return Recipe.model_validate({"format": "1", "dataset": "aed", "source": "x", **given})


def names(paths: list[Path]) -> list[str]:
    return [path.name for path in paths]


def test_the_newest_file_is_the_one_with_the_newest_date_in_its_name(put: Put, tmp_path: Path) -> None:
    for name in ("aed_R7.4.1.csv", "aed_20260401.csv", "aed_2025-12-01.csv", "zzz.csv", "~$aed_20270101.csv", ".aed_2028.csv"):
        put(name, "x")
    assert names(find(tmp_path, "aed_*.csv", "newest")) == ["aed_20260401.csv"]
    assert names(find(tmp_path, "aed_*.csv", "all")) == ["aed_R7.4.1.csv", "aed_2025-12-01.csv", "aed_20260401.csv"]


def test_names_are_compared_in_one_unicode_form_and_steps_of_the_path(put: Put, tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "都市計画図_ガ/ガ.shp")
    put(decomposed, "x")
    put("都市計画図_い/深い/い.shp", "x")
    assert [path.relative_to(tmp_path).as_posix() for path in find(tmp_path, "都市計画図_*/*.shp", "all")] == [decomposed]
    assert len(find(tmp_path, "**/*.shp", "all")) == 2


def test_a_pattern_without_a_file_names_the_nearest(put: Put, tmp_path: Path) -> None:
    put("aed_2026.csv", "x")
    with pytest.raises(UnusableSource) as refused:
        find(tmp_path, "aed_2025.csv", "newest")
    assert "aed_2026.csv" in refused.value.message["ja"]


@pytest.mark.parametrize("pattern", ["../secret.csv", "/etc/passwd", "a/../../b", "C:\\x.csv"])
def test_a_pattern_never_leads_outside_of_the_sources(pattern: str, tmp_path: Path) -> None:
    with pytest.raises(RecipeError):
        find(tmp_path, pattern, "newest")


def test_tables_of_several_files_keep_their_parts_and_rows(put: Put) -> None:
    one = read(put("a.csv", "名称,住所\nあ,い\n\nう,え\n"), name="a.csv")
    two = read(put("b.csv", "名称,緯度\nか,34.1\n"), name="b.csv")
    both = concatenate([one, two])
    assert both.cells.to_pylist() == [
        {"名称": "あ", "住所": "い", "緯度": ""},
        {"名称": "う", "住所": "え", "緯度": ""},
        {"名称": "か", "住所": "", "緯度": "34.1"},
    ]
    assert (both.part.to_pylist(), both.row.to_pylist()) == ([0, 0, 1], [2, 4, 2])
    assert both.parts[both.part[2].as_py()].cell(2, "緯度") == "B2"
    assert [(aside.part, aside.row) for aside in both.asides] == [(0, 3)]


def test_a_zipped_csv_is_read_with_its_member_name(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("データ.csv", "名称,緯度\nあ,34\n".encode("cp932"))
        archive.writestr("__MACOSX/._データ.csv", b"junk")
    table = read(path, name="a.zip")
    assert (table.parts[0].member, table.parts[0].encoding, table.rows) == ("データ.csv", "cp932", 1)


def point(number: int) -> dict[str, object]:
    place = {"type": "Point", "coordinates": [138 + number / 10, 34]}
    return {"type": "Feature", "geometry": place, "properties": {"SAFIELD000": f"施設{number}", "item1": number}}


def test_geometry_comes_with_numbers_from_one_and_names_from_the_attributes_file(put: Put) -> None:
    path = put("g/a.geojson", json.dumps({"type": "FeatureCollection", "features": [point(1), point(2)]}))
    put("g/attributes.csv", "original_name,display_name,label_flag\nSAFIELD000,名称,1\nitem1,,\nother,住所,\n")
    table = read(path, name="g/a.geojson", recipe=recipe(attributes="attributes.csv"))
    assert table.cells.to_pylist() == [{"名称": "施設1", "item1": "1"}, {"名称": "施設2", "item1": "2"}]
    assert (table.row.to_pylist(), table.crs, len(table.geometry)) == ([1, 2], "EPSG:4326", 2)
    assert dict(table.parts[0].columns) == {"名称": "SAFIELD000", "item1": "item1"}
    assert table.parts[0].cell(1, "名称") == ""


@pytest.mark.parametrize("file", ["../attributes.csv", "missing.csv", "wrong.csv"])
def test_an_attributes_file_that_is_none_is_told(file: str, put: Put) -> None:
    put("attributes.csv", "original_name,display_name\n")
    put("g/wrong.csv", "a,b\n")
    path = put("g/a.csv", "名称,緯度\nあ,34\n")
    with pytest.raises(RecipeError) as wrong:
        read(path, name="a.csv", recipe=recipe(attributes=file))
    assert wrong.value.code == "attributes"


def test_the_other_half_of_a_join_is_found_and_read(put: Put, tmp_path: Path) -> None:
    put("図/road_2025.csv", "路線,x\n1,2\n")
    put("図/road_2026.csv", "路線,x\n3,4\n")
    table = read_side(tmp_path, Side(source="図/road_*.csv", on={"路線番号": "路線"}))
    assert (table.parts[0].file, table.cells.column("路線").to_pylist()) == ("図/road_2026.csv", ["3"])


def test_parts_of_different_reference_systems_are_not_put_together(put: Put) -> None:
    one = read(put("a.geojson", json.dumps({"type": "FeatureCollection", "features": [point(1)]})), name="a.geojson")
    two = read(put("b.csv", "SAFIELD000,item1\nあ,1\n"), name="b.csv")
    with pytest.raises(UnusableSource) as refused:
        concatenate([one, two])
    assert refused.value.code == "mixed-reference-systems"


def test_reading_changes_no_file_and_adds_none(realdata: Path) -> None:
    folder = realdata / "zoning" / "yaizu" / "都市計画図_商業地域"
    before = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    read(folder / "商業地域.shp", name="商業地域.shp", recipe=recipe(attributes="attributes.csv"))
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()} == before
