"""The example town from end to end: what the demo says, what stands on disk, what real clients make of it."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from verdicts import mixed_up, of_machizu, tables_of

from catalog.site.snapshot import read_snapshot


def packages(folder: Path) -> list[Path]:
    return sorted((folder / "site" / "releases").glob("*/*/datapackage.json"))


def test_the_demo_tells_of_a_bad_file_of_next_month_and_of_three_addresses(mihon: Path) -> None:
    said = (mihon / "demo.txt").read_text("utf-8")
    assert "件だけ直してください" in said
    assert "追加2・変更1・削除0・移動1件(12 m)" in said
    addresses = [line.split()[-1] for line in said.splitlines() if "http://" in line]
    assert len(addresses) == 3
    assert "/datasets/road/" in addresses[0]
    assert "/datasets/public_toilet/" in addresses[1]
    assert addresses[2].endswith(".geojson")


def test_pipes_and_parcels_are_all_there_and_open(mihon: Path) -> None:
    releases = read_snapshot(mihon / "site").releases
    assert {name: releases[name].rows for name in ("water_pipe", "farmland")} == {"water_pipe": 30_000, "farmland": 20_000}
    assert {release.cls for release in releases.values()} == {"open"}


def test_every_file_says_that_the_town_is_invented(mihon: Path) -> None:
    for path in packages(mihon):
        assert "架空" in json.loads(path.read_bytes())["description"], path
    for path in sorted((mihon / "site" / "releases").glob("*/*/*.geojson")):
        with path.open(encoding="utf-8") as file:
            assert "架空" in file.read(4000), path


def test_frictionless_finds_every_package_valid(mihon: Path) -> None:
    for path in packages(mihon):
        done = subprocess.run(
            [sys.executable, "-m", "frictionless", "validate", path.name, "--json"],
            cwd=path.parent,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{path}: {done.stdout[-2000:]}"
        assert json.loads(done.stdout)["valid"]


def test_our_check_agrees_with_frictionless_on_every_package(mihon: Path) -> None:
    tables = [table for path in packages(mihon) for table in tables_of(path.parent)]
    assert len(tables) > 10
    for columns, schema in tables:
        assert of_machizu(columns, schema) == Counter()
    assert sum(mixed_up(*table).total() for table in tables if table[0]) > 100


def test_gdal_opens_every_geojson_and_geopackage_with_every_feature(mihon: Path) -> None:
    counts = {release.id: release.rows for release in read_snapshot(mihon / "site").releases.values() if release.geometry}
    assert counts
    for path in sorted((mihon / "site" / "releases").glob("*/*/*.g[ep]*")):
        done = subprocess.run(["ogrinfo", "-so", "-al", str(path)], capture_output=True, text=True, check=True)
        assert f"Feature Count: {counts[path.parents[1].name]}" in done.stdout, path


def test_gdal_reads_the_service(mihon_address: str, mihon: Path) -> None:
    rows = {release.id: release.rows for release in read_snapshot(mihon / "site").releases.values()}
    done = subprocess.run(["ogrinfo", f"OAPIF:{mihon_address}/ogc"], capture_output=True, text=True, check=True)
    for name in rows:
        assert name in done.stdout
    road = subprocess.run(
        ["ogrinfo", "-so", "-al", f"OAPIF:{mihon_address}/ogc", "road"], capture_output=True, text=True, check=True
    )
    assert f"Feature Count: {rows['road']}" in road.stdout


def test_ckanapi_searches_the_catalogue(mihon_address: str) -> None:
    command = [Path(sys.executable).with_name("ckanapi"), "-r", mihon_address, "action", "package_search", "q=AED"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert "999997_aed" in {package["name"] for package in found["results"]}


def test_a_second_publication_changes_nothing(mihon: Path, machizu: object) -> None:
    before = (mihon / "site" / "catalog.json").read_bytes()
    names = ["road", "public_toilet", "zoning"]
    done = machizu("publish", *names, "--yes", "--town", mihon)  # type: ignore[operator]
    assert done.exit == 0
    assert "変わるものはありません" in done.out
    assert (mihon / "site" / "catalog.json").read_bytes() == before


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_verify_and_status_are_content(mihon: Path, machizu: object, lang: str) -> None:
    for command in ("verify", "status"):
        done = machizu(command, "--town", mihon, "--lang", lang)  # type: ignore[operator]
        assert done.exit == 0, done.err
