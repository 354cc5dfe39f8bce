"""Shared items: written once, taken by name, changed beside, and no marks of the standard in a local dataset."""

import shutil
from collections import Counter
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, ValidationError

from catalog.dataset import Dataset
from catalog.errors import DefinitionError
from catalog.item import read_items, written_out
from catalog.library import read_dataset, read_library, shared_items, shipped_folder
from catalog.yaml_text import read_yaml
from tools.editor_schema import SCHEMAS, schema


def definition(*fields: object, local: str = "false") -> dict[str, object]:
    """Return a definition as the YAML reader gives it."""
    return {
        "format": "1",
        "id": "park",
        "standard": {"name": "公園", "local": local},
        "title": {"ja": "公園", "en": "Parks"},
        "description": {"ja": "公園です。", "en": "Parks."},
        "fields": list(fields),
        "page": {"list": [], "title": "名称"},
        "example": {"given": [], "yields": []},
    }


def read(*fields: object, local: str = "false") -> Dataset:
    return Dataset.model_validate(written_out(definition(*fields, local=local), shared_items(), "park.yaml"))


def test_an_item_is_taken_by_its_name_as_it_stands() -> None:
    assert read("名称", "郵便番号").fields == (shared_items()["名称"], shared_items()["郵便番号"])


def test_what_is_written_beside_replaces_but_headings_are_added() -> None:
    change = {"item": "名称", "title_en": "Park", "constraints": {"maxLength": "50"}, "aliases": ["公園名"], "old": ["旧名"]}
    field = read(change).field("名称")
    shared = shared_items()["名称"]
    assert (field.title_en, field.key, field.requirement) == ("Park", "name", "required")
    assert (field.constraints.max_length, field.constraints.required) == (50, False)
    assert field.aliases == (*shared.aliases, "公園名")
    assert field.old == ("旧名",)


def test_an_item_can_stand_under_another_name() -> None:
    field = read("名称", {"item": "所在地_都道府県", "name": "施設所在地_都道府県"}).field("施設所在地_都道府県")
    assert field.description == shared_items()["所在地_都道府県"].description
    renamed = read("名称", {"item": "電話番号", "name": "連絡先電話番号"}).field("連絡先電話番号")
    assert "連絡先電話番号" in shared_items()["電話番号"].aliases
    assert "連絡先電話番号" not in renamed.aliases


def test_marks_of_the_standard_do_not_pass_to_a_local_dataset() -> None:
    plain, marked = read("名称", {"item": "ID", "requirement": "required"}, local="true").fields
    assert (plain.requirement, plain.evidence) == ("optional", "")
    assert (marked.requirement, marked.evidence) == ("required", "")
    assert plain.constraints.required


def test_an_unknown_item_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(DefinitionError) as refused:
        read("郵便番")
    assert "郵便番号" in refused.value.message["ja"]
    with pytest.raises(DefinitionError):
        read({"item": ["名称"]})


def test_an_unknown_key_beside_an_item_is_refused(tmp_path: Path) -> None:
    text = (shipped_folder() / "national" / "aed.yaml").read_text("utf-8")
    (tmp_path / "aed.yaml").write_text(text.replace("  - 内線番号\n", "  - {item: 内線番号, alias: [内線]}\n"), "utf-8")
    with pytest.raises(DefinitionError) as refused:
        read_dataset(tmp_path / "aed.yaml", read_library().code_lists)
    assert "aliases" in refused.value.message["en"]


def test_what_is_no_definition_is_left_to_the_model() -> None:
    for wrong in (None, [], "x", {"fields": "名称"}, {"fields": None}):
        assert written_out(wrong, shared_items(), "x.yaml") == wrong


def test_an_item_stands_in_one_group_only(tmp_path: Path) -> None:
    for name in ("place.yaml", "again.yaml"):
        text = (shipped_folder() / "items" / "place.yaml").read_text("utf-8")
        (tmp_path / name).write_text(text.replace("id: place", f"id: {name.removesuffix('.yaml')}"), "utf-8")
    with pytest.raises(DefinitionError, match="another file"):
        read_items(tmp_path)


def test_every_item_is_taken_by_two_datasets_at_least() -> None:
    taken = Counter[str]()
    for path in [*shipped_folder().glob("national/*.yaml"), *shipped_folder().glob("local/*.yaml")]:
        for entry in read_yaml(path, DefinitionError)["fields"]:
            taken[entry if isinstance(entry, str) else entry.get("item", "")] += 1
    assert [item for item in shared_items() if taken[item] < 2] == []


def test_no_definition_writes_out_what_an_item_says_already() -> None:
    for path in [*shipped_folder().glob("national/*.yaml"), *shipped_folder().glob("local/*.yaml")]:
        for entry in read_yaml(path, DefinitionError)["fields"]:
            item = shared_items().get(entry.get("name", "")) if isinstance(entry, dict) else None
            again = item is not None and entry["description"] == item.description.model_dump()
            assert not (again and {*item.aliases} <= {*entry.get("aliases", ())}), f"{path.name}: {entry['name']}"


def test_an_editor_knows_the_items_and_refuses_others() -> None:
    meanings = read_yaml(SCHEMAS / "keys.yaml", DefinitionError)
    editor = Draft202012Validator(schema("dataset", meanings))
    park = {**definition("名称", {"item": "ID", "aliases": ["番"]}), "standard": {"name": "公園"}}
    editor.validate(park)
    for wrong in ("名前", {"item": "名前"}, {"item": "ID", "alias": ["番"]}):
        with pytest.raises(ValidationError):
            editor.validate({**park, "fields": [wrong]})


def test_a_towns_own_definition_takes_items_too(tmp_path: Path) -> None:
    (tmp_path / "datasets").mkdir()
    shutil.copy(shipped_folder() / "national" / "aed.yaml", tmp_path / "datasets" / "aed.yaml")
    assert read_library(tmp_path)["aed"] == read_library()["aed"]
