"""No bytes make `check` raise or run past its limits: damaged and hostile files of every kind, each in its own process."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import hostile_child
import hostile_files
import pytest
from hostile_made import MADE

ROOT = Path(__file__).resolve().parents[2]
QUICK = [
    *(
        "nested.zip",
        "far cell.xlsx",
        "wide.xlsx",
        "laughs.xlsx",
        "laughs.kml",
        "secret.kml",
        "laughs.gml",
        "deep.kml",
        "deep.gml",
    ),
    *("deep.geojson", "deeper.geojson", "deep keys.geojson", "long number.geojson", "endless view.gpkg"),
    *("lying length.zip", "lying count.zip", "no width.zip", "no header.zip", "numbers.csv", "formulas.csv", "kana.csv"),
]


def outcomes(folder: Path, files: Iterable[tuple[str, bytes]]) -> list[dict[str, Any]]:
    """Write files into a folder and return what `check` came to on each."""
    given = folder / "given"
    given.mkdir()
    for name, data in files:
        (given / name).write_bytes(data)
    good = folder / "AED.csv"
    good.write_text(hostile_files.TEXT, "utf-8")
    command = [sys.executable, "-W", "error", hostile_child.__file__, str(good), str(given)]
    environment = {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def bad(outcome: dict[str, Any]) -> bool:
    """Say whether a check raised, was ended by a limit, gave an exit code that is not its own, or showed a machine's file."""
    said = outcome["said"]
    return outcome["exit"] not in (0, 1, 2) or "Traceback" in said or "root:" in said or not said.strip()


def damaged(folder: Path, count: int, seed: int) -> list[dict[str, Any]]:
    seeds = folder / "seeds"
    seeds.mkdir()
    return outcomes(folder, hostile_files.damaged(hostile_files.seeds(seeds), count, seed))


def made(folder: Path, names: Iterable[str]) -> list[dict[str, Any]]:
    return outcomes(folder, ((name, MADE[name](folder)) for name in names))


def test_good_files_of_every_kind_are_read_or_refused(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    found = outcomes(tmp_path, hostile_files.seeds(tmp_path / "seeds").items())
    assert not list(filter(bad, found))
    assert sum(one["exit"] == 0 for one in found) >= 10


def test_damaged_files_make_no_traceback(tmp_path: Path) -> None:
    found = damaged(tmp_path, 64, seed=20261126)
    assert len(found) == 64
    assert not list(filter(bad, found))


def test_small_files_made_to_do_harm_do_none(tmp_path: Path) -> None:
    found = made(tmp_path, QUICK)
    assert len(found) == len(QUICK)
    assert not list(filter(bad, found))


@pytest.mark.full
@pytest.mark.parametrize("seed", range(4))
def test_a_thousand_damaged_files_make_no_traceback(seed: int, tmp_path: Path) -> None:
    assert not list(filter(bad, damaged(tmp_path, 1000, seed)))


@pytest.mark.full
@pytest.mark.parametrize("name", sorted(set(MADE) - set(QUICK)))
def test_large_files_made_to_do_harm_do_none(name: str, tmp_path: Path) -> None:
    assert not list(filter(bad, made(tmp_path, [name])))


def test_a_crash_and_a_runaway_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hostile_child, "check", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    assert bad(hostile_child.outcome(tmp_path / "crash.csv"))
