"""The wheel holds all that an installed machizu needs, and nothing that would lie about in somebody's environment."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("api", "catalog", "gis", "publish")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Built offline, as pipx does from a checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


def test_every_file_of_the_packages_and_every_definition_is_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", *PACKAGES, "datasets"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    tracked = [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    wanted = {
        name.replace("datasets/", "catalog/definitions/", 1) if name.startswith("datasets/") else name for name in tracked
    }
    assert len(wanted) > 500
    assert wanted - set(wheel.namelist()) == set()


def test_the_wheel_brings_only_our_packages_and_the_command(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    (about,) = tops - set(PACKAGES)
    assert wheel.read(f"{about}/entry_points.txt").decode().split() == [
        "[console_scripts]",
        "machizu",
        "=",
        "api.cli.main:main",
    ]
    assert any(name.endswith("/licenses/LICENSE") for name in wheel.namelist())
    assert not [name for name in wheel.namelist() if "__pycache__" in name or name.endswith(".pyc")]
