"""The lists of the whole site, what a town.json may hold, sites with almost nothing, and the page that documents it all."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from example_town import NOW, SETTINGS
from starlette.testclient import TestClient

from api.web.app import create_app
from catalog.errors import OutsideError, UsageError
from catalog.site.period import Period
from catalog.site.release import read_release
from catalog.site.town_card import read_town_card
from publish.releasing.act import Act
from publish.releasing.writing import release

DOCS = Path(__file__).resolve().parents[2] / "docs" / "site.md"


def test_the_national_list_has_its_form(web: TestClient) -> None:
    response = web.get("/999997_open_data_list.csv")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in response.content
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    assert len(rows[0]) == 42
    assert {row["データセット_ID"] for row in rows} == {f"999997_{name}" for name in ("aed", "road", "zoning", "population")}
    said = {row["ファイル_ダウンロードURL"].rpartition("/")[2]: row["ファイル_説明"] for row in rows}
    assert said["999997_population_all.csv"] == "2026-02/2026-03"
    assert said["999997_population_202602.csv"] == "2026-02"
    for row in rows:
        assert web.head(row["ファイル_ダウンロードURL"]).status_code == 200
    assert web.get("/131016_open_data_list.csv").status_code == 404


def test_the_catalogue_is_dcat_and_names_what_is_not_public(web: TestClient) -> None:
    response = web.get("/catalog.jsonld")
    assert response.headers["content-type"] == "application/ld+json"
    text = response.text
    assert "http://mihon.test/files/aed/latest/999997_aed.csv" in text
    assert "水道管" in text
    assert len(json.loads(text)["dcat:dataset"]) == 6


def test_the_lasting_address_of_the_settings_is_used(own_town: Path) -> None:
    card = own_town / "site" / "town.json"
    data = json.loads(card.read_bytes())
    data["site"]["url"] = "https://data.example.lg.jp/mihon/"
    card.write_text(json.dumps(data), "utf-8")
    with TestClient(create_app(own_town / "site")) as client:
        assert "https://data.example.lg.jp/mihon/datasets/aed" in client.get("/catalog.jsonld").text
        assert "（https://data.example.lg.jp/mihon/datasets/aed）" in client.get("/datasets/aed").text
        # what a program follows stays on the host that it asked
        assert client.get("/ogc").json()["links"][0]["href"] == "http://testserver/ogc"


def test_nothing_but_the_public_part_of_the_settings_is_on_the_site(public_town: Path) -> None:
    text = (public_town / "site" / "town.json").read_text("utf-8")
    assert "disclosure" not in text
    assert "農委第3号" not in text
    assert "token_env" not in text
    assert read_town_card(public_town / "site").full_name == "見本県見本町"


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[TestClient]:
    """A town that has said only who it is and published nothing."""
    folder = tmp_path / "town"
    folder.mkdir()
    head = SETTINGS.partition("[site]")[0]
    (folder / "machizu.toml").write_text(head, "utf-8")
    release(folder, [], Act("test", NOW))
    with TestClient(create_app(folder / "site")) as client:
        yield client


def test_a_town_that_has_published_nothing_still_has_all_its_pages(bare: TestClient) -> None:
    for prefix in ("", "/en"):
        for path in ("/", "/datasets", "/search?q=橋", "/register", "/accessibility", "/map", "/coverage", "/changes"):
            assert bare.get(prefix + path).status_code == 200, path
    assert bare.get("/ogc/collections").json()["collections"] == []
    assert bare.get("/api/3/action/package_search").json()["result"]["count"] == 0
    assert bare.get("/catalog.jsonld").status_code == 200
    assert bare.get("/999997_open_data_list.csv").text.count("\r\n") == 1


def test_a_release_is_read_by_version_and_told_when_it_is_not_there(public_town: Path) -> None:
    site = public_town / "site"
    assert read_release(site, "aed").version == read_release(site, "aed", "1.0").version == "1.0"
    for dataset, version in (("nix", None), ("aed", "9.9")):
        with pytest.raises(OutsideError):
            read_release(site, dataset, version)


@pytest.mark.parametrize("text", ["2026-13", "26-01", "2026-1", "2026-06-01", "", "２０２６"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        Period.parse(text)


def _paths(routes: Iterable[object]) -> Iterator[str]:
    for route in routes:
        if hasattr(route, "original_router"):
            yield from _paths(route.original_router.routes)
        else:
            yield str(getattr(route, "path", ""))


def test_every_address_is_documented(public_town: Path) -> None:
    """Each route's literal parts stand in docs/site.md."""
    documented = DOCS.read_text("utf-8")
    for path in set(_paths(create_app(public_town / "site").routes)):
        plain = re.sub(r"_?:path|_(?=})", "", path)
        assert plain in documented or plain.replace("{hash}/{path}", "{hash}/…") in documented, path
