"""A disk that lets nobody write: one sentence, exit 3, and what is public stays as it is; looking needs no writing."""

import subprocess
import sys
from pathlib import Path

import pytest
from hydrant_town import HYDRANTS, SOURCE, Machizu, make_town

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, machizu: Machizu) -> Path:
    folder = make_town(tmp_path_factory.mktemp("disk") / "mihon", machizu)
    assert machizu("publish", "--town", folder, "--yes").exit == 0
    (folder / "sources" / SOURCE).write_text(HYDRANTS.replace("75", "150"), "utf-8")
    assert machizu("publish", "--town", folder, "--yes").exit == 0
    (folder / "sources" / SOURCE).write_text(HYDRANTS.replace("75", "200"), "utf-8")
    return folder


def on_it(town: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(Path(__file__).with_name("read_only.py")), str(town), *arguments, "--town", str(town)]
    environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


WRITING = (
    ("publish", "--yes"),
    ("build",),
    ("rollback", "fire_hydrant"),
    ("withdraw", "fire_hydrant", "--now"),
    ("prepare",),
)


@pytest.mark.parametrize("command", WRITING, ids=lambda command: command[0])
def test_what_writes_says_so_in_one_sentence_and_changes_nothing(town: Path, command: tuple[str, ...]) -> None:
    before = {path: path.read_bytes() for path in town.rglob("*") if path.is_file()}
    done = on_it(town, *command)
    assert done.returncode == 3, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert "書き込めません" in done.stderr or "Read-only file system" in done.stderr
    assert {path: path.read_bytes() for path in town.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("command", [("status",), ("verify",), ("check",), ("datasets",)], ids=lambda command: command[0])
def test_what_only_looks_works(town: Path, command: tuple[str, ...]) -> None:
    done = on_it(town, *command)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout
