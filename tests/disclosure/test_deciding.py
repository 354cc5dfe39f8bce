"""What a definition declares and a town decides about areas with few people: strict, on paper, and also for what stands."""

import csv
import io
from pathlib import Path

import frictionless
import pytest
from counted import LEAVES, PEOPLE, dataset, row, table
from pydantic import ValidationError
from test_no_byte_of_the_site import NOW, TOML

from catalog.errors import OutsideError, SettingError
from catalog.library import Library
from catalog.site.pointer import read_pointer
from catalog.town import read_town
from publish.disclosure.differencing import read_hidden
from publish.disclosure.gate import clear
from publish.releasing.act import Act
from publish.releasing.revealing import revealing
from publish.releasing.staging import Staged, stage
from publish.releasing.writing import release
from publish.table.finding import Accounting, Report
from publish.town_folder import open_town

PAPER = 'reason = "答申"\ndecided = "2026-04-01"\ndocument = "住第1号"\nreview = "2027-04-01"\n'
AREAS = {"奥山": (0, 1, 1, 0, 1, 0), "北森": (12, 9, 31, 28, 14, 20)}


def town_folder(path: Path, settings: str) -> Path:
    path.mkdir(exist_ok=True)
    (path / "machizu.toml").write_text(TOML + settings, "utf-8")
    return path


def publish(folder: Path) -> None:
    found = table({"2026-05": [row(area, people) for area, people in AREAS.items()]})
    report = Report(found, (), Accounting(found.rows, found.rows, 0, 0))
    passed = clear(report, None, read_town(folder), read_hidden(folder, "people"))
    library = Library({"people": PEOPLE}, {})
    assert isinstance(stage(passed, folder, library), Staged)
    release(folder, ["people"], Act("情報係", NOW, "定例", "決第1号"), library=library)


@pytest.mark.parametrize(
    "settings",
    [
        "[suppression.popluation]\n" + PAPER,
        "[suppression.aed]\n" + PAPER,
        '[suppression.population]\nbelow_persons = 20\nreason = "答申"\n',
        "[suppression.population]\nbelow_person = 20\n" + PAPER,
        "[suppression.population]\nbelow_persons = -1\n" + PAPER,
    ],
)
def test_a_decision_that_would_not_be_kept_is_refused(settings: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError):
        open_town(town_folder(tmp_path / "mihon", settings))


def test_a_decision_on_paper_is_kept(tmp_path: Path) -> None:
    folder = open_town(town_folder(tmp_path / "mihon", "[suppression.population]\nbelow_persons = 20\n" + PAPER))
    terms = folder.town.suppressed(folder.library["population"])
    assert terms is not None
    assert (terms.below_persons, terms.below_households) == (20, 3)


@pytest.mark.parametrize(
    "wrong",
    [
        {"area": "町名"},
        {"total": "地域名"},
        {"note": "総人口"},
        {"hide": ["*の大人"]},
        {"parts": {"総人口": ["男性"]}},
        {"hide": []},
    ],
)
def test_a_definition_that_names_other_columns_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        dataset(**wrong)


def test_versions_from_before_the_decision_that_show_a_small_area_are_named(tmp_path: Path) -> None:
    off = "[suppression.people]\nbelow_persons = 0\nbelow_households = 0\n" + PAPER
    folder = town_folder(tmp_path / "mihon", off)
    publish(folder)
    assert revealing(folder / "site", read_pointer(folder / "site"), PEOPLE, read_town(folder)) == ()
    town_folder(folder, "")
    publish(folder)
    assert revealing(folder / "site", read_pointer(folder / "site"), PEOPLE, read_town(folder)) == ("1.0",)


def test_a_town_may_add_total_and_households_too_and_other_programs_still_read_the_table(tmp_path: Path) -> None:
    folder = town_folder(tmp_path / "mihon", '[suppression.people]\ntotals = "hide"\n' + PAPER)
    publish(folder)
    newest = next((folder / "site/releases/people").iterdir())
    text = (newest / "999997_people.csv").read_text("utf-8-sig")
    hidden, carrier = (one for one in csv.DictReader(io.StringIO(text)))
    assert (hidden["総人口"], hidden["世帯数"], hidden["備考"]) == ("X", "X", "人数と内訳は「北森」に含めました(Xは秘匿)")
    assert (carrier["総人口"], carrier["世帯数"]) == (str(sum(map(sum, AREAS.values()))), str(2 + 57))
    assert frictionless.validate(newest / "datapackage.json").valid


def test_without_its_memory_nothing_is_built_on_a_version_that_hides(tmp_path: Path) -> None:
    folder = town_folder(tmp_path / "mihon", "")
    publish(folder)
    (folder / "ids/people.hidden.json").unlink()
    with pytest.raises(OutsideError) as lost:
        read_hidden(folder, "people")
    assert lost.value.code == "hidden-lost"
    assert "1.0" in lost.value.message["ja"]


def test_the_release_says_by_what_rule_and_the_report_how_much_but_neither_which(tmp_path: Path) -> None:
    folder = town_folder(tmp_path / "mihon", "[suppression.people]\nbelow_persons = 20\n" + PAPER)
    publish(folder)
    newest = next((folder / "site/releases/people").iterdir())
    package, quality = ((newest / name).read_text("utf-8") for name in ("datapackage.json", "quality.json"))
    assert '"below_persons": 20' in package
    assert "答申" in package
    assert "住第1号" not in package
    assert f'"cells": {2 + len(LEAVES)}' in quality
    assert "奥山" not in package + quality
