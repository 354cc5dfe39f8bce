"""A small site served on loopback, and real Chromium pages that write down every complaint and every request."""

from collections.abc import Callable, Iterator
from pathlib import Path

import little_site
import pytest
from looking import Look
from playwright.sync_api import Browser
from serving import DEAD, Served

from catalog.town import BaseMap


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("map") / "site"
    folder.mkdir()
    little_site.make(folder)
    return folder


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[Served]:
    server = Served(site)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def served_below_a_prefix(site: Path) -> Iterator[Served]:
    server = Served(site, "/mihon")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def served_with_a_dead_base_map(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("bases") / "site"
    folder.mkdir()
    texts = {"name": {"ja": "淡色地図", "en": "Pale map"}, "attribution": {"ja": "<b>国土地理院</b>", "en": "<b>GSI</b>"}}
    base = BaseMap.model_validate({**texts, "url": DEAD + "/{z}/{x}/{y}.png", "attribution_url": "https://example.jp/terms"})
    little_site.make(folder, (base,))
    server = Served(folder)
    yield server
    server.stop()


@pytest.fixture
def look(chromium: Browser, served: Served) -> Iterator[Callable[..., Look]]:
    """Open the map: `look()`, `look("/en/map#15/…", width=360)`; afterwards nothing may have complained or gone abroad."""
    looks: list[Look] = []

    def opened(address: str = "/map", *, on: Served = served, ready: bool = True, **options: object) -> Look:
        looks.append(Look(chromium, on.origin + on.root, **options))
        looks[-1].go(address, ready=ready)
        return looks[-1]

    yield opened
    for one in looks:
        one.close()
    for one in looks:
        assert one.complaints == []
        assert one.abroad == []
