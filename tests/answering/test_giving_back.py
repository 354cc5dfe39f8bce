"""Result files of the command line: named after the file, never among the sources, replaced in one move."""

from pathlib import Path

import pytest

from api.cli.giving_back import give_page, give_workbooks, write
from catalog.errors import UnusableSource, UsageError
from publish.answering.answer import Answer


def broken(name: str) -> Answer:
    return Answer(name, None, error=UnusableSource("読めません。", "Unreadable."))


def test_results_are_named_after_the_files_and_two_of_one_name_do_not_meet(tmp_path: Path) -> None:
    given = give_workbooks([broken("春/AED.xlsx"), broken("秋/AED.csv")], tmp_path, None, "ja")
    assert [path.name for path in given] == ["AED_確認結果.xlsx", "AED_確認結果_2.xlsx"]
    assert all(path.read_bytes().startswith(b"PK") for path in given)
    assert give_page([broken("AED.csv")], tmp_path, None, "en").name == "AED_確認結果.html"
    assert not list(tmp_path.glob(".machizu-*"))


def test_one_file_for_several_results_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        give_workbooks([broken("a.csv"), broken("b.csv")], tmp_path / "both.xlsx", None, "ja")
    assert not list(tmp_path.iterdir())


def test_nothing_is_ever_written_among_the_sources(tmp_path: Path) -> None:
    (tmp_path / "sources" / "課").mkdir(parents=True)
    with pytest.raises(UsageError) as refused:
        give_workbooks([broken("a.csv")], tmp_path / "sources" / "課", tmp_path / "sources", "ja")
    assert "sources/" in refused.value.message["ja"]
    assert not list((tmp_path / "sources" / "課").iterdir())


def test_a_result_that_cannot_be_put_in_its_place_leaves_the_old_one_and_no_rubbish(tmp_path: Path) -> None:
    taken = tmp_path / "a.xlsx"
    (taken / "inside").mkdir(parents=True)
    with pytest.raises(OSError, match=r"a\.xlsx"):
        write(taken, b"x", None)
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]
