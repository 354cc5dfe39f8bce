"""The page as it is sent: whole without a script but for the map itself, nothing inline, every text there in each language."""

import base64
import json
import re
from hashlib import sha384
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.web.app import create_app
from api.web.assets import FOLDER as STATIC
from api.web.script import lean
from api.web.texts import FOLDER as TEXTS
from catalog.message import names

MODULES = sorted((STATIC / "js" / "map").glob("*.js"))
VENDOR = STATIC / "vendor"


@pytest.fixture(scope="module")
def web(site: Path) -> TestClient:
    return TestClient(create_app(site), base_url="http://map.test")


class Inline(HTMLParser):
    """Collects what a strict policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and not given.get("src") and given.get("type") != "application/ld+json"):
            self.found.append(tag)
        self.found += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]


@pytest.mark.parametrize("address", ["/map", "/en/map"])
def test_nothing_is_inline(web: TestClient, address: str) -> None:
    answer = web.get(address)
    assert answer.status_code == 200
    parser = Inline()
    parser.feed(answer.text)
    assert parser.found == []
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_layers_and_legends_are_there_without_a_script(web: TestClient) -> None:
    page = web.get("/map").text
    for text in ("AED設置箇所一覧", "第一種低層住居専用地域", "1低", "背景", "陸地", 'href="/datasets/zoning"'):
        assert text in page


def test_parts_are_kept_for_ever_and_nothing_else_can_be_asked_for(web: TestClient) -> None:
    script = re.search(r'src="(/map/parts/map\.[0-9a-f]{12}\.js)"', web.get("/map").text)
    assert script
    answer = web.get(script[1])
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"].startswith("text/javascript")
    for name in ("map.json", "map.html", "map.0123456789ab.js", "..%2F..%2Ftown.json", ".map.json.part"):
        assert web.get(f"/map/parts/{name}").status_code == 404


def test_a_site_without_a_map_says_so(site: Path, tmp_path: Path) -> None:
    for name in ("town.json", "catalog.json"):
        (tmp_path / name).write_bytes((site / name).read_bytes())
    pointer = json.loads((tmp_path / "catalog.json").read_bytes())
    (tmp_path / "catalog.json").write_text(json.dumps({**pointer, "datasets": {}}), "utf-8")
    answer = TestClient(create_app(tmp_path)).get("/map")
    assert answer.status_code == 200
    assert "地図はまだ用意されていません" in answer.text


def test_both_languages_have_the_same_texts_and_the_script_asks_for_no_other() -> None:
    texts = names(TEXTS / "map", "ja")
    assert texts == names(TEXTS / "map", "en")
    asked = {name for path in MODULES for name in re.findall(r"'(map_[a-z_]+)'", path.read_text("utf-8"))} - {"map_main"}
    assert asked <= texts


def test_scripts_are_sent_lean_and_within_their_budget(web: TestClient) -> None:
    from gzip import compress

    sent = [compress(lean(path.read_text("utf-8")).encode(), mtime=0) for path in MODULES]
    assert sum(map(len, sent)) <= 25_000
    bought = [compress((VENDOR / name).read_bytes(), mtime=0) for name in ("leaflet.js", "leaflet.css", "vector-tile.js")]
    assert sum(map(len, bought)) <= 50_000
    page = web.get("/map").text
    for path in MODULES:
        address = re.search(rf'"(/static/[0-9a-f]+/js/map/{path.name})"', page)
        assert address
        assert "/**" not in web.get(address[1]).text


def test_modules_are_small_and_checked() -> None:
    for path in MODULES:
        text = path.read_text("utf-8")
        assert text.startswith("// @ts-check\n"), path.name
        assert text.count("\n") <= 250, path.name
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text), path.name


def test_vendored_files_are_what_the_manifest_says() -> None:
    manifest = json.loads((VENDOR / "manifest.json").read_bytes())
    files = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    assert files == {*manifest["files"], "manifest.json"}
    for name, told in manifest["files"].items():
        assert told == "sha384-" + base64.b64encode(sha384((VENDOR / name).read_bytes()).digest()).decode()
    licences = {path.stem for path in (VENDOR / "licences").iterdir()}
    assert licences == {package["name"].rpartition("/")[2] for package in manifest["packages"]}


def test_the_lock_names_versions_and_hashes_but_no_address() -> None:
    text = (Path(__file__).parents[2] / "tools" / "vendor.lock.json").read_text("utf-8")
    assert "://" not in text
    for package in (*json.loads(text)["packages"], json.loads(text)["bundler"]):
        assert package["integrity"].startswith("sha512-")
        assert package["licence"]
