"""The page that goes back to a clerk: self-contained, nothing in it runs, every finding of a kind in its table."""

import dataclasses
import io
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from openpyxl import load_workbook

from catalog.errors import UnusableSource
from catalog.library import read_library
from publish.answering.answer import Answer
from publish.answering.html import as_html
from publish.answering.kinds import weighed
from publish.answering.text import tell
from publish.answering.workbook.painted import workbook_of
from publish.build import examine_file
from publish.table.finding import Finding

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


def test_findings_without_a_row_stand_in_the_list_each_with_its_own_words(tmp_path: Path) -> None:
    path = tmp_path / "AED.csv"
    path.write_text(CSV, "utf-8")
    report = examine_file(path, read_library(), None, date(2026, 11, 20), "aed").report
    rowless = [found for found in report.findings if found.row is None and found.code == "recommended-missing"]
    assert len(rowless) > 3
    page = as_html([Answer(path.name, "aed", report)], "ja")
    for found in rowless:
        assert re.search(rf'<th scope="row">表全体</th><td></td><td>{found.field}</td>', page), found
    two = tuple(Finding("sheet-not-read", "info", 0, value=sheet, values={"sheet": sheet}) for sheet in ("四月", "五月"))
    page = as_html([Answer(path.name, "aed", dataclasses.replace(report, findings=two))], "ja")
    for sheet in ("四月", "五月"):
        assert re.search(rf"<td>[^<]*{sheet}[^<]*</td>", page)


def accepted(path: Path) -> Answer:
    """A town's answer in which one kind of warning was accepted."""
    path.write_text(CSV, "utf-8")
    report = examine_file(path, read_library(), None, date(2026, 11, 20), "aed").report
    warned = Finding("unmapped-column", "warning", 0, None, "なぞ", "")
    report = dataclasses.replace(report, findings=(*report.findings, warned), accepted=frozenset({(warned.code, "なぞ")}))
    return Answer(path.name, "aed", report, recipe="aed", base=path.parent)


def test_an_accepted_warning_is_told_in_the_same_way_everywhere(tmp_path: Path) -> None:
    answer = accepted(tmp_path / "AED.csv")
    assert answer.report
    agreed = [found for weight, found in weighed(answer.report) if weight == "agreed"]
    assert {(found.code, found.field or "") for found in agreed} == answer.report.accepted
    assert as_html([answer], "ja").count("【認められています】") == 1
    assert tell(answer, "ja", every=True).count("このままでよいと認められているもの") == 1
    book = load_workbook(io.BytesIO(workbook_of(answer, "AED.csv", "ja")))
    first = [cell.value for cell in book.worksheets[0]["A"]]
    assert first.count("認められています") == len(agreed) == 1


def test_page_and_workbook_speak_of_the_towns_recipe_where_there_is_one(tmp_path: Path) -> None:
    answer = accepted(tmp_path / "AED.csv")
    told = {}
    for one in (answer, dataclasses.replace(answer, recipe="")):
        book = load_workbook(io.BytesIO(workbook_of(one, "AED.csv", "ja")))
        texts = " ".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)
        told[one.recipe] = ("recipes/aed.yaml" in texts, "recipes/aed.yaml" in as_html([one], "ja"))
    assert told == {"aed": (True, True), "": (False, False)}
