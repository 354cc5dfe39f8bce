"""The small town, made once and copied for every test, and a CKAN in memory for it."""

import os
import shutil
from pathlib import Path

import pytest
from fake_ckan import FakeCkan, reach_fake
from small_town import SmallTown, make_town

from publish.portal.reaching import Reached


@pytest.fixture(autouse=True)
def _disk_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _handle: None)


@pytest.fixture(scope="session")
def town_as_made(tmp_path_factory: pytest.TempPathFactory) -> SmallTown:
    return make_town(tmp_path_factory.mktemp("portal") / "town")


@pytest.fixture
def town(town_as_made: SmallTown, tmp_path: Path) -> SmallTown:
    shutil.copytree(town_as_made.path, tmp_path / "town")
    return SmallTown(tmp_path / "town", town_as_made.days)


@pytest.fixture
def fake() -> FakeCkan:
    return FakeCkan()


@pytest.fixture
def reached(town: SmallTown, fake: FakeCkan) -> Reached:
    return reach_fake(town.path, fake)
