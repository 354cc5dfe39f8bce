"""The example town, made once for all tests of it."""

from pathlib import Path

import pytest

from api.demo import town


@pytest.fixture(scope="session")
def mihon(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "mihon"
    town.make(folder)
    return folder
