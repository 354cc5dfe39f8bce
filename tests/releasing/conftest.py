"""The office of the bench town, fresh for every test."""

from pathlib import Path

import pytest
from bench_town import Office, make_office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office with an empty town folder."""
    return make_office(tmp_path / "mihon")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """An empty folder."""
    folder = tmp_path / "here"
    folder.mkdir()
    return folder
