"""What every answer carries, what every request must keep, and the words of the pages."""

import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.web.app import create_app
from api.web.headers import BODY_BYTES, QUERY_BYTES
from api.web.tasks import tasks
from api.web.texts import FOLDER
from api.web.theme import contrast, theme_css
from catalog.library import read_library
from catalog.message import LANGUAGES, names
from catalog.store.connections import TooMuchWork

ADDRESSES = ("/", "/map", "/datasets/aed", "/files/aed/latest/999997_aed.csv", "/ogc", "/api/3/action/package_list", "/nowhere",
             "/tiles/farmland/1.0/14/0/0.mvt", "/catalog.jsonld", "/999997_open_data_list.csv")  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_security_headers(web: TestClient, address: str) -> None:
    headers = web.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "img-src 'self' data:;" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "geolocation=(self)" in headers["permissions-policy"]
    assert headers["access-control-allow-origin"] == "*"


def test_only_configured_base_maps_may_send_pictures(own_town: Path) -> None:
    card = own_town / "site" / "town.json"
    data = json.loads(card.read_bytes())
    text = {"ja": "x", "en": "x"}
    data["map"] |= {
        "closed": False,
        "bases": [{"name": text, "url": "https://tiles.example.jp/{z}/{x}/{y}.png", "attribution": text}],
    }
    card.write_text(json.dumps(data), "utf-8")
    with TestClient(create_app(own_town / "site")) as client:
        assert "img-src 'self' data: https://tiles.example.jp;" in client.get("/map").headers["content-security-policy"]


def test_requests_have_limits(web: TestClient) -> None:
    assert web.get("/search?q=" + "a" * (QUERY_BYTES + 1)).status_code == 414
    assert web.get("/datasets/" + "a" * (QUERY_BYTES + 1)).status_code == 414
    assert web.post("/api/action/package_search", content=b"x" * (BODY_BYTES + 1)).status_code == 413
    endless = (b"x" * 10_000 for _ in range(100))
    assert web.post("/api/action/package_search", content=endless).status_code == 413


def test_the_site_cannot_be_written_to(web: TestClient) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        refused = web.request(method, "/datasets/aed")
        assert (refused.status_code, set(refused.headers["allow"].split(", "))) == (405, {"GET", "HEAD"})
        assert web.request(method, "/files/aed/latest/999997_aed.csv").status_code == 405


def test_an_unforeseen_error_shows_a_page_and_no_traceback(public_town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from api.web.pages import datasets

    def fall(*_: object) -> None:
        raise RuntimeError("secret-detail")

    monkeypatch.setattr(datasets, "_groups", fall)
    with TestClient(create_app(public_town / "site"), raise_server_exceptions=False) as client:
        response = client.get("/datasets")
    assert response.status_code == 500
    assert "いまは表示できません" in response.text
    assert "secret-detail" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"


def test_a_query_that_takes_too_long_is_told_to_narrow_down(public_town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from api.web.pages import search

    def slow(*_: object, **__: object) -> None:
        raise TooMuchWork("長すぎます", "too long")

    monkeypatch.setattr(search, "search", slow)
    with TestClient(create_app(public_town / "site")) as client:
        response = client.get("/search?q=町", headers={"Accept": "application/json"})
        assert (response.status_code, response.json()["code"]) == (503, "too_much_work")
        assert "しぼって" in client.get("/search?q=町").text


def test_a_page_in_another_language_is_where_this_one_is(web: TestClient) -> None:
    for address in ("/datasets/aed/a%3Fb%23c", "/datasets/aed/%22%3Ex"):
        text = web.get(f"http://mihon.test{address}").text
        assert f'href="/en{address}"' in text
        assert f'href="{address}"' in text


@pytest.mark.parametrize("address", ["//evil.example/x", "///evil.example/x", "/en//evil.example/x"])
def test_no_address_makes_a_page_link_to_another_host(address: str, web: TestClient) -> None:
    text = web.get(f"http://mihon.test{address}").text
    assert "evil.example" in text
    assert 'href="//' not in text


def test_a_forged_host_never_reaches_a_page(web: TestClient) -> None:
    text = web.get("/datasets", headers={"Host": 'evil"><script>.example'}).text
    assert "evil" not in text


@settings(deadline=None, derandomize=True, max_examples=150)
@given(st.text(max_size=60))
def test_any_search_gets_an_answer(web: TestClient, text: str) -> None:
    for path in ("/search", "/datasets/aed", "/api/3/action/package_search"):
        response = web.get(path, params={"q": text.encode("utf-8", "replace").decode()})
        assert response.status_code in (200, 409)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(st.text(min_size=1, max_size=40))
def test_any_address_gets_a_clear_answer(web: TestClient, text: str) -> None:
    for start in ("/", "/datasets/aed/", "/files/aed/latest/", "/ogc/collections/", "/tiles/", "/en/"):
        response = web.get("http://mihon.test" + start + quote(text.encode("utf-8", "replace")))
        assert response.status_code < 500


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
def test_whatever_colour_the_town_chooses_every_text_can_be_read(colour: str) -> None:
    css = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", theme_css(colour)))
    rgb = {name: tuple(int(value[at : at + 2], 16) / 255 for at in (1, 3, 5)) for name, value in css.items()}
    white = (1.0, 1.0, 1.0)
    for text, ground in (
        (rgb["on-town"], rgb["town"]),
        (rgb["link"], white),
        (rgb["link-dark"], white),
        (rgb["link"], rgb["tint"]),
    ):
        assert contrast(text, ground) >= (4.5 if ground != rgb["tint"] else 3.9)  # type: ignore[arg-type]


def test_every_text_stands_in_every_language() -> None:
    for folder in (FOLDER, FOLDER / "map"):
        assert names(folder, "ja") == names(folder, "en")
    assert set(LANGUAGES) == {"ja", "en"}


def test_every_text_that_is_asked_for_exists() -> None:
    api = FOLDER.parent.parent
    asked = set()
    for path in [*api.glob("web/templates/*.j2"), *api.glob("web/**/*.py"), *api.glob("ogc/*.py"), *api.glob("ckan/*.py")]:
        asked |= set(re.findall(r"""\bt\(['"]([a-z0-9_]+)['"]""", path.read_text("utf-8")))
        asked |= {f"problem_{name}" for name in re.findall(r'Problem\(\d{3}, "([a-z_]+)"', path.read_text("utf-8"))}
    known = names(FOLDER, "ja") | names(FOLDER / "map", "ja")
    assert {name for name in asked if not name.endswith("_")} <= known
    for name in names(FOLDER, "ja"):
        if name.startswith("problem_") and not name.endswith("_advice"):
            assert f"{name}_advice" in known


def test_every_task_names_a_dataset_that_exists_and_has_a_sign() -> None:
    library = read_library()
    for task in tasks():
        assert set(task.datasets) <= set(library)
        assert (FOLDER.parent / "static/icons" / f"{task.id}.svg").is_file()
