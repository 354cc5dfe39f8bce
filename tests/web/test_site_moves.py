"""A site that changes while it is served: the next request sees the whole change, and never half of it."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
import shapely
from example_town import AED, put
from starlette.testclient import TestClient

from api.web.app import create_app
from api.web.live import LiveSite
from catalog.errors import OutsideError
from gis.layer import Layer
from publish.releasing.act import Act
from publish.releasing.rollback import rollback
from publish.releasing.withdrawal import withdraw
from publish.releasing.writing import release

LATER = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture
def client(own_town: Path) -> Iterator[TestClient]:
    with TestClient(create_app(own_town / "site"), follow_redirects=False) as client:
        yield client


def publish_again(town: Path, name: str) -> None:
    """Make a version public in which the first AED has another name."""
    rows = ({**AED[0], "名称": name}, *AED[1:])
    places = np.empty(len(rows), dtype=object)
    places[:] = [shapely.Point(float(r["経度"]), float(r["緯度"])) if r.get("経度") else None for r in rows]
    put(town, "aed", rows, Layer("point", places))
    release(town, ["aed"], Act("test", LATER, "直しました"))


def test_a_new_version_is_seen_by_the_next_request(client: TestClient, own_town: Path) -> None:
    etag = client.get("/datasets/aed").headers["etag"]
    assert client.get("/datasets/aed", headers={"If-None-Match": etag}).status_code == 304
    publish_again(own_town, "新しい役場")
    fresh = client.get("/datasets/aed", headers={"If-None-Match": etag})
    assert fresh.status_code == 200
    assert "新しい役場" in fresh.text
    assert "新しい役場" in client.get("/search?q=新しい役場").text
    assert client.get("/ogc/collections/aed/items/FF0000000001").json()["properties"]["名称"] == "新しい役場"
    assert "新しい役場".encode() in client.get("/files/aed/latest/999997_aed.csv").content
    assert "見本町役場".encode() in client.get("/files/aed/1.0/999997_aed.csv").content
    assert "版1.1を公開（変更1）" in client.get("/").text


def test_a_rollback_is_seen_too(client: TestClient, own_town: Path) -> None:
    publish_again(own_town, "新しい役場")
    assert "新しい役場" in client.get("/datasets/aed").text
    rollback(own_town, "aed", "1.0", Act("test", LATER, "戻します"))
    text = client.get("/datasets/aed").text
    assert "見本町役場" in text
    assert "新しい役場" not in text


def test_what_was_withdrawn_is_gone_and_says_why(client: TestClient, own_town: Path) -> None:
    withdraw(own_town, "aed", None, Act("test", LATER, "誤りがありました"))
    page = client.get("/datasets/aed")
    assert page.status_code == 410
    assert "誤りがありました" in page.text
    assert "危機管理課" in page.text
    for address in ("/files/aed/latest/999997_aed.csv", "/files/aed/1.0/999997_aed.csv", "/ogc/collections/aed/items"):
        gone = client.get(address)
        assert (gone.status_code, gone.json()["code"]) == (410, "withdrawn"), address
        assert "誤りがありました" in gone.json()["detail"]
    assert client.get("/datasets/aed/FF0000000001").status_code == 410
    assert "見本町役場" not in client.get("/search?q=役場").text
    assert client.post("/api/action/package_show", json={"id": "999997_aed"}).status_code == 404
    assert "誤りがありました" in client.get("/register").text
    assert "AED設置箇所一覧" in client.get("/").text


def test_one_request_sees_one_moment(own_town: Path) -> None:
    live = LiveSite(own_town / "site")
    before = live.now()
    publish_again(own_town, "新しい役場")
    after = live.now()
    assert before.snapshot.releases["aed"].version == "1.0"
    assert after.snapshot.releases["aed"].version == "1.1"
    assert before.tag != after.tag
    # the store of the old moment is closed for new work, but who holds it is still answered
    held = before.stores["aed"].by_id("FF0000000001")
    assert held is not None
    assert held.title == "見本町役場"
    live.close()


def test_nothing_is_read_again_while_nothing_changes(public_town: Path) -> None:
    live = LiveSite(public_town / "site")
    assert live.now() is live.now()
    live.close()


def test_many_readers_at_once_get_whole_answers_while_versions_change(client: TestClient, own_town: Path) -> None:
    answers: list[tuple[int, str]] = []

    def read() -> None:
        for _ in range(15):
            response = client.get("/ogc/collections/aed/items/FF0000000001")
            answers.append((response.status_code, response.json()["properties"]["名称"]))

    readers = [Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for n in range(3):
        publish_again(own_town, f"役場{n}")
    for reader in readers:
        reader.join()
    assert {status for status, _ in answers} == {200}
    assert {name for _, name in answers} <= {"見本町役場", "役場0", "役場1", "役場2"}


def test_a_dataset_that_is_not_prepared_still_has_its_page_and_files(client: TestClient, own_town: Path) -> None:
    (own_town / "site/prepared/aed/1.0/serve.sqlite").unlink()
    assert "表は準備中です" in client.get("/datasets/aed").text
    assert client.get("/files/aed/latest/999997_aed.csv").status_code == 200
    assert client.get("/ogc/collections/aed/items").status_code == 404
    assert client.get("/healthz").json()["not_prepared"] == ["aed"]


def test_an_empty_site_says_so_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    with TestClient(create_app(tmp_path / "site")) as client:
        for path in ("/", "/datasets", "/healthz", "/nowhere"):
            response = client.get(path)
            assert response.status_code in (404, 503)
            assert "Traceback" not in response.text
            assert response.headers["x-content-type-options"] == "nosniff"


def test_a_damaged_site_says_so_and_shows_nothing_of_the_machine(client: TestClient, own_town: Path) -> None:
    next((own_town / "site/releases/aed").glob("*/definition.json")).write_text("{", "utf-8")
    pointer = own_town / "site/catalog.json"
    pointer.write_text(pointer.read_text("utf-8"), "utf-8")
    response = client.get("/")
    assert response.status_code == 503
    assert str(own_town) not in response.text


def test_a_store_of_another_format_is_refused_with_advice(own_town: Path) -> None:
    store = own_town / "site/prepared/aed/1.0/serve.sqlite"
    with sqlite3.connect(store) as db:
        db.execute("UPDATE meta SET value = '99' WHERE key = 'format'")
    db.close()
    with pytest.raises(OutsideError) as refused:
        LiveSite(own_town / "site").now()
    assert "machizu prepare" in refused.value.in_language("en")


def test_the_snapshot_survives_a_release_that_vanishes_while_it_is_read(
    own_town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A withdrawal takes the folder away between reading the pointer and reading the release."""
    from catalog.site import snapshot

    site, real = own_town / "site", snapshot.load_release
    calls = []

    def load(*given: object) -> object:
        if not calls:
            calls.append(1)
            data = json.loads((site / "catalog.json").read_bytes())
            data["datasets"]["aed"]["current"] = None
            (site / "catalog.json").write_text(json.dumps(data), "utf-8")
            raise OutsideError("消えました", "gone")
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(snapshot, "load_release", load)
    assert "aed" not in snapshot.read_snapshot(site).releases
