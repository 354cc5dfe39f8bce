"""Two persons at the command line: one asks, another approves from their own account, and a day is waited for."""

import json
import re
from pathlib import Path

import pytest
from hydrant_town import HYDRANTS, SOURCE, Machizu, make_town


@pytest.fixture
def town(tmp_path: Path, machizu: Machizu) -> Path:
    folder = make_town(tmp_path / "mihon", machizu)
    settings = folder / "machizu.toml"
    text = settings.read_text("utf-8").replace("\nlicence", '\napproval = "two"\nlicence', 1)
    settings.write_text(text + '\n[signers]\nnames = ["企画課長"]\n', "utf-8")
    return folder


def code_in(text: str) -> str:
    found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", text)
    assert found, text
    return found[0]


def test_one_asks_another_approves_and_only_then_it_is_public(town: Path, machizu: Machizu) -> None:
    asked = machizu("publish", "--town", town, "--yes", account="tanto")
    assert asked.exit == 5
    assert not (town / "site").exists()
    code = code_in(asked.err)
    assert code in machizu("status", "--town", town).out
    alone = machizu("approve", code, "--town", town, "--who", "企画課長", account="tanto")
    assert alone.exit == 2
    assert "自分では承認できません" in alone.err
    assert machizu("approve", code, "--town", town, "--who", "企画課長", account="kacho").exit == 0
    assert machizu("publish", "--town", town, "--yes", account="tanto").exit == 0
    assert "公開中 版 1.0" in machizu("status", "--town", town).out


def test_a_decision_on_paper_needs_its_number_and_the_code_of_what_is_published(town: Path, machizu: Machizu) -> None:
    code = code_in(machizu("publish", "--town", town, "--yes").err)
    unnumbered = machizu("publish", "--town", town, "--yes", "--approved", code)
    assert (unnumbered.exit, "文書番号" in unnumbered.err) == (2, True)
    other = machizu("publish", "--town", town, "--yes", "--approved", "0000-0000-0000", "--decision", "企財第123号")
    assert (other.exit, code in other.err) == (2, True)
    done = machizu("publish", "--town", town, "--yes", "--approved", code, "--decision", "企財第123号")
    assert done.exit == 0, done.err
    assert '"approved": "企財第123号"' in (town / "log" / "history.jsonl").read_text("utf-8")


def test_what_is_set_for_a_day_waits_for_the_day_and_for_its_approval(town: Path, machizu: Machizu) -> None:
    planned = machizu("publish", "--town", town, "--yes", "--at", "2999-12-01", account="tanto")
    assert planned.exit == 5
    assert "2999-12-01 00:00 に公開します" in planned.out
    early = machizu("tick", "--town", town, "--json")
    assert (early.exit, json.loads(early.out)["result"]["published"]) == (0, [])
    plan = town / "log" / "scheduled" / "fire_hydrant.json"
    plan.write_text(plan.read_text("utf-8").replace("2999", "2026").replace("12-01", "11-01"), "utf-8")
    due = machizu("tick", "--town", town)
    assert (due.exit, "承認が要ります" in due.err) == (5, True)
    assert machizu("approve", code_in(due.err), "--town", town, "--who", "企画課長", account="kacho").exit == 0
    assert machizu("tick", "--town", town).exit == 0
    assert "公開中 版 1.0" in machizu("status", "--town", town).out
    assert not plan.exists()


def test_a_plan_is_void_once_the_table_is_built_anew(town: Path, machizu: Machizu) -> None:
    machizu("publish", "--town", town, "--yes", "--at", "2999-12-01", account="tanto")
    source = town / "sources" / SOURCE
    source.write_text(HYDRANTS.replace("75", "150"), "utf-8")
    machizu("build", "--town", town)
    void = machizu("tick", "--town", town)
    assert (void.exit, "作り直された" in void.err) == (1, True)
    assert not (town / "site").exists()


def test_who_approved_and_until_when_is_part_of_the_status(town: Path, machizu: Machizu) -> None:
    code = code_in(machizu("publish", "--town", town, "--yes", account="tanto").err)
    machizu("approve", code, "--town", town, "--who", "企画課長", account="kacho")
    assert "承認されています(企画課長、" in machizu("status", "--town", town).out


def test_a_decision_for_a_day_holds_until_that_day_however_far(town: Path, machizu: Machizu) -> None:
    code = code_in(machizu("publish", "--town", town, "--yes").err)
    decided = ("--approved", code, "--decision", "企財第123号")
    planned = machizu("publish", "--town", town, "--yes", *decided, "--at", "2999-12-01")
    assert planned.exit == 0, planned.err
    assert "2999-12-15" in machizu("status", "--town", town).out


def test_an_approval_that_lapses_before_the_day_is_told_and_can_be_given_for_the_day(town: Path, machizu: Machizu) -> None:
    code = code_in(machizu("publish", "--town", town, "--yes", account="tanto").err)
    machizu("approve", code, "--town", town, "--who", "企画課長", account="kacho")
    planned = machizu("publish", "--town", town, "--yes", "--at", "2999-12-01", account="tanto")
    assert (planned.exit, "より前に無効になります" in planned.err) == (5, True)
    machizu("approve", code, "--town", town, "--who", "企画課長", account="kacho")
    assert "2999-12-15" in machizu("status", "--town", town).out
    assert machizu("publish", "fire_hydrant", "--town", town, "--yes", "--at", "2999-12-01", account="tanto").exit == 0


def test_what_is_set_for_a_day_is_not_published_in_passing_and_can_be_taken_back(town: Path, machizu: Machizu) -> None:
    code = code_in(machizu("publish", "--town", town, "--yes").err)
    machizu("publish", "--town", town, "--yes", "--approved", code, "--decision", "企財第123号", "--at", "2999-12-01")
    passing = machizu("publish", "--town", town, "--yes")
    assert passing.exit == 0, passing.err
    assert "いまは公開しません" in passing.out
    assert not (town / "site" / "releases").exists()
    assert "取り消しました" in machizu("publish", "fire_hydrant", "--town", town, "--at", "なし").out
    assert machizu("publish", "--town", town, "--at", "none").exit == 2
    assert machizu("publish", "--town", town, "--yes").exit == 0
    assert "公開中 版 1.0" in machizu("status", "--town", town).out


def test_a_town_without_signers_is_not_told_of_a_command_that_cannot_work(town: Path, machizu: Machizu) -> None:
    settings = town / "machizu.toml"
    settings.write_text(settings.read_text("utf-8").split("\n[signers]")[0], "utf-8")
    waits = machizu("publish", "--town", town, "--yes")
    assert ("machizu approve" in waits.err, "--decision" in waits.err) == (False, True)
