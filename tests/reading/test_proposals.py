"""A proposed recipe: the right definition or one sentence; each line with how sure it is and why; read back as it was."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.dataset import Dataset
from catalog.errors import UnusableSource
from catalog.library import read_library
from catalog.town import Town, TownName
from catalog.yaml_text import read_yaml
from publish.headings.matching import match
from publish.headings.proposal import Proposal, propose, propose_and_read
from publish.headings.together import together
from publish.headings.writing import scalar
from publish.reading.source import read
from publish.recipe import AsOf, FromPlace, Parsed, read_recipe

Put = Callable[[str, str | bytes], Path]
LIBRARY = read_library()
TOWN = Town(format=1, code="222127", name=TownName(ja="焼津市", en="Yaizu"), zone=8)
OLD_AED = (
    "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,住所,緯度,経度,小児対応設備の有無,内部メモ,空\n"
    "222127,1,静岡県,焼津市,あ,い,34.1,138.1,有,秘,\n"
)


def proposed(path: Path, dataset: str | None = None) -> Proposal:
    return propose(path, path.name, LIBRARY, TOWN, dataset)


def why(proposal: Proposal) -> dict[str, tuple[str, str]]:
    return {one.heading: (one.field, one.why) for one in proposal.ground.matches}


def test_headings_of_the_older_standard_are_certain(put: Put) -> None:
    proposal = proposed(put("222127_aed.csv", OLD_AED))
    assert (proposal.dataset.id, proposal.confidence, proposal.unmapped) == ("aed", "certain", ("内部メモ",))
    assert why(proposal)["NO"] == ("ID", "old")
    assert why(proposal)["住所"] == ("所在地_連結表記", "old")
    assert proposal.recipe.combine == {"地方公共団体名": ("都道府県名", "市区町村名")}
    assert (proposal.recipe.columns["内部メモ"], proposal.recipe.columns["空"]) == ("ignore", "ignore")


def test_the_recipe_is_read_back_from_its_yaml_in_both_languages(put: Put, tmp_path: Path) -> None:
    proposal = proposed(put("222127_aed_20260401.csv", "一覧\n\n" + OLD_AED))
    for lang in ("ja", "en"):
        path = tmp_path / "aed.yaml"
        path.write_text(proposal.to_yaml(lang), "utf-8")
        assert read_recipe(path) == proposal.recipe
    text = proposal.to_yaml("ja")
    assert '"NO": ID' in text
    assert "# 確実: 旧標準の見出し" in text
    assert "heading: [3, 3]" in text
    assert proposal.recipe.source == "222127_aed_*.csv"
    assert proposal.recipe.as_of == AsOf(source="filename")


def test_without_a_date_the_as_of_day_is_asked_for(put: Put) -> None:
    text = proposed(put("222127_aed.csv", OLD_AED)).to_yaml()
    assert "\n# as_of: 2026-04-01" in text


COMBINED = {
    "hours": ("時間帯", ["9:00～17:00", "9時から12時まで"], ("開始時間", "終了時間"), "pieces"),
    "height": ("高さ", ["標高:34.90m", "3階"], ("高度の種別", "高度の値"), "pieces"),
    "phone_extension": ("電話番号", ["054-626-1111(内線123)", "054-626-1112"], ("電話番号", "内線番号"), "pieces"),
    "address_building": ("住所", ["本町2-16-32　市役所3階", "本町1"], ("所在地_連結表記", "建物名等(方書)"), "pieces"),
    "name_kana": ("名称", ["市役所（シヤクショ）", "学校(ガッコウ)"], ("名称", "名称_カナ"), "reading"),
    "lat_lon": ("位置", ["34.8,138.3", "北緯34.7 東経138.1"], ("緯度", "経度"), "pair"),
    "lon_lat": ("位置", ["POINT(138.3 34.8)", "138.1 34.7"], ("経度", "緯度"), "pair"),
}


@pytest.mark.parametrize("parser", COMBINED)
def test_a_column_of_several_values_is_proposed_to_be_taken_apart_where_every_text_can_be(parser: str, put: Put) -> None:
    heading, texts, fields, reason = COMBINED[parser]
    rest = [word for word in ("NO", "名称", "住所", "緯度", "経度") if word not in (heading, *fields)]

    def of(values: list[str]) -> Proposal:
        lines = [[*rest, heading], *([*("あ" for _ in rest), text] for text in values)]
        return proposed(put("a.csv", "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)), "aed")

    proposal = of(texts)
    assert proposal.recipe.columns[heading] == Parsed(parser=parser, fields=fields)
    assert why(proposal)[heading] == (fields[0], reason)
    assert proposal.confidence == ("guess" if reason == "reading" else "likely")
    assert f"{{parser: {parser}, fields: [{fields[0]}, " in proposal.to_yaml("ja")
    assert not isinstance(of([*texts, "(なし)"]).recipe.columns[heading], Parsed)


def test_a_heading_in_another_unit_is_proposed_and_its_numbers_are_converted(put: Put) -> None:
    path = put("road.csv", "路線番号,路線名,延長（km）,最大幅員(cm),起点\n1,本町線,1.2,450,あ\n")
    proposal = proposed(path, "road")
    assert why(proposal) | {"路線番号": ("", ""), "路線名": ("", ""), "起点": ("", "")} == {
        "路線番号": ("", ""),
        "路線名": ("", ""),
        "延長（km）": ("延長", "unit"),
        "最大幅員(cm)": ("幅員_最大", "unit"),
        "起点": ("", ""),
    }
    assert "延長の単位に換算する" in proposal.to_yaml("ja")


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        (["7000012050002", "8000012010039"], ""),
        (["7000012050002", "T7000012050002"], "法人番号"),
        (["425-8502", "〒４２５－００１１"], "郵便番号"),
        (["月～金", "土日"], "利用可能曜日"),
        (["月", "火"], ""),
        (["4258502", "4250011"], ""),
        (["054-626-1111", "054-626-1112"], ""),
        (["月～金", "未定"], ""),
        (["425-8502"], ""),
    ],
)
def test_a_heading_that_says_nothing_is_known_by_the_shape_of_its_values(texts: list[str], field: str, put: Put) -> None:
    lines = "".join(f"{number},あ,い,34.1,138.1,{text}\n" for number, text in enumerate(texts))
    proposal = proposed(put("a.csv", f"NO,名称,住所,緯度,経度,列七\n{lines}"), "aed")
    assert why(proposal)["列七"] == ((field, "shape") if field else ("", "none"))
    assert field == "" or "要確認: 値の形から推定" in proposal.to_yaml("ja")


def test_an_address_without_a_building_or_with_a_column_for_it_is_not_taken_apart(put: Put) -> None:
    assert proposed(put("222127_aed.csv", OLD_AED)).recipe.columns["住所"] == "所在地_連結表記"
    building = OLD_AED.replace("住所", "住所,方書").replace("い,", "本町2　市役所,3階,")
    assert proposed(put("222127_aed.csv", building)).recipe.columns["住所"] == "所在地_連結表記"


def test_two_headings_of_one_field_are_not_both_mapped(put: Put) -> None:
    proposal = proposed(put("aed.csv", "名称,施設名,住所,緯度,経度,小児対応設備の有無\nあ,い,う,34,138,有\n"))
    assert why(proposal)["名称"] == ("名称", "same")
    assert why(proposal)["施設名"] == ("", "double")
    assert proposal.recipe.columns["施設名"] == "ignore"


def test_a_nearly_equal_heading_is_likely(put: Put) -> None:
    proposal = proposed(put("aed.csv", "名称,所在地_連結表示,緯度,経度,小児対応設備の有無\nあ,い,34.1,138.1,有\n"))
    assert why(proposal)["所在地_連結表示"] == ("所在地_連結表記", "similar")
    assert proposal.confidence == "likely"


def test_values_alone_can_speak_for_coordinates(put: Put) -> None:
    proposal = proposed(put("aed.csv", "名称,住所,小児対応設備の有無,x,y\nあ,い,有,138.1,34.1\nか,き,無,138.2,34.2\n"))
    assert (why(proposal)["x"], why(proposal)["y"]) == (("経度", "range"), ("緯度", "range"))
    assert proposal.confidence == "guess"
    pair = proposed(put("b_aed.csv", '名称,住所,小児対応設備の有無,位置\nあ,い,有,"34.1,138.1"\n'))
    assert pair.recipe.columns["位置"] == Parsed(parser="lat_lon", fields=("緯度", "経度"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("公園.csv", "名称,住所,緯度,経度,電話番号\nあ,い,34,138,1\n"),
        ("表.csv", "甲,乙,丙\n1,2,3\n"),
        ("集会所.csv", "名称,住所,緯度,経度,電話番号,担当課\nあ,い,34,138,1,う\n"),
        ("会議室.csv", "名称,住所,説明,定員\nあ,い,う,30\n"),
        ("駐車場つき.csv", "名称,住所,説明,アクセス方法\nあ,い,う,え\n"),
        ("旅館.csv", "名称,住所,緯度,経度,開始時間,利用可能曜日,客室数\nあ,い,34,138,9:00,月,30\n"),
    ],
)
def test_a_table_of_another_kind_is_not_taken_for_one_we_know(name: str, text: str, put: Put) -> None:
    with pytest.raises(UnusableSource) as refused:
        proposed(put(name, text))
    assert refused.value.code == "no-fitting-heading"
    assert refused.value.fix["ja"]


def table(dataset: Dataset, *, old: bool) -> str:
    """Return a table of one row under the present headings, or under those of the older standard where it has others."""
    headings = [field.old[0] if old and field.old else field.name for field in dataset.fields]
    values = [LIBRARY.code_lists[field.codes].values[-1] if field.codes else "1" for field in dataset.fields]
    return ",".join(headings) + "\n" + ",".join(values) + "\n"


@pytest.mark.parametrize("old", [False, True], ids=["present", "older"])
@pytest.mark.parametrize("dataset", [one for one in LIBRARY.values() if not one.standard.local], ids=lambda one: one.id)
def test_headings_alone_say_which_national_table_it_is(dataset: Dataset, old: bool, put: Put) -> None:
    assert proposed(put("表.csv", table(dataset, old=old))).dataset.id == dataset.id


def test_facilities_of_the_older_standard_are_known_by_headings_that_stand_together_there_only(put: Put) -> None:
    headings = "NO,名称,名称_カナ,名称_通称,POIコード,住所,方書,電話番号,団体名,利用可能曜日,説明,URL,備考"
    proposal = proposed(put("表.csv", f"{headings}\n{','.join('1' * (headings.count(',') + 1))}\n"))
    assert (proposal.dataset.id, proposal.confidence) == ("public_facility", "certain")
    with pytest.raises(UnusableSource):
        proposed(put("表.csv", "名称,住所,POIコード,説明\nあ,い,う,え\n"))


def test_a_place_in_coordinates_does_not_say_which_facility_it_is(put: Put) -> None:
    table = '施設名,位置,利用時間,休み\n公民館,"34.1,138.1",9:00-17:00,月\n図書館,"34.2,138.2",9:00-17:00,火\n'
    with pytest.raises(UnusableSource):
        proposed(put("表.csv", table))


def square(properties: dict[str, object]) -> dict[str, object]:
    ring = [[138.1, 34.1], [138.2, 34.1], [138.2, 34.2], [138.1, 34.1]]
    return {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]}, "properties": properties}


def collection(*features: dict[str, object]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}, ensure_ascii=False)


def test_a_map_that_only_numbers_its_areas_is_refused_and_says_what_is_missing(put: Put) -> None:
    path = put("市街化区域界・市街化調整区域界.geojson", collection(square({"FID": 0}), square({"FID": 1})))
    for dataset in (None, "area_division"):
        with pytest.raises(UnusableSource) as refused:
            proposed(path, dataset)
        assert "列が FID しかありません" in refused.value.message["ja"]
        assert "区域区分" in refused.value.message["ja"]


def test_a_zone_in_the_file_name_fills_the_rows_that_lack_it(put: Put) -> None:
    put("商業地域/attributes.csv", "original_name,display_name\nSAFIELD000,用途地域\nSAFIELD001,容積率（％）\n")
    blank = put(
        "商業地域/商業地域.geojson",
        collection(square({"SAFIELD000": "商業地域", "SAFIELD001": 400}), square({"SAFIELD000": ""})),
    )
    put("工業地域/attributes.csv", "original_name,display_name\nSAFIELD000,用途地域\nSAFIELD001,容積率（％）\n")
    whole = put("工業地域/工業地域.geojson", collection(square({"SAFIELD000": "工業地域", "SAFIELD001": 200})))
    proposals = [proposed(whole), proposed(blank)]
    assert [one.recipe.constant for one in proposals] == [{}, {"用途地域": FromPlace(source="filename")}]
    both = together(proposals, "*地域/*地域.geojson")
    assert both.recipe.constant == {"用途地域": FromPlace(source="filename")}
    assert (both.recipe.parts, both.recipe.attributes, both.recipe.source) == ("all", "attributes.csv", "*地域/*地域.geojson")


def test_a_kind_that_is_not_required_is_read_from_a_name_that_is_its_value_and_only_where_all_files_say_it(put: Put) -> None:
    def line(name: str) -> Proposal:
        shape = {"type": "LineString", "coordinates": [[138.3, 34.86], [138.31, 34.87]]}
        path = put(
            name, collection({"type": "Feature", "properties": {"路線名": "本線", "注意事項": "砂利"}, "geometry": shape})
        )
        return proposed(path, "farm_road")

    farm, forest, other = line("農道.geojson"), line("林道.geojson"), line("R8の道.geojson")
    said = {"種別": FromPlace(source="filename")}
    assert [one.recipe.constant for one in (farm, forest, other)] == [said, said, {}]
    assert together([farm, forest], "*道.geojson").recipe.constant == said
    assert together([farm, other], "*道.geojson").recipe.constant == {}


def test_a_column_whose_values_contradict_its_codes_is_not_that_column(put: Put) -> None:
    path = put("最低敷地.geojson", collection(square({"用途地域": "敷地面積の最低限度", "容積率": 100})))
    with pytest.raises(UnusableSource):
        proposed(path)


def test_month_before_day_is_proposed_where_the_file_name_agrees(put: Put) -> None:
    text = "surveyDate,regionName,totalPopulation,male\n11/1/2018,あ町,10,5\n"
    proposal = proposed(put("population_201811.csv", text))
    assert proposal.recipe.columns["surveyDate"] == Parsed(parser="mdy", fields=("調査年月日",))
    assert proposal.recipe.period == AsOf(source="column", column="surveyDate")
    assert proposal.recipe.parts == "all"
    other = proposed(put("population_201901.csv", text))
    assert other.recipe.columns["surveyDate"] == "調査年月日"


@pytest.mark.parametrize("dataset", list(LIBRARY))
def test_every_field_is_matched_by_each_of_its_own_names(dataset: str) -> None:
    one = LIBRARY[dataset]
    for words in ([field.name for field in one.fields], [field.key for field in one.fields]):
        matches, _ = match(words, one, LIBRARY)
        assert [found.field for found in matches] == list(one.names)
        assert {found.sure for found in matches} == {"certain"}


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(min_size=1, max_size=12))
def test_any_text_survives_yaml(text: str) -> None:
    if any(0xD800 <= ord(character) <= 0xDFFF for character in text):
        return
    assert yaml.load(f"{scalar(text)}: {scalar(text)}", Loader=yaml.BaseLoader) == {text: text}


def test_a_hostile_heading_cannot_leave_its_line(put: Put, tmp_path: Path) -> None:
    path = put("aed.csv", '名称,住所,小児対応設備の有無,"x: y #\nreject: [required]"\nあ,い,有,1\n')
    proposal = proposed(path)
    saved = tmp_path / "recipe.yaml"
    saved.write_text(proposal.to_yaml(), "utf-8")
    assert read_recipe(saved) == proposal.recipe
    assert "reject" not in read_yaml(saved, UnusableSource)


def test_headings_that_look_alike_and_mean_the_opposite_are_not_taken_for_each_other() -> None:
    toilet = LIBRARY["public_toilet"]
    matches, _ = match(["女性トイレ数（小便器）"], toilet, LIBRARY)
    assert "男性トイレ数（小便器）" in toilet.names
    assert [one.why for one in matches] == ["none"]


SHEETS = {"表紙": [["公開用"]], "一覧": [["AED設置箇所一覧"], *(line.split(",") for line in OLD_AED.split("\n"))]}


@pytest.mark.parametrize("before", ["", "一覧\n\n", "#\n"])
def test_a_text_read_for_the_proposal_is_read_as_its_recipe_reads_it(before: str, put: Put) -> None:
    path = put("222127_aed.csv", before + OLD_AED)
    proposal, raw = propose_and_read(path, path.name, LIBRARY, TOWN)
    assert raw == read(path, name=path.name, recipe=proposal.unconfirmed)


def test_a_workbook_read_for_the_proposal_is_read_as_its_recipe_reads_it(workbook: Callable[..., Path]) -> None:
    path = workbook("222127_aed.xlsx", **SHEETS)
    proposal, raw = propose_and_read(path, path.name, LIBRARY, TOWN)
    assert proposal.recipe.sheet == "一覧"
    assert raw == read(path, name=path.name, recipe=proposal.unconfirmed)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        *(
            ("名称\n（必須）※", "名称"),
            ("【必須】名称", "名称"),
            ("住所 ※必須", "所在地_連結表記"),
            ("電話番号(半角)", "電話番号"),
        ),
        *(("電話番号（半角数字、ハイフンあり）", "電話番号"), ("利用開始時間(例:9:00)", "開始時間"), ("緯度(10進)", "緯度")),
        *(("名称(通称)", ""), ("電話番号(夜間)", ""), ("名称" + "例" * 50, "")),
    ],
)
def test_what_a_form_adds_to_a_heading_is_no_part_of_it(heading: str, field: str) -> None:
    (found,), _ = match([heading], LIBRARY["aed"], LIBRARY)
    assert (found.field, found.why) == ((field, "marked") if field else ("", "none"))


def test_a_table_whose_headings_stand_one_below_the_other_is_refused_with_what_to_do(put: Put) -> None:
    turned = put("aed.csv", "名称,役場,公民館\n住所,本町1,港町2\n緯度,34.1,34.2\n経度,138.1,138.2\n備考,,\n")
    with pytest.raises(UnusableSource) as refused:
        proposed(turned)
    assert refused.value.code == "rows-and-columns"
    assert "行/列の入れ替え" in refused.value.fix["ja"]
