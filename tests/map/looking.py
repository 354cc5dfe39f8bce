"""One reader's browser window on the map, with what its user does and sees."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request

READY = 'html[data-ready="1"]'


class Look:
    """A page in a fresh profile. `complaints`: errors of console and scripts; `abroad`: requests to other origins."""

    def __init__(
        self, browser: Browser, origin: str, *, width: int = 1280, height: int = 800, phone: bool = False, **options: Any
    ):
        self.origin = origin
        self.complaints: list[str] = []
        self.abroad: list[str] = []
        self.forgiven: tuple[str, ...] = ()
        touch = {"has_touch": True, "is_mobile": True, "device_scale_factor": 2} if phone else {}
        self._context = browser.new_context(viewport={"width": width, "height": height}, locale="ja-JP", **touch, **options)
        self.page: Page = self._context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda problem: self.complaints.append(str(problem)))
        self.page.on("request", self._watch)

    def go(self, address: str, *, ready: bool = True) -> None:
        """Open an address of the site and wait until the map says that it is ready."""
        self.page.goto(self.origin + address)
        if ready:
            self.page.wait_for_selector(READY)

    def forgive(self, *parts: str) -> None:
        """Take no notice of complaints and requests that hold one of these texts: the test causes them."""
        self.forgiven = parts
        self.complaints = [text for text in self.complaints if not any(part in text for part in parts)]
        self.abroad = [address for address in self.abroad if not any(part in address for part in parts)]

    def close(self) -> None:
        self._context.close()

    def drawn(self, *layers: str) -> None:
        """Wait until the list beneath the map counts features of these layers, one after the other."""
        for layer in layers:
            self.page.select_option("#map-list-layer", layer)
            self.page.wait_for_selector("#map-list-table:not([hidden])")

    def switch(self, layer: str, on: bool = True) -> None:
        self.page.set_checked(f'input[name="layer"][value="{layer}"]', on)

    def centre(self) -> tuple[float, float]:
        """Return the middle of the map in pixels of the window."""
        box = self.page.locator("#map_main").bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def click_centre(self, dx: float = 0, dy: float = 0) -> None:
        x, y = self.centre()
        self.page.mouse.click(x + dx, y + dy)

    def pin(self) -> Locator:
        """Return the first marker that stands for one thing."""
        return self.page.locator(".map-pin:not(.map-pin-many)").first

    def panel(self) -> dict[str, str]:
        """Wait for the panel and return its fields."""
        self.page.wait_for_selector("#map-panel:not([hidden])")
        rows = self.page.locator("#map-panel-fields > div").all()
        return {row.locator("dt").inner_text(): row.locator("dd").inner_text() for row in rows}

    def title(self) -> str:
        self.page.wait_for_selector("#map-panel:not([hidden])")
        return self.page.inner_text("#map-panel-title")

    def until(self, true: Callable[[], bool]) -> None:
        """Wait until something holds; Playwright's own wait_for_function needs eval, which the page's policy forbids."""
        deadline = time.monotonic() + 10
        while not true():
            assert time.monotonic() < deadline, "waited 10 s in vain"
            self.page.wait_for_timeout(30)

    def status(self, part: str) -> None:
        """Wait until the status line holds this text."""
        self.page.locator("#map-status", has_text=part).wait_for()

    def state(self) -> str:
        return str(self.page.evaluate("location.hash"))

    def zoom(self) -> float:
        return float(self.page.evaluate("map_main.getZoom()"))

    def where(self) -> tuple[float, float]:
        lat, lng = self.page.evaluate("[map_main.getCenter().lat, map_main.getCenter().lng]")
        return float(lng), float(lat)

    def focused(self) -> str:
        return str(self.page.evaluate("document.activeElement.id || document.activeElement.className"))

    def _hear(self, message: ConsoleMessage) -> None:
        text = f"{message.text} {message.location.get('url', '')}"
        if message.type in ("error", "warning") and not any(part in text for part in self.forgiven):
            self.complaints.append(text)

    def _watch(self, request: Request) -> None:
        parts = urlsplit(request.url)
        own = self.origin.startswith(f"{parts.scheme}://{parts.netloc}") or parts.scheme in ("data", "blob")
        if not own and not any(part in request.url for part in self.forgiven):
            self.abroad.append(request.url)
