"""`withdraw` at the command line: the facts of a report, a drill with its time, and at once where it has to be."""

import json
from pathlib import Path

import pytest
from hydrant_town import Machizu, make_town

from catalog.site.pointer import read_pointer


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


def test_the_reason_of_an_urgent_withdrawal_is_recorded_later(town: Path, machizu: Machizu) -> None:
    first = machizu("withdraw", "fire_hydrant", "--town", town, "--now", "--lang", "en")
    assert "--reason" in first.out
    later = machizu("withdraw", "fire_hydrant", "--town", town, "--yes", "--reason", "電話番号が入っていた")
    assert later.exit == 0, later.err
    stones = [stood.withdrawn for stood in read_pointer(town / "site").datasets["fire_hydrant"].versions.values()]
    assert [stone.reason for stone in stones if stone] == ["電話番号が入っていた"]
    assert machizu("verify", "--town", town).exit == 0
    again = machizu("withdraw", "fire_hydrant", "--town", town, "--yes", "--reason", "別の理由")
    assert again.exit == 2
    assert "取り下げ済みの版: 1.0" in again.err


def test_a_log_that_cannot_be_read_stops_no_withdrawal_and_is_named(town: Path, tmp_path: Path, machizu: Machizu) -> None:
    broken, absent = tmp_path / "broken.log.gz", tmp_path / "absent.log"
    broken.write_bytes(b"\x1f\x8b\x08\x00 no gzip")
    done = machizu(
        "withdraw", "fire_hydrant", "--town", town, "--now", "--access-log", broken, "--access-log", absent, "--json"
    )
    assert done.exit == 0, done.err
    facts = json.loads(done.out)["result"]["facts"]
    assert facts["unread_logs"] == [str(broken), str(absent)]
    assert facts["downloads"] is None


def test_a_folder_of_copies_that_is_not_there_is_told_and_can_be_given_again(
    town: Path, tmp_path: Path, machizu: Machizu
) -> None:
    copy = next((town / "site" / "releases").rglob("*.csv")).read_bytes()
    mirror = tmp_path / "写し"
    first = machizu("withdraw", "fire_hydrant", "--town", town, "--now", "--also", mirror)
    assert first.exit == 3
    assert str(mirror) in first.err
    assert not list((town / "site" / "releases").glob("*/*"))
    mirror.mkdir()
    (mirror / "別の名前.csv").write_bytes(copy)
    again = machizu("withdraw", "fire_hydrant", "--town", town, "--now", "--also", mirror)
    assert again.exit == 0, again.err
    assert list(mirror.iterdir()) == []


def test_older_versions_that_remain_are_told_with_the_command_that_brings_one_back(town: Path, machizu: Machizu) -> None:
    source = next((town / "sources").rglob("*.csv"))
    source.write_bytes(source.read_bytes().replace(b"100", b"150", 1))
    assert machizu("publish", "--town", town, "--yes").exit == 0
    done = machizu("withdraw", "fire_hydrant@1.1", "--town", town, "--yes", "--reason", "誤り")
    assert "machizu rollback fire_hydrant 1.0" in done.out
    assert machizu("rollback", "fire_hydrant", "1.0", "--town", town, "--reason", "誤り").exit == 0
    assert "rollback" not in machizu("withdraw", "fire_hydrant", "--town", town, "--yes", "--reason", "誤り").out
