"""What is handed on: everything that who takes over has to know stands on one page, and the emergency on one card."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from bench_town import LIBRARY, NOW, THREE, Office, changed

from publish.handover import card
from publish.handover.handover import Entrusted, as_html, handover
from publish.recipe import Acceptance, Recipe
from publish.releasing.backup import backup
from publish.town_folder import TownFolder

SOURCE = "ID,名称,所在地,緯度,経度,座席数\nZZ0000000001,駅前,一丁目,34.1,138.1,たくさん\n"


@pytest.fixture
def folder(office: Office) -> TownFolder:
    office.publish(THREE)
    office.publish(changed(THREE, 0, 座席数="5"), now=NOW + timedelta(days=1))
    (office.path / "sources").mkdir()
    (office.path / "sources" / "ベンチ_令和8年.csv").write_text(SOURCE, "utf-8")
    columns = {name: name for name in ("ID", "名称", "緯度", "経度", "座席数")} | {"所在地": "所在地_連結表記"}
    accept = (Acceptance(code="mobile-phone", column="備考", hash="0" * 64, by="公園課", why="<公表済み>", until="2027-03-31"),)
    recipe = Recipe(format="1", dataset="bench", source="ベンチ_*.csv", columns=columns, accept=accept)  # type: ignore[arg-type]
    return TownFolder(office.path, office.town, LIBRARY, {"bench": recipe})


def bench(folder: TownFolder, now: datetime = NOW) -> Entrusted:
    (duties,) = handover(folder, now, "ja")
    assert duties.section is not None
    assert duties.section.name["ja"] == "公園課"
    (found,) = duties.datasets
    return found


def test_a_dataset_is_handed_on_with_its_table_its_findings_and_what_was_done(folder: TownFolder) -> None:
    found = bench(folder)
    assert (found.recipe, found.files) == ("recipes/bench.yaml", ("ベンチ_令和8年.csv",))
    assert ("error", "整数ではありません", 1) in [(one.severity, one.title, one.count) for one in found.open]
    assert [(step.kind, step.versions) for step in found.steps] == [("publish", ("1.1",)), ("publish", ("1.0",))]
    assert [(title, one.why) for title, one in found.accepted] == [("携帯電話の番号のようです", "<公表済み>")]


def test_a_table_that_is_not_there_is_said_and_stops_nothing(folder: TownFolder) -> None:
    (folder.sources / "ベンチ_令和8年.csv").unlink()
    found = bench(folder)
    assert found.problem
    assert found.open == ()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_page_tells_all_of_it_and_does_nothing(folder: TownFolder, lang: str) -> None:
    page = as_html(folder, handover(folder, NOW, lang), NOW, lang)
    assert "&lt;公表済み&gt;" in page
    assert "machizu publish bench" in page
    assert "2027-03-31" in page
    assert not re.search(r"<script|src=|href=|{[a-z]", page)


def test_the_card_has_this_towns_commands_and_what_to_go_back_to(folder: TownFolder, here: Path) -> None:
    backup(folder.path, here / "控え.zip", NOW)
    text = card.as_html(folder, "kaigi-pc", "ja")
    assert "kaigi-pc" in text
    assert str(folder.path.resolve()) in text
    assert "控え.zip" in text
    row = re.search(r"<tr><td><code>bench</code>.*?</tr>", text, re.DOTALL)
    assert row is not None
    assert re.findall(r"<td>([0-9.]+)</td>", row[0]) == ["1.1", "1.0"]


def test_a_withdrawn_dataset_is_not_on_the_card(folder: TownFolder, office: Office) -> None:
    from publish.releasing.withdrawal import withdraw

    withdraw(office.path, "bench", None, office.act("誤り"))
    assert "<code>bench</code>" not in card.as_html(folder, "pc", "ja")
