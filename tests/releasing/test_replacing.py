"""`machizu add FILE --replaces 2026-06`: one file takes the place of another for a month, and nothing else changes."""

import hashlib
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from bench_town import NOW, TOML

from catalog.errors import MachizuError, RecipeError, UnusableSource, UsageError
from catalog.site.pointer import read_pointer
from publish.build import build, examine
from publish.recipe import Recipe, read_recipe
from publish.recipe_text import with_entries
from publish.releasing.act import Act
from publish.releasing.staging import Staged
from publish.releasing.writing import release
from publish.replacing import replace
from publish.table.finding import Report
from publish.town_folder import open_town

RECIPE = """# 人口の読み方(企画課)
format: "1"
dataset: population
source: "人口/人口_*.csv"
parts: all
as_of: {from: column, column: 調査年月日}
period: {from: column, column: 調査年月日}
columns:
  調査年月日: 調査年月日
  地域名: 地域名
  総人口: 総人口   # 毎月同じ
"""
AREAS = ("東町", "西町")


def month(*months: str, add: int = 0) -> str:
    rows = [f"{one}-01,{area},{100 + place + add}\n" for one in months for place, area in enumerate(AREAS)]
    return "調査年月日,地域名,総人口\n" + "".join(rows)


@pytest.fixture
def town(tmp_path: Path) -> Path:
    folder = tmp_path / "mihon"
    (folder / "recipes").mkdir(parents=True)
    (folder / "machizu.toml").write_text(TOML.replace('"bench", "line"', ""), "utf-8")
    (folder / "recipes/population.yaml").write_text(RECIPE, "utf-8")
    for one in ("2026-04", "2026-05", "2026-06"):
        hand_in(folder, f"人口_{one.replace('-', '')}.csv", month(one))
    return folder


def hand_in(town: Path, name: str, text: str) -> Path:
    path = town / "sources/人口" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def report(town: Path) -> Report:
    folder = open_town(town)
    return examine(folder, "population", folder.recipes["population"], NOW.date()).report


def people(town: Path) -> dict[tuple[str, str], str]:
    table = report(town).table
    assert table.period is not None
    return dict(zip(zip(table.period.to_pylist(), table.column("地域名"), strict=True), table.column("総人口"), strict=True))


def publish(town: Path) -> str:
    folder = open_town(town)
    (outcome,) = build(folder, ["population"], NOW)
    assert isinstance(outcome.result, Staged), outcome
    release(town, ["population"], Act("情報係", NOW, "定例", "決第1号"), library=folder.library)
    return outcome.result.entry.version


def released(town: Path) -> dict[str, bytes]:
    entry = read_pointer(town / "site").current("population")
    assert entry is not None
    return {path.name: path.read_bytes() for path in (town / "site" / entry.path).iterdir()}


def sources(town: Path) -> dict[str, str]:
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in (town / "sources").rglob("*.csv")}


def test_two_files_for_one_month_are_one_error_that_says_the_command(town: Path) -> None:
    hand_in(town, "人口_202606_訂正.csv", month("2026-06", add=10))
    found = [one for one in report(town).findings if one.severity == "error"]
    assert [one.code for one in found] == ["period-twice"]
    commands = {found[0].values[name] for name in ("command", "command_other")}
    assert commands == {f"machizu add sources/人口/人口_202606{end}.csv --replaces 2026-06" for end in ("", "_訂正")}
    assert (found[0].values["period_ja"], found[0].values["shared"]) == ("2026年6月", "2")


def test_pieces_of_one_month_are_no_month_twice(town: Path) -> None:
    hand_in(town, "人口_202606_支所.csv", month("2026-06").replace("町", "浜"))
    assert not report(town).blocked
    assert len(people(town)) == 8


def test_what_the_file_says_instead_is_a_new_version_and_every_other_month_stays(town: Path) -> None:
    assert publish(town) == "1.0"
    before, text = released(town), (town / "recipes/population.yaml").read_text("utf-8")
    new = hand_in(town, "人口_202605_訂正.csv", month("2026-05", add=10))
    handed_in = sources(town)
    (done,) = replace(open_town(town), new, ["2026-05"], None)
    assert (done.by, done.before, done.unread) == (
        "人口/人口_202605_訂正.csv",
        ("人口/人口_202605.csv",),
        ("人口/人口_202605.csv",),
    )
    assert people(town)[("2026-05", "東町")] == "110"
    assert publish(town) == "1.1"
    after = released(town)
    assert {name for name in before if before[name] != after[name] and name.endswith((".csv", ".xlsx"))} == {
        "999997_population_202605.csv",
        "999997_population_all.csv",
    }
    assert sources(town) == handed_in
    assert (town / "recipes/population.yaml").read_text("utf-8") == text + (
        "superseded:\n- period: 2026-05\n  by: 人口/人口_202605_訂正.csv\n  files:\n  - 人口/人口_202605.csv\n"
    )


def test_a_correction_is_corrected_again(town: Path) -> None:
    for add, name in ((10, "人口_202606_訂正.csv"), (20, "人口_202606_再訂正.csv")):
        replace(open_town(town), hand_in(town, name, month("2026-06", add=add)), ["2026-06"], "population")
        assert people(town)[("2026-06", "東町")] == str(100 + add)
    assert len(people(town)) == 6
    assert [one.by[-8:] for one in recipe(town).superseded] == ["_再訂正.csv", "6_訂正.csv"]


def recipe(town: Path) -> Recipe:
    return read_recipe(town / "recipes/population.yaml")


def test_a_file_is_taken_whatever_it_is_called(town: Path) -> None:
    new = hand_in(town, "../その他/六月のなおし.csv", month("2026-06", add=5))
    replace(open_town(town), new, ["2026-06"], "population")
    assert people(town)[("2026-06", "西町")] == "106"


def test_the_other_months_of_a_workbook_of_the_year_are_read_on(town: Path) -> None:
    for path in (town / "sources/人口").iterdir():
        path.unlink()
    hand_in(town, "人口_2026年度.csv", month("2026-04", "2026-05", "2026-06"))
    new = hand_in(town, "人口_202605.csv", month("2026-05", add=10))
    (done,) = replace(open_town(town), new, ["2026-05"], None)
    assert done.unread == ()
    told = report(town)
    assert (told.accounting.read, told.accounting.kept, told.accounting.set_aside) == (8, 6, 2)
    assert {aside.reason for aside in told.table.asides} == {"superseded"}
    assert {people(town)[(one, "東町")] for one in ("2026-04", "2026-06")} == {"100"}
    rest = hand_in(town, "人口_残り.csv", month("2026-04", "2026-06", add=1))
    (first, second) = replace(open_town(town), rest, ["2026-04", "2026-06"], None)
    assert first.unread == second.unread == ("人口/人口_2026年度.csv",)
    assert [people(town)[(one, "東町")] for one in ("2026-04", "2026-05", "2026-06")] == ["101", "110", "101"]


def test_a_file_that_could_not_be_read_is_replaced_by_the_month_of_its_name(town: Path) -> None:
    hand_in(town, "人口_202606.csv", "こわれた\x00")
    with pytest.raises(MachizuError):
        report(town)
    replace(open_town(town), hand_in(town, "人口_六月.csv", month("2026-06")), ["2026-06"], "population")
    assert len(people(town)) == 6


def test_headings_that_only_other_months_have_are_no_fault(town: Path) -> None:
    text = RECIPE.replace("  総人口: 総人口", "  人口計: 総人口\n  総人口: 総人口")
    (town / "recipes/population.yaml").write_text(text, "utf-8")
    hand_in(town, "人口_202604.csv", month("2026-04").replace("総人口", "人口計"))
    replace(open_town(town), hand_in(town, "人口_202606_訂正.csv", month("2026-06", add=1)), ["2026-06"], None)
    assert people(town)[("2026-06", "東町")] == "101"


def test_decomposed_names_of_a_mac_mean_the_same_files(town: Path) -> None:
    old = town / "sources/人口/人口_202606.csv"
    old.rename(old.with_name(unicodedata.normalize("NFD", "人口_202606ガ.csv")))
    new = hand_in(town, unicodedata.normalize("NFD", "人口_202606デ.csv"), month("2026-06", add=9))
    (done,) = replace(open_town(town), new, ["2026-06"], None)
    assert unicodedata.is_normalized("NFC", done.by)
    assert people(town)[("2026-06", "東町")] == "109"


REFUSED: list[tuple[str, str, str, str]] = [
    ("2026-05", "2026-06", "population", "other-period"),
    ("2026-07", "2026-07", "population", "nothing-to-replace"),
    ("2026-06", "2026", "population", "period"),
    ("2026-06", "6月", "population", "usage"),
    ("2026-06", "2026-06", "aed", "no-recipe"),
]


@pytest.mark.parametrize(("held", "said", "dataset", "code"), REFUSED)
def test_what_cannot_be_meant_is_refused_and_nothing_is_written(
    town: Path, held: str, said: str, dataset: str, code: str
) -> None:
    new, text = hand_in(town, "人口_x.csv", month(held)), (town / "recipes/population.yaml").read_bytes()
    with pytest.raises(UsageError) as refused:
        replace(open_town(town), new, [said], dataset)
    assert refused.value.code == code
    assert (town / "recipes/population.yaml").read_bytes() == text


def test_only_a_series_has_months_to_replace(town: Path) -> None:
    (town / "recipes/aed.yaml").write_text('format: "1"\ndataset: aed\nsource: aed.csv\n', "utf-8")
    with pytest.raises(UsageError) as refused:
        replace(open_town(town), hand_in(town, "人口_x.csv", month("2026-06")), ["2026-06"], "aed")
    assert refused.value.code == "no-series"


def test_a_recipe_whose_text_cannot_take_the_entry_stays_as_it_was(town: Path) -> None:
    path = town / "recipes/population.yaml"
    path.write_text(RECIPE + "superseded: [{period: 2026-05, by: 人口/人口_202605.csv}]\n", "utf-8")
    before = path.read_bytes()
    with pytest.raises(RecipeError):
        replace(open_town(town), hand_in(town, "人口_x.csv", month("2026-06")), ["2026-06"], None)
    assert path.read_bytes() == before


def test_a_correction_that_is_gone_is_told_and_the_old_file_does_not_come_back(town: Path) -> None:
    new = hand_in(town, "人口_x.csv", month("2026-06"))
    replace(open_town(town), new, ["2026-06"], None)
    new.unlink()
    with pytest.raises(UnusableSource, match=r"人口_x\.csv"):
        report(town)


def test_the_command_says_what_became_of_the_month(town: Path, machizu: Callable[..., object]) -> None:
    hand_in(town, "人口_202606_訂正.csv", month("2026-06", add=1))
    path = town / "sources/人口/人口_202606_訂正.csv"
    done = machizu("add", path, "--replaces", "2026-06", "--town", town)
    assert done.exit == 0, done.err  # type: ignore[attr-defined]
    assert "地域・年齢別人口の2026年6月を 人口/人口_202606_訂正.csv で差し替えます" in done.out  # type: ignore[attr-defined]
    again = machizu("add", path, path, "--replaces", "2026-06", "--town", town)
    assert again.exit == 2  # type: ignore[attr-defined]


LISTS = [
    ("a: 1\n", "a: 1\naccept:\n- code: x\n"),
    ("accept: []  # なし\nb: 2\n", "accept:  # なし\n- code: x\nb: 2\n"),
    ("accept:  # 注\n  # 前のもの\n  - code: y\nb: 2", "accept:  # 注\n  - code: x\n  # 前のもの\n  - code: y\nb: 2\n"),
    ("accept:\n- code: y\n", "accept:\n- code: x\n- code: y\n"),
]


@pytest.mark.parametrize(("text", "becomes"), LISTS)
def test_an_entry_is_written_in_the_form_of_the_list_and_comments_stay(text: str, becomes: str) -> None:
    assert with_entries(text, "accept", [{"code": "x"}]) == becomes
