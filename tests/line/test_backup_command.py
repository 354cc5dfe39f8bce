"""`backup` and `restore` at the command line: a town that is lost comes back, and a drill leaves no trace."""

import json
import shutil
from pathlib import Path

from hydrant_town import Machizu, make_town


def test_a_lost_town_comes_back_as_it_was_served(tmp_path: Path, machizu: Machizu) -> None:
    town, copy = make_town(tmp_path / "mihon", machizu), tmp_path / "控え.zip"
    assert machizu("publish", "--town", town, "--yes").exit == 0
    assert machizu("backup", "--town", town, "-o", copy).exit == 0
    shutil.rmtree(town)
    unasked = machizu("restore", copy, "--town", town)
    assert (unasked.exit, town.exists()) == (5, False)
    back = machizu("restore", copy, "--town", town, "--yes", "--json")
    assert back.exit == 0, back.err
    assert json.loads(back.out)["result"]["withheld"] == []
    assert (town / "site" / "prepared" / "map").is_dir()
    assert machizu("verify", "--town", town).exit == 0
    assert "公開中 版 1.0" in machizu("status", "--town", town).out


def test_a_drill_measures_and_leaves_no_trace(tmp_path: Path, machizu: Machizu) -> None:
    town, copy = make_town(tmp_path / "mihon", machizu), tmp_path / "控え.zip"
    machizu("publish", "--town", town, "--yes")
    machizu("backup", "--town", town, "-o", copy)
    before = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*"))
    drill = machizu("restore", copy, "--town", town, "--drill", "--json")
    assert drill.exit == 0, drill.err
    assert json.loads(drill.out)["result"]["seconds"] > 0
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == before


def test_what_is_no_backup_is_refused_in_a_sentence(tmp_path: Path, machizu: Machizu) -> None:
    (tmp_path / "a.zip").write_text("PK", "utf-8")
    refused = machizu("restore", tmp_path / "a.zip", "--town", tmp_path / "mihon", "--yes")
    assert (refused.exit, "控えではないか、壊れています" in refused.err) == (1, True)
