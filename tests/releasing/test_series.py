"""A series as it is released: the long table beside the periods, the number for the newsletter, and what a diff says of it."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from bench_town import CODE, LIBRARY, Office, changed, cleared, definition, field
from hypothesis import given
from hypothesis import strategies as st

from catalog.dataset import Dataset
from catalog.errors import UsageError
from catalog.site.headline import Figure, Headline
from catalog.site.release import read_release
from catalog.text import Text
from publish.diff.comparing import compare
from publish.diff.summary import as_json, first_line, tell
from publish.packing.packing import Packed, pack, seal

FIELDS = [CODE, field("地域名", "area"), field("総人口", "total", type="integer", unit="人"), field("備考", "note")]
PEOPLE = definition("people", FIELDS, key=["地域名"], series={"period": "month", "headline": "総人口"})
Rows = Sequence[Mapping[str, str]]


def month(period: str, *counts: int | str) -> list[dict[str, str]]:
    return [{"地域名": area, "総人口": str(count), "period": period} for area, count in zip("東西南北", counts, strict=False)]


def packed(office: Office, folder: Path, rows: Rows, dataset: Dataset = PEOPLE) -> Packed:
    folder.mkdir(parents=True, exist_ok=True)
    result = pack(cleared(office.town, rows, dataset), folder, LIBRARY)
    seal(result, "1.0")
    return result


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


def described(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_bytes())
    return found


MIXED = [*month("2026-02", 8, 1), *month("2025-12", 5, 5), *month("2026-01", 6, 4, 1)]


def test_the_long_table_is_the_tables_of_the_periods_one_after_another(office: Office, here: Path) -> None:
    packed(office, here, MIXED)
    months = {one: table(here / f"999997_people_{one.replace('-', '')}.csv") for one in ("2025-12", "2026-01", "2026-02")}
    assert table(here / "999997_people_all.csv") == [{"期間": one, **row} for one, rows in months.items() for row in rows]


def test_its_schema_knows_the_period_and_frictionless_finds_it_valid(office: Office, here: Path) -> None:
    packed(office, here, MIXED)
    (resource,) = [one for one in described(here)["resources"] if one.get("machizu:all_periods")]
    assert resource["path"] == "999997_people_all.csv"
    assert resource["title"] == "people一覧(全期間) CSV(表)"
    assert resource["schema"]["primaryKey"] == ["期間", "地域名"]
    assert {name: resource["schema"]["fields"][0][name] for name in ("name", "type", "machizu:key")} == {
        "name": "期間",
        "type": "yearmonth",
        "machizu:key": "period",
    }
    command = [str(Path(sys.executable).with_name("frictionless")), "validate", "--json", "datapackage.json"]
    run = subprocess.run(command, cwd=here, capture_output=True, check=False)
    assert run.returncode == 0, run.stdout.decode()


def test_a_series_of_years_is_told_apart_by_years(office: Office, here: Path) -> None:
    yearly = definition("people", FIELDS, key=["地域名"], series={"period": "year"})
    packed(office, here, [*month("2025", 1), *month("2024", 2)], yearly)
    assert [row["期間"] for row in table(here / "999997_people_all.csv")] == ["2024", "2025"]
    assert described(here)["resources"][1]["schema"]["fields"][0]["type"] == "year"


def test_the_long_table_is_no_newest_table(office: Office) -> None:
    office.publish(MIXED, dataset=PEOPLE)
    release = read_release(office.site, "people")
    newest = release.of_format("csv")
    assert newest is not None
    assert newest.name == "999997_people.csv"
    assert [file.name for file in release.files if file.all_periods] == ["999997_people_all.csv"]


def test_a_corrected_month_leaves_the_files_of_the_others_as_they_were(office: Office, here: Path) -> None:
    first = packed(office, here / "a", MIXED)
    other = packed(office, here / "b", changed(MIXED, 2, 総人口="7"))
    differing = {path.name for path in (here / "a").iterdir() if path.read_bytes() != (here / "b" / path.name).read_bytes()}
    assert {name for name in differing if name.endswith((".csv", ".xlsx"))} == {
        "999997_people_202512.csv",
        "999997_people_all.csv",
    }
    assert first.content != other.content


@pytest.mark.parametrize("fields", [[*FIELDS, field("期間", "when")], [*FIELDS, field("月", "period")]])
def test_no_field_of_a_series_is_called_as_the_period_is(fields: list[dict[str, Any]]) -> None:
    assert definition("people", fields)
    with pytest.raises(ValueError, match="the table of all periods"):
        definition("people", fields, series={"period": "month"})


@pytest.mark.parametrize("name", ["地域名", "人口", "秘密"])
def test_a_headline_is_a_published_column_of_whole_numbers(name: str) -> None:
    fields = [*FIELDS, field("秘密", "secret", type="integer", publish=False)]
    with pytest.raises(ValueError, match=r"headline|series"):
        definition("people", fields, series={"period": "month", "headline": name})


def test_the_headline_is_the_sum_of_the_newest_period_and_of_the_one_before(office: Office, here: Path) -> None:
    packed(office, here, [*month("2026-06", 20_000, 5_412), *month("2026-05", 20_000, 5_430), *month("2026-04", 1)])
    assert described(here)["machizu"]["headline"] == {
        "field": {"ja": "総人口", "en": "total"},
        "unit": "人",
        "now": {"period": "2026-06", "value": 25_412},
        "before": {"period": "2026-05", "value": 25_430},
    }


def test_what_nobody_knows_is_no_headline(office: Office, here: Path) -> None:
    packed(office, here / "a", [*month("2026-05", 5, 5), *month("2026-06", 5, "")])
    packed(office, here / "b", [*month("2026-05", 5, ""), *month("2026-06", 5, 5)])
    packed(office, here / "c", [*month("2026-06", 5)], definition("people", FIELDS, series={"period": "month"}))
    assert "headline" not in described(here / "a")["machizu"]
    assert described(here / "b")["machizu"]["headline"]["before"] is None
    assert "headline" not in described(here / "c")["machizu"]


def test_names_that_changed_are_a_known_limit(office: Office, here: Path) -> None:
    merged = [{"地域名": "中央", "総人口": "350", "period": "2026-05"}, {"地域名": "南", "総人口": "9", "period": "2026-05"}]
    packed(office, here, [*month("2026-04", 120, 230, 9), *merged])
    limits = json.loads((here / "quality.json").read_bytes())["limits"]
    assert [limit for limit in limits if "中央" in limit["ja"]] == [
        {
            "ja": "2026年4月と2026年5月では地域名が違います(なくなったもの: 「東」、「西」。新しいもの: 「中央」)。"
            "おそらく統合: 「東」 + 「西」 → 「中央」。",
            "en": "area differs between April 2026 and May 2026 (gone: “東”, “西”; new: “中央”). "
            "Probably merged: “東” + “西” → “中央”.",
        }
    ]


def test_of_many_changes_of_names_the_newest_are_told(office: Office, here: Path) -> None:
    rows = [{"地域名": f"町{n}", "総人口": "9", "period": f"2026-{n:02d}"} for n in range(1, 10)]
    packed(office, here, rows)
    limits = [limit["ja"] for limit in json.loads((here / "quality.json").read_bytes())["limits"]]
    assert [limit[:15] for limit in limits if "では地域名が違い" in limit] == [
        f"2026年{n - 1}月と2026年{n}月" for n in range(9, 4, -1)
    ]
    assert "それより前にも、地域名の変わった期間が3回あります。" in limits


def said(now: tuple[str, int], before: tuple[str, int] | None, lang: str) -> str:
    figures = [Figure(period=period, value=value) for period, value in filter(None, (now, before))]
    field = Text(ja="総人口", en="Population")
    return Headline(field=field, unit="人", now=figures[0], before=figures[1] if before else None).sentence(lang)


SENTENCES = [
    (("2026-06", 25_412), ("2026-05", 25_430), "総人口 25,412人 (前月比 −18)", "Population 25,412 (−18 from the month before)"),
    (("2026-01", 1_000), ("2025-12", 1_000), "総人口 1,000人 (前月比 ±0)", "Population 1,000 (±0 from the month before)"),
    (("2026", 9_000), ("2025", 7_500), "総人口 9,000人 (前年比 +1,500)", "Population 9,000 (+1,500 from the year before)"),
    (("2026-02", 5), ("2020-04", 9), "総人口 5人 (2020年4月比 −4)", "Population 5 (−4 since April 2020)"),
    (("2026-02", 5), None, "総人口 5人", "Population 5"),
]


@pytest.mark.parametrize(("now", "before", "ja", "en"), SENTENCES)
def test_the_sentence_for_the_newsletter(now: tuple[str, int], before: tuple[str, int] | None, ja: str, en: str) -> None:
    assert (said(now, before, "ja"), said(now, before, "en")) == (ja, en)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_the_change_is_what_lies_between_the_two(now: int, before: int) -> None:
    change = said(("2026-06", now), ("2026-05", before), "ja").partition("前月比 ")[2].rstrip(")")
    assert int(change.replace("−", "-").replace("±", "").replace(",", "")) == now - before


def test_the_first_line_says_which_month_came_and_which_is_corrected(office: Office) -> None:
    before = [*month("2026-04", 1, 2), *month("2026-05", 3, 4)]
    office.publish(before, dataset=PEOPLE)
    office.stage([*changed(before, 1, 総人口="9"), *month("2026-06", 5, 6)], dataset=PEOPLE)
    found = compare(office.path, "people")
    assert first_line(found, "ja") == "2026年6月を追加(2行)、2026年4月を訂正(追加0・変更1・削除0)"
    assert first_line(found, "en") == "June 2026 added (2 rows); April 2026 corrected (0 added, 1 changed, 0 removed)"
    assert tell(found, "ja").splitlines()[1:] == [
        "お知らせの一文: 総人口 11人 (前月比 +4)",
        "  変更 2026年4月 西: 総人口「2」→「9」",
    ]
    value = as_json(found)
    assert value["periods"] == [
        {"period": "2026-04", "kind": "corrected", "added": 0, "changed": 1, "removed": 0},
        {"period": "2026-06", "kind": "added", "added": 2, "changed": 0, "removed": 0},
    ]
    assert value["headline"]["ja"] == "総人口 11人 (前月比 +4)"


def test_many_months_are_told_as_the_runs_that_they_are(office: Office) -> None:
    office.publish([*month("2026-05", 3), *month("2019-01", 1)], dataset=PEOPLE)
    runs = ["2025-11", "2025-12", "2026-01", "2026-03", "2026-04", "2027-01", "2027-03", "2027-04"]
    office.stage([*month("2026-05", 3), *(row for one in runs for row in month(one, 2))], dataset=PEOPLE)
    line = first_line(compare(office.path, "people"), "ja")
    assert line == ("2025年11月から2026年1月まで・2026年3月から4月まで・2027年1月ほか2回分を追加(8行)、2019年1月を削除(1行)")


def test_a_damaged_headline_is_told_and_no_traceback(office: Office) -> None:
    office.publish(month("2026-05", 3), dataset=PEOPLE)
    release = read_release(office.site, "people")
    path = release.folder / "datapackage.json"
    path.write_bytes(path.read_bytes().replace(b'"now"', b'"jetzt"'))
    with pytest.raises(Exception, match=r"datapackage\.json") as told:
        _ = read_release(office.site, "people").headline
    assert not isinstance(told.value, UsageError)
