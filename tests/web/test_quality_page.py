"""The section of quality on the page of a dataset, and the page that says what each check means."""

import json
import re
from pathlib import Path

import pytest
from example_town import AED, NOW, put
from starlette.testclient import TestClient

from api.web.app import create_app
from catalog.library import read_library
from catalog.rule_pages import rule_groups, rule_pages
from catalog.site.pointer import read_pointer
from publish.releasing.act import Act
from publish.releasing.prepared_map import prepare_map
from publish.releasing.writing import release


def section(web: TestClient, path: str) -> str:
    html = web.get(path).text
    start = html.index('<section aria-labelledby="quality-heading">')
    return " ".join(html[start : html.index("</section>", start)].split())


def test_completeness_is_said_in_numbers_and_bars_are_hidden_from_who_cannot_see_them(web: TestClient) -> None:
    said = section(web, "/datasets/aed")
    assert '<strong>必須</strong> 3項目の記入 <strong class="percent">91%</strong>' in said
    assert said.count("<meter") == said.count('aria-hidden="true"></meter>') > 30
    assert '<th scope="row">設置位置</th><td>必須</td><td>3 / 4</td><td>75% <meter' in said


def test_every_check_that_was_made_leads_to_its_meaning(web: TestClient) -> None:
    for prefix, title in (("", "緯度・経度が0です"), ("/en", "Position 0, 0")):
        assert f'<a href="{prefix}/checks#null-island">{title}</a></th>' in section(web, f"{prefix}/datasets/aed")
        assert '<h3 id="null-island">' in web.get(f"{prefix}/checks").text


def test_what_was_done_with_the_rows_is_told(web: TestClient) -> None:
    assert "担当課の表の4行のうち、4行を公開しています。" in section(web, "/datasets/aed")
    assert "Of 4 rows of the section’s table, 4 are published." in section(web, "/en/datasets/aed")
    assert "前の版" not in section(web, "/datasets/aed")


def publish_again(town: Path, change: dict[str, str]) -> None:
    put(town, "aed", [{**row, **change} for row in AED], None)
    release(town, ["aed"], Act("test", NOW), library=read_library())
    prepare_map(town / "site")


def test_the_release_before_is_compared_where_it_still_stands(own_town: Path) -> None:
    publish_again(own_town, {"電話番号": ""})
    with TestClient(create_app(own_town / "site")) as web:
        said = section(web, "/datasets/aed")
        assert "<h3>前の版（1.0）とくらべて</h3>" in said
        assert "<li>電話番号の記入: 25% → 0%</li>" in said
        assert "Telephone, filled in: 25% → 0%" in section(web, "/en/datasets/aed")


def test_a_release_in_which_nothing_of_it_changed_says_so(own_town: Path) -> None:
    publish_again(own_town, {"名称": "書きかえた"})
    with TestClient(create_app(own_town / "site")) as web:
        assert "検査の結果も同じです。" in section(web, "/datasets/aed")
        assert "the checks found the same." in section(web, "/en/datasets/aed")


def test_checks_that_find_more_are_new_or_are_gone_are_told(own_town: Path) -> None:
    path = next((own_town / "site" / "releases" / "aed").glob("*/quality.json"))
    old = json.loads(path.read_text("utf-8"))
    (outside,) = [rule for rule in old["rules"] if rule["code"] == "outside-area"]
    others = [rule for rule in old["rules"] if rule["code"] not in ("outside-area", "null-island")]
    gone = {**outside, "code": "long-gone", "title": {"ja": "前の検査", "en": "Former"}}
    old["rules"] = [*others, {**outside, "count": 2}, gone]
    path.write_text(json.dumps(old), "utf-8")
    publish_again(own_town, {"名称": "書きかえた"})
    with TestClient(create_app(own_town / "site")) as web:
        said = section(web, "/datasets/aed")
    assert "<li>町の周辺から離れた場所です: 2か所 → 0か所</li>" in said
    assert "<li>緯度・経度が0です: 新しい検査（0か所）</li>" in said
    assert "<li>前の検査: おこなわなくなった検査</li>" in said


def test_an_old_report_that_names_only_what_was_found_counts_no_checks(own_town: Path) -> None:
    path = next((own_town / "site" / "releases" / "aed").glob("*/quality.json"))
    rule = {"code": "outside-area", "title": {"ja": "離れた場所", "en": "Far"}, "severity": "warning", "count": 2}
    path.write_text(json.dumps({"format": 1, "rows": 4, "limits": [], "rules": [rule], "completeness": []}), "utf-8")
    with TestClient(create_app(own_town / "site")) as web:
        said = section(web, "/datasets/aed")
    assert "公開の前に機械で確かめ、次のことがわかっています。" in said
    assert "種類の検査" not in said


@pytest.mark.parametrize("damage", ["{", "gone"])
def test_a_release_before_that_is_damaged_is_as_if_there_were_none(own_town: Path, damage: str) -> None:
    publish_again(own_town, {"電話番号": ""})
    old = own_town / "site" / read_pointer(own_town / "site").datasets["aed"].versions["1.0"].path
    if damage == "gone":
        (old / "definition.json").unlink()
    else:
        (old / "quality.json").write_text(damage, "utf-8")
    with TestClient(create_app(own_town / "site")) as web:
        assert web.get("/datasets/aed").status_code == 200
        assert "前の版" not in section(web, "/datasets/aed")


def test_a_release_of_an_older_machizu_is_shown_as_far_as_it_goes(own_town: Path) -> None:
    path = next((own_town / "site" / "releases" / "aed").glob("*/quality.json"))
    old = {"format": 1, "rows": 4, "limits": [], "rules": [], "completeness": [{"field": "設置位置", "filled": 3}]}
    path.write_text(json.dumps(old), "utf-8")
    with TestClient(create_app(own_town / "site")) as web:
        said = section(web, "/datasets/aed")
    assert '<strong>必須</strong> 1項目の記入 <strong class="percent">75%</strong>' in said
    assert "公開の前に機械で確かめ、問題は見つかりませんでした。" in said
    assert "担当課の表の" not in said


def test_the_checks_stand_by_kind_under_an_index_and_name_each_other_by_title(web: TestClient) -> None:
    for prefix, kind, title in (("", "規則", "どの行も同じ値です"), ("/en", "Rules", "The same value in every row")):
        html = web.get(f"{prefix}/checks").text
        anchors = set(re.findall(r'id="([^"]+)"', html))
        assert set(re.findall(r'href="#([^"]+)"', html)) <= anchors
        assert set(rule_pages()) <= anchors
        assert f'<a href="#kind-2">{kind}</a>' in html
        assert f'<a href="#same-everywhere">{title}</a>' in html
        assert ".md" not in html
        assert "](" not in html


def test_every_check_stands_under_one_kind() -> None:
    assert sorted(page.code for group in rule_groups() for page in group.pages) == sorted(rule_pages())


def test_no_japanese_sentence_stands_on_the_english_page_of_checks() -> None:
    for code, page in rule_pages().items():
        for text in (page.looks, page.why, page.fix, page.leaves):
            assert not re.search("統一ルール|出典", text.en), code


def test_every_check_has_a_meaning_in_both_languages() -> None:
    for code, page in rule_pages().items():
        for text in (page.title, page.looks, page.why, page.fix, page.leaves):
            assert text.ja.strip(), code
            assert not re.search("[、。] [^\x00-\x7f]", text.ja), f"{code}: a line break became a blank"
            assert text.en.strip(), code
        assert page.example.strip(), code
        assert "`" not in page.looks.ja + page.looks.en + page.example, code
