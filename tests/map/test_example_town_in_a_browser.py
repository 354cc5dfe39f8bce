"""The example town from end to end in a real Chromium: from the clerk's GeoPackage to what a resident reads on the map."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely
from looking import Look
from playwright.sync_api import Browser

from gis import vector_file

pytestmark = pytest.mark.browser

PAGES = ("/", "/datasets", "/datasets/aed", "/datasets/population", "/map", "/search?q=役場", "/register", "/accessibility")


@pytest.fixture(params=[(1280, 900, False), (360, 740, True)], ids=["desktop", "phone"])
def window(request: pytest.FixtureRequest, chromium: Browser, mihon_address: str) -> Iterator[Look]:
    width, height, phone = request.param
    seen = Look(chromium, mihon_address, width=width, height=height, phone=phone)
    yield seen
    assert seen.complaints == []
    assert seen.abroad == []
    seen.close()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_is_quiet_asks_nobody_else_and_fits_the_window(window: Look, prefix: str) -> None:
    for page in PAGES:
        window.go(prefix + page, ready=page == "/map")
        wide = window.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, page
        assert window.page.locator("h1").count() == 1, page
        assert window.page.evaluate("document.documentElement.lang") == ("en" if prefix else "ja")


def test_a_click_on_a_parcel_reads_the_row_of_the_ledger(window: Look, mihon: Path) -> None:
    ledger = vector_file.read(mihon / "sources" / "農業委員会" / "農地台帳_公表項目.gpkg").columns.to_pylist()
    (file,) = (mihon / "site" / "releases" / "farmland").glob("*/*.geojson")
    feature = json.loads(file.read_bytes())["features"][12_345]
    row = ledger[12_345]
    inside = shapely.from_geojson(json.dumps(feature["geometry"])).representative_point()
    window.go(f"/map#18/{inside.y:.6f}/{inside.x:.6f}/farmland")
    window.drawn("farmland")
    window.click_centre()
    fields = window.panel()
    assert {fields["地番"], fields["所在"]} <= set(row.values())


def test_every_layer_can_be_switched_on(window: Look) -> None:
    window.go("/map")
    for layer in window.page.evaluate("[...document.querySelectorAll('input[name=layer]')].map(box => box.value)"):
        window.page.evaluate("name => document.querySelector(`input[name=layer][value=${name}]`).click()", layer)
    window.page.wait_for_load_state("networkidle")
