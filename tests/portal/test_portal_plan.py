"""The plan closes the difference between a release and a portal, whatever stood there; others' additions stay."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from fake_ckan import FakeCkan
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publish.portal.applying import apply
from publish.portal.memory import Memory, Placed
from publish.portal.plan import plan
from publish.portal.standing import standing
from publish.portal.wanted import Wanted, WantedFile

NAMES = ("a.csv", "b.xlsx", "c.geojson", "d.gpkg")
CONTENTS = (b"one", b"two")


def want(folder: Path, files: Sequence[tuple[str, bytes]], tags: Sequence[str], extras: Mapping[str, str]) -> Wanted:
    made = []
    for name, data in files:
        digest = hashlib.sha256(data).hexdigest()
        path = folder / digest
        path.write_bytes(data)
        fields = {"name": f"表 {name}", "hash": f"sha256:{digest}", "machizu_file": name}
        made.append(WantedFile(name, path, digest, fields))
    fields = {
        "name": "999997_aed",
        "title": "AED",
        "owner_org": "mihon",
        "tags": [{"name": tag} for tag in tags],
        "extras": [{"key": key, "value": value} for key, value in {"machizu_dataset": "aed", **extras}.items()],
    }
    return Wanted("aed", "1.0", "999997_aed", fields, tuple(made))


files = st.lists(st.sampled_from(NAMES), unique=True).flatmap(
    lambda names: st.tuples(*(st.tuples(st.just(name), st.sampled_from(CONTENTS)) for name in names))
)
tags = st.lists(st.sampled_from(["防災", "医療", "AED"]), unique=True)
extras = st.dictionaries(st.sampled_from(["as_of", "theme"]), st.sampled_from(["x", "y"]))


def closed(ckan: FakeCkan, memory: Memory, wanted: Wanted) -> None:
    """Plan and apply as often as a run does, then nothing is left to do."""
    package = ckan.package(wanted.name)
    known = memory.datasets.get("aed")
    apply(plan(wanted, standing(package, known) if package else None, known), wanted, ckan, memory)
    after = ckan.package(wanted.name)
    assert after
    stands = standing(after, memory.datasets["aed"])
    assert plan(wanted, stands, memory.datasets["aed"]).empty
    assert list(stands.ours) == [file.name for file in wanted.files]
    for file in wanted.files:
        assert ckan.bytes[stands.ours[file.name]["id"]] == file.path.read_bytes()
    memory.remember(
        "aed",
        Placed(
            package=stands.id,
            name=wanted.name,
            versions=("1.0",),
            resources={name: str(resource["id"]) for name, resource in stands.ours.items()},
            tags=tuple(tag["name"] for tag in wanted.fields["tags"]),
            extras=tuple(extra["key"] for extra in wanted.fields["extras"]),
        ),
    )


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), forgotten=st.booleans(), reset=st.booleans())
def test_applying_a_plan_makes_the_next_plan_empty_and_leaves_what_others_added(
    tmp_path: Path, data: st.DataObject, forgotten: bool, reset: bool
) -> None:
    ckan, memory = FakeCkan(), Memory(tmp_path / "portal-test.json", "http://portal.test")
    closed(ckan, memory, want(tmp_path, data.draw(files), data.draw(tags), data.draw(extras)))
    package = ckan.named("999997_aed")
    others = _touch_by_hand(package, data)
    if forgotten:
        memory.datasets.clear()
    if reset and package["resources"]:
        package["resources"][0]["hash"] = ""  # a web form forgets it
    closed(ckan, memory, want(tmp_path, data.draw(files), data.draw(tags), data.draw(extras)))
    assert {"name": "観光", "vocabulary_id": None} in package["tags"]
    assert {"key": "編集者メモ", "value": "x"} in package["extras"]
    assert [resource for resource in package["resources"] if "machizu_file" not in resource] == others


def _touch_by_hand(package: dict[str, Any], data: st.DataObject) -> list[dict[str, Any]]:
    """Add and change what people at a portal add and change; return the resources that are theirs."""
    package["tags"].append({"name": "観光", "vocabulary_id": None})
    package["extras"].append({"key": "編集者メモ", "value": "x"})
    package["title"] = data.draw(st.sampled_from(["AED", "AED(編集)"]))
    others = [{"id": "theirs", "url": "http://portal.test/resource/theirs/download/a.csv", "name": "a.csv"}]
    package["resources"][:] = data.draw(st.permutations([*package["resources"], *others]))
    if data.draw(st.booleans()) and package["resources"][0] not in others:
        package["resources"].append({**package["resources"][0], "id": "second"})
    return others


def test_a_tag_that_we_no_longer_want_goes_and_one_that_others_added_stays(tmp_path: Path) -> None:
    ckan, memory = FakeCkan(), Memory(tmp_path / "portal-test.json", "http://portal.test")
    closed(ckan, memory, want(tmp_path, [], ["防災", "医療"], {"theme": "x"}))
    package = ckan.named("999997_aed")
    package["tags"].append({"name": "観光", "vocabulary_id": "v1"})
    closed(ckan, memory, want(tmp_path, [], ["防災"], {}))
    assert {tag["name"]: tag["vocabulary_id"] for tag in package["tags"]} == {"防災": None, "観光": "v1"}
    assert [extra["key"] for extra in package["extras"]] == ["machizu_dataset"]


def test_only_the_file_that_changed_is_sent(tmp_path: Path) -> None:
    ckan, memory = FakeCkan(), Memory(tmp_path / "portal-test.json", "http://portal.test")
    closed(ckan, memory, want(tmp_path, [("a.csv", b"one"), ("b.xlsx", b"one")], [], {}))
    ckan.asked.clear()
    closed(ckan, memory, want(tmp_path, [("a.csv", b"two"), ("b.xlsx", b"one")], [], {}))
    assert ckan.writes() == ["resource_patch"]


@pytest.mark.parametrize("order", [NAMES, NAMES[::-1]])
def test_a_link_that_somebody_added_to_a_file_of_the_same_name_is_not_ours(tmp_path: Path, order: Sequence[str]) -> None:
    wanted = want(tmp_path, [(name, b"one") for name in order], [], {})
    theirs = {"id": "theirs", "url": "http://town.test/files/a.csv", "name": "a.csv"}
    package = {"id": "p", "resources": [theirs], "tags": [], "extras": [], "title": "AED"}
    stands = standing(package, None)
    assert stands.others == (theirs,)
    assert all(upload.id is None for upload in plan(wanted, stands, None).uploads)
