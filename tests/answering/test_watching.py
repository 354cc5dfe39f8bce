"""A watched folder: every file answered once, whole files only, nothing touched, whoever watches and however often."""

import hashlib
import os
from datetime import date
from pathlib import Path

import pytest

from catalog.errors import MachizuError
from catalog.library import read_library
from publish.answering.answer import Answer
from publish.answering.watching import Watcher
from publish.build import examine_file

GOOD = "ID,名称,所在地_連結表記,緯度,経度,設置位置\nFF1,役場,本町1,34.86,138.32,1階\n"
BAD = GOOD.replace("役場", "")


def check(path: Path) -> Answer:
    try:
        examined = examine_file(path, read_library(), None, date(2026, 11, 20))
    except MachizuError as problem:
        return Answer(path.name, None, error=problem)
    return Answer(path.name, examined.recipe.dataset, examined.report, base=path.parent)


class Desk:
    """A folder and what was written into it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written: list[str] = []
        self.asked: list[str] = []

    def watcher(self) -> Watcher:
        return Watcher(self.folder, self.check, self.write, "ja")

    def check(self, path: Path) -> Answer:
        self.asked.append(path.name)
        return check(path)

    def write(self, path: Path, data: bytes) -> None:
        path.write_bytes(data)
        self.written.append(path.name)

    def drop(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        return path


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def rounds(watcher: Watcher, count: int = 2) -> list[str]:
    return [path.name for _ in range(count) for path, problem in watcher.round() if problem is None]


def test_a_file_is_answered_once_it_has_stood_still_and_never_touched(desk: Desk) -> None:
    path = desk.drop("防災課/AED一覧.csv", BAD)
    before = path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest()
    watcher = desk.watcher()
    assert rounds(watcher, 1) == []
    assert rounds(watcher, 3) == ["AED一覧.csv"]
    assert sorted(desk.written) == ["AED一覧_確認結果.html", "AED一覧_確認結果.xlsx"]
    assert "必ず書く値がありません" in (path.parent / "AED一覧_確認結果.html").read_text("utf-8")
    assert (path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest()) == before


def test_a_file_that_is_still_being_copied_is_left_for_later(desk: Desk) -> None:
    watcher = desk.watcher()
    for length in (20, 40, 60):
        desk.drop("a.csv", GOOD[:length])
        assert rounds(watcher, 1) == []
    desk.drop("a.csv", GOOD)
    assert rounds(watcher, 2) == ["a.csv"]


def test_a_file_that_somebody_has_open_is_left_for_later(desk: Desk) -> None:
    desk.drop("a.csv", GOOD)
    for name in ("~$a.csv", ".~lock.a.csv#"):
        lock = desk.drop(name, "係長")
        assert rounds(desk.watcher(), 3) == []
        lock.unlink()
    assert rounds(desk.watcher()) == ["a.csv"]


def test_a_watcher_that_starts_anew_and_a_second_one_see_what_is_done(desk: Desk) -> None:
    desk.drop("a.csv", GOOD)
    assert rounds(desk.watcher()) == ["a.csv"]
    desk.written.clear()
    assert rounds(desk.watcher(), 3) == []
    desk.drop("a.csv", BAD)
    first, second = desk.watcher(), desk.watcher()
    assert rounds(first) == ["a.csv"]
    assert rounds(second, 3) == []
    assert desk.asked == ["a.csv", "a.csv"]


def test_a_file_that_is_corrected_is_answered_anew(desk: Desk) -> None:
    watcher = desk.watcher()
    path = desk.drop("a.csv", BAD)
    assert rounds(watcher) == ["a.csv"]
    desk.drop("a.csv", GOOD)
    os.utime(path, ns=(1, path.stat().st_mtime_ns + 10**9))
    assert rounds(watcher) == ["a.csv"]
    assert "必ず書く値がありません" not in (desk.folder / "a_確認結果.html").read_text("utf-8")


def test_results_hidden_files_and_other_things_are_not_taken_for_files_handed_in(desk: Desk) -> None:
    for name in ("メモ.docx", ".a.csv", "~tmp.csv", ".machizu-x.csv", "b_確認結果.csv"):
        desk.drop(name, GOOD)
    (desk.folder / "link.csv").symlink_to(desk.folder / ".a.csv")
    (desk.folder / "folder.csv").mkdir()
    assert rounds(desk.watcher(), 3) == []


def test_two_files_of_one_name_get_results_of_their_own(desk: Desk) -> None:
    desk.drop("a.csv", GOOD)
    desk.drop("a.tsv", GOOD.replace(",", "\t"))
    assert sorted(rounds(desk.watcher())) == ["a.csv", "a.tsv"]
    assert {path.name for path in desk.folder.glob("*.html")} == {"a.csv_確認結果.html", "a.tsv_確認結果.html"}


def test_a_result_that_cannot_be_written_is_tried_again(desk: Desk) -> None:
    desk.drop("a.csv", GOOD)
    busy = desk.watcher()
    problems = [PermissionError("open in Excel"), None]

    def write(path: Path, data: bytes) -> None:
        if path.suffix == ".xlsx" and (problem := problems.pop(0)):
            raise problem
        desk.write(path, data)

    busy.write = write
    assert rounds(busy) == []
    assert rounds(busy, 1) == ["a.csv"]


def test_a_file_that_cannot_be_read_is_answered_too_and_never_stops_the_watcher(desk: Desk) -> None:
    (desk.folder / "絵.xlsx").write_bytes(b"%PDF-1.7")
    desk.drop("a.csv", GOOD)
    assert sorted(rounds(desk.watcher())) == ["a.csv", "絵.xlsx"]
    assert "PDF" in (desk.folder / "絵_確認結果.html").read_text("utf-8")


def test_a_result_in_which_somebody_wrote_is_never_written_over(desk: Desk) -> None:
    watcher = desk.watcher()
    path = desk.drop("a.csv", BAD)
    assert rounds(watcher) == ["a.csv"]
    (desk.folder / "a_確認結果.xlsx").write_bytes(b"corrected by hand")
    desk.drop("a.csv", GOOD)
    os.utime(path, ns=(1, path.stat().st_mtime_ns + 10**9))
    assert rounds(watcher) == ["a.csv"]
    assert (desk.folder / "a_確認結果.xlsx").read_bytes() == b"corrected by hand"
    assert (desk.folder / "a_確認結果_2.xlsx").read_bytes().startswith(b"PK")
    assert rounds(watcher, 3) == []


KML = """<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>役場</name>
<Point><coordinates>138.32,34.86</coordinates></Point></Placemark></kml>"""


@pytest.mark.parametrize("name", ["避難所.kml", "避難所.xml"])
def test_maps_are_answered_too_but_not_what_describes_them(desk: Desk, name: str) -> None:
    desk.drop(name, KML)
    desk.drop("道路.shp.xml", "<metadata/>")
    desk.drop("道路.dbf", "x")
    assert rounds(desk.watcher()) == [name]
    assert desk.asked == [name]


def test_a_map_of_several_files_has_changed_when_one_of_them_has(desk: Desk) -> None:
    watcher = desk.watcher()
    desk.drop("道路.mif", "Version 300\n")
    assert rounds(watcher) == ["道路.mif"]
    desk.drop("道路.mid", "x\n")
    assert rounds(watcher) == ["道路.mif"]
    assert rounds(watcher) == []
