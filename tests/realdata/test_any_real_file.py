"""Any file of any town, without a town folder: judged by its own headings or refused in one sentence, and converted whole."""

import json
from datetime import date
from pathlib import Path

import pytest
from real_town import listing, table
from verdicts import of_frictionless_on_csv, of_machizu

from catalog.errors import MachizuError
from catalog.library import read_library
from publish.answering.answer import Answer
from publish.answering.sentence import sentence
from publish.answering.text import tell
from publish.build import Examined, examine_file
from publish.converting import write

LIBRARY = read_library()
SUFFIXES = {".csv", ".xlsx", ".shp", ".geojson", ".json", ".zip", ".gml", ".kml", ".fgb"}
LANGUAGES = ("ja", "en")


def examined(path: Path, dataset: str | None = None) -> Examined:
    return examine_file(path, LIBRARY, None, date(2026, 11, 20), dataset)


def codes(found: Examined) -> set[str]:
    return {finding.code for finding in found.report.findings if finding.severity != "info"}


def outcome(path: Path) -> Examined | MachizuError:
    try:
        return examined(path)
    except MachizuError as refused:
        return refused


def test_every_file_is_judged_with_all_its_rows_or_refused_in_one_sentence(realdata: Path) -> None:
    before = listing(realdata)
    paths = [path for path in sorted(realdata.rglob("*")) if path.suffix in SUFFIXES and path.name != "attributes.csv"]
    outcomes = {path: outcome(path) for path in paths}
    refused = {path: one for path, one in outcomes.items() if isinstance(one, MachizuError)}
    judged = [one.report for one in outcomes.values() if isinstance(one, Examined)]
    assert (len(judged), len(refused)) == (44, 50)
    for path, problem in refused.items():
        assert path.name in problem.message["ja"]
        assert all(problem.message[lang] and problem.fix[lang] and "\n" not in problem.message[lang] for lang in LANGUAGES)
    for report in judged:
        counted = report.accounting
        assert counted.read == counted.kept + counted.rejected + counted.set_aside
        said = [sentence(finding, report.table, lang) for finding in report.findings for lang in LANGUAGES]
        assert all(one.message and one.fix and "{" not in one.message + one.fix for one in said)
        assert all(tell(Answer("", None, report), lang) for lang in LANGUAGES)
    assert listing(realdata) == before


def test_every_table_gets_the_verdict_of_frictionless(realdata: Path) -> None:
    compared = 0
    for path in sorted(realdata.rglob("*.csv")):
        if isinstance(found := outcome(path), Examined):
            schema = found.dataset.table_schema()
            cells = found.report.table.cells.select([field["name"] for field in schema["fields"]]).slice(0, 1000)
            columns = [column.to_pylist() for column in cells.columns]
            assert of_machizu(columns, schema) == of_frictionless_on_csv(columns, schema), path
            compared += 1
    assert compared >= 5


KINDS = {
    "boundaries/yaizu/小学校区/小学校区.shp": ("school_district_area", "学校名"),
    "boundaries/yaizu/中学校区/中学校区.shp": ("school_district_area", "学校名"),
    "boundaries/yaizu/自治会区域/自治会区域.shp": ("neighbourhood_area", "区域名"),
    "boundaries/yaizu/自主防災会境界/自主防災会区域更新.shp": ("neighbourhood_area", "区域名"),
    "farmland/takamatsu/reservoir_list__data.xlsx": ("land_improvement_facility", "施設名"),
    "farmland/yaizu/農業用施設図/農業用施設図.geojson": ("land_improvement_facility", "施設名"),
    "other/yaizu/222127_fire_hydrant.csv": ("fire_hydrant", "種別"),
}


@pytest.mark.parametrize("file", KINDS)
def test_a_towns_own_maps_and_lists_are_told_apart_and_every_row_has_its_name(realdata: Path, file: str) -> None:
    dataset, name = KINDS[file]
    found = examined(realdata / file)
    assert found.dataset.id == dataset
    assert all(found.report.table.column(name))
    assert not [finding for finding in found.report.findings if finding.severity == "error"]


def test_the_kind_of_a_school_district_is_taken_from_the_name_of_its_file(realdata: Path) -> None:
    for kind in ("小学校区", "中学校区"):
        table = examined(realdata / f"boundaries/yaizu/{kind}/{kind}.shp").report.table
        assert set(table.column("通学区域種別")) == {kind}


def test_defibrillators_of_openstreetmap_become_a_table_and_a_map(realdata: Path, tmp_path: Path) -> None:
    path = realdata / "aed/chofu/20221217_AEDmap.geojson"
    found = examined(path, "aed")
    for suffix in ("csv", "geojson"):
        write(found.report, found.layer, tmp_path / f"aed.{suffix}", LIBRARY)
    source = json.loads(path.read_bytes())["features"]
    rows = table(tmp_path / "aed.csv")
    assert [row["ID"] for row in rows] == [feature["id"] for feature in source]
    assert [row["名称"] for row in rows] == [feature["properties"].get("name", "") for feature in source]
    places = [pytest.approx(feature["geometry"]["coordinates"][:2], abs=1e-7) for feature in source]
    assert [[float(row["経度"]), float(row["緯度"])] for row in rows] == places
    written = json.loads((tmp_path / "aed.geojson").read_bytes())["features"]
    assert [feature["geometry"]["coordinates"] for feature in written] == places
    left_out = {finding.field for finding in found.report.findings if finding.code == "unmapped-column"}
    assert {"aed:brand", "opening_hours", "operator"} <= left_out


def test_a_zip_without_prj_says_which_system_it_was_taken_for(realdata: Path) -> None:
    found = examined(realdata / "facilities/wakayama-pref/list-of-public-facilities.zip", "public_toilet")
    assert "crs-guessed" in codes(found)
    assert found.report.accounting.kept == 1758
    assert "EPSG:6668 とみなして読みました" in tell(Answer("", None, found.report), "ja")


def test_a_list_of_facilities_keeps_its_rows_also_those_with_too_many_cells(realdata: Path, tmp_path: Path) -> None:
    found = examined(realdata / "facilities/wakayama-pref/list-of-public-facilities.csv", "public_toilet")
    write(found.report, found.layer, tmp_path / "out.csv", LIBRARY)
    source = [row for row in table(realdata / "facilities/wakayama-pref/list-of-public-facilities.csv") if row["名称"]]
    rows = table(tmp_path / "out.csv")
    assert [row["名称"] for row in rows if row["名称"]] == [row["名称"].strip() for row in source if row["名称"].strip()]
    assert len(rows) == 1869


def test_phantom_rows_of_a_workbook_are_no_rows(realdata: Path, tmp_path: Path) -> None:
    found = examined(realdata / "farmland/takamatsu/rural_park__data.xlsx", "public_toilet")
    write(found.report, found.layer, tmp_path / "out.csv", LIBRARY)
    assert len(table(tmp_path / "out.csv")) == found.report.accounting.kept == 12
