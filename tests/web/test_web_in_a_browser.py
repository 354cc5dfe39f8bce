"""The pages in a real Chromium: no complaint, no foreign request, nothing that WCAG forbids, at every width."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from serving import Served

pytestmark = pytest.mark.browser

PAGES = (
    "/", "/datasets", "/datasets/aed", "/datasets/road?page=2", "/datasets/population", "/datasets/farmland",
    "/datasets/water_pipe",
    "/datasets/aed/FF0000000001", "/datasets/aed/FF0000000003", "/search?q=町道", "/search?q=ないもの", "/register",
    "/accessibility", "/checks", "/en/", "/en/checks", "/en/datasets/road", "/en/datasets/aed/FF0000000001",
    "/coverage", "/en/coverage", "/changes", "/en/changes", "/definitions/aed", "/en/definitions/aed", "/definitions/road",
)  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Visitor:
    """A page that writes down complaints and requests."""

    def __init__(self, browser: Browser, server: Served, width: int, **settings: object) -> None:
        self.server = server
        self.context = browser.new_context(viewport={"width": width, "height": 800}, **settings)  # type: ignore[arg-type]
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.foreign: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self._note(request.url))

    def _note(self, url: str) -> None:
        if urlsplit(url).netloc != urlsplit(self.server.address).netloc and not url.startswith("data:"):
            self.foreign.append(url)

    def go(self, path: str) -> Page:
        self.page.goto(self.server.address + path)
        return self.page


def sideways(page: Page) -> bool:
    """Say whether the page can be scrolled to the side."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize("width", [1280, 360])
def test_every_page_is_quiet_keeps_to_its_host_and_is_accessible(chromium: Browser, server: Served, width: int) -> None:
    visitor = Visitor(chromium, server, width)
    for path in PAGES:
        page = visitor.go(path)
        found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
        assert not found, (path, [(one["id"], one["nodes"][0]["html"]) for one in found])
        assert not sideways(page), path
    assert visitor.complaints == []
    assert visitor.foreign == []
    visitor.context.close()


def test_nothing_is_lost_at_320_pixels_or_at_twice_the_text(chromium: Browser, server: Served) -> None:
    visitor = Visitor(chromium, server, 320)
    for path in PAGES:
        assert not sideways(visitor.go(path)), path
    visitor.page.set_viewport_size({"width": 1280, "height": 800})
    for path in PAGES:
        page = visitor.go(path)
        page.add_style_tag(url=f"{server.address}/theme.css")
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert not sideways(page), path
    visitor.context.close()


def test_everything_works_without_javascript(chromium: Browser, server: Served) -> None:
    visitor = Visitor(chromium, server, 800, java_script_enabled=False)
    page = visitor.go("/")
    page.get_by_role("searchbox").fill("町道3号線")
    page.get_by_role("button", name="さがす").click()
    page.get_by_role("link", name="町道3号線", exact=True).click()
    assert page.locator("h1").inner_text().startswith("町道3号線")
    page.get_by_role("link", name="データ一覧").first.click()
    page.get_by_role("link", name="AED設置箇所一覧").click()
    page.get_by_role("searchbox", name="この表の中をさがす").fill("本町橋")
    page.get_by_role("button", name="しぼりこむ").click()
    assert page.locator("table.rows tbody tr").count() == 1
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").first.click()
    assert download.value.suggested_filename == "999997_aed.csv"
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert "/en/datasets/aed" in page.url
    visitor.context.close()


def test_hostile_text_runs_nowhere(chromium: Browser, server: Served) -> None:
    visitor = Visitor(chromium, server, 1280)
    said: list[str] = []
    visitor.page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    for path in ("/datasets/aed", "/datasets/aed/FF0000000003", "/search?q=img", "/search?q=<img src=x onerror=alert(1)>"):
        visitor.go(path).wait_for_load_state("networkidle")
    assert said == []
    assert visitor.complaints == []
    visitor.context.close()


def test_the_first_tab_leads_to_the_content(chromium: Browser, server: Served) -> None:
    visitor = Visitor(chromium, server, 1280)
    page = visitor.go("/datasets/aed")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "本文へ"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    visitor.context.close()


def test_every_control_is_large_enough_to_touch(chromium: Browser, server: Served) -> None:
    """44 px for controls; links inside a sentence are excepted (WCAG 2.2 §2.5.8)."""
    visitor = Visitor(chromium, server, 360)
    small = """() => [...document.querySelectorAll('button, .button, input, nav ul a, .tasks a, .rows th a, .results a')]
        .filter(one => one.getClientRects().length && one.getBoundingClientRect().height < 43.5).map(one => one.outerHTML)"""
    for path in PAGES:
        assert visitor.go(path).evaluate(small) == [], path
    visitor.context.close()


def test_a_printed_page_has_the_table_and_no_controls(chromium: Browser, server: Served) -> None:
    visitor = Visitor(chromium, server, 1280)
    page = visitor.go("/datasets/aed")
    page.emulate_media(media="print")
    assert page.locator("table.rows").is_visible()
    assert not page.locator("form").first.is_visible()
    assert not page.locator(".main-nav").is_visible()
    visitor.context.close()


def test_the_links_to_the_map_show_what_they_promise(chromium: Browser, server: Served) -> None:
    visitor = Visitor(chromium, server, 1280)
    page = visitor.go("/datasets/road/0003")
    page.get_by_role("link", name="地図で見る").click()
    page.wait_for_selector('html[data-ready="1"]')
    page.locator("#map-panel", has_text="町道3号線").wait_for()
    page = visitor.go("/")
    page.get_by_role("link", name="用途地域を調べる").click()
    page.wait_for_selector('html[data-ready="1"]')
    assert page.locator('input[name="layer"]:checked').evaluate_all("boxes => boxes.map(box => box.value)") == ["zoning"]
    assert visitor.complaints == []
    visitor.context.close()
