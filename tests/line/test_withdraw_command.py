"""`withdraw` at the command line: the facts of a report, a drill with its time, and at once where it has to be."""

import json
from pathlib import Path

import pytest
from hydrant_town import Machizu, make_town


@pytest.fixture
def town(tmp_path: Path, machizu: Machizu) -> Path:
    folder = make_town(tmp_path / "mihon", machizu)
    assert machizu("publish", "--town", folder, "--yes").exit == 0
    return folder


def test_a_withdrawal_says_what_was_public_since_when_and_which_copies_are_left(
    town: Path, tmp_path: Path, machizu: Machizu
) -> None:
    machizu("backup", "--town", town, "-o", tmp_path / "控え.zip")
    done = machizu("withdraw", "fire_hydrant", "--town", town, "--yes", "--reason", "誤り", "--json")
    assert done.exit == 0, done.err
    facts = json.loads(done.out)["result"]["facts"]
    assert facts["reason"] == "誤り"
    assert [Path(path).name for path in facts["backups"]] == ["控え.zip"]
    (kept,) = (town / "log" / "incidents").iterdir()
    assert json.loads(kept.read_text("utf-8")) == facts
    assert not list((town / "site" / "releases").glob("*/*"))


def test_a_drill_says_how_long_it_takes_and_takes_nothing_away(town: Path, machizu: Machizu) -> None:
    before = {path: path.read_bytes() for path in (town / "site").rglob("*") if path.is_file()}
    drill = machizu("withdraw", "fire_hydrant", "--town", town, "--drill")
    assert drill.exit == 0, drill.err
    assert "秒" in drill.out
    assert {path: path.read_bytes() for path in (town / "site").rglob("*") if path.is_file()} == before


def test_at_once_means_without_a_question_and_without_a_reason_to_think_of(town: Path, machizu: Machizu) -> None:
    assert machizu("withdraw", "fire_hydrant", "--town", town).exit == 2
    done = machizu("withdraw", "fire_hydrant", "--town", town, "--now")
    assert done.exit == 0, done.err
    assert "68条" in done.out
    assert "取り下げました" in machizu("status", "--town", town).out
