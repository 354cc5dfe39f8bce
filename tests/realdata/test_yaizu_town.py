"""Yaizu's open data as a whole town: what its files hold is what is published, nothing guessed, nothing lost."""

import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import numpy as np
import pytest
import shapely
from real_town import (
    OGRINFO,
    Box,
    RealTown,
    Row,
    box_of,
    box_of_columns,
    counts_by_gdal,
    listing,
    problems,
    shapefile,
    table,
)
from starlette.testclient import TestClient
from verdicts import mixed_up, of_machizu, tables_of

from api.web.app import create_app

AS_OF = "2026-07-22"
ROWS = {
    "aed": 82,
    "evacuation_space": 31,
    "farm_promotion_area": 332,
    "farm_road": 27,
    "planned_road": 300,
    "public_toilet": 112,
    "zoning": 98,
}
TABLES = {
    "aed": "aed/yaizu/222127_aed.csv",
    "evacuation_space": "shelters/yaizu/222127_evacuation_space.csv",
    "public_toilet": "other/yaizu/222127_public_toilet.csv",
}
OTHER_SHELTERS = ("222127_hinannjo.csv", "222127_shiteitsunamihinanbiru.csv")
MAPS = {
    "farm_promotion_area": ("farmland/yaizu/農業地域振興計画_農用地区域/農用地区域.shp",),
    "farm_road": ("roads/yaizu/農道一般平面図_林道/林道.shp", "roads/yaizu/農道一般平面図_農道/農道.shp"),
    "planned_road": ("roads/yaizu/都市計画道路/都市計画道路.shp",),
}
LOT_SIZE = "都市計画図_敷地面積の最低限度指定区域"
DIVISION = "市街化区域界_市街化調整区域界"
RENAMED = {
    "都道府県コード又は市区町村コード": "全国地方公共団体コード",
    "NO": "ID",
    "住所": "所在地_連結表記",
    "方書": "建物名等(方書)",
}


def zones(real: Path) -> list[Path]:
    return sorted(path for path in real.glob("zoning/yaizu/都市計画図_*/*.shp") if path.parent.name != LOT_SIZE)


@pytest.fixture(scope="session")
def yaizu(tmp_path_factory: pytest.TempPathFactory, machizu: Callable[..., object], realdata: Path) -> RealTown:
    """From an empty folder to a public site with the commands that the clerk would type."""
    town = RealTown(tmp_path_factory.mktemp("yaizu") / "焼津市", machizu)
    town.said["new"] = machizu("new", town.folder, "--code", "222127", "--name", "焼津市", "--name-en", "Yaizu")
    settings = town.folder / "machizu.toml"
    settings.write_text(re.sub(r'(\[prefecture\]\nja = )""', r'\1"静岡県"', settings.read_text("utf-8")), "utf-8")
    approved = "".join(f'[survey.{name}]\napproval = "test"\n' for name in ("zoning", "area_division", "planned_road"))
    settings.write_text(f"{settings.read_text('utf-8')}\n{approved}", "utf-8")
    for path in (*TABLES.values(), *(f"shelters/yaizu/{name}" for name in OTHER_SHELTERS)):
        town.receive(realdata / path)
    maps = [realdata / path for paths in MAPS.values() for path in paths]
    for path in (*maps, *zones(realdata)):
        town.receive(path.parent)
    for name in (LOT_SIZE, DIVISION):
        town.receive(realdata / "zoning/yaizu" / name)
    town.handed_in = listing(town.sources)
    town.run("add", "add", *sorted(town.sources.glob("*.csv")), *sorted(town.sources.glob("*/*.shp")))
    town.run("undated", "check", "aed", "--format", "json")
    for dataset in ROWS:
        town.edit(dataset, ("# as_of: 2026-04-01", f"as_of: {AS_OF}"))
    town.run("first", "publish", "--yes", "--who", "情報政策課")
    for dataset, code in re.findall(r"machizu accept (\w+) ([\w-]+)", town.said["first"].err):
        town.run(f"accept {dataset}", "accept", dataset, code, "--by", "課", "--reason", "図面は次の更新で直す")
    town.run("second", "publish", "--yes", "--who", "情報政策課")
    return town


@pytest.fixture(scope="session")
def site(yaizu: RealTown) -> Iterator[TestClient]:
    with TestClient(create_app(yaizu.folder / "site"), base_url="http://yaizu.test") as client:
        yield client


def test_every_kind_of_data_is_recognised_and_what_is_none_is_refused_in_a_sentence(yaizu: RealTown) -> None:
    assert {path.stem for path in (yaizu.folder / "recipes").iterdir()} == set(ROWS)
    added = yaizu.said["add"]
    assert added.exit == 1
    refusals = added.err.strip().splitlines()
    assert len(refusals) == 4
    (division,) = [line for line in refusals if DIVISION in line]
    assert "には列が FID しかありません。「区域区分」に必要な項目(区域区分)が読み取れません。" in division
    for name in (*OTHER_SHELTERS, LOT_SIZE):
        assert sum(name in line and "これに合う種類のデータがありません" in line for line in refusals) == 1


def test_invalid_shapes_wait_for_a_person_and_all_else_is_published_at_once(yaizu: RealTown) -> None:
    first, second = yaizu.said["first"], yaizu.said["second"]
    assert first.exit == 1
    assert first.out.count("公開しました: ") == 5
    assert re.findall(r"machizu accept (\S+) (\S+)", first.err) == [
        ("farm_promotion_area", "invalid-geometry"),
        ("zoning", "invalid-geometry"),
    ]
    assert "(2か所)" in yaizu.said["accept farm_promotion_area"].out
    assert "(5か所)" in yaizu.said["accept zoning"].out
    assert second.exit == 0, second.err
    assert second.out.count("公開しました: ") == 2
    assert "49個のファイル、すべて一致" in second.out


def test_no_command_touches_a_source(yaizu: RealTown) -> None:
    assert len(yaizu.listings) == 6
    assert all(left == yaizu.handed_in for left in yaizu.listings.values())


def test_every_release_holds_all_rows_in_seven_files(yaizu: RealTown) -> None:
    for dataset, rows in ROWS.items():
        about = yaizu.package(dataset)["machizu"]
        assert (about["rows"], about["as_of"], about["class"]) == (rows, AS_OF, "open")
        assert len(yaizu.rows(dataset)) == len(yaizu.features(dataset)) == rows
        named = {path.name for path in yaizu.release(dataset).iterdir()}
        assert {f"222127_{dataset}.{suffix}" for suffix in ("csv", "xlsx", "geojson", "gpkg")} < named
        assert len(named) == 7


@pytest.mark.parametrize("dataset", TABLES)
def test_every_cell_of_a_table_is_the_sources_own(yaizu: RealTown, realdata: Path, dataset: str) -> None:
    source = table(realdata / TABLES[dataset])
    for theirs, ours in zip(source, yaizu.rows(dataset), strict=True):
        assert ours["全国地方公共団体コード"] == "222127"
        assert ours["地方公共団体名"] == "静岡県焼津市"
        for heading in theirs.keys() - {"都道府県名", "市区町村名"}:
            assert ours[RENAMED.get(heading, heading)] == as_published(heading, theirs[heading]), heading


def as_published(heading: str, value: str) -> str:
    """Return a cell in the national form: what a person would write by the standard's page."""
    if heading.startswith("災害種別_") or heading == "指定避難所との重複":
        return {"○": "1", "": ""}[value]
    return "階数" if (heading, value) == ("高度の種別", "階") else value.strip()


@pytest.mark.parametrize("dataset", TABLES)
def test_the_box_of_a_table_is_that_of_its_coordinates(yaizu: RealTown, realdata: Path, dataset: str) -> None:
    box = box_of_columns(table(realdata / TABLES[dataset]), "経度", "緯度")
    assert_box(yaizu.package(dataset)["machizu"]["bbox"], box)


def assert_box(published: list[float], expected: Box) -> None:
    assert published == pytest.approx(expected, abs=2e-7)


def published_places(yaizu: RealTown, dataset: str) -> np.ndarray:
    return np.asarray(shapely.from_geojson([json.dumps(feature["geometry"]) for feature in yaizu.features(dataset)]))


def assert_same_places(yaizu: RealTown, dataset: str, places: np.ndarray) -> None:
    """Compare vertex by vertex, rings turned alike: seven decimals are a centimetre."""
    published, expected = (shapely.orient_polygons(one) for one in (published_places(yaizu, dataset), places))
    assert shapely.get_type_id(published).tolist() == shapely.get_type_id(expected).tolist()
    assert shapely.get_num_coordinates(published).tolist() == shapely.get_num_coordinates(expected).tolist()
    assert abs(shapely.get_coordinates(published) - shapely.get_coordinates(expected)).max() < 1e-7
    assert_box(yaizu.package(dataset)["machizu"]["bbox"], box_of(places))


def test_farm_roads_of_two_files_are_one_layer_with_the_names_of_both(yaizu: RealTown, realdata: Path) -> None:
    read = [shapefile(realdata / path, "EPSG:6668") for path in MAPS["farm_road"]]
    expected = [
        {"種別": kind, "路線名": row["item2"], "注意事項": row["item3"]}
        for kind, (rows, _) in zip(("林道", "農道"), read, strict=True)
        for row in rows
    ]
    assert [{name: row[name] for name in expected[0]} for row in yaizu.rows("farm_road")] == expected
    assert_same_places(yaizu, "farm_road", np.concatenate([places for _, places in read]))


def test_planned_roads_have_their_lines_and_no_invented_names(yaizu: RealTown, realdata: Path) -> None:
    _, places = shapefile(realdata / MAPS["planned_road"][0], "EPSG:2450")
    assert_same_places(yaizu, "planned_road", places)
    assert {cell for row in yaizu.rows("planned_road") for cell in row.values()} == {"222127", ""}


def test_areas_of_farming_keep_their_class_and_their_invalid_shapes(yaizu: RealTown, realdata: Path) -> None:
    rows, places = shapefile(realdata / MAPS["farm_promotion_area"][0], "EPSG:2450")
    assert [row["区分"] for row in yaizu.rows("farm_promotion_area")] == [row["SAFIELD001"] for row in rows]
    assert_same_places(yaizu, "farm_promotion_area", places)
    published = published_places(yaizu, "farm_promotion_area")
    assert np.flatnonzero(~shapely.is_valid(published)).tolist() == np.flatnonzero(~shapely.is_valid(places)).tolist()


def test_eleven_shapefiles_are_one_layer_of_zones(yaizu: RealTown, realdata: Path) -> None:
    expected: Counter[tuple[str, ...]] = Counter()
    boxes = []
    for path in zones(realdata):
        rows, places = shapefile(path, "EPSG:2450")
        boxes.append(places)
        expected.update((row["SAFIELD000"] or path.stem, number(row["SAFIELD001"]), number(row["SAFIELD002"])) for row in rows)
    assert len(boxes) == 11
    assert Counter((row["用途地域"], row["容積率"], row["建ぺい率"]) for row in yaizu.rows("zoning")) == expected
    assert sum(1 for path in zones(realdata) for row in shapefile(path, "EPSG:2450")[0] if not row["SAFIELD000"]) == 5
    assert_box(yaizu.package("zoning")["machizu"]["bbox"], box_of(np.concatenate(boxes)))


def number(text: str) -> str:
    return text.removesuffix(".0")


def test_other_programs_take_what_is_published(yaizu: RealTown) -> None:
    mixed: Counter[tuple[int, str, str]] = Counter()
    for dataset, rows in ROWS.items():
        release = yaizu.release(dataset)
        assert problems(release) == []
        for columns, schema in tables_of(release):
            assert of_machizu(columns, schema) == Counter()
            mixed += mixed_up(columns, schema)
        if OGRINFO is not None:
            for suffix in ("geojson", "gpkg"):
                assert counts_by_gdal(release / f"222127_{dataset}.{suffix}") == [rows]
    assert mixed.total() > 100


def test_the_site_shows_the_rows_as_they_stand_in_the_source(site: TestClient, yaizu: RealTown) -> None:
    page = site.get("/datasets/aed/0000000002").text
    for text in ("市役所本館", "４階管財課", "静岡県焼津市本町2-16-32", "(054)626-1139"):
        assert text in page
    assert "4階" not in page
    home = site.get("/").text
    assert "焼津市がつくった表と地図" in home
    for dataset in ROWS:
        assert site.get(f"/datasets/{dataset}").status_code == site.get(f"/en/datasets/{dataset}").status_code == 200
        first = yaizu.features(dataset)[0]["id"]
        assert site.get(f"/datasets/{dataset}/{quote(first)}").status_code == 200
    assert re.search(r"都市計画道路（名前なし [0-9a-f]{4}）", site.get("/datasets/planned_road").text)
    results = site.get(f"/search?q={quote('市役所本館')}").text
    assert "２階正面入口" in results
    assert "４階管財課" in results
    assert 'value="zoning"' in site.get("/map").text


def test_the_service_gives_what_a_box_holds(site: TestClient, realdata: Path) -> None:
    west, south, east, north = 138.31, 34.86, 138.33, 34.87
    source = table(realdata / TABLES["aed"])
    inside = [row["NO"] for row in source if west <= float(row["経度"]) <= east and south <= float(row["緯度"]) <= north]
    found = site.get(f"/ogc/collections/aed/items?bbox={west},{south},{east},{north}&limit=1000").json()
    assert sorted(feature["id"] for feature in found["features"]) == sorted(inside)
    assert len(inside) > 5


@pytest.fixture(scope="session")
def numbered(yaizu: RealTown, tmp_path_factory: pytest.TempPathFactory, realdata: Path) -> RealTown:
    """The AEDs as a section without numbers hands them in; then again in another order, with one row edited."""
    town = RealTown(tmp_path_factory.mktemp("numbered") / "焼津市", yaizu.machizu)
    (town.folder / "recipes").mkdir(parents=True)
    town.sources.mkdir()
    (town.folder / "machizu.toml").write_bytes((yaizu.folder / "machizu.toml").read_bytes())
    (town.folder / "recipes/aed.yaml").write_bytes((yaizu.folder / "recipes/aed.yaml").read_bytes())
    town.edit("aed", ('"NO": ID ', '"NO": ignore '))
    town.receive(realdata / TABLES["aed"])
    town.run("first", "publish", "--yes")
    path = town.sources / "222127_aed.csv"
    rows = table(path)
    edited = [{**row, "設置位置": "１階玄関"} if row["NO"] == "0000000002" else row for row in reversed(rows)]
    write(path, edited)
    town.run("second", "publish", "--yes")
    return town


def write(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_ids_are_assigned_once_and_stay_when_rows_are_reordered_and_edited(numbered: RealTown) -> None:
    assert numbered.said["first"].exit == numbered.said["second"].exit == 0
    first, second = (
        table(next(numbered.folder.glob(f"site/releases/aed/{version}-*/222127_aed.csv"))) for version in ("1.0", "1.1")
    )
    assert [row["ID"] for row in first] == [f"FF{number:010d}" for number in range(1, 83)]
    was = {row["ID"]: row for row in first}
    changed = [row["ID"] for row in second if row != was[row["ID"]]]
    assert changed == ["FF0000000002"]
    assert [row["ID"] for row in second] == [row["ID"] for row in reversed(first)]
    assert "追加0・変更1・削除0・移動0件" in numbered.said["second"].out
