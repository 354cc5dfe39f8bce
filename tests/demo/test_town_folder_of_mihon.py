"""The town folder of 見本町 opens, reads and checks clean; the same bytes come out every time."""

import hashlib
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from api.demo import town
from api.demo.island import CRS
from api.demo.plan import draw
from api.demo.tables import AED_HEADINGS, aed
from catalog.errors import UsageError
from gis.near import distance_m
from gis.reference_system import to_lonlat
from publish.build import Examined, examine, examine_table, read_source
from publish.context import Context
from publish.town_folder import open_town

ROWS = {"aed": 67, "public_toilet": 24, "evacuation_space": 43, "population": 132, "water_pipe": 30_000, "farmland": 20_000}
DAY = date(2026, 4, 10)


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def examined(mihon: Path) -> dict[str, Examined]:
    folder = open_town(mihon)
    return {recipe.dataset: examine(folder, name, recipe, DAY) for name, recipe in folder.recipes.items()}


def test_making_the_town_twice_gives_the_same_bytes(mihon: Path, tmp_path: Path) -> None:
    town.make(tmp_path / "again")
    assert _digests(tmp_path / "again") == _digests(mihon)


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UsageError):
        town.make(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


BASE_MAP = {"base_land", "base_place", "base_road", "base_street"}
TABLES = {
    *("aed", "population", "public_toilet", "evacuation_space", "road", "farm_road", "planned_road", "water_pipe", "farmland"),
    *("zoning", "area_division", "farm_promotion_area", "town_area"),
}


def test_the_tables_of_the_story_are_in_the_town_beside_its_own_base_map(mihon: Path) -> None:
    folder = open_town(mihon)
    assert {recipe.dataset for recipe in folder.recipes.values()} == BASE_MAP | TABLES
    assert set(folder.library) >= BASE_MAP | TABLES


def test_the_town_says_that_it_is_invented_and_the_map_opens_at_the_station(mihon: Path) -> None:
    settings = open_town(mihon).town
    assert settings.site.notice
    assert "架空" in settings.site.notice.ja
    assert "invented" in settings.site.notice.en
    assert settings.map.closed
    station = draw().station
    lon, lat = to_lonlat(CRS, np.array([station.x]), np.array([station.y]))
    assert (settings.map.longitude, settings.map.latitude) == (round(float(lon[0]), 4), round(float(lat[0]), 4))


def test_pipes_and_farmland_are_open_by_a_recorded_decision(mihon: Path) -> None:
    decisions = open_town(mihon).town.disclosure
    assert {dataset: decision.cls for dataset, decision in decisions.items()} == {"water_pipe": "open", "farmland": "open"}
    assert all(decision.document and decision.decided and decision.review for decision in decisions.values())


def test_every_section_of_the_settings_owns_data(mihon: Path) -> None:
    folder = open_town(mihon)
    owned = [dataset for section in folder.town.sections for dataset in section.datasets]
    assert sorted(owned) == sorted(BASE_MAP | TABLES)


def test_every_source_reads_and_checks_without_error_or_warning(examined: dict[str, Examined]) -> None:
    for dataset, found in examined.items():
        told = [finding for finding in found.report.findings if finding.severity != "info"]
        assert not told, (dataset, told[:3])
        assert found.report.table.as_of == "2026-04-01"


def test_no_row_is_lost_on_the_way(examined: dict[str, Examined]) -> None:
    assert {dataset: examined[dataset].report.accounting.kept for dataset in ROWS} == ROWS
    assert all(found.report.accounting.rejected == 0 for found in examined.values())


def test_every_row_with_a_place_has_one(examined: dict[str, Examined]) -> None:
    for dataset, found in examined.items():
        if dataset == "population":
            assert found.layer is None
        else:
            assert found.layer is not None
            assert all(place is not None for place in found.layer.geometries), dataset


def test_population_is_a_series_of_six_months(examined: dict[str, Examined]) -> None:
    periods = examined["population"].report.table.period
    assert periods is not None
    assert sorted(set(periods.to_pylist())) == ["2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-04"]


def test_the_bad_file_holds_the_four_mistakes_it_is_for(mihon: Path) -> None:
    folder = open_town(mihon)
    recipe = folder.recipes["aed"].model_copy(update={"source": "AED一覧_まちがい.xlsx", "as_of": "2026-04-01"})
    inside = town.bad_file(mihon).parent
    raw = read_source(inside, recipe)
    context = Context(folder.town, DAY, folder.library)
    report, _, _ = examine_table(raw, None, recipe, folder.library["aed"], context, None)
    errors = {(finding.code, finding.row) for finding in report.findings if finding.severity == "error"}
    assert errors == {("coordinates-exchanged", 7), ("enum", 10), ("type-time", 13), ("primary-key", 16)}


def test_next_month_adds_two_changes_one_and_moves_one_by_twelve_metres() -> None:
    name, end = AED_HEADINGS.index("名称"), AED_HEADINGS.index("終了時間")
    latitude, longitude = AED_HEADINGS.index("緯度"), AED_HEADINGS.index("経度")
    april, may = aed(), aed(may=True)
    assert len(may) == len(april) + 2
    pairs = [(old, new) for old, new in zip(april, may, strict=False) if old != new]
    assert [new[name] for _, new in pairs] == ["町立図書館", "総合体育館"]
    assert [old[end] != new[end] for old, new in pairs] == [True, False]
    old, new = pairs[1]
    metres = distance_m(*(float(row[axis]) for row in (old, new) for axis in (longitude, latitude)))
    assert metres == pytest.approx(12, abs=0.1)


def test_next_months_file_is_the_newer_one(tmp_path: Path) -> None:
    town.make(tmp_path / "mihon")
    town.apply_next_month(tmp_path / "mihon")
    folder = open_town(tmp_path / "mihon")
    found = examine(folder, "aed", folder.recipes["aed"], date(2026, 5, 10))
    assert found.report.table.as_of == "2026-05-01"
    assert found.report.accounting.kept == ROWS["aed"] + 2
