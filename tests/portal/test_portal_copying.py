"""Copying a town's releases to a portal: what is sent, what is left alone, and that any interruption is made good."""

from pathlib import Path

import pytest
from fake_ckan import FakeCkan, put_by_hand, reach_fake
from small_town import SmallTown

from catalog.errors import DisclosureRefused, OutsideError, UsageError
from publish.portal.errors import Hidden, Moved, Taken, TooLarge, Unreachable
from publish.portal.offering import offered
from publish.portal.publishing import Copied, copy, left_behind
from publish.portal.reaching import Reached
from publish.releasing.act import Act
from publish.releasing.rollback import rollback
from publish.releasing.withdrawal import withdraw


def send(town: SmallTown, fake: FakeCkan, dataset: str = "population") -> Copied:
    return copy(town.folder, dataset, reach_fake(town.path, fake), town.now)


def files(fake: FakeCkan, name: str = "999997_population") -> dict[str, bytes]:
    return {resource["machizu_file"]: fake.bytes[resource["id"]] for resource in fake.named(name)["resources"]}


def released(town: SmallTown, dataset: str = "population") -> dict[str, bytes]:
    versions = sorted((town.path / "site" / "releases" / dataset).iterdir())
    return {path.name: path.read_bytes() for path in versions[-1].glob("999997_*")}


def test_every_public_file_and_where_to_ask_for_the_rest_is_at_the_portal(town: SmallTown, fake: FakeCkan) -> None:
    for dataset in offered(town.folder):
        send(town, fake, dataset)
    assert files(fake) == released(town)
    assert files(fake, "999997_public_toilet") == released(town, "public_toilet")
    asked = fake.named("999997_water_pipe")
    assert asked["resources"] == []
    assert asked["license_id"] == "notspecified"
    assert asked["title"].endswith("(窓口)")
    assert "埋設位置は窓口で" in asked["notes"]
    assert "環境課 (0999)00-1041" in asked["notes"]


def test_a_second_run_writes_nothing(town: SmallTown, fake: FakeCkan) -> None:
    assert send(town, fake).changed
    fake.asked.clear()
    again = send(town, fake)
    assert not again.changed
    assert fake.writes() == []
    assert fake.asked.count("download") == 5


def test_a_dry_run_says_what_would_be_sent_and_sends_nothing(town: SmallTown, fake: FakeCkan, reached: Reached) -> None:
    said = copy(town.folder, "population", reached, town.now, dry_run=True)
    assert (said.sent, said.changed) == (5, True)
    assert fake.packages == {}
    assert not reached.memory.path.exists()


@pytest.mark.parametrize("lost", [False, True])
def test_a_run_interrupted_at_any_request_is_finished_by_the_next(town: SmallTown, lost: bool) -> None:
    stop = 0
    while True:
        stop += 1
        fake = FakeCkan()
        _forget(town)
        send(town, fake)
        town_after = _next_month(town)
        fake.asked.clear()
        fake.stop_at, fake.lost = stop, lost
        try:
            send(town_after, fake)
        except Unreachable:
            fake.stop_at = None
            assert set(reach_fake(town.path, fake).memory.datasets["population"].versions) <= {"1.0", "1.1"}
            send(town_after, fake)
        else:
            break
        assert files(fake) == released(town_after)
        assert list(files(fake)) == [
            "999997_population.csv",
            "999997_population_all.csv",
            "999997_population_202604.csv",
            "999997_population_202603.csv",
            "999997_population.xlsx",
        ]
        assert reach_fake(town.path, fake).memory.datasets["population"].versions == ("1.1",)
        _last_month(town_after)
    assert stop > 10


def _next_month(town: SmallTown) -> SmallTown:
    if len(_versions(town)) == 1:
        town.hand_in(months=("2026-03", "2026-04"))
        town.publish("population")
    else:
        rollback(town.path, "population", "1.1", Act("情報係", town.now))
    return town


def _last_month(town: SmallTown) -> None:
    rollback(town.path, "population", "1.0", Act("情報係", town.now))


def _versions(town: SmallTown) -> list[Path]:
    return list((town.path / "site" / "releases" / "population").iterdir())


def _forget(town: SmallTown) -> None:
    (town.path / "log" / "portal-test.json").unlink(missing_ok=True)


def test_a_rollback_is_copied_too(town: SmallTown, fake: FakeCkan) -> None:
    send(town, fake)
    before = files(fake)
    send(_next_month(town), fake)
    assert files(fake) != before
    _last_month(town)
    assert send(town, fake).version == "1.0"
    assert files(fake) == before


def test_a_lost_answer_to_an_upload_leaves_no_second_resource(town: SmallTown, fake: FakeCkan) -> None:
    fake.stop_at, fake.lost = 3, True  # package_show, package_create, resource_create
    with pytest.raises(Unreachable):
        send(town, fake)
    fake.stop_at = None
    put_by_hand(fake, fake.named("999997_population"), machizu_file="999997_population.csv", data=b"twice")
    send(town, fake)
    assert len(fake.named("999997_population")["resources"]) == len(released(town))
    assert files(fake) == released(town)


def test_bytes_that_somebody_replaced_are_put_right_although_the_hash_field_says_nothing(
    town: SmallTown, fake: FakeCkan
) -> None:
    send(town, fake)
    resource = fake.named("999997_population")["resources"][0]
    fake.bytes[resource["id"]] = b"edited"
    assert send(town, fake).sent == 1
    assert files(fake) == released(town)


def test_a_file_over_the_limit_is_told_and_the_rest_is_there(town: SmallTown, fake: FakeCkan) -> None:
    send(town, fake, "public_toilet")
    fake.limit = 50_000
    town.hand_in(names=("駅前", "港", "丘", "林"))
    town.publish("public_toilet")
    with pytest.raises(TooLarge, match=r"999997_public_toilet.gpkg\(0\.1 MiB\)") as told:
        send(town, fake, "public_toilet")
    assert told.value.exit_code == 3
    there = released(town, "public_toilet")
    del there["999997_public_toilet.gpkg"]
    assert files(fake, "999997_public_toilet") == there
    assert set(fake.bytes.values()) == {*there.values(), b"withdrawn\n"}


def test_a_package_that_we_did_not_make_is_not_touched(town: SmallTown, fake: FakeCkan) -> None:
    fake._package_create({"name": "999997_population", "title": "手作り"}, None)
    with pytest.raises(Taken, match="did not make"):
        send(town, fake)
    assert fake.named("999997_population")["title"] == "手作り"


@pytest.mark.parametrize(("field", "value", "error"), [("owner_org", "org-2", Moved), ("private", True, Hidden)])
def test_a_package_that_people_at_the_portal_moved_or_hid_is_left_to_them(
    town: SmallTown, fake: FakeCkan, field: str, value: object, error: type[OutsideError]
) -> None:
    send(town, fake)
    fake.named("999997_population")[field] = value
    fake.asked.clear()
    with pytest.raises(error):
        send(town, fake)
    assert fake.writes() == []


def test_what_is_not_public_is_not_sent(town: SmallTown, fake: FakeCkan) -> None:
    with pytest.raises(UsageError, match="does not stand in site/"):
        send(town, fake, "aed")


def test_a_dataset_whose_class_became_stricter_is_refused(town: SmallTown, fake: FakeCkan) -> None:
    path = town.path / "machizu.toml"
    path.write_text(path.read_text("utf-8").replace("[disclosure.water_pipe]", "[disclosure.population]"), "utf-8")
    with pytest.raises(DisclosureRefused) as told:
        send(town, fake)
    assert told.value.exit_code == 4
    assert fake.packages == {}


def test_a_damaged_file_does_not_leave(town: SmallTown, fake: FakeCkan) -> None:
    (folder,) = _versions(town)
    (folder / "999997_population.csv").write_bytes(b"tampered")
    with pytest.raises(OutsideError, match="not what was released"):
        send(town, fake)
    assert fake.packages == {}


def test_what_the_site_shows_no_more_is_told_by_name(town: SmallTown, fake: FakeCkan) -> None:
    send(town, fake)
    assert left_behind(town.folder, reach_fake(town.path, fake)) == []
    withdraw(town.path, "population", None, Act("情報係", town.now, "誤り"))
    (told,) = left_behind(town.folder, reach_fake(town.path, fake))
    assert "machizu withdraw population" in told.fix["en"]


def test_without_an_address_of_the_town_the_credit_names_the_page_at_the_portal(town: SmallTown, fake: FakeCkan) -> None:
    send(town, fake)
    package = fake.named("999997_population")
    assert "（http://portal.test/dataset/999997_population）" in package["notes"]
    assert package["url"] == ""
