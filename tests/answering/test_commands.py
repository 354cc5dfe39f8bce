"""check --format, template and watch as their users run them: where results lie, what is never written over, exit codes."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

GOOD = "ID,名称,所在地_連結表記,緯度,経度,設置位置\nFF1,役場,本町1,34.86,138.32,1階\n"
BAD = GOOD.replace("役場", "")
Machizu = Callable[..., Any]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "受付" / "AED一覧.csv"
    path.parent.mkdir()
    path.write_text(BAD, "utf-8")
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("form", ["xlsx", "html"])
def test_results_go_into_a_folder_that_is_made_and_a_program_is_told_where(
    machizu: Machizu, file: Path, tmp_path: Path, form: str
) -> None:
    done = machizu("check", file, "--format", form, "-o", f"{tmp_path}/返す/", "--json")
    told = json.loads(done.out)
    result = tmp_path / "返す" / f"AED一覧_確認結果.{form}"
    assert done.exit == told["exit"] == 1
    assert told["result"]["written"] == [str(result)]
    assert told["result"]["sources"][0]["findings"]
    assert result.stat().st_size > 1000
    assert names(file.parent) == ["AED一覧.csv"]


@pytest.mark.parametrize("form", ["text", "json", "xlsx", "html"])
def test_the_original_is_never_written_over(machizu: Machizu, file: Path, form: str) -> None:
    link = file.with_name({"xlsx": "別.xlsx", "html": "別.html"}.get(form, "別.csv"))
    link.hardlink_to(file)
    for wanted in (file, link):
        done = machizu("check", file, "--format", form, "-o", wanted)
        assert done.exit == 2, done.out
        assert wanted.name in done.err
    assert file.read_text("utf-8") == BAD


def test_beside_says_where_and_shows_no_sign_that_does_something(machizu: Machizu, file: Path) -> None:
    odd = file.with_name("赤\x1b[31m\u202eAED.csv")
    file.rename(odd)
    done = machizu("check", odd, "--format", "xlsx", "--beside")
    assert "\x1b" not in done.out
    assert "\u202e" not in done.out
    assert "赤_[31m_AED_確認結果.xlsx" in names(file.parent)


def test_a_disk_that_refuses_is_told_without_names_of_ours(machizu: Machizu, file: Path) -> None:
    done = machizu("check", file, "--format", "xlsx", "-o", "/proc/ない/返す.xlsx")
    assert done.exit == 3
    assert ".machizu-" not in done.err


def test_a_template_is_never_written_over_one_that_is_filled_in(machizu: Machizu, tmp_path: Path) -> None:
    wanted = tmp_path / "AED.xlsx"
    assert machizu("template", "aed", "-o", wanted).exit == 0
    assert machizu("template", "aed", "-o", wanted).exit == 0  # empty as it was
    book = load_workbook(wanted)
    book.worksheets[0]["A4"] = "222127"
    book.save(wanted)
    filled = wanted.read_bytes()
    done = machizu("template", "aed", "-o", wanted)
    assert (done.exit, wanted.read_bytes()) == (2, filled)
    told = json.loads(machizu("template", "aed", "-o", f"{tmp_path}/様式/", "--json").out)
    assert Path(told["result"]["path"]).parent == tmp_path / "様式"
    assert machizu("template", "aed", "-o", tmp_path / "AED.csv").exit == 2


def watch(machizu: Machizu, folder: Path, *more: str | Path) -> tuple[int, dict[str, Any], str]:
    done = machizu("watch", folder, "--once", "--every", "0.1", "--json", *more)
    return done.exit, json.loads(done.out)["result"], done.err


def test_watching_once_answers_and_says_what_it_left(machizu: Machizu, file: Path) -> None:
    exit_, told, _ = watch(machizu, file.parent)
    results = [f"AED一覧_確認結果.{ending}" for ending in ("xlsx", "html")]
    assert (exit_, told["written"]) == (0, [str(file)])
    assert told["results"] == [str(file.parent / name) for name in results]
    assert watch(machizu, file.parent)[:2] == (0, {"written": [], "results": [], "failed": [], "left": []})
    (file.parent / "~$道路.csv").write_text("係長")
    (file.parent / "道路.csv").write_text(GOOD, "utf-8")
    exit_, told, err = watch(machizu, file.parent)
    assert (exit_, told["left"]) == (5, [str(file.parent / "道路.csv")])
    assert "道路.csv" in err


def test_watching_says_what_it_could_not_answer_and_goes_on(machizu: Machizu, file: Path) -> None:
    town = file.parent / "町"
    assert machizu("new", town, "--code", "222127", "--name", "焼津市").exit == 0
    shutil.copy(file, town / "sources")
    exit_, told, err = watch(machizu, file.parent)
    assert exit_ == 2
    assert told["written"] == [str(file)]
    assert [(one["file"], one["code"]) for one in told["failed"]] == [(str(town / "sources" / file.name), "among-sources")]
    assert "sources/ には何も書きません" in err
    assert names(town / "sources") == [file.name]
    assert machizu("watch", town / "sources", "--town", town).exit == 2


def test_watching_a_folder_that_is_none_or_for_a_town_that_cannot_be_read_is_refused(machizu: Machizu, file: Path) -> None:
    assert machizu("watch", file.parent / "ない").exit == 2
    (file.parent / "machizu.toml").write_text("format = 9", "utf-8")
    done = machizu("watch", file.parent, "--town", file.parent, "--once", "--every", "0.1")
    assert done.exit == 2
    assert names(file.parent) == ["AED一覧.csv", "machizu.toml"]


@pytest.mark.skipif(os.name == "nt", reason="such names are none there")
def test_names_that_no_text_can_hold_are_answered(machizu: Machizu, file: Path) -> None:
    odd = file.with_name(os.fsdecode(b"AED\x88\xea.csv"))
    file.rename(odd)
    exit_, told, _ = watch(machizu, file.parent)
    assert (exit_, len(told["written"])) == (0, 1)
    assert len(names(file.parent)) == 3
