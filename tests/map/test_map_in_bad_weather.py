"""The map when something is missing, late, hostile or elsewhere: it says so, and everything else goes on."""

import re
from collections.abc import Callable

import pytest
from little_site import HOSTILE, PARCEL, at, place
from looking import Look
from playwright.sync_api import Route, expect
from serving import DEAD, Served

pytestmark = pytest.mark.browser
Looker = Callable[..., Look]


def _keep(routes: list[Route]) -> Callable[[Route], None]:
    # Playwright marks the handler it is given, which a built-in method does not allow.
    def keep(route: Route) -> None:
        routes.append(route)

    return keep


def test_a_layer_switched_off_before_its_data_came_stays_off(look: Looker) -> None:
    seen = look("/datasets", ready=False)
    late: list[Route] = []
    seen.page.route(re.compile("(public_toilet|road).geojson"), _keep(late))
    seen.go("/map" + place(1900, 1500, 15, "public_toilet.road"))
    seen.until(lambda: len(late) == 2)
    seen.switch("public_toilet", False)
    seen.switch("road", False)
    for route in late:
        with seen.page.expect_response(route.request.url):
            route.continue_()
    seen.switch("aed")
    seen.page.locator(".map-pin").first.wait_for()
    assert seen.page.locator(".map-pin[aria-label*=公衆トイレ]").count() == 0
    assert seen.page.evaluate("data_road.pieces().length") == 0


def test_hostile_texts_are_texts(look: Looker) -> None:
    seen = look("/map" + place(3300, 1500, 17, "aed"))
    seen.pin().press("Enter")
    fields = seen.panel()
    assert fields["名称"] == HOSTILE == fields["設置位置"]
    expect(seen.page.locator("#map-list-table")).to_contain_text(HOSTILE)
    assert seen.page.evaluate("window.__xss") is None
    assert seen.page.locator("#map-page img").count() == 0


def test_a_dead_base_map_is_given_up_and_the_data_stays(look: Looker, served_with_a_dead_base_map: Served) -> None:
    seen = look(on=served_with_a_dead_base_map, ready=False)
    seen.forgive(DEAD)
    seen.status("背景地図「淡色地図」につながりません")
    assert seen.page.is_checked('input[name="raster"][value=""]')
    seen.pin().press("Enter")
    assert seen.title()
    seen.page.route(DEAD + "/**", lambda route: route.fulfill(body=b"GIF89a\x01\0\x01\0\0\0\0;", content_type="image/gif"))
    seen.page.check('input[name="raster"][value="raster_0"]')
    assert seen.page.inner_text("#map-base-credit") == "<b>国土地理院</b>"


def test_bare_ground_is_paper_with_a_grid_and_says_so(look: Looker) -> None:
    seen = look()
    assert seen.page.inner_text("#map-base-credit") == ""
    for layer in ("base_land", "base_river", "base_street", "base_place"):
        seen.switch(layer, False)
    seen.page.locator(".map-grid .leaflet-tile").first.wait_for(state="attached")
    assert seen.page.inner_text("#map-base-credit") == "背景地図なし"
    seen.switch("base_land")
    expect(seen.page.locator(".map-grid")).to_have_count(0)


def test_tiles_that_fail_are_asked_for_again(look: Looker) -> None:
    seen = look("/map" + place(1900, 1500, 13, "aed"))
    seen.forgive("/tiles/", "500")
    tries: list[str] = []

    def refuse_once(route: Route) -> None:
        tries.append(route.request.url)
        if tries.count(route.request.url) == 1:
            route.fulfill(status=500)
        else:
            route.continue_()

    seen.page.route("**/tiles/**", refuse_once)
    seen.go("/map" + PARCEL)
    seen.page.reload()
    seen.page.wait_for_selector('html[data-ready="1"]')
    seen.drawn("farmland")
    assert max(tries.count(url) for url in tries) >= 2


def test_where_am_i_is_answered_or_politely_not(look: Looker) -> None:
    lng, lat = at(1500, 1700)
    here = look(geolocation={"longitude": lng, "latitude": lat}, permissions=["geolocation"])
    here.page.click("#map-locate")
    here.status("現在地を表示しました")
    assert here.where() == pytest.approx((lng, lat), abs=1e-3)
    refused = look()
    refused.page.evaluate("void (navigator.geolocation.getCurrentPosition = (yes, no) => no({code: 1, message: ''}))")
    refused.page.click("#map-locate")
    refused.status("現在地がわかりませんでした")


def test_below_a_path_prefix_everything_is_found(look: Looker, served_below_a_prefix: Served) -> None:
    seen = look("/en/map" + PARCEL, on=served_below_a_prefix)
    seen.drawn("farmland")
    seen.click_centre()
    assert seen.title() == "621番"
    link = seen.page.get_by_role("link", name="Open its page")
    assert str(link.get_attribute("href")).startswith("/mihon/en/datasets/farmland/")
