"""A watched folder: every file answered once, whole files only, nothing touched, whoever watches and however often."""

import hashlib
import os
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from catalog.errors import MachizuError, UsageError
from catalog.library import read_library
from publish.answering.answer import Answer
from publish.answering.results.giving import Giving
from publish.answering.results.handed_in import ENDINGS
from publish.answering.results.placing import Guard, place
from publish.answering.watching import Seen, Watcher
from publish.build import examine_file
from publish.reading import signature

GOOD = "ID,名称,所在地_連結表記,緯度,経度,設置位置\nFF1,役場,本町1,34.86,138.32,1階\n"
BAD = GOOD.replace("役場", "")


def check(path: Path) -> Answer:
    try:
        examined = examine_file(path, read_library(), None, date(2026, 11, 20))
    except MachizuError as problem:
        return Answer(path.name, None, error=problem, base=path.parent)
    return Answer(path.name, examined.recipe.dataset, examined.report, base=path.parent)


class Desk:
    """A folder and what was written into it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written: list[str] = []
        self.asked: list[str] = []

    def watcher(self) -> Watcher:
        return Watcher(self.folder, self.check, lambda about: Giving("ja", None, self.write, about), "ja")

    def check(self, path: Path) -> Answer:
        self.asked.append(path.name)
        return check(path)

    def write(self, path: Path, data: bytes, guard: Guard) -> Path:
        self.written.append(path.name)
        return place(path, data, guard)

    def drop(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        return path


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def seen(watcher: Watcher, count: int = 2) -> list[Seen]:
    return [one for _ in range(count) for one in watcher.round()]


def rounds(watcher: Watcher, count: int = 2) -> list[str]:
    return [one.path.name for one in seen(watcher, count) if one.problem is None]


def problems(watcher: Watcher, count: int = 2) -> list[tuple[str, str]]:
    return [(one.path.name, one.problem.code) for one in seen(watcher, count) if one.problem]


def edit(path: Path) -> None:
    """Correct a result as a clerk does, with another program."""
    book = load_workbook(path)
    sheet = book.worksheets[1]
    sheet["B2"] = "役場"
    book.save(path)


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
    path = desk.drop("AED.csv", BAD)
    assert rounds(watcher) == ["AED.csv"]
    assert "必ず書く値がありません" in (desk.folder / "AED_確認結果.html").read_text("utf-8")
    desk.drop("AED.csv", GOOD)
    os.utime(path, ns=(1, path.stat().st_mtime_ns + 10**9))
    assert rounds(watcher) == ["AED.csv"]
    assert "必ず書く値がありません" not in (desk.folder / "AED_確認結果.html").read_text("utf-8")


def test_results_hidden_files_and_other_things_are_not_taken_for_files_handed_in(desk: Desk) -> None:
    for name in ("メモ.docx", ".a.csv", "~tmp.csv", ".machizu-x.csv", "b_確認結果.html"):
        desk.drop(name, GOOD)
    desk.drop("区域.docx", "")
    desk.drop("区域.docx.xml", "<metadata/>")
    (desk.folder / "folder.csv").mkdir()
    assert seen(desk.watcher(), 3) == []


def test_two_files_of_one_name_get_results_of_their_own(desk: Desk) -> None:
    desk.drop("a.csv", GOOD)
    desk.drop("a.tsv", GOOD.replace(",", "\t"))
    assert sorted(rounds(desk.watcher())) == ["a.csv", "a.tsv"]
    assert {path.name for path in desk.folder.glob("*.html")} == {"a.csv_確認結果.html", "a.tsv_確認結果.html"}


def test_a_result_that_cannot_be_written_is_tried_again_later_and_later_and_said_once(desk: Desk) -> None:
    desk.drop("a.csv", GOOD)
    busy = desk.watcher()
    tried: list[str] = []

    def write(path: Path, data: bytes, guard: Guard) -> Path:
        tried.append(path.suffix)
        if path.suffix == ".html" and tried.count(".html") < 5:
            raise PermissionError(13, "open in a browser", str(path))
        return desk.write(path, data, guard)

    busy.giving = lambda about: Giving("ja", None, write, about)
    assert problems(busy, 12) == [("a.csv", "system")]
    assert tried.count(".html") == 4
    assert rounds(busy, 1) == ["a.csv"]
    assert [path.name for path in desk.folder.glob("*.xlsx")] == ["a_確認結果.xlsx"]
    assert tried.count(".xlsx") == 1  # what stands and says the same is not written again


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (MemoryError(), "memory"),
        (KeyError("xl/workbook.xml"), "unexpected"),
        (UsageError("だめです。", "No.", code="no"), "no"),
        (RecursionError(), "unexpected"),
        (type("PanicException", (BaseException,), {})("index out of bounds"), "unexpected"),
    ],
    ids=["memory", "key", "ours", "recursion", "panic"],
)
def test_whatever_one_file_raises_is_said_in_a_sentence_and_the_next_is_answered(
    desk: Desk, raised: BaseException, code: str
) -> None:
    for name in ("a.csv", "b.csv"):
        desk.drop(name, GOOD)
    watcher = desk.watcher()

    def check(path: Path) -> Answer:
        if path.name == "a.csv":
            raise raised
        return desk.check(path)

    watcher.check = check
    found = seen(watcher, 4)
    assert [(one.path.name, one.problem and one.problem.code) for one in found] == [("a.csv", code), ("b.csv", None)]
    assert found[0].problem
    assert found[0].problem.in_language("ja").endswith("。")


def test_the_watcher_can_be_stopped(desk: Desk) -> None:
    desk.drop("a.csv", GOOD)
    watcher = desk.watcher()

    def check(_: Path) -> Answer:
        raise KeyboardInterrupt

    watcher.check = check
    with pytest.raises(KeyboardInterrupt):
        rounds(watcher)


def test_names_that_are_no_text_or_turn_the_line_are_answered(desk: Desk) -> None:
    odd = [os.fsdecode(b"AED\x88\xea.csv"), "赤\x1b[31m\u202e.csv"]
    for name in odd:
        (desk.folder / name).write_text(BAD, "utf-8")
    assert sorted(rounds(desk.watcher())) == sorted(odd)
    assert len(list(desk.folder.glob("*_確認結果.html"))) == 2
    assert rounds(desk.watcher()) == []


def test_the_sources_of_a_town_inside_are_left_alone_and_that_is_said(desk: Desk) -> None:
    desk.drop("machizu.toml", "")
    desk.drop("sources/a.csv", GOOD)
    desk.drop("b.csv", GOOD)
    found = seen(desk.watcher(), 4)
    assert sorted((one.path.name, one.problem and one.problem.code) for one in found if one.problem) == [
        ("a.csv", "among-sources")
    ]
    assert [one.path.name for one in found if not one.problem] == ["b.csv"]
    assert [path.name for path in (desk.folder / "sources").iterdir()] == ["a.csv"]


@pytest.mark.skipif(os.name == "nt", reason="no pipes in folders")
def test_links_and_pipes_are_not_opened_and_that_is_said(desk: Desk) -> None:
    desk.drop(".a.csv", GOOD)
    (desk.folder / "link.csv").symlink_to(desk.folder / ".a.csv")
    os.mkfifo(desk.folder / "pipe.csv")
    (desk.folder / "区域.shp").write_bytes(b"\x00\x00\x27\x0a")
    (desk.folder / "区域.DBF").symlink_to("/etc/hostname")
    assert sorted(problems(desk.watcher(), 4)) == [("link.csv", "link"), ("pipe.csv", "link"), ("区域.shp", "link")]
    assert desk.asked == []


def test_every_kind_of_file_that_can_be_read_is_looked_at(desk: Desk) -> None:
    assert set(signature.ENDINGS) - ENDINGS == {".gdb"}
    for ending in sorted(ENDINGS):
        desk.drop(f"{ending[1:]}{ending}", "{}")
    assert sorted(rounds(desk.watcher())) == sorted(f"{ending[1:]}{ending}" for ending in ENDINGS)
    assert ".json" in ENDINGS


def test_a_folder_that_goes_away_is_said_once_and_watched_again_when_it_is_back(desk: Desk, tmp_path: Path) -> None:
    desk.folder = tmp_path / "受付"
    desk.folder.mkdir()
    watcher = desk.watcher()
    desk.folder.rename(tmp_path / "外れた")
    assert problems(watcher, 3) == [("受付", "folder-away")]
    (tmp_path / "外れた").rename(desk.folder)
    desk.drop("a.csv", GOOD)
    assert rounds(watcher) == ["a.csv"]


def test_a_file_that_cannot_be_read_is_answered_too_and_never_stops_the_watcher(desk: Desk) -> None:
    (desk.folder / "絵.xlsx").write_bytes(b"%PDF-1.7")
    desk.drop("a.csv", GOOD)
    assert sorted(rounds(desk.watcher())) == ["a.csv", "絵.xlsx"]
    assert "PDF" in (desk.folder / "絵_確認結果.html").read_text("utf-8")


def test_a_result_in_which_somebody_wrote_is_never_written_over_and_is_answered_itself(desk: Desk) -> None:
    watcher = desk.watcher()
    desk.drop("AED.csv", BAD)
    assert rounds(watcher) == ["AED.csv"]
    result = desk.folder / "AED_確認結果.xlsx"
    edit(result)
    edited = result.read_bytes()
    assert rounds(watcher, 4) == ["AED_確認結果.xlsx"]
    assert result.read_bytes() == edited
    page = (desk.folder / "AED_確認結果_確認結果.html").read_text("utf-8")
    assert "必ず書く値がありません" not in page
    changed(desk.drop("AED.csv", BAD + "FF2,,本町2,34.87,138.33,2階\n"))
    assert rounds(watcher) == ["AED.csv"]
    assert result.read_bytes() == edited
    assert (desk.folder / "AED_確認結果_2.xlsx").read_bytes().startswith(b"PK")
    assert rounds(watcher, 3) == rounds(desk.watcher(), 3) == []


def changed(path: Path) -> None:
    """Make a file newer, whatever the clock of the disk."""
    os.utime(path, ns=(1, path.stat().st_mtime_ns + 10**9))


def test_a_result_keeps_its_name_when_a_file_of_the_same_name_comes_and_goes(desk: Desk) -> None:
    watcher = desk.watcher()
    first = desk.drop("a.csv", BAD)
    assert rounds(watcher) == ["a.csv"]
    second = desk.drop("a.tsv", GOOD.replace(",", "\t"))
    assert rounds(watcher) == ["a.tsv"]
    expected = {"a_確認結果.html", "a.tsv_確認結果.html"}
    assert {path.name for path in desk.folder.glob("*.html")} == expected
    second.unlink()
    desk.drop("a.csv", GOOD)
    changed(first)
    assert rounds(watcher) == ["a.csv"]
    assert {path.name for path in desk.folder.glob("*.html")} == expected


def test_results_that_were_deleted_are_made_again_by_the_next_watcher(desk: Desk) -> None:
    desk.drop("a.csv", GOOD)
    assert rounds(desk.watcher()) == ["a.csv"]
    (desk.folder / "a_確認結果.xlsx").unlink()
    assert rounds(desk.watcher()) == ["a.csv"]
    assert sorted(path.name for path in desk.folder.iterdir()) == ["a.csv", "a_確認結果.html", "a_確認結果.xlsx"]


def test_a_shapefile_has_changed_when_any_of_its_files_has(desk: Desk) -> None:
    (desk.folder / "区域.shp").write_bytes(b"\x00\x00\x27\x0a")
    table = desk.drop("区域.dbf", "x")
    watcher = desk.watcher()
    assert rounds(watcher) == ["区域.shp"]
    changed(desk.drop("区域.dbf", "y"))
    assert rounds(watcher) == ["区域.shp"]
    table.unlink()
    assert rounds(watcher) == ["区域.shp"]


KML = """<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>役場</name>
<Point><coordinates>138.32,34.86</coordinates></Point></Placemark></kml>"""


@pytest.mark.parametrize("name", ["避難所.kml", "避難所.xml"])
def test_maps_are_answered_too_but_not_what_describes_them(desk: Desk, name: str) -> None:
    desk.drop(name, KML)
    desk.drop("道路.shp.xml", "<metadata/>")
    desk.drop("道路.shp", "x")
    desk.drop("道路.dbf", "x")
    assert sorted(rounds(desk.watcher())) == sorted(["道路.shp", name])
    assert sorted(desk.asked) == sorted(["道路.shp", name])


def test_a_map_of_several_files_has_changed_when_one_of_them_has(desk: Desk) -> None:
    watcher = desk.watcher()
    desk.drop("道路.mif", "Version 300\n")
    assert rounds(watcher) == ["道路.mif"]
    desk.drop("道路.mid", "x\n")
    assert rounds(watcher) == ["道路.mif"]
    assert rounds(watcher) == []


def test_two_watchers_at_once_leave_one_result_of_each(desk: Desk) -> None:
    desk.drop("AED.csv", BAD)
    first, second = desk.watcher(), desk.watcher()
    list(first.round())
    done: list[Seen] = []

    def check(path: Path) -> Answer:
        done.extend(first.round())  # while the second one still reads
        return desk.check(path)

    second.check = check
    assert rounds(second) == [one.path.name for one in done] == ["AED.csv"]
    assert sorted(path.name for path in desk.folder.iterdir()) == ["AED.csv", "AED_確認結果.html", "AED_確認結果.xlsx"]
    assert rounds(first, 3) == rounds(second, 3) == rounds(desk.watcher(), 3) == []
