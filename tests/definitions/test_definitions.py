"""What every definition and code list that comes with machizu holds to (docs/definitions.md)."""

import re
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from catalog.dataset import BODY_CODE, Dataset, Field
from catalog.errors import DefinitionError
from catalog.folding import fold, heading_key
from catalog.library import read_dataset, read_library, shipped_folder
from catalog.strict import parse
from catalog.yaml_text import read_yaml
from tools.editor_schema import made, schema

LIBRARY = read_library()
FIELDS = [(dataset, field) for dataset in LIBRARY.values() for field in dataset.fields]
FILES = sorted(shipped_folder().glob("*/*.yaml"))
PAGE = Path(__file__).parents[2] / "docs" / "definitions.md"
HELD_BACK = {
    "cultural_property": {"所有者等"},
    "food_business": {"法人名"},
    "farmland_pin": {
        *("農業委員会コード", "農業委員会名", "農地ピン_都道府県コード", "大字コード", "地目コード"),
        *("所有者の意向コード", "所有者の意向", "耕作者整理番号", "権利の種類コード", "権利設定内容コード"),
        *("権利設定内容", "利用状況調査日", "利用状況調査結果コード", "利用状況調査結果", "利用意向調査日"),
        *("意向表明コード", "意向表明", "意向確認結果コード", "意向確認結果", "公示日"),
        *("農地ピン_中間管理権", "勧告日", "措置命令日", "公告日", "ポリゴン区分コード"),
        *("ポリゴン区分", "台帳ID", "台帳種別"),
    },
}
"""Columns of the standard that are read and not published. 所有者等: many owners, and all holders of an intangible property,
are persons, and the standard does not tell persons and organisations apart. 法人名: a sole trader's own name stands there.
農地ピン: what the published columns leave over; for none of it was a ground to publish it confirmed."""
PORTAL_TAG_KNOWN = {
    *("aed", "care_service", "hospital", "cultural_property", "tourism"),
    *("public_toilet", "evacuation_space", "population"),
}
"""What BODIK calls them could be seen for the first row only; of the other national datasets it is not known."""


class _Core(yaml.SafeLoader):
    """YAML 1.2 as editors read it: `on` and dates are text, only true and false are truth values."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in found if tag.rsplit(":", 1)[-1] not in ("bool", "timestamp")]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def _named(pair: tuple[Dataset, Field]) -> str:
    return f"{pair[0].id}-{pair[1].key}"


def test_the_thirteen_datasets_of_the_first_part_are_defined() -> None:
    national = {"aed", "population", "public_toilet", "evacuation_space"}
    local = {"road", "farm_road", "planned_road", "water_pipe", "farmland", "zoning", "area_division"}
    assert set(LIBRARY) >= national | local | {"farm_promotion_area", "town_area"}
    assert {path.stem for path in FILES if path.parent.name == "national"} == {
        dataset.id for dataset in LIBRARY.values() if not dataset.standard.local
    }


@pytest.mark.parametrize("pair", FIELDS, ids=map(_named, FIELDS))
def test_every_field_is_described_in_both_languages(pair: tuple[Dataset, Field]) -> None:
    _, field = pair
    assert field.title_en.isascii() or "–" in field.title_en
    assert re.search("[ぁ-んァ-ン一-龥]", field.description.ja)
    assert field.description.ja.endswith("。")
    assert field.description.en.endswith(".")
    assert len(field.description.en) > 4


@pytest.mark.parametrize("dataset", LIBRARY.values(), ids=list(LIBRARY))
class TestEveryDefinition:
    """One test per rule of the page and dataset."""

    def test_keys_are_ascii_and_unique(self, dataset: Dataset) -> None:
        keys = [field.key for field in dataset.fields]
        assert len(set(keys)) == len(keys)
        assert all(re.fullmatch("[a-z][a-z0-9_]*", key) for key in keys)

    def test_the_town_code_is_the_first_column(self, dataset: Dataset) -> None:
        before = {"open_data_list": 1}.get(dataset.id, 0)
        first = dataset.fields[before]
        assert (first.key, first.parser) == (BODY_CODE, "body_code")
        assert first.name.endswith("全国地方公共団体コード")

    def test_a_heading_leads_to_one_column_only(self, dataset: Dataset) -> None:
        led: dict[str, set[str]] = {}
        for field in dataset.fields:
            for heading in (field.name, field.key, *field.aliases, *field.old):
                led.setdefault(heading_key(heading), set()).add(field.name)
        assert {heading: names for heading, names in led.items() if len(names) > 1} == {}

    def test_no_heading_is_listed_twice(self, dataset: Dataset) -> None:
        for field in dataset.fields:
            headings = Counter(map(heading_key, (field.name, *field.aliases, *field.old)))
            assert [heading for heading, count in headings.items() if count > 1] == [], field.name

    def test_marks_of_the_standard_have_evidence_and_local_ones_none(self, dataset: Dataset) -> None:
        for field in dataset.fields:
            assert bool(field.evidence) != dataset.standard.local, field.name

    def test_a_required_value_is_marked_required(self, dataset: Dataset) -> None:
        for field in dataset.fields:
            assert not field.constraints.required or field.requirement == "required", field.name

    def test_key_columns_are_never_blank_unless_we_give_the_number(self, dataset: Dataset) -> None:
        given = dataset.identifier.field if dataset.identifier else None
        assert all(name == given or dataset.field(name).constraints.required for name in dataset.key)

    def test_no_published_column_is_personal(self, dataset: Dataset) -> None:
        held_back = {field.name for field in dataset.fields} - {field.name for field in dataset.published}
        assert held_back == HELD_BACK.get(dataset.id, set())
        assert all("公開しません" in dataset.field(name).description.ja for name in held_back)
        for field in dataset.published:
            assert not re.search("氏名|所有者|耕作者|借賃|生年月日|使用者名|整理番号", field.name), field.name

    def test_colour_never_stands_alone(self, dataset: Dataset) -> None:
        if dataset.map is None:
            pytest.skip("not on the map")
        style = dataset.map.style
        paints = [style.default, *style.cases.values()]
        assert all(paint.short for paint in paints)
        cases = list(style.cases.values())
        assert len({paint.short for paint in cases}) == len(cases)
        if dataset.geometry and dataset.geometry.kind == "line":
            assert len({(paint.width, paint.dash) for paint in cases}) == len(cases)
        if style.by and dataset.field(style.by).codes:
            assert set(style.cases) <= set(dataset.field(style.by).constraints.enum or ())

    def test_tile_fields_hold_what_the_style_and_label_need(self, dataset: Dataset) -> None:
        if dataset.map is None:
            pytest.skip("not on the map")
        needed = {dataset.map.label, dataset.map.style.by} - {None}
        assert needed <= set(dataset.map.tile_fields)

    def test_guarded_datasets_stay_at_the_counter_and_say_why(self, dataset: Dataset) -> None:
        guarded = dataset.id in ("water_pipe", "sewer_pipe", "farmland", "farmland_pin")
        assert (dataset.disclosure.cls == "counter") == guarded
        assert bool(dataset.disclosure.reason) == guarded

    def test_reference_maps_carry_a_caveat_in_both_languages(self, dataset: Dataset) -> None:
        assert dataset.caveat is not None
        assert dataset.caveat.ja
        assert dataset.caveat.en

    def test_the_definition_survives_being_written_and_read_again(self, dataset: Dataset) -> None:
        dumped = dataset.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        assert Dataset.model_validate(dumped) == dataset

    def test_only_national_datasets_have_a_number_and_the_portal_tag_where_it_is_known(self, dataset: Dataset) -> None:
        assert bool(dataset.number) != dataset.standard.local
        assert bool(dataset.portal_tag) == (dataset.id in PORTAL_TAG_KNOWN)


@pytest.mark.parametrize("code_list", LIBRARY.code_lists.values(), ids=list(LIBRARY.code_lists))
def test_a_writing_means_one_value_only(code_list: object) -> None:
    codes = code_list.codes  # type: ignore[attr-defined]
    written = Counter(chain.from_iterable({fold(text) for text in (code.value, *code.aliases)} for code in codes))
    assert [text for text, count in written.items() if count > 1] == []


def test_every_code_list_is_used() -> None:
    assert {field.codes for _, field in FIELDS if field.codes} == set(LIBRARY.code_lists)


def test_a_blank_code_is_not_among_the_values_allowed() -> None:
    assert LIBRARY["evacuation_space"].field("災害種別_津波").constraints.enum == ("1",)


def test_use_districts_are_the_thirteen_of_the_act_and_no_number_stands_for_one() -> None:
    codes = LIBRARY.code_lists["use_district"].codes
    assert len(codes) == 13
    assert not any(alias.isdigit() for code in codes for alias in code.aliases)


def test_what_the_town_has_not_certified_cannot_stand_among_the_roads() -> None:
    road = LIBRARY["road"]
    assert road.field("認定年月日").constraints.required
    assert not {"一般国道", "国道", "都道府県道", "県道"} & set(road.field("道路の種類").constraints.enum or ())
    assert "認定していない" in road.description.ja


def test_service_pipes_and_plots_in_urban_areas_have_no_code() -> None:
    assert "給水管" not in LIBRARY.code_lists["pipe_use"].values
    assert "市街化区域" not in LIBRARY.code_lists["farmland_planning_law"].values


PREFIXES = {
    "public_facility": "AA",
    "cultural_property": "BB",
    "evacuation_space": "CC",
    "preschool": "DD",
    "public_wireless_lan": "EE",
    "aed": "FF",
    "tourism": "JJ",
    "public_toilet": "LL",
}
INFERRED = {"care_service": "GG", "hospital": "HH", "event": "KK"}
"""Prefixes that stand between those seen; the definition says that they are inferred."""


def test_a_number_given_by_us_has_the_national_prefix() -> None:
    prefixes = {dataset.id: dataset.identifier.prefix for dataset in LIBRARY.values() if dataset.identifier}
    assert prefixes == PREFIXES | INFERRED
    for name, prefix in INFERRED.items():
        assert f"{prefix}も推定" in LIBRARY[name].field("ID").evidence


@pytest.mark.parametrize("path", FILES, ids=[f"{path.parent.name}-{path.stem}" for path in FILES])
def test_editors_accept_every_shipped_file(path: Path) -> None:
    kind = {"codes": "code_list", "items": "items"}.get(path.parent.name, "dataset")
    meanings = read_yaml(PAGE.parent / "schema" / "keys.yaml", DefinitionError)
    Draft202012Validator(schema(kind, meanings)).validate(yaml.load(path.read_text("utf-8"), Loader=_Core))
    first = path.read_text("utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema=../../docs/schema/{kind}.schema.json"


@pytest.mark.parametrize("path", list(made()), ids=[path.name for path in made()])
def test_schemas_and_tables_are_up_to_date(path: Path) -> None:
    assert path.read_text("utf-8") == made()[path], "run: python tools/editor_schema.py"


def test_no_page_is_left_of_a_definition_that_is_gone() -> None:
    assert set((PAGE.parent / "datasets").glob("*.md")) == {path for path in made() if path.parent.name == "datasets"}


def test_every_meaning_belongs_to_a_key() -> None:
    meanings = set(read_yaml(PAGE.parent / "schema" / "keys.yaml", DefinitionError))
    known = set()
    for kind in ("dataset", "code_list", "items", "recipe"):
        found = schema(kind, read_yaml(PAGE.parent / "schema" / "keys.yaml", DefinitionError))
        for title, part in {found["title"]: found, **found["$defs"]}.items():
            known |= {f"{title}.{key}" for key in part.get("properties", {})}
    assert meanings == known


def test_the_definition_on_the_page_loads() -> None:
    text = re.search(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert text
    park = parse(Dataset, yaml.load(text[1], Loader=yaml.BaseLoader), "park.yaml", DefinitionError)
    assert park.id == "park"


def test_a_definition_with_a_misspelt_key_is_refused_with_the_nearest_one(tmp_path: Path) -> None:
    text = (shipped_folder() / "local" / "zoning.yaml").read_text("utf-8").replace("frequency:", "freqency:")
    (tmp_path / "zoning.yaml").write_text(text, "utf-8")
    with pytest.raises(DefinitionError) as refused:
        read_dataset(tmp_path / "zoning.yaml", LIBRARY.code_lists)
    assert "frequency" in refused.value.message["en"]


def test_pages_and_maps_show_published_columns_only(tmp_path: Path) -> None:
    text = (shipped_folder() / "local" / "zoning.yaml").read_text("utf-8")
    hidden = text.replace("  - name: 建ぺい率\n", "  - name: 建ぺい率\n    publish: false\n")
    assert hidden != text
    (tmp_path / "zoning.yaml").write_text(hidden, "utf-8")
    with pytest.raises(DefinitionError) as refused:
        read_dataset(tmp_path / "zoning.yaml", LIBRARY.code_lists)
    assert "'建ぺい率', which is not published" in refused.value.message["en"]


def test_a_dataset_cannot_take_the_name_of_the_prepared_map(tmp_path: Path) -> None:
    text = (shipped_folder() / "local" / "farm_road.yaml").read_text("utf-8").replace("id: farm_road", "id: map")
    (tmp_path / "map.yaml").write_text(text, "utf-8")
    with pytest.raises(DefinitionError, match="reserved"):
        read_dataset(tmp_path / "map.yaml", read_library().code_lists)


def test_no_two_layers_of_the_map_have_one_place_in_its_list() -> None:
    orders = Counter(dataset.map.order for dataset in read_library().values() if dataset.map)
    assert [order for order, count in orders.items() if count > 1] == []
