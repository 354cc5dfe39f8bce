"""The wheel holds all that an installed machizu needs, and nothing that would lie about in somebody's environment."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("api", "catalog", "gis", "publish")
MOVED = {"datasets": "catalog/definitions", "docs/rules": "catalog/rule_texts"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Built offline, as pipx does from a checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


def test_every_file_of_the_packages_every_definition_and_every_text_of_a_rule_is_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    folders = (*PACKAGES, *MOVED)
    listed = subprocess.run(["git", "ls-files", "-z", *folders], capture_output=True, text=True, check=True, cwd=ROOT)
    tracked = [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    wanted = {_inside(name) for name in tracked}
    assert len(wanted) > 500
    assert wanted - set(wheel.namelist()) == set()


def _inside(name: str) -> str:
    moved = next((folder for folder in MOVED if name.startswith(f"{folder}/")), "")
    return MOVED[moved] + name.removeprefix(moved) if moved else name


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
