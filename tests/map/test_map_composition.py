"""folium's part: the same bytes every time, nothing of the data in the script, no address but the configured ones."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from little_site import HOSTILE

from catalog.base_map import origin, outside_hosts, usable
from catalog.dataset import Dataset
from catalog.library import read_library
from catalog.site.snapshot import read_snapshot
from catalog.town import BaseMap, MapSettings
from gis.map.card import cards
from gis.map.classes import MOST, class_limits
from gis.map.composition import NAME, Raster, View, compose
from gis.map.layer_list import MapLayer, layer_list
from gis.map.legend import code_labels, legend
from gis.map.style import PALETTE, style_of

VIEW = View((138.5, 34.7), 14, (138.4, 34.6, 138.6, 34.8))


@pytest.fixture(scope="module")
def layers(site: Path) -> tuple[MapLayer, ...]:
    return layer_list(read_snapshot(site).releases.values(), {})


def test_the_same_layers_compose_to_the_same_bytes(layers: tuple[MapLayer, ...]) -> None:
    assert compose(VIEW, [], layers) == compose(VIEW, [], layers)


def test_the_html_is_a_container_without_style_or_script(layers: tuple[MapLayer, ...]) -> None:
    html = compose(VIEW, [], layers).html
    assert f'id="{NAME}"' in html
    assert "style" not in html
    assert "<script" not in html


def test_the_script_names_no_outside_address_but_the_base_maps(layers: tuple[MapLayer, ...]) -> None:
    raster = Raster("raster_0", "https://tiles.example.jp/{z}/{x}/{y}.png", 18)
    script = compose(VIEW, [raster], layers).script
    assert set(re.findall(r"https?://[^/\"]+", script)) == {"https://tiles.example.jp"}
    assert "bindPopup" not in script
    assert "bindTooltip" not in script


@given(text=st.sampled_from([HOSTILE, "</script>", "`${alert(1)}`", "';alert(1);'", "\u2028"]) | st.text(max_size=40))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_a_hostile_address_stays_a_text(text: str) -> None:
    script = compose(VIEW, [Raster("raster_0", text + "{z}", 18)], []).script
    assert "<" not in script
    written = re.search(r'L\.tileLayer\(\s*(".*"),', script)
    assert written
    assert json.loads(written[1]) == text + "{z}"


def test_titles_and_texts_of_a_definition_are_not_in_the_script(layers: tuple[MapLayer, ...]) -> None:
    script = compose(VIEW, [], layers).script
    for layer in layers:
        assert json.dumps(layer.release.dataset.description.ja)[1:-1] not in script
        assert layer.release.dataset.title.en not in script


def test_areas_lie_below_lines_thick_lines_below_thin_ones_and_the_ground_below_all(layers: tuple[MapLayer, ...]) -> None:
    places = {layer.id: layer.z_index for layer in layers}
    assert places["base_land"] < places["base_river"] < places["base_street"] < places["base_place"]
    assert places["base_place"] < places["farmland"] < places["zoning"] < places["road"] < places["water_pipe"] < places["aed"]
    assert {layer.id for layer in layers if layer.base} == {"base_land", "base_river", "base_street", "base_place"}


def test_tiles_serve_large_and_viewed_layers_and_geojson_the_others(layers: tuple[MapLayer, ...]) -> None:
    urls = {layer.id: layer.url for layer in layers}
    assert urls["aed"] == "files/aed/1.0/999997_aed.geojson"
    assert urls["farmland"] == "tiles/farmland/1.0/{z}/{x}/{y}.mvt"
    assert urls["water_pipe"] == "tiles/water_pipe/1.0/{z}/{x}/{y}.mvt"
    by_id = {layer.id: layer for layer in layers}
    assert by_id["farmland"].data_zoom == (11, 15)
    assert by_id["farmland"].min_zoom == 15
    assert by_id["water_pipe"].release.cls == "view"


def test_cards_speak_the_readers_language(layers: tuple[MapLayer, ...]) -> None:
    japanese, english = ({card["id"]: card for card in cards(layers, lang)} for lang in ("ja", "en"))
    assert japanese["aed"]["title"] == "AED設置箇所一覧"
    assert english["aed"]["title"] == "AED locations"
    assert japanese["aed"]["fields"][0]["title"] == "名称"
    assert english["aed"]["fields"][0]["title"] == "Name"
    assert english["aed"]["fields"][-1]["name"] in ("地方公共団体名", "全国地方公共団体コード")
    assert japanese["farmland"]["list_fields"] == ["所在", "地番", "地目"]
    assert not japanese["water_pipe"]["open"]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(
    "dataset", [one for one in read_library().values() if one.map and one.geometry], ids=lambda one: one.id
)
def test_every_class_that_is_drawn_has_its_line_in_the_legend(dataset: Dataset, lang: str) -> None:
    style = style_of(dataset, dataset.geometry.kind if dataset.geometry else "")
    lines = legend(dataset, style, read_library().code_lists, lang)
    assert len(lines) == (len(style.cases) + 1 if style.cases else 0)
    assert [line.brush for line in lines[:-1]] == [brush for _, brush in style.cases]
    assert all(line.label for line in lines)
    # Colour never stands alone: what differs in it differs in short text, dash or width too.
    marks = {(line.brush.short, line.brush.dash, line.brush.width) for line in lines}
    colours = {(line.brush.fill, line.brush.stroke) for line in lines}
    assert len(marks) >= len(colours)


def test_code_labels_name_only_what_does_not_name_itself() -> None:
    library = read_library()
    aed = library["aed"]
    coded = next(field for field in library["public_toilet"].fields if field.codes)
    assert code_labels(aed, "名称", library.code_lists, "en") == {}
    assert "有" not in code_labels(library["public_toilet"], coded.name, library.code_lists, "ja")


def test_a_definition_without_a_style_gets_a_colour_of_its_own() -> None:
    bare = read_library()["zoning"].model_copy(update={"map": None})
    style = style_of(bare, "polygon")
    assert style.default.fill in PALETTE
    assert style == style_of(bare, "polygon")
    assert legend(bare, style, {}, "ja") == ()


@given(numbers=st.lists(st.floats(-1e9, 1e9), max_size=60), count=st.integers(0, 7))
@settings(max_examples=80, deadline=None, derandomize=True)
def test_class_limits_rise_and_part_the_numbers(numbers: list[float], count: int) -> None:
    limits = class_limits(numbers, count)
    assert list(limits) == sorted(set(limits))
    assert len(limits) < MOST
    for limit in limits:
        assert min(numbers) < limit <= max(numbers)


def test_classes_are_drawn_from_light_to_dark_and_named_with_their_unit() -> None:
    road = read_library()["road"]
    assert road.map
    spec = road.map.model_copy(
        update={"style": road.map.style.model_copy(update={"by": "幅員_最小", "cases": {}, "classes": 3})}
    )
    graded = road.model_copy(update={"map": spec})
    style = style_of(graded, "line", (4.0, 6.0))
    assert [entry.label for entry in legend(graded, style, {}, "ja")] == ["4m未満", "4m以上 6m未満", "6m以上", "不明"]
    assert legend(graded, style, {}, "en")[0].label == "below 4 m"
    assert len(style.steps) == 3


def base_map(url: str) -> BaseMap:
    return BaseMap.model_validate({"name": {"ja": "a", "en": "a"}, "url": url, "attribution": {"ja": "a", "en": "a"}})


@given(url=st.text(max_size=60) | st.from_regex(r"https?://[a-z.{}:0-9;' ]{1,30}/.{0,9}", fullmatch=True))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_only_plain_origins_reach_the_policy(url: str) -> None:
    for host in outside_hosts(MapSettings(closed=False, bases=(base_map(url),))):
        assert re.fullmatch(r"https?://(\*\.)?[a-z0-9.-]+(:[0-9]+)?", host)


def test_a_closed_map_has_no_outside_host_and_an_own_mirror_needs_none() -> None:
    outside, own, sly = (base_map(url) for url in ("https://a.example/{z}", "/mirror/{z}", "//a.example/{z}"))
    assert outside_hosts(MapSettings(closed=True, bases=(outside,))) == ()
    assert usable(MapSettings(closed=False, bases=(outside, own, sly))) == (outside, own)
    assert origin(sly.url) is None
