"""What catalogues and portals are told about a release."""

import json
import re
from collections.abc import Callable

import pytest

from catalog.describing.ckan import package, resources, tags
from catalog.describing.credit import credit_line
from catalog.describing.national_list import COLUMNS, open_data_list
from catalog.describing.profile import Description, describe
from catalog.describing.schema_org import dataset_jsonld
from catalog.describing.vocabularies import FREQUENCIES, LICENCES, THEMES
from catalog.library import read_library
from catalog.site.release import Release
from catalog.site.town_card import TownCard
from catalog.text import Text

BASE = "https://data.example.lg.jp/mihon"


def test_the_credit_line_names_title_town_edition_page_and_licence(aed: Description) -> None:
    assert credit_line(aed, "ja") == (
        "「AED設置箇所一覧」（見本県見本町、2026-04-01版）（https://data.example.lg.jp/mihon/datasets/aed）、"
        "CC BY 4.0（https://creativecommons.org/licenses/by/4.0/deed.ja）"
    )
    assert credit_line(aed, "en").startswith('"AED locations" (Mihon Town, Mihon Prefecture, as of 2026-04-01)')


def test_a_view_dataset_offers_no_file_and_no_resource(release: Callable[..., Release], card: TownCard) -> None:
    description = describe(release("farmland", cls="view"), card, BASE)
    assert description.files == ()
    assert resources(description) == []
    assert open_data_list([description], card) == []


def test_addresses_stay_below_the_base_address_and_the_version_is_not_in_them(aed: Description) -> None:
    assert [file.url for file in aed.files] == [
        f"{BASE}/files/aed/latest/999997_aed.csv",
        f"{BASE}/files/aed/latest/999997_aed.geojson",
    ]
    assert aed.page.en == f"{BASE}/en/datasets/aed"


def test_without_a_base_address_ckan_gets_no_address(release: Callable[..., Release], card: TownCard) -> None:
    assert package(describe(release("aed"), card, ""), "mihon")["url"] == ""


def test_a_ckan_package_has_the_pair_of_tags_that_bodik_looks_for(aed: Description) -> None:
    given = package(aed, "mihon")
    assert given["name"] == "999997_aed"
    assert given["title"] == "【見本町】AED設置箇所一覧"
    assert [tag["name"] for tag in given["tags"]][:2] == ["自治体標準ODS", "AED設置箇所"]
    assert given["license_id"] == "cc-by"
    assert given["author"] == "危機管理課"
    assert "見本町は架空の町です。" in given["notes"]


def test_a_national_dataset_whose_own_tag_nobody_has_seen_is_marked_as_a_standard_one(
    release: Callable[..., Release], card: TownCard
) -> None:
    assert tags(describe(release("public_facility"), card, BASE))[:2] == ("自治体標準ODS", "公共施設")


def test_a_town_local_dataset_does_not_claim_to_be_a_standard_one(release: Callable[..., Release], card: TownCard) -> None:
    description = describe(release("road"), card, BASE)
    assert "自治体標準ODS" not in tags(description)
    extras = {extra["key"]: extra["value"] for extra in package(description, "mihon")["extras"]}
    assert extras["compliant_standard"].startswith("標準外(独自)")
    assert "conforms_to" not in extras
    assert "http://purl.org/dc/terms/conformsTo" not in dataset_jsonld(description)


def test_the_public_data_licence_is_open_in_ckan(release: Callable[..., Release], card: TownCard) -> None:
    description = describe(release("aed"), card.model_copy(update={"licence": "PDL-1.0"}), BASE)
    assert package(description, "mihon")["license_id"] == "other-open"
    assert "PDL1.0（https://www.digital.go.jp/" in credit_line(description, "ja")


def test_every_value_that_ckan_gets_is_text_and_no_extra_is_empty(everything: tuple[Description, ...]) -> None:
    for description in everything:
        given = package(description, "mihon")
        assert all(isinstance(value, str) for key, value in given.items() if key not in ("tags", "extras"))
        assert all(extra["value"] and isinstance(extra["value"], str) for extra in given["extras"])
        assert len({extra["key"] for extra in given["extras"]}) == len(given["extras"])


def test_every_shipped_tag_fits_ckan(everything: tuple[Description, ...]) -> None:
    for description in everything:
        for tag in tags(description):
            assert re.fullmatch(r"[\w \-.]{2,100}", tag), (description.id, tag)
        if description.portal_tag:
            assert description.portal_tag in tags(description)


def test_words_that_ckan_refuses_are_split_not_lost(release: Callable[..., Release], card: TownCard) -> None:
    dataset = read_library()["aed"].model_copy(update={"tags": ("人口・世帯", "税", "（）")})
    description = describe(release("aed", dataset=dataset), card, BASE)
    assert tags(description) == ("自治体標準ODS", "AED設置箇所", "人口", "世帯")


def test_resources_carry_the_file_name_and_the_format_as_ckan_writes_it(aed: Description) -> None:
    given = resources(aed)
    assert [resource["machizu_file"] for resource in given] == ["999997_aed.csv", "999997_aed.geojson"]
    assert [resource["format"] for resource in given] == ["CSV", "GeoJSON"]
    assert given[0]["hash"] == "sha256:" + "0" * 64


def test_the_national_list_has_42_columns_and_a_row_per_file(everything: tuple[Description, ...], card: TownCard) -> None:
    rows = open_data_list(everything, card)
    assert read_library()["open_data_list"].names == COLUMNS
    assert len(COLUMNS) == 42
    assert all(tuple(row) == COLUMNS for row in rows)
    assert len(rows) == sum(len(description.files) for description in everything)
    first = rows[0]
    assert first["データセット_ID"] == "999997_aed"
    assert first["ファイル_ライセンス"] == "CC BY 4.0"
    assert first["データセット_準拠する標準"].startswith("自治体標準オープンデータセット A-08")
    assert not any(row["データセット_ID"] == "999997_water_pipe" for row in rows)


def test_schema_org_tells_names_and_columns_in_the_language_of_the_page(aed: Description) -> None:
    japanese, english = dataset_jsonld(aed), dataset_jsonld(aed, "en")
    assert japanese["name"] == "AED設置箇所一覧 (見本町)"
    assert english["name"] == "AED locations (Mihon Town)"
    assert english["variableMeasured"][3]["name"] == "Name"
    assert japanese["spatialCoverage"]["geo"]["box"] == "34.8 138.1 34.9 138.3"
    assert japanese["distribution"][0]["encodingFormat"] == "text/csv"
    assert len(japanese["description"]) >= 50


def test_what_is_not_public_is_told_with_its_reason_and_whom_to_ask(counter: Description) -> None:
    assert counter.cls == "counter"
    assert counter.files == ()
    assert "窓口で見られます。" in counter.notes.ja
    assert counter.contact is not None
    assert counter.contact.name == Text(ja="上下水道課", en="Waterworks Section")
    assert "datePublished" not in dataset_jsonld(counter)


@pytest.mark.parametrize("dataset", list(read_library()))
def test_every_definition_uses_words_of_the_vocabularies(dataset: str) -> None:
    definition = read_library()[dataset]
    assert definition.frequency in FREQUENCIES
    assert definition.theme in THEMES


def test_every_licence_of_the_settings_is_described() -> None:
    assert set(LICENCES) == {"CC-BY-4.0", "PDL-1.0"}


def test_a_standard_is_named_with_its_version_and_address(aed: Description) -> None:
    standard = read_library()["aed"].standard
    extras = {extra["key"]: extra["value"] for extra in package(aed, "mihon")["extras"]}
    assert extras["compliant_standard"] == f"{standard.name} {standard.version}"
    assert json.loads(extras["conforms_to"]) == [standard.url]
    assert json.loads(extras["documentation"]) == [f"{BASE}/definitions/aed"]
    told = dataset_jsonld(aed)["http://purl.org/dc/terms/conformsTo"]
    assert told == {"@type": "CreativeWork", "name": standard.name, "version": standard.version, "url": standard.url}


def test_a_table_that_holds_a_part_of_its_sheet_says_so_and_does_not_claim_to_conform_to_it(
    release: Callable[..., Release], card: TownCard
) -> None:
    description = describe(release("support_system"), card, BASE)
    standard = read_library()["support_system"].standard
    assert standard.name == "自治体標準オープンデータセット B-22"
    extras = {extra["key"]: extra["value"] for extra in package(description, "mihon")["extras"]}
    assert extras["compliant_standard"] == f"{standard.name} {standard.version}(85列のうち、名前を確かめた33列だけ)"
    assert "http://purl.org/dc/terms/conformsTo" not in dataset_jsonld(description)


def test_the_item_definition_is_the_related_document_of_the_national_list(aed: Description, card: TownCard) -> None:
    assert {row["データセット_関連ドキュメント"] for row in open_data_list([aed], card)} == {f"{BASE}/definitions/aed"}
