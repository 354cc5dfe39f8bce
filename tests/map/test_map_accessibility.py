"""The map for everybody: axe without a violation in every state, narrow and wide, paper, stillness, size of targets."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from little_site import at
from looking import Look

pytestmark = pytest.mark.browser
Looker = Callable[..., Look]
PHONE: dict[str, Any] = {"width": 360, "height": 740, "phone": True}
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations(seen: Look) -> list[str]:
    found = Axe().run(seen.page, options=WCAG).response["violations"]
    return [f"{one['id']}: {node['target']}" for one in found for node in one["nodes"] if not _is_cut_pin(seen, one, node)]


def _is_cut_pin(seen: Look, one: dict[str, Any], node: dict[str, Any]) -> bool:
    """Where a pin stands is essential (WCAG 2.2, 2.5.8): one at the map's edge or under a button is moved out with the map."""
    if one["id"] != "target-size":
        return False
    return bool(seen.page.locator(node["target"][0]).evaluate("(target) => target.classList.contains('map-pin')"))


@pytest.mark.parametrize("size", [{}, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("address", ["/map", "/en/map"])
def test_axe_finds_nothing(look: Looker, address: str, size: dict[str, Any]) -> None:
    seen = look(address, **size)
    seen.drawn("aed")
    assert violations(seen) == []
    seen.pin().press("Enter")
    seen.panel()
    assert violations(seen) == []


def test_axe_finds_nothing_in_layers_search_and_tools(look: Looker) -> None:
    seen = look(**PHONE)
    seen.page.click("#map-layers-open")
    seen.switch("zoning")
    assert violations(seen) == []
    seen.page.click("#map-layers-close")
    seen.page.click("#map-move")
    seen.page.fill("#map-search", "役場")
    seen.page.get_by_role("option").first.wait_for()
    assert violations(seen) == []


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_has_to_be_scrolled_sideways(look: Looker, width: int) -> None:
    seen = look(width=width, height=740)
    seen.pin().press("Enter")
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width


def test_text_of_double_size_still_fits(look: Looker) -> None:
    seen = look(width=1280, height=800)
    seen.page.evaluate("document.documentElement.style.fontSize = '200%'")
    seen.pin().press("Enter")
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.parametrize("size", [{}, PHONE], ids=["wide", "phone"])
def test_every_target_is_44_pixels_high(look: Looker, size: dict[str, Any]) -> None:
    seen = look(**size)
    seen.pin().press("Enter")
    seen.page.click("#map-move", force=True)
    targets = seen.page.locator(
        "#map-page :is(button, select, input[type=search], .map-check, .map-about, .map-panel a):visible"
    )
    # A pin that the moving map has just left behind has no size at all.
    sizes = targets.evaluate_all(
        "(all) => all.filter((one) => one.isConnected).map((one) => one.getBoundingClientRect().height)"
    )
    assert len(sizes) > 20
    assert round(min(sizes), 2) >= 44


def test_on_a_phone_the_map_comes_first_and_is_large(look: Looker) -> None:
    seen = look(**PHONE)
    box = seen.page.locator("#map_main").bounding_box()
    listed = seen.page.locator("#map-list").bounding_box()
    assert box
    assert listed
    assert box["height"] >= 0.6 * 740
    assert box["y"] < 740 / 2 < listed["y"]


def test_on_a_phone_the_sheet_leaves_what_was_chosen_in_sight(look: Looker) -> None:
    lng, lat = at(950, 600)
    seen = look(f"/map#16/{lat:.5f}/{lng:.5f}/aed", **PHONE)
    seen.page.get_by_role("button", name="見本町役場 AED設置箇所一覧", exact=True).tap()
    pin, sheet = seen.page.locator(".map-pin.is-selected"), seen.page.locator("#map-panel")

    def in_sight() -> bool:
        one, other = pin.bounding_box(), sheet.bounding_box()
        return bool(one and other and one["y"] >= 0 and one["y"] + one["height"] <= other["y"])

    seen.until(in_sight)
    assert seen.focused() == "map-panel-title"
    row = seen.page.locator("#map-list-table button").last

    def row_in_sight() -> bool:
        row.focus()
        one, other = row.bounding_box(), sheet.bounding_box()
        return bool(one and other and one["y"] + one["height"] <= other["y"])

    seen.until(row_in_sight)


def test_stillness_is_kept_where_it_is_asked_for(look: Looker) -> None:
    seen = look(reduced_motion="reduce")
    assert seen.page.evaluate("[map_main.options.zoomAnimation, map_main.options.inertia]") == [False, False]


def test_forced_colours_leave_every_control_readable(look: Looker) -> None:
    seen = look(forced_colors="active")
    seen.pin().press("Enter")
    borders = seen.page.evaluate("getComputedStyle(document.getElementById('map-panel')).borderTopWidth")
    assert borders == "1px"


def test_paper_holds_map_legend_scale_date_and_address_on_one_page(look: Looker) -> None:
    seen = look()
    seen.switch("zoning")
    seen.drawn("zoning")
    seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    seen.page.emulate_media(media="print")
    for shown in (
        "#map_main",
        ".leaflet-control-scale",
        "#map-legend-zoning li >> nth=12",
        "#map-printed",
        "#map-printed-link",
        ".map-credit",
    ):
        assert seen.page.locator(shown).is_visible(), shown
    for hidden in (".map-tools", ".map-search", "#map-list", ".site-header", "#map-legend-road"):
        assert not seen.page.locator(hidden).is_visible(), hidden
    paper = seen.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1


def test_english_names_layers_and_fields_and_marks_what_is_japanese(look: Looker) -> None:
    seen = look("/en/map")
    assert seen.page.inner_text(".map-layer-title >> nth=0") == "AED locations"
    seen.pin().press("Enter")
    fields = seen.panel()
    assert "Name" in fields
    assert "名称" not in fields
    assert seen.page.locator("#map-panel-fields dd").first.get_attribute("lang") == "ja"
    assert seen.page.locator("html").get_attribute("lang") == "en"
