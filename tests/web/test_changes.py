"""The public log of changes: as a page and as Atom, with what changed and without who did it."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from test_site_moves import LATER, publish_again

from api.web.app import create_app
from catalog.describing.feed import Entry, atom
from publish.releasing.act import Act
from publish.releasing.withdrawal import URGENT, explain, withdraw

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def moving(own_town: Path) -> Path:
    """A town that published an AED table twice and took it back."""
    publish_again(own_town, "町立<b>図書館</b>")
    withdraw(own_town, "aed", None, Act("山田太郎", LATER, "誤り"))
    return own_town


@pytest.fixture
def client(moving: Path) -> Iterator[TestClient]:
    with TestClient(create_app(moving / "site")) as client:
        yield client


def named(entries: list[ET.Element]) -> list[str]:
    return [entry.findtext(f"{ATOM}id", "") for entry in entries]


@pytest.mark.parametrize("lang", ["", "/en"])
def test_the_page_tells_every_change_and_no_person(client: TestClient, lang: str) -> None:
    page = client.get(f"{lang}/changes")
    assert page.status_code == 200
    assert page.text.count('<li id="n') == len(client.app.state.live.now().snapshot.pointer.changes)  # type: ignore[attr-defined]
    assert "山田太郎" not in page.text
    assert f'href="{lang}/feed.atom"' in page.text


def test_the_feed_is_atom_newest_first_with_ids_that_stay(client: TestClient) -> None:
    answer = client.get("/feed.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert "山田太郎" not in answer.text
    feed = ET.fromstring(answer.content)
    entries = feed.findall(f"{ATOM}entry")
    moments = [entry.findtext(f"{ATOM}updated", "") for entry in entries]
    assert moments == sorted(moments, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == moments[0]
    assert "公開をやめました" in entries[0].findtext(f"{ATOM}title", "")
    ids = named(entries)
    assert len(set(ids)) == len(ids)
    assert all(name.startswith("tag:testserver,2026-") for name in ids)
    assert ids == [
        entry.findtext(f"{ATOM}id", "") for entry in ET.fromstring(client.get("/en/feed.atom").content).findall(f"{ATOM}entry")
    ]


def test_every_page_names_the_feed(client: TestClient) -> None:
    assert 'type="application/atom+xml" href="/feed.atom"' in client.get("/").text
    assert 'type="application/atom+xml" href="/en/feed.atom"' in client.get("/en/datasets").text


def test_one_version_withdrawn_is_not_the_whole_dataset_and_a_reason_may_follow(own_town: Path) -> None:
    publish_again(own_town, "町立<b>図書館</b>")
    withdraw(own_town, "aed", "1.0", Act("山田太郎", LATER, URGENT))
    assert explain(own_town, "aed", "1.0", Act("山田太郎", LATER, "電話番号が入っていた")) == ("1.0",)
    with TestClient(create_app(own_town / "site")) as client:
        page = client.get("/changes").text
        gone = client.get("/files/aed/1.0/datapackage.json")
    assert "版1.0の公開をやめました" in page
    assert "公開をやめた理由を記録しました" in page
    assert gone.status_code == 410
    assert "電話番号が入っていた" in gone.text


def test_an_entry_that_is_about_no_page_links_to_the_log_of_changes() -> None:
    feed = ET.fromstring(atom("https://x.example", "t", "a", "ja", [Entry(1, "2026-01-01T00:00:00+09:00", "t", "s", "")], "o"))
    assert [link.get("href") for link in feed.findall(f"{ATOM}entry/{ATOM}link")] == ["https://x.example/changes"]
