"""Result files of the command line: named after the file, never among the sources, never over what a person made."""

import os
import stat
from pathlib import Path

import pytest
from openpyxl import load_workbook

from api.cli.giving_back import give, give_beside, target
from catalog.errors import UnusableSource, UsageError
from publish.answering.answer import Answer
from publish.answering.results.mark import read_mark
from publish.answering.results.naming import result_name
from publish.answering.results.placing import Guard, place


def broken(name: str, base: Path | None = None) -> Answer:
    return Answer(name, None, error=UnusableSource("読めません。", "Unreadable."), base=base)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_results_are_named_after_the_files_and_two_of_one_name_do_not_meet(tmp_path: Path) -> None:
    given = give("xlsx", [broken("春/AED.xlsx"), broken("秋/AED.csv"), broken("冬/AED.csv")], tmp_path, None, "ja")
    assert [path.name for path in given] == ["AED_確認結果.xlsx", "AED.csv_確認結果.xlsx", "AED.csv_確認結果_2.xlsx"]
    assert all(path.read_bytes().startswith(b"PK") for path in given)
    assert [path.name for path in give("html", [broken("道路.csv")], tmp_path, None, "en")] == ["道路_確認結果.html"]
    assert not list(tmp_path.glob(".machizu-*"))


@pytest.mark.parametrize("form", ["xlsx", "html"])
def test_two_files_beside_each_other_that_differ_in_their_ending_have_results_of_their_own(tmp_path: Path, form: str) -> None:
    answers = [broken(name, tmp_path) for name in ("AED.xlsx", "AED.csv")]
    for answer in answers:
        (tmp_path / answer.source).write_text("x")
    given = give_beside(form, answers, None, "ja")
    assert [path.name for path in given] == [f"AED.xlsx_確認結果.{form}", f"AED.csv_確認結果.{form}"]
    assert give_beside(form, answers, None, "ja") == given
    assert len(names(tmp_path)) == 4


def test_one_file_for_several_results_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        give("xlsx", [broken("a.csv"), broken("b.csv")], tmp_path / "both.xlsx", None, "ja")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("known", [True, False], ids=["this town", "another town"])
def test_nothing_is_ever_written_among_the_sources(tmp_path: Path, known: bool) -> None:
    (tmp_path / "sources" / "課").mkdir(parents=True)
    (tmp_path / "machizu.toml").write_text("")
    with pytest.raises(UsageError) as refused:
        give("xlsx", [broken("a.csv")], tmp_path / "sources" / "課" / "返す", tmp_path / "sources" if known else None, "ja")
    assert "sources/" in refused.value.message["ja"]
    assert not list((tmp_path / "sources" / "課").iterdir())


def test_a_result_that_cannot_be_put_in_its_place_leaves_the_old_one_and_no_rubbish(tmp_path: Path) -> None:
    taken = tmp_path / "a.xlsx"
    (taken / "inside").mkdir(parents=True)
    with pytest.raises(OSError, match=r"a\.xlsx") as refused:
        place(taken, b"x", Guard())
    assert ".machizu-" not in str(refused.value)
    assert names(tmp_path) == ["a.xlsx"]


def test_a_name_of_a_passing_file_shows_in_no_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as refused:
        place(tmp_path / "ない" / "a.xlsx", b"x", Guard())
    assert refused.value.filename == str(tmp_path / "ない" / "a.xlsx")
    assert ".machizu-" not in str(refused.value)


@pytest.mark.parametrize("link", ["itself", "symbolic", "hard"])
def test_the_original_is_never_written_over_whatever_it_is_called(tmp_path: Path, link: str) -> None:
    original = tmp_path / "AED.xlsx"
    original.write_bytes(b"the clerk's own")
    wanted = original if link == "itself" else tmp_path / "別名.xlsx"
    if link == "symbolic":
        wanted.symlink_to(original)
    if link == "hard":
        wanted.hardlink_to(original)
    with pytest.raises(UsageError):
        give("xlsx", [broken("AED.xlsx", tmp_path)], wanted, None, "ja")
    with pytest.raises(UsageError) as refused:
        place(wanted, b"x", Guard(None, [original]))
    assert refused.value.code == "over-original"
    assert original.read_bytes() == b"the clerk's own"


def test_a_file_that_is_no_result_is_not_written_over_and_a_result_is(tmp_path: Path) -> None:
    wanted = tmp_path / "返事.xlsx"
    wanted.write_bytes(b"a person's")
    with pytest.raises(UsageError) as refused:
        give("xlsx", [broken("a.csv")], wanted, None, "ja")
    assert refused.value.code == "no-result"
    wanted.unlink()
    for name in ("a.csv", "b.csv"):
        assert give("xlsx", [broken(name)], wanted, None, "ja") == [wanted]
    edit(wanted)
    with pytest.raises(UsageError):
        give("xlsx", [broken("a.csv")], wanted, None, "ja")


def edit(path: Path) -> None:
    """Write into a workbook as a clerk does, with another program."""
    book = load_workbook(path)
    book.worksheets[0]["J1"] = "直しました"
    book.save(path)


def test_a_result_in_which_somebody_wrote_stays_and_the_same_is_not_said_again(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("一")
    (first,) = give("xlsx", [broken("a.csv", tmp_path)], tmp_path, None, "ja")
    before = first.stat().st_mtime_ns
    assert give("xlsx", [broken("a.csv", tmp_path)], tmp_path, None, "ja") == [first]
    assert first.stat().st_mtime_ns == before
    edit(first)
    edited = first.read_bytes()
    assert give("xlsx", [broken("a.csv", tmp_path)], tmp_path, None, "ja") == [first]
    source.write_text("二")
    (second,) = give("xlsx", [broken("a.csv", tmp_path)], tmp_path, None, "ja")
    assert second.name == "a_確認結果_2.xlsx"
    source.write_text("三")
    assert give("xlsx", [broken("a.csv", tmp_path)], tmp_path, None, "ja") == [second]
    assert first.read_bytes() == edited


@pytest.mark.parametrize("ending", [".xlsx", ".html"])
def test_a_result_says_what_it_is_about_until_somebody_writes_in_it(tmp_path: Path, ending: str) -> None:
    (tmp_path / "a.csv").write_text("一")
    (path,) = give(ending[1:], [broken("a.csv", tmp_path)], tmp_path, None, "ja")
    found = read_mark(path)
    assert found
    assert found.untouched
    if ending == ".xlsx":
        edit(path)
    else:
        path.write_text(path.read_text("utf-8").replace("読めません", "読めます"), "utf-8")
    again = read_mark(path)
    assert again
    assert again.mark == found.mark
    assert not again.untouched


@pytest.mark.skipif(os.name == "nt", reason="rights of another kind")
@pytest.mark.parametrize(("umask", "mode"), [(0o027, 0o640), (0o002, 0o664)])
def test_a_result_has_the_rights_of_any_new_file(tmp_path: Path, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        place(tmp_path / "a.xlsx", b"x", Guard())
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.xlsx").stat().st_mode) == mode


def test_a_folder_that_is_not_there_yet_is_made_and_another_ending_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "返す"
    (given,) = give("xlsx", [broken("a.csv")], target(f"{folder}/", ".xlsx"), None, "ja")
    assert given.parent == folder
    assert target(f"{tmp_path}/令和8.4/", ".xlsx") == tmp_path / "令和8.4"
    assert target(None, ".html") == Path()
    for wrong in ("原本.csv", "返事.html", "AED.xls"):
        with pytest.raises(UsageError) as refused:
            target(wrong, ".xlsx")
        assert wrong in refused.value.message["ja"]


def test_names_of_files_become_names_that_every_system_allows() -> None:
    assert result_name("道路/*.csv", "ja") == "__確認結果"
    long = result_name("あ" * 200 + ".csv", "ja")
    assert len(long.encode()) < 240
    assert long != result_name("あ" * 199 + "い.csv", "ja")
