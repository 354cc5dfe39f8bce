"""The pages: complete without a script, in both languages, whatever the data says."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest
from example_town import HOSTILE
from starlette.testclient import TestClient

from api.web.app import create_app
from api.web.rendering import ld_json

PAGES = (
    "/", "/datasets", "/datasets/aed", "/datasets/road", "/datasets/population", "/datasets/farmland", "/datasets/water_pipe",
    "/datasets/aed/FF0000000001", "/datasets/aed/FF0000000003", "/search", "/search?q=aed", "/search?q=xyzxyz", "/register",
    "/accessibility", "/checks", "/map", "/coverage", "/definitions/aed", "/definitions/farmland",
)  # fmt: skip


class Markup(HTMLParser):
    """What a test asks of a page: its title, language, text, tags with attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.title = ""
        self._in = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in = tag

    def handle_data(self, data: str) -> None:
        if self._in == "title" and not self.title:
            self.title = data
        self.texts.append(data)


def page(web: TestClient, path: str, status: int = 200) -> Markup:
    response = web.get(path)
    assert response.status_code == status, (path, response.text[:300])
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return Markup(response.text)


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_stands_in_both_languages(web: TestClient, path: str, prefix: str) -> None:
    markup = page(web, prefix + path)
    assert next(attrs for tag, attrs in markup.tags if tag == "html")["lang"] == ("en" if prefix else "ja")
    assert sum(tag == "h1" for tag, _ in markup.tags) == 1
    assert any(tag == "main" for tag, _ in markup.tags)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_holds_a_script_a_style_or_a_handler_of_its_own(web: TestClient, path: str) -> None:
    for tag, attrs in page(web, path).tags:
        assert tag != "style"
        if tag == "script":
            assert attrs.get("src") or attrs.get("type") == "application/ld+json"
        if not path.startswith("/map"):
            assert "style" not in attrs
        assert not [name for name in attrs if name.startswith("on")]


def test_titles_are_unique(web: TestClient) -> None:
    titles = [page(web, prefix + path).title for path in PAGES for prefix in ("", "/en")]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("path", [*PAGES, "/nowhere"])
def test_every_page_says_that_the_town_is_invented_whom_to_ask_and_the_licence(web: TestClient, path: str) -> None:
    text = web.get(path).text
    assert "見本町は架空の町です。" in text
    assert "099-999-000" in text
    assert "https://creativecommons.org/licenses/by/4.0/deed.ja" in text


def test_the_language_switch_leads_to_the_same_page(web: TestClient) -> None:
    links = [attrs for tag, attrs in page(web, "/datasets/aed?q=役場").tags if tag == "a" and attrs.get("hreflang") == "en"]
    assert [link["href"] for link in links] == ["/en/datasets/aed?q=" + quote("役場")]
    back = [attrs for tag, attrs in page(web, "/en/datasets/aed").tags if tag == "a" and attrs.get("hreflang") == "ja"]
    assert [link["href"] for link in back] == ["/datasets/aed"]


def test_every_internal_link_of_every_page_leads_somewhere(web: TestClient) -> None:
    seen: set[str] = set()
    for path in PAGES:
        for tag, attrs in page(web, path).tags:
            address = (attrs.get("href") if tag in ("a", "link") else attrs.get("src")) or ""
            if address.startswith("/"):
                seen.add(address.partition("#")[0])
    for address in sorted(seen):
        assert web.get(address).status_code == 200, address


def test_home_offers_what_the_town_publishes_and_nothing_else(web: TestClient) -> None:
    tasks = [attrs["href"] for tag, attrs in page(web, "/").tags if tag == "a" and "/map#" in (attrs.get("href") or "")]
    assert "/map#15/34.86000/138.16000/aed" in tasks
    assert any(str(address).endswith("/road") for address in tasks)
    assert not [address for address in tasks if "water_pipe" in str(address) or "public_toilet" in str(address)]


def test_hostile_text_is_shown_and_never_becomes_markup(web: TestClient) -> None:
    for path in ("/datasets/aed", "/datasets/aed/FF0000000003", "/search?q=img", f"/search?q={quote(HOSTILE)}"):
        markup = page(web, path)
        assert not [tag for tag, attrs in markup.tags if tag == "img" and "onerror" in attrs]
        assert HOSTILE in "".join(markup.texts)
        assert not [attrs for _, attrs in markup.tags if str(attrs.get("href")).startswith("javascript:")]


def test_hostile_text_cannot_end_a_data_block() -> None:
    assert json.loads(ld_json({"name": HOSTILE})) == {"name": HOSTILE}
    assert "<" not in ld_json({"name": HOSTILE})


def test_pages_carry_schema_org(web: TestClient) -> None:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', web.get("/datasets/aed").text)
    assert json.loads(found[0])["@type"] == "Dataset"
    home = re.findall(r'<script type="application/ld\+json">(.*?)</script>', web.get("/").text)
    assert json.loads(home[0])["@type"] == "DataCatalog"


def test_a_dataset_page_tells_everything_about_it(web: TestClient) -> None:
    text = web.get("/datasets/aed").text
    for part in (
        "2026年4月1日",
        "/files/aed/latest/999997_aed.csv",
        "出典の書き方",
        "、CC BY 4.0（",
        "項目の説明",
        "local_government_code",
        "品質",
        "これまでの版",
        "/ogc/collections/aed/items",
        "急ぐときは119番",
        "/map#",
    ):
        assert part in text, part


def test_a_page_of_the_table_is_cut_and_filtered(web: TestClient) -> None:
    first, third = web.get("/datasets/road").text, web.get("/datasets/road?page=3").text
    assert "120件中 1〜50件目" in first
    assert 'rel="next"' in first
    assert "120件中 101〜120件目" in third
    assert 'rel="next"' not in third
    found = web.get("/datasets/road?q=町道１１９号").text
    assert "1件中 1〜1件目" in found
    assert "町道119号線" in found
    assert "この表に「無い道」はありません。" in web.get("/datasets/road?q=無い道").text


def test_a_series_shows_its_newest_period_and_offers_the_others(web: TestClient) -> None:
    text = web.get("/datasets/population").text
    assert "最新の期間 2026年3月" in text
    assert "1300" in text
    assert "1311" not in text
    assert "999997_population_202602.csv" in text
    assert "999997_population_all.csv" in text
    assert "すべての期間を一つにした表" in text
    buttons = re.findall(r'<li><a class="button plain"[^>]*>([^<]+?) <span', text)
    assert buttons == ["CSV", "CSV 全期間", "XLSX"]


def test_a_series_tells_its_number_in_one_sentence(web: TestClient) -> None:
    assert "2026年3月 <strong>総人口 1,551人 (前月比 −10)</strong>" in web.get("/datasets/population").text
    assert "March 2026 <strong>Population 1,551 (−10 from the month before)" in web.get("/en/datasets/population").text
    assert 'class="headline"' not in web.get("/datasets/aed").text


def test_a_feature_page_shows_every_field_and_links_only_what_is_safe(web: TestClient) -> None:
    markup = page(web, "/datasets/aed/FF0000000001")
    links = [str(attrs.get("href")) for tag, attrs in markup.tags if tag == "a"]
    assert "https://www.example.lg.jp/aed?a=1&b=2" in links
    assert "tel:0999990001" in links
    assert "/map#17/34.85000/138.15000/aed/aed:FF0000000001" in links
    assert "記入のない項目" in "".join(markup.texts)
    english = web.get("/en/datasets/aed/FF0000000001").text
    assert "Usable for children" in english
    assert '<span class="original" lang="ja">有</span>' in english


def test_any_feature_id_has_a_page(web: TestClient) -> None:
    table = page(web, "/datasets/aed")
    address = [str(attrs["href"]) for tag, attrs in table.tags if tag == "a" and "FF%2F4" in str(attrs.get("href"))]
    assert address == ["/datasets/aed/FF%2F4%20%3F%23%25"]
    assert page(web, address[0]).title.startswith("位置の分からない施設")


def test_a_feature_is_also_geojson(web: TestClient) -> None:
    response = web.get("/datasets/aed/FF0000000001?format=json")
    assert response.headers["content-type"] == "application/geo+json"
    assert response.json()["properties"]["名称"] == "見本町役場"
    assert web.get("/datasets/aed/none?format=json").json()["code"] == "not_found"


def test_a_counter_dataset_says_why_and_where_to_ask(web: TestClient) -> None:
    text = web.get("/datasets/water_pipe").text
    assert "埋設位置は窓口で確かめていただくためです。" in text
    assert "上下水道課" in text
    assert "tel:0999990002" in text
    listed = web.get("/datasets").text
    assert "/datasets/water_pipe" in listed
    assert "上下水道課 099-999-0002" in listed
    assert "埋設位置は" in web.get("/register").text


def test_a_view_dataset_has_a_map_but_no_rows_and_no_files(web: TestClient) -> None:
    text = web.get("/datasets/farmland").text
    assert "図の閲覧だけとします。" in text
    assert re.search(r"/map#[0-9./]+/farmland\"", text)
    assert "中島" not in text
    assert "/files/farmland/latest/999997" not in text


@pytest.mark.parametrize("page", ["/datasets/farmland", "/en/datasets/farmland"])
def test_a_dataset_links_to_where_the_nation_shows_the_same(web: TestClient, page: str) -> None:
    assert '<a href="https://map.maff.go.jp/">eMAFF' in web.get(page).text


def test_search_is_a_page_and_json(web: TestClient) -> None:
    assert "町道3号線" in web.get("/search?q=町道３号").text
    first = web.get("/search?q=町道3号線&format=json").json()["results"][0]
    assert first["title"] == "町道3号線"
    assert first["url"] == "/datasets/road/0003"
    assert set(first) == {"title", "dataset", "dataset_title", "id", "lon", "lat", "url"}
    accepted = web.get("/search?q=町道3号線", headers={"Accept": "application/json"})
    assert accepted.json()["results"][0] == first
    assert accepted.headers["vary"].lower().startswith("accept")


def test_search_finds_datasets_by_name_also_those_at_the_counter(web: TestClient) -> None:
    text = web.get("/search?q=水道").text
    assert "/datasets/water_pipe" in text
    assert "窓口で" in text


def test_a_search_without_a_result_gives_advice(web: TestClient) -> None:
    assert "別の書き方や短い言葉で" in web.get("/search?q=ないもの").text


def test_an_unknown_page_gives_advice_and_a_program_problem_details(web: TestClient) -> None:
    assert "データ一覧から選んでください" in page(web, "/nowhere", 404).texts[-1] or "データ一覧" in web.get("/nowhere").text
    assert page(web, "/en/nowhere", 404).title.startswith("This page does not exist")
    problem = web.get("/nowhere", headers={"Accept": "application/json"})
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["status"] == 404


def test_a_slash_too_many_is_forgiven(web: TestClient) -> None:
    assert web.get("/datasets/").headers["location"] == "/datasets"
    assert web.get("/en").headers["location"] == "/en/"
    assert web.get("/datasets/aed/").headers["location"] == "/datasets/aed"
    elsewhere = web.get("http://mihon.test//evil.example/")
    assert elsewhere.status_code == 404
    assert "location" not in elsewhere.headers


@pytest.mark.parametrize("unwanted", ["?page=0", "?page=x", "?page=99999999", "?page=-1"])
def test_a_wrong_page_number_is_a_clear_400(web: TestClient, unwanted: str) -> None:
    page(web, f"/datasets/road{unwanted}", 400)


def test_a_path_prefix_is_honoured_everywhere(public_town: Path) -> None:
    site = create_app(public_town / "site", root_path="/mihon")
    with TestClient(site, base_url="http://towns.test", follow_redirects=False) as client:
        for path in (*PAGES, "/en/datasets/aed", "/nowhere"):
            for asked in (path, f"/mihon{path}"):
                for tag, attrs in Markup(client.get(asked).text).tags:
                    address = (attrs.get("href") if tag in ("a", "link") else attrs.get("src") or attrs.get("action")) or ""
                    assert not address.startswith("/") or address.startswith("/mihon/"), (asked, address)
        assert client.get("/mihon/datasets/").headers["location"] == "/mihon/datasets"
        assert client.get("/mihon/ogc").json()["links"][0]["href"] == "http://towns.test/mihon/ogc"


def test_a_language_that_the_town_does_not_offer_is_not_there(own_town: Path) -> None:
    card = own_town / "site" / "town.json"
    data = json.loads(card.read_bytes())
    data["languages"] = ["ja"]
    card.write_text(json.dumps(data), "utf-8")
    with TestClient(create_app(own_town / "site")) as client:
        assert client.get("/en/datasets").status_code == 404
        assert "English" not in client.get("/").text


def test_health_tells_the_sequence(web: TestClient) -> None:
    assert web.get("/healthz").json() == {"status": "ok", "sequence": 5, "not_prepared": []}
