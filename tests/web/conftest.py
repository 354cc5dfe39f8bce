"""The example town, made once, and a client that asks its site without a network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from example_town import copy_town, make_town
from serving import Served
from starlette.testclient import TestClient

from api.web.app import create_app


@pytest.fixture(scope="session")
def public_town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_town(tmp_path_factory.mktemp("web") / "mihon")


@pytest.fixture(scope="session")
def web(public_town: Path) -> Iterator[TestClient]:
    with TestClient(create_app(public_town / "site"), base_url="http://mihon.test", follow_redirects=False) as client:
        yield client


@pytest.fixture
def own_town(public_town: Path, tmp_path: Path) -> Path:
    """A copy of the town that the test may change."""
    return copy_town(public_town, tmp_path / "town")


@pytest.fixture(scope="session")
def server(public_town: Path) -> Iterator[Served]:
    server = Served(public_town / "site")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def server_below_a_prefix(public_town: Path) -> Iterator[Served]:
    server = Served(public_town / "site", "/mihon")
    yield server
    server.stop()
