"""Withdrawing at a portal: no byte of ours is left, whatever interrupted it, and what is left is said."""

from collections.abc import Iterator

import pytest
from fake_ckan import FakeCkan, put_by_hand, reach_fake
from small_town import SmallTown

from publish.portal import withdrawal
from publish.portal.errors import Unreachable
from publish.portal.publishing import copy
from publish.portal.withdrawal import held, withdraw


@pytest.fixture(autouse=True)
def _portal_is_fake(fake: FakeCkan, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(withdrawal, "connect", lambda _portal: fake)
    monkeypatch.setattr(withdrawal, "Client", lambda *_: fake)
    return None


@pytest.fixture
def at_portal(town: SmallTown, fake: FakeCkan) -> SmallTown:
    copy(town.folder, "population", reach_fake(town.path, fake), town.now)
    return town


def take_back(town: SmallTown, version: str | None = None) -> tuple[withdrawal.Left, ...]:
    return withdraw(held("population", town.folder.town, town.path, version))


def remembered(town: SmallTown) -> set[str]:
    return {name for memory in withdrawal.memories(town.path) for name in memory.datasets}


def test_nothing_of_ours_is_left_on_the_server(at_portal: SmallTown, fake: FakeCkan) -> None:
    assert take_back(at_portal) == ()
    assert fake.active() == []
    assert set(fake.bytes.values()) == {b"withdrawn\n"}
    assert remembered(at_portal) == set()


@pytest.mark.parametrize("lost", [False, True])
def test_a_withdrawal_interrupted_at_any_request_says_so_and_a_later_run_clears_the_rest(
    town: SmallTown, fake: FakeCkan, lost: bool
) -> None:
    for stop in range(1, 14):
        fake.packages.clear()
        fake.bytes.clear()
        copy(town.folder, "population", reach_fake(town.path, fake), town.now)
        fake.asked.clear()
        fake.stop_at, fake.lost = stop, lost
        (left,) = take_back(town)
        assert left.address == "http://portal.test/dataset/999997_population"
        assert "つながりません" in left.sentence("ja")
        assert remembered(town) == {"population"}
        fake.stop_at = None
        assert take_back(town) == ()
        assert fake.active() == []
        assert set(fake.bytes.values()) == {b"withdrawn\n"}


def test_what_others_added_stays_and_is_told(at_portal: SmallTown, fake: FakeCkan) -> None:
    package = fake.named("999997_population")
    theirs = put_by_hand(fake, package)
    (left,) = take_back(at_portal)
    assert "1 resources that others added" in left.sentence("en")
    assert package["resources"] == [theirs]
    package["resources"].clear()
    assert take_back(at_portal) == ()
    assert fake.active() == []


def test_only_the_version_that_may_stand_there_concerns_the_portal(at_portal: SmallTown, fake: FakeCkan) -> None:
    at_portal.hand_in(months=("2026-03", "2026-04"))
    at_portal.publish("population")
    assert held("population", at_portal.folder.town, at_portal.path, "1.1") == ()
    fake.asked.clear()
    fake.stop_at = 4  # in the middle of the files: both versions may stand there now
    with pytest.raises(Unreachable):
        copy(at_portal.folder, "population", reach_fake(at_portal.path, fake), at_portal.now)
    fake.stop_at = None
    for version in ("1.0", "1.1"):
        assert len(held("population", at_portal.folder.town, at_portal.path, version)) == 1
    copy(at_portal.folder, "population", reach_fake(at_portal.path, fake), at_portal.now)
    assert held("population", at_portal.folder.town, at_portal.path, "1.0") == ()


def test_a_lost_memory_is_made_good_by_the_mark(at_portal: SmallTown, fake: FakeCkan) -> None:
    (at_portal.path / "log" / "portal-test.json").unlink()
    assert take_back(at_portal) == ()
    assert fake.active() == []


def test_a_hand_made_package_of_the_name_is_not_withdrawn(town: SmallTown, fake: FakeCkan) -> None:
    fake._package_create({"name": "999997_population", "title": "手作り"}, None)
    assert held("population", town.folder.town, town.path) == ()


def test_a_portal_that_the_settings_name_no_more_is_told(at_portal: SmallTown) -> None:
    path = at_portal.path / "machizu.toml"
    path.write_text(path.read_text("utf-8").split("[[portal]]")[0], "utf-8")
    (left,) = take_back(at_portal)
    assert left.address == "http://portal.test/dataset/999997_population"
    assert "no [[portal]] named 'test'" in left.sentence("en")
    assert remembered(at_portal) == {"population"}
