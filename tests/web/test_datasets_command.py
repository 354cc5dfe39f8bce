"""`machizu datasets` in a town: what it has, lacks and is late with, and the next step of each."""

import io
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from example_town import AED, put

from api.cli.console import Console
from api.cli.listing import shelf_text, town_text
from api.cli.standing import Standing, standings, summary, told
from catalog.library import read_library
from publish.releasing.schedule import JAPAN
from publish.releasing.staged import Blocked, staged_folder

TODAY = datetime(2026, 11, 20, tzinfo=JAPAN)
RECIPE = 'format: "1"\ndataset: {}\nsource: 表.csv\ncolumns: {{}}\n'


def plain(lang: str = "ja") -> Console:
    return Console(lang, out=io.StringIO())


def by_id(found: list[Standing]) -> dict[str, Standing]:
    return {one.id: one for one in found if one.id}


def say(town: Path, dataset: str, lang: str = "ja") -> str:
    return told(by_id(standings(town, TODAY))[dataset], plain(lang))


def test_the_first_line_sums_up_and_everything_follows_in_national_order(public_town: Path) -> None:
    found = standings(public_town, TODAY)
    lines = town_text(found, plain()).splitlines()
    unknown = sum(one.state == "unknown" for one in found)
    lacking = 31 - 3 - unknown  # AED, population and the list that machizu makes are public
    assert lines[0] == (
        f"国の31種類のうち3種類を公開しています。1種類は更新が遅れています。{lacking}種類はまだ公開していません。"
        f"{unknown}種類は列の仕様が確認できていません。このほか、標準外(独自)の3種類を公開しています。"
    )
    numbers = [line[:2] for line in lines if line[:2].isdigit() and line[2:4] == "  "]
    assert numbers == [f"{number:02d}" for number in range(1, 32)]
    assert lines.index("    【標準外(独自)】") > lines.index("    【自治体標準オープンデータセット】")


def test_what_is_public_says_its_version_day_rows_and_when_the_next_is_due(public_town: Path) -> None:
    assert say(public_town, "aed") == "版 1.0・2026-04-01時点・4件・次の更新は2027-07-01まで"
    assert say(public_town, "zoning") == "版 1.0・2026-04-01時点・2件"
    assert say(public_town, "farmland", "en") == "version 1.0 · as of 2026-04-01 · map view only · next update by 2027-07-01"
    assert say(public_town, "open_data_list") == "公開しているものから自動で作ります"


def test_what_is_late_says_since_when_and_what_to_do(own_town: Path) -> None:
    late = "版 1.0・2026年3月まで・2件・2026-05-31までに更新のはずでした"
    assert say(own_town, "population").startswith(late + " → 担当課の表を sources/ に置いて machizu add ")
    recipe(own_town, "population")
    assert say(own_town, "population") == late + " → 新しい表を sources/ に置いて machizu check population"


def test_what_is_lacking_says_how_to_begin(own_town: Path) -> None:
    assert say(own_town, "public_toilet") == "→ 担当課の表を sources/ に置いて machizu add ファイル --as public_toilet"
    recipe(own_town, "public_toilet")
    assert say(own_town, "public_toilet") == "→ machizu check public_toilet"
    assert by_id(standings(own_town, TODAY))["public_toilet"].state == "draft"


def test_what_waits_in_the_office_says_for_what(own_town: Path) -> None:
    put(own_town, "aed", AED[:2], None)
    assert say(own_town, "aed").endswith("。版 1.1(2件)の公開の準備ができています → machizu publish aed")
    blocked = staged_folder(own_town, "evacuation_space")
    blocked.mkdir(parents=True)
    (blocked / "blocked.json").write_bytes(Blocked(codes=("required",)).dump())
    recipe(own_town, "evacuation_space")
    assert say(own_town, "evacuation_space") == "→ 直すところがあります machizu check evacuation_space"
    assert summary(standings(own_town, TODAY))["preparing"] == 1


def test_what_is_asked_for_at_the_counter_is_not_lacking(public_town: Path) -> None:
    assert by_id(standings(public_town, TODAY))["water_pipe"].state == "counter"


def test_before_anything_is_public_the_sentence_says_so(tmp_path: Path, public_town: Path) -> None:
    (tmp_path / "machizu.toml").write_bytes((public_town / "machizu.toml").read_bytes())
    first = town_text(standings(tmp_path, TODAY), plain()).splitlines()[0]
    assert first.startswith("国の31種類のうち、公開しているものはまだありません。")
    assert by_id(standings(tmp_path, TODAY))["open_data_list"].state == "generated"
    recipe(tmp_path, "open_data_list")
    assert by_id(standings(tmp_path, TODAY))["open_data_list"].state == "draft"


def test_unknown_columns_are_told_with_the_reason_in_both_languages(public_town: Path) -> None:
    found = standings(public_town, TODAY)
    assert "21: 定義書は標準的なバス情報フォーマット(GTFS-JP)を示しています。" in town_text(found, plain())
    english = town_text(found, plain("en"))
    assert "21: The definition book points to the bus timetable format GTFS-JP" in english
    assert english.startswith("Public: 3 of the 31 national datasets. Late: 1.")


def test_outside_a_town_the_definitions_are_listed(tmp_path: Path, machizu: Callable[..., Any]) -> None:
    library = read_library()
    text = shelf_text(library, plain())
    assert all(name in text for name in library)
    assert "列の仕様が確認できていません" in text
    told_json = json.loads(machizu("datasets", "--town", tmp_path, "--json").out)["result"]["datasets"]
    assert {one["id"] for one in told_json if one["items"]} == set(library)
    assert [one["number"] for one in told_json if not one["local"]] == [f"{number:02d}" for number in range(1, 32)]


def test_the_command_tells_programs_the_same_facts(public_town: Path, machizu: Callable[..., Any]) -> None:
    ran = machizu("datasets", "--town", public_town, "--json")
    result = json.loads(ran.out)["result"]
    aed = next(one for one in result["datasets"] if one["id"] == "aed")
    assert (aed["number"], aed["version"], aed["as_of"], aed["rows"], aed["frequency"], aed["due"]) == (
        "08", "1.0", "2026-04-01", 4, "ANNUAL", "2027-07-01",
    )  # fmt: skip
    assert result["summary"]["national"] == 31
    bus = next(one for one in result["datasets"] if one["number"] == "21")
    assert (bus["state"], bus["next"], "GTFS-JP" in bus["unknown"]["ja"]) == ("unknown", "", True)


def test_the_item_definition_is_printed_and_written(tmp_path: Path, machizu: Callable[..., Any]) -> None:
    assert "小児対応設備の有無  equipment_for_children  Usable for children" in machizu("datasets", "aed").out
    items = json.loads(machizu("datasets", "aed", "--json").out)["result"]["items"]
    assert items[0]["constraints"] == {"pattern": "^[0-9]{6}$"}
    done = machizu("datasets", "aed", "-o", tmp_path / "aed.md")
    assert (done.exit, "39項目" in done.out) == (0, True)
    assert (tmp_path / "aed.md").read_text("utf-8").startswith("# AED設置箇所一覧 · AED locations\n")
    for wrong in (("datasets", "aed", "-o", tmp_path / "aed.pdf"), ("datasets", "-o", tmp_path / "x.csv"), ("datasets", "aeb")):
        assert machizu(*wrong).exit == 2


def recipe(town: Path, dataset: str) -> None:
    (town / "recipes").mkdir(exist_ok=True)
    (town / "recipes" / f"{dataset}.yaml").write_text(RECIPE.format(dataset), "utf-8")
