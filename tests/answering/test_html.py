"""The page that goes back to a clerk: self-contained, nothing in it runs, every finding of a kind in its table."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from catalog.errors import UnusableSource
from catalog.library import read_library
from publish.answering.answer import Answer
from publish.answering.html import as_html
from publish.build import examine_file

HOSTILE = "<script>alert(1)</script>"
TIMES = ["25:30", "日没", "9:00", "\x1b[31m"]
CSV = "ID,名称,所在地_連結表記,緯度,経度,開始時間,小児対応設備の有無\n" + "".join(
    f"FF{number},役場{number},本町{number},34.86,138.32,{hour},{HOSTILE}\n" for number, hour in enumerate(TIMES)
)


class Page(HTMLParser):
    """Collects tags with their attributes, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.fixture
def answers(tmp_path: Path) -> list[Answer]:
    path = tmp_path / "町の<b>AED.csv"
    path.write_text(CSV, "utf-8")
    report = examine_file(path, read_library(), None, date(2026, 11, 20), "aed").report
    error = UnusableSource("読めません。", "Unreadable.", fix_ja="直してください。", fix_en="Fix it.")
    return [Answer(path.name, "aed", report), Answer("壊れた.xlsx", None, error=error)]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_nothing_runs_and_nothing_is_asked_for(answers: list[Answer], lang: str) -> None:
    page = Page(as_html(answers, lang))
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "img", "link", "iframe", "object", "b"}
    assert ("html", {"lang": lang}) in page.tags
    for _, attributes in page.tags:
        assert not any(name.startswith("on") for name in attributes)
        assert (attributes.get("href") or "#").startswith("#")
    assert HOSTILE in "".join(page.text)


def test_every_place_of_a_kind_is_listed_with_what_to_do(answers: list[Answer]) -> None:
    page = as_html(answers, "ja")
    assert answers[0].report
    times = [found for found in answers[0].report.findings if found.code == "type-time"]
    assert [found.row for found in times] == [2, 3, 5]
    for found in times:
        assert re.search(rf'<th scope="row">{found.row}行目</th><td>F{found.row}</td><td>開始時間</td>', page)
    assert "␛[31m" in page
    assert "\x1b" not in page


def test_the_page_says_the_whole_first_and_why_a_file_could_not_be_read(answers: list[Answer]) -> None:
    text = "".join(Page(as_html(answers, "ja")).text)
    assert text.index("4件") < text.index("時刻として読めません")
    assert "壊れた.xlsx の確認結果" in text
    assert "壊れた.xlsx の確認結果読めません。直してください。" in text
