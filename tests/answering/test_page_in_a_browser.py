"""The page in a real Chromium, opened from a file share: nothing asked for, no complaint, nothing that WCAG forbids."""

from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from catalog.errors import UnusableSource
from catalog.library import read_library
from publish.answering.answer import Answer
from publish.answering.html import as_html
from publish.answering.results.mark import Mark, marked_page
from publish.build import examine_file

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HEADINGS = "ID,名称,所在地_連結表記,緯度,経度,開始時間,電話番号,なぞの列\n"
HOSTILE = '"<script>document.title=1</script>' + "長い" * 200 + '"'


@pytest.fixture
def page_file(tmp_path: Path) -> Path:
    """A page of two files with errors, changes and rows set aside, and one that could not be read."""
    answers = []
    for name in ("AED一覧.csv", "町の<b>AED.csv"):
        rows = [
            f"FF{row},{'役場' if row % 3 else ''},本町,34.86,138.32,{'日没' if row % 2 else '25:30'},０５４,{HOSTILE}"
            for row in range(30)
        ]
        path = tmp_path / name
        path.write_text(HEADINGS + "\n".join(rows) + "\n※注\n", "utf-8")
        answers.append(Answer(name, "aed", examine_file(path, read_library(), None, date(2026, 11, 20), "aed").report))
    error = UnusableSource("読めません。", "Unreadable.", fix_ja="直してください。", fix_en="Fix it.")
    answers.append(Answer("壊れた.xlsx", None, error=error))
    mark = Mark("1" * 64, "2" * 64, "3" * 64)
    path = tmp_path / "AED一覧_確認結果.html"
    path.write_bytes(marked_page(as_html(answers, "ja", str(mark)), mark))
    return path


@pytest.mark.parametrize("width", [1280, 360])
def test_it_opens_from_a_share_quiet_and_accessible(chromium: Browser, page_file: Path, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(page_file.as_uri())
    while page.locator("details:not([open]) > summary").count():
        page.locator("details:not([open]) > summary").first.click()
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
    assert not found, [(one["id"], one["nodes"][0]["html"]) for one in found]
    assert asked == [page_file.as_uri()]
    assert said == []
    assert "の確認結果" in page.title()
    context.close()


def test_the_keyboard_leads_past_the_beginning_and_into_every_table(chromium: Browser, page_file: Path) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 800})
    page.goto(page_file.as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "jump"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "results"
    reached = page.locator(".scroll").evaluate_all("all => all.every(one => one.tabIndex === 0 && one.getAttribute('role'))")
    assert reached
    page.close()
