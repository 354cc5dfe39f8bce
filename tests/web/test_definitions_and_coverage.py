"""Two pages about the promise: the item definition of what is published, and how the whole national list stands."""

import json
import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.web.app import create_app
from api.web.pages.coverage import today
from catalog.library import read_library


class _Rows(HTMLParser):
    """The rows of a page's tables as texts of cells."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._in_cell = False
        self.feed(html)

    def handle_starttag(self, tag: str, _attrs: Any) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self._in_cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.rows[-1][-1] = f"{self.rows[-1][-1]} {data.strip()}".strip()


@pytest.fixture
def dated(public_town: Path) -> Iterator[TestClient]:
    """The site on 20 November 2026."""
    app = create_app(public_town / "site")
    app.dependency_overrides[today] = lambda: date(2026, 11, 20)
    with TestClient(app, follow_redirects=False) as client:
        yield client


def standing(client: TestClient, path: str, title: str) -> list[str]:
    (row,) = [row for row in _Rows(client.get(path).text).rows if title in row]
    return row


def test_the_national_list_stands_in_order_with_what_is_public_late_lacking_and_not_known(dated: TestClient) -> None:
    rows = [row for row in _Rows(dated.get("/coverage").text).rows if row[0].isdigit()]
    assert [row[0] for row in rows] == [f"{number:02d}" for number in range(1, 32)]
    assert standing(dated, "/coverage", "AED設置箇所一覧")[1:] == [
        "AED設置箇所一覧",
        "公開しています",
        "2026年4月1日",
        "2027年7月1日まで",
    ]
    assert standing(dated, "/coverage", "地域・年齢別人口")[2:] == [
        "公開しています。更新が遅れています", "2026年3月まで", "2026年5月31日を過ぎました",
    ]  # fmt: skip
    assert standing(dated, "/coverage", "公衆トイレ一覧")[2:] == ["まだ公開していません", "", ""]
    assert "GTFS-JP" in standing(dated, "/coverage", "標準的なバス情報フォーマット(GTFS-JP)")[2]
    assert standing(dated, "/en/coverage", "AED locations")[2:] == ["published", "1 April 2026", "by 1 July 2027"]


def test_the_first_sentences_sum_up_as_of_a_day(dated: TestClient) -> None:
    text = dated.get("/coverage").text
    assert "国の標準にある31種類のデータのうち、見本町は3種類を公開しています。 そのうち1種類は更新が遅れています。" in text
    assert "2026年11月20日現在" in text


def test_local_data_follow_with_what_is_seen_on_the_map_or_at_the_counter_only(dated: TestClient) -> None:
    assert standing(dated, "/coverage", "農地")[1] == "公開しています 地図の表示だけ"
    assert standing(dated, "/coverage", "水道管")[1:] == ["窓口でご案内します", "", ""]
    assert standing(dated, "/coverage", "用途地域")[1:] == ["公開しています", "2026年4月1日", "不定期"]
    assert "/coverage" in dated.get("/datasets").text


def test_a_browser_cannot_keep_yesterdays_coverage(dated: TestClient) -> None:
    first = dated.get("/coverage")
    assert "etag" not in first.headers
    assert first.headers["cache-control"] == "no-cache"


def test_the_item_definition_has_every_item_with_its_key_mark_and_values(web: TestClient) -> None:
    rows = _Rows(web.get("/definitions/aed").text).rows
    assert [row[0] for row in rows[1:]] == [str(number) for number in range(1, 40)]
    (children,) = [row for row in rows if row[1].startswith("小児対応設備の有無")]
    assert children[1] == "小児対応設備の有無 Usable for children equipment_for_children"
    assert children[2].startswith("任意 (")
    assert "有 — あり （あります）" in children[4]
    assert "小児対応機器設備の有無" in children[4]
    english = web.get("/en/definitions/aed").text
    assert re.search(r'Usable for children<span class="second" lang="ja">小児対応設備の有無</span>', english)
    assert 'href="/definitions/aed"' in web.get("/datasets/aed").text
    assert 'href="/en/definitions/aed"' in web.get("/en/datasets/aed").text


def test_programs_read_the_same_as_json(web: TestClient) -> None:
    given = web.get("/definitions/aed?format=json").json()
    assert given["version"] == "1.0"
    assert [item["name"] for item in given["items"]] == list(read_library()["aed"].names)
    assert given["standard"]["version"]
    assert web.get("/definitions/aed", headers={"Accept": "application/json"}).json() == given


def test_the_definition_shown_is_the_one_of_the_release(own_town: Path) -> None:
    (path,) = (own_town / "site" / "releases" / "aed").glob("*/definition.json")
    defined = json.loads(path.read_bytes())
    defined["dataset"]["fields"][0]["description"]["ja"] = "昔の説明<b>です</b>。"
    path.write_text(json.dumps(defined), "utf-8")
    with TestClient(create_app(own_town / "site")) as client:
        assert "昔の説明&lt;b&gt;です&lt;/b&gt;。" in client.get("/definitions/aed").text


def test_what_is_not_public_has_no_definition_page(web: TestClient) -> None:
    assert web.get("/definitions/water_pipe").status_code == 403
    assert web.get("/definitions/nowhere").status_code == 404
    assert web.get("/definitions/aed/").headers["location"] == "/definitions/aed"


def test_english_words_on_japanese_pages_are_marked_as_such(web: TestClient) -> None:
    html = web.get("/definitions/aed").text
    assert len(re.findall(r'<span class="second" lang="en">', html)) == len(read_library()["aed"].fields)
    assert len(re.findall(r'<code class="second" lang="en">', html)) == len(read_library()["aed"].fields)
    assert 'aria-label="区分の根拠 (1)">(1)</a>' in html
