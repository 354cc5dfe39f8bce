"""site/prepared/map: written whole, the same for the same site, and kind to a page that was loaded a moment ago."""

import json
import shutil
from pathlib import Path

import pytest

from catalog.errors import OutsideError
from catalog.site.prepared_map import FOLDER, PART, MapIndex, read_map_index
from publish.releasing.prepared_map import prepare_map


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture
def own(site: Path, tmp_path: Path) -> Path:
    shutil.copytree(site, tmp_path / "site")
    return tmp_path / "site"


def retitle(site: Path, title: str) -> MapIndex:
    """Give the AED dataset another title and prepare the map anew."""
    definition = next(site.glob("releases/aed/*/definition.json"))
    data = json.loads(definition.read_bytes())
    data["dataset"]["title"]["ja"] = title
    definition.write_text(json.dumps(data), "utf-8")
    prepare_map(site)
    index = read_map_index(site)
    assert index
    return index


def test_preparing_again_changes_nothing(own: Path) -> None:
    before = contents(own / FOLDER)
    prepare_map(own)
    assert contents(own / FOLDER) == before


def test_every_part_is_named_by_its_content_and_nothing_is_left_half_done(own: Path) -> None:
    index = read_map_index(own)
    assert index
    names = set(contents(own / FOLDER))
    assert names == {"map.html", "map.json", *index.current}
    assert all(PART.fullmatch(name) for name in index.current)


def test_the_map_before_stays_and_the_one_before_it_goes(own: Path) -> None:
    first = read_map_index(own)
    assert first
    second = retitle(own, "AED 二")
    assert first.layers["ja"] in contents(own / FOLDER)
    prepare_map(own)
    assert first.layers["ja"] in contents(own / FOLDER)
    third = retitle(own, "AED 三")
    names = contents(own / FOLDER)
    assert first.layers["ja"] not in names
    assert {second.layers["ja"], third.layers["ja"]} <= set(names)


def test_a_withdrawn_dataset_leaves_the_map(own: Path) -> None:
    pointer = json.loads((own / "catalog.json").read_bytes())
    pointer["datasets"]["aed"]["current"] = None
    (own / "catalog.json").write_text(json.dumps(pointer), "utf-8")
    prepare_map(own)
    index = read_map_index(own)
    assert index
    assert "/aed/" not in (own / FOLDER / index.script).read_text("utf-8")


def test_a_damaged_index_is_said_and_made_anew(own: Path) -> None:
    (own / FOLDER / "map.json").write_text("{", "utf-8")
    with pytest.raises(OutsideError):
        read_map_index(own)
    prepare_map(own)
    assert read_map_index(own)


def test_no_value_of_the_data_is_in_what_is_prepared(own: Path) -> None:
    for content in contents(own / FOLDER).values():
        assert "見本町役場".encode() not in content
        assert b"onerror" not in content
