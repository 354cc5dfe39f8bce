"""The map as people use it, in a real Chromium: mouse, finger, keyboard, list, search, address."""

import re
from collections.abc import Callable

import pytest
from little_site import PARCEL, at, place, road_point
from looking import Look
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
Looker = Callable[..., Look]


def test_the_map_is_ready_and_asks_nobody_else(look: Looker) -> None:
    seen = look()
    seen.until(lambda: seen.page.locator(".map-pin").count() > 10)
    assert seen.page.locator("#map-page").get_attribute("data-root") == "/"


def test_a_click_on_a_parcel_reads_its_row(look: Looker) -> None:
    seen = look("/map" + PARCEL)
    seen.drawn("farmland")
    seen.click_centre()
    expect(seen.page.locator("#map-panel-fields")).to_contain_text("420 m²")
    fields = seen.panel()
    assert (fields["地番"], fields["所在"], fields["地目"], fields["面積"]) == ("621番", "見本町大字浜田", "畑", "420 m²")


def test_a_finger_reads_the_same_row_closer_than_the_tiles_go(look: Looker) -> None:
    seen = look("/map" + PARCEL.replace("#18", "#19"), width=360, height=740, phone=True)
    seen.drawn("farmland")
    seen.page.touchscreen.tap(*seen.centre())
    assert seen.panel()["地番"] == "621番"


def test_a_road_is_found_a_few_pixels_beside_it(look: Looker) -> None:
    seen = look("/map" + place(*road_point(5, 20), 17, "road"))
    seen.drawn("road")
    seen.click_centre(0, 6)
    fields = seen.panel()
    assert (fields["路線名"], fields["路線番号"], fields["幅員_最大"]) == ("町道6号本町線", "0006", "6.5 m")


def test_what_lies_above_each_other_is_offered_and_the_line_comes_first(look: Looker) -> None:
    seen = look("/map" + place(*road_point(1, 7), 16, "road.zoning"))
    seen.drawn("road", "zoning")
    seen.click_centre()
    assert seen.title() == "町道2号本町線"
    choice = seen.page.locator("#map-panel-choice button")
    assert [text.split("（")[1] for text in choice.all_inner_texts()] == ["認定路線(市町村道)）", "用途地域）"]
    choice.nth(1).click()
    assert seen.title() == "第一種低層住居専用地域"


def test_of_areas_the_smallest_comes_first(look: Looker) -> None:
    seen = look("/map" + place(300 + 34 * 24 + 11.5, 2050 + 8 * 18 + 8.5, 18, "zoning.farmland"))
    seen.drawn("farmland", "zoning")
    seen.click_centre()
    assert seen.title() == "515番"
    assert seen.page.locator("#map-panel-choice button").all_inner_texts() == ["515番（農地）", "工業専用地域（用途地域）"]


def test_numbers_are_told_as_they_were_published(look: Looker) -> None:
    seen = look("/map" + place(950, 600, 17, "aed"))
    seen.page.get_by_role("button", name="見本町役場 AED設置箇所一覧", exact=True).press("Enter")
    lng, lat = at(950, 600)
    fields = seen.panel()
    assert (fields["緯度"], fields["経度"]) == (f"{lat} 度", f"{lng} 度")


def test_an_empty_place_says_so(look: Looker) -> None:
    seen = look("/map" + place(3500, 1500, 17, "aed"))
    seen.click_centre(120, 120)
    seen.status("ここには、表示中のものがありません")


def test_layers_are_switched_on_and_off_and_it_is_said(look: Looker) -> None:
    seen = look("/map" + place(1900, 1500, 15, "aed"))
    seen.switch("zoning")
    seen.status("「用途地域」を表示しました")
    seen.drawn("zoning")
    assert "zoning" in seen.state()
    seen.switch("zoning", False)
    seen.status("「用途地域」を消しました")
    assert "zoning" not in seen.state()
    seen.switch("aed", False)
    expect(seen.page.locator(".map-pin")).to_have_count(0)


def test_the_keyboard_does_all_of_it(look: Looker) -> None:
    seen = look("/map" + PARCEL)
    seen.drawn("farmland")
    keys = seen.page.keyboard
    seen.page.evaluate("document.activeElement.blur()")
    keys.press("Tab")
    assert seen.page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    keys.press("Tab")
    assert seen.page.evaluate("document.activeElement.getAttribute('href')") == "#map-list"
    seen.page.focus("#map_main")
    before = seen.where()
    keys.press("ArrowRight")
    seen.until(lambda: seen.where()[0] > before[0])
    seen.go("/map" + PARCEL)
    seen.page.reload()
    seen.drawn("farmland")
    seen.page.focus("#map_main")
    keys.press("Enter")
    assert seen.title() == "621番"
    assert seen.focused() == "map-panel-title"
    keys.press("Escape")
    expect(seen.page.locator("#map-panel")).to_be_hidden()
    assert seen.focused() == "map_main"
    keys.press("Tab")
    assert seen.focused() != "map_main"


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_marker_is_a_button(look: Looker, key: str) -> None:
    seen = look("/map" + place(950, 600, 17, "aed"))
    pin = seen.page.get_by_role("button", name="見本町役場 AED設置箇所一覧", exact=True)
    pin.focus()
    seen.page.keyboard.press(key)
    assert seen.title() == "見本町役場"
    seen.page.keyboard.press("Escape")
    expect(pin).to_be_focused()


def test_the_map_moves_without_dragging(look: Looker) -> None:
    seen = look("/map" + place(1900, 1500, 15, "aed"))
    seen.page.click("#map-move")
    before = seen.where()
    seen.page.click(".map-pad-north")
    seen.until(lambda: seen.where()[1] > before[1])
    seen.page.click('button[data-zoom="1"]')
    seen.until(lambda: seen.zoom() == 16)


def test_the_list_follows_the_map_and_leads_back_to_it(look: Looker) -> None:
    seen = look("/map" + place(1900, 1500, 14, "aed"))
    seen.drawn("aed")
    expect(seen.page.locator("#map-list-count")).to_have_text("AED設置箇所一覧: 見えている範囲に25件")
    assert seen.page.locator("#map-list-table tbody tr").count() == 25
    seen.page.get_by_role("button", name="中央図書館", exact=True).click()
    assert seen.title() == "中央図書館"
    assert seen.zoom() == 16
    expect(seen.page.locator("#map-list-count")).not_to_have_text(re.compile("25件"))


def test_the_address_holds_the_state(look: Looker) -> None:
    seen = look("/map" + place(1900, 1500, 15, "road.zoning") + "/zoning:x")
    seen.forgive("404")
    seen.status("地図の上に見つかりませんでした")
    assert not seen.page.is_checked('input[value="aed"]')
    assert seen.page.is_checked('input[value="zoning"]')
    seen.click_centre(40, 40)
    title = seen.title()
    address = seen.page.url
    seen.page.go_back()
    expect(seen.page.locator("#map-panel")).to_be_hidden()
    again = look(address.removeprefix(seen.origin))
    assert again.title() == title


@pytest.mark.parametrize("bad", ["#x", "#99/1/2", "#15/abc/1", "#15/35/139/AED!/%", "#15/35/139/aed/aed:%E0%A4%A"])
def test_a_bad_address_is_not_followed(look: Looker, bad: str) -> None:
    assert look("/map" + bad).page.locator("#map-panel").is_hidden()


def test_the_search_field_offers_and_goes_there(look: Looker) -> None:
    seen = look()
    field = seen.page.locator("#map-search")
    field.fill("体育館")
    expect(seen.page.get_by_role("option").first).to_contain_text("町民体育館")
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == "map-search-0"
    field.press("Enter")
    assert seen.title() == "町民体育館"
    assert seen.zoom() == 17


def test_a_search_without_a_hit_says_so(look: Looker) -> None:
    seen = look()
    seen.page.fill("#map-search", "ぬるぽ")
    seen.status("「ぬるぽ」に合うものは見つかりませんでした")


def test_a_layer_for_viewing_only_tells_what_its_tiles_carry(look: Looker) -> None:
    seen = look("/map" + place(1922, 940, 18, "water_pipe"))
    seen.drawn("water_pipe")
    seen.page.evaluate("map_main.fire('click', {latlng: map_main.getCenter()})")
    assert set(seen.panel()) <= {"用途", "口径"}
    text = seen.page.inner_text("#map-panel")
    assert "ファイルでは配布していません" in text
    assert "くわしいページ" not in text
