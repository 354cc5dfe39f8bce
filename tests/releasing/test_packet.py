"""The approval packet: what changes, in lists and on two maps that share their numbers, and the code of these very bytes."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bench_town import COUNT, LIBRARY, THREE, Office, benches, changed

from catalog.library import Library
from catalog.series import Series
from publish.packet.drawing import panels
from publish.packet.packet import Packet, as_html, packet_of
from publish.recipe import Acceptance, Recipe
from publish.releasing.approval import code_of
from publish.releasing.staged import read_staged
from publish.town_folder import TownFolder

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOSTILE = '"><script>alert(1)</script>\x1b[31m'
NEW = benches([{"名称": "浜", "ID": "ZZ0000000004", "緯度": "34.3", "経度": "138.3"}])
NEXT = [*changed(changed(THREE, 0, 緯度="34.1001"), 2, 備考=HOSTILE)[::2], *NEW]
"""Of three benches the second is gone, the first moved some metres, the third has a note, and there is a new one."""


@pytest.fixture
def folder(office: Office) -> TownFolder:
    office.publish(THREE)
    office.stage(NEXT)
    accept = (Acceptance(code="mobile-phone", column="備考", hash="0" * 64, by="公園課<b>", why="連絡先として公表済み"),)
    recipe = Recipe(format="1", dataset="bench", source="benches.csv", accept=accept)
    return TownFolder(office.path, office.town, LIBRARY, {"bench": recipe})


@pytest.fixture
def packet(folder: TownFolder) -> Packet:
    return packet_of(folder, "bench", "ja")


def test_the_packet_says_first_how_much_changes_and_last_the_code_of_the_content(folder: TownFolder, packet: Packet) -> None:
    assert packet.first == "追加1・変更1・削除1。個人情報の検査: 該当なし。前回から移動した地点: 1件 (11 m)。"
    entry = read_staged(folder.path, "bench")
    assert entry is not None
    assert (packet.code, packet.hash) == (code_of(entry.hash), entry.hash)
    facts = dict(packet.facts)
    assert (facts["version"], facts["section"], facts["withheld"]) == ("1.0 → 1.1", "公園課", "管理者")


def test_what_was_accepted_of_personal_data_is_counted_in_the_first_line(folder: TownFolder) -> None:
    (name, recipe), *_ = folder.recipes.items()
    mine = recipe.accept[0].model_copy(update={"code": "person-name"})
    again = TownFolder(folder.path, folder.town, LIBRARY, {name: recipe.model_copy(update={"accept": (*recipe.accept, mine)})})
    assert "個人情報の検査: 受け入れたもの1件" in packet_of(again, "bench", "ja").first
    assert "1 accepted" in packet_of(again, "bench", "en").first


def test_every_row_that_changes_has_one_number_in_lists_and_maps(packet: Packet) -> None:
    listed = {row.number: (one.kind, row.id[-1]) for one in packet.lists for row in one.rows}
    assert listed == {1: ("added", "4"), 2: ("removed", "2"), 3: ("moved", "1"), 4: ("changed", "3")}
    assert packet.maps is not None
    before, after = ({mark.number: mark.kind for mark in panel.marks} for panel in packet.maps)
    assert before == {2: "removed", 3: "moved"}
    assert after == {1: "added", 3: "moved"}
    (cell,) = packet.lists[3].rows
    assert (cell.field, cell.before, cell.after) == ("備考", "=1+1", HOSTILE)


def test_marks_stand_where_the_rows_are_north_up_in_one_frame(packet: Packet) -> None:
    assert packet.maps is not None
    before, after = packet.maps
    (added,) = (mark for mark in after.marks if mark.kind == "added")
    moved = [next(mark for mark in panel.marks if mark.kind == "moved") for panel in (before, after)]
    assert added.y < moved[0].y
    assert added.x > moved[0].x
    assert moved[1].y <= moved[0].y
    assert all(0 < mark.x < 480 and 0 < mark.y < after.height for mark in (*before.marks, *after.marks))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_texts_of_the_table_are_shown_and_do_nothing(folder: TownFolder, lang: str) -> None:
    page = as_html(folder, [packet_of(folder, "bench", lang)], lang)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "\x1b" not in page
    assert "公園課&lt;b&gt;" in page
    assert not re.search(r'(?:src|href)="|url\(', page)
    assert page.count(packet_of(folder, "bench", lang).code) == 3


def test_a_new_month_is_told_as_a_month_and_not_row_by_row(office: Office) -> None:
    people = COUNT.model_copy(update={"series": Series(period="month", headline="総人口")})
    months = [{"地域名": area, "総人口": "5", "period": month} for month in ("2026-05", "2026-06") for area in "東西"]
    office.publish(months[:2], dataset=people)
    office.stage([*changed(months[:2], 1, 総人口="8"), *months[2:]], dataset=people)
    library = Library({"people": people}, {})
    found = packet_of(TownFolder(office.path, office.town, library, {}), "people", "ja")
    assert found.first == "2026年6月を追加(2行)、2026年5月を訂正(追加0・変更1・削除0)。個人情報の検査: 該当なし。"
    assert dict(found.facts)["headline"] == "総人口 10 (前月比 −3)"
    assert [(one.kind, [row.id for row in one.rows]) for one in found.lists] == [("changed", ["2026-05/西"])]
    page = as_html(TownFolder(office.path, office.town, library, {}), [found], "ja")
    assert "お知らせの一文</dt><dd>総人口 10 (前月比 −3)" in page


def test_a_first_release_is_drawn_and_lists_nothing(office: Office) -> None:
    office.stage(THREE)
    first = packet_of(TownFolder(office.path, office.town, LIBRARY, {}), "bench", "ja")
    assert first.lists == ()
    assert first.maps is not None
    assert (first.maps[0].path, first.maps[1].path != "") == ("", True)


def test_a_map_of_many_features_is_drawn_with_the_ink_of_its_pixels(tmp_path: Path) -> None:
    line = '{"type":"Feature","id":"%d","geometry":{"type":"Point","coordinates":[%f,34.8]},"properties":{}}'
    lines = (line % (n, 138 + n % 50 / 100000) for n in range(20_000))
    path = tmp_path / "many.geojson"
    path.write_text("\n".join(lines), "utf-8")
    drawn = panels(None, path, {})
    assert drawn is not None
    assert len(drawn[1].path) < 2_000


def test_nothing_without_a_place_is_drawn() -> None:
    assert panels(None, None, {}) is None


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 360])
def test_the_page_opens_from_a_file_share_and_has_no_fault_for_a_screen_reader(
    folder: TownFolder, packet: Packet, tmp_path: Path, chromium: "Browser", width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    path = tmp_path / "決裁資料.html"
    path.write_text(as_html(folder, [packet], "ja"), "utf-8")
    page = chromium.new_page(viewport={"width": width, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert Axe().run(page).violations_count == 0
    assert asked == [path.as_uri()]
    page.close()
