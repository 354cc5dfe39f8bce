"""What a clerk reads: the whole in the first sentence, five kinds, nothing that harms a terminal; and the same as JSON."""

import dataclasses
import json
import os
import re
from pathlib import PurePosixPath

import pyarrow as pa
import pytest
from clerks_table import TOWN, context, table
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.dataset import Constraints
from catalog.errors import UnusableSource
from catalog.library import read_library
from publish.answering.answer import Answer
from publish.answering.commands import see_all
from publish.answering.expected import example
from publish.answering.json import as_json
from publish.answering.sentence import sentence
from publish.answering.text import tell as tell_answer
from publish.answering.text import tell_all
from publish.answering.visible import visible
from publish.checking.checking import check
from publish.recipe import Recipe
from publish.table.finding import Finding, Report
from publish.table.position import Part
from publish.table.table import Aside, Change, Table

AED = "ID,名称,所在地_連結表記,緯度,経度,電話番号\n"
GOOD = "".join(f"FF{row:010d},施設{row},本町{row},34.8{row:02d},138.30,\n" for row in range(10, 90))


def report(text: str, **given: object) -> Report:
    return check(table("aed", text, **given), None, context())[0]


def tell(found: Report, lang: str, *, source: str = "", recipe: str = "", **how: bool) -> str:
    return tell_answer(Answer(source, found.table.dataset.id, found, recipe=recipe, asked=source or "a.csv"), lang, **how)


@pytest.mark.parametrize(
    ("text", "as_of", "ja", "en"),
    [
        (GOOD, "2026-04-01", "80件すべて、このまま公開できます。", "Everything can be published as it is: 80 rows."),
        (
            GOOD + "FF0000000001,,本町,34.8,138.3,\nFF0000000002,,本町,99,138.3,\n",
            "2026-04-01",
            "82件のうち80件はこのまま公開できます。2件だけ直してください。",
            "80 of 82 rows can be published without change. Only 2 rows need correcting.",
        ),
        (
            GOOD,
            "",
            "80件の中身に、直すところはありません。いつ時点のデータかを決めると公開できます。",
            "Nothing needs correcting in 80 rows. They can be published once somebody says which day they describe.",
        ),
        (
            GOOD + "FF0000000001,役場,本町,34.8,138.3,090-1111-2222\n",
            "2026-04-01",
            "81件すべてを読めました。公開の前に、1件だけ、このままでよいか確かめてください。",
            "81 rows were read. Before publishing, only 1 row needs a look.",
        ),
        ("", "2026-04-01", "読めた行が1つもありません。このままでは公開できません。", "Not one row could be read."),
    ],
)
def test_the_first_sentence_says_the_whole(text: str, as_of: str, ja: str, en: str) -> None:
    found = report(AED + text, as_of=as_of)
    assert tell(found, "ja").split("\n")[1] == ja
    assert tell(found, "en").split("\n")[1].startswith(en)


def test_a_table_that_lacks_a_column_is_not_called_publishable() -> None:
    assert "公開できません" in tell(report("ID,名称\nFF1,役場\n"), "ja").split("\n")[1]


def test_at_most_five_kinds_are_told_the_heavy_and_frequent_first() -> None:
    text = AED + "FF1,,本町,x,138.3,電話\nFF1,,,99,1,\n,役場,本町,34.8,1.0.0,090-1111-2222\n"
    told = tell(report(text), "ja")
    assert told.count("→ ") == 5
    assert told.index("必ず書く値がありません  3か所(名称 2・所在地_連結表記 1)") < told.index("数字ではありません")
    assert re.search(r"\nほかに\n  直さないと公開できないもの \d+種類・\d+件\(.+\)\n  確かめてほしいもの 1種類・1件\(", told)


def test_everything_is_told_by_kind_in_the_order_of_the_rows_when_it_is_asked_for() -> None:
    found = report(AED + "".join(f"FF{row},,本町,34.8,138.3,090-1111-222{row}\n" for row in range(9)))
    told = tell(found, "ja", every=True)
    assert [told.index(f"{row}行目 名称(B{row})") for row in range(2, 11)] == sorted(
        told.index(f"{row}行目 名称(B{row})") for row in range(2, 11)
    )
    assert told.index("10行目 名称(B10)") < told.index("2行目 電話番号(F2)")
    assert "--all" in tell(found, "ja")
    assert "--all" not in told


def test_only_a_towns_source_is_told_how_to_accept() -> None:
    found = report(AED + GOOD + "FF0000000001,役場,本町,34.8,138.3,090-1111-2222\n")
    town, alone = tell(found, "ja", recipe="aed"), tell(found, "ja")
    assert (
        "このままでよいと認めてください。\n    認めるには: machizu accept aed mobile-phone --column 電話番号 --reason 理由"
        in town
    )
    assert "そのままにしてください。" in alone
    assert "accept" not in alone


def test_no_recipe_is_named_to_who_has_none() -> None:
    missing = report("ID,名称\nFF1,役場\n", as_of="")
    assert "レシピ(recipes/aed.yaml)" in tell(missing, "ja", recipe="aed", every=True)
    assert "レシピ" not in tell(missing, "ja", every=True)
    assert "recipe" not in tell(missing, "en", every=True)


def test_what_was_put_right_set_aside_and_rejected_is_told() -> None:
    changes = (Change(0, 2, "電話番号", "０５４", "054", "number-width"),) * 12
    changes += (Change(0, None, "全国地方公共団体コード", "", "999997", "filled-town-code"),)
    asides = (Aside(0, 5, "blank"), Aside(0, 6, "total"), Aside(0, 7, "blank"))
    given = table("aed", AED + "FF1,役場,本町,34.8,138.3,\nFF2,,本町,34.8,138.3,\n", changes=changes, asides=asides)
    recipe = Recipe.model_validate({"format": "1", "dataset": "aed", "source": "a", "reject": ["required"]})
    told = tell(check(given, None, context(), recipe=recipe)[0], "ja")
    assert "全角の数字を半角に直しました: 12か所(電話番号 例 ０５４ → 054)" in told
    assert "空の団体コードに町の番号を入れました: どの行も(全国地方公共団体コード 例 (空) → 999997)" in told
    assert "表の行ではないものを除きました: 何もない行 2行・合計の行 1行。" in told
    assert "1件は、レシピの決まりにより公開しません。" in told
    assert "公開しない行\n  必ず書く値がありません  1か所" in told
    every = tell(check(given, None, context(), recipe=recipe)[0], "ja", every=True)
    left = "公開しない行\n  3行目: 必ず書く値がありません\n  5行目: 何もない行\n  6行目: 合計の行\n  7行目: 何もない行\n"
    assert left in every


def test_colour_is_only_given_when_it_is_asked_for() -> None:
    found = report(AED + "FF1,,本町,34.8,138.3,\n")
    assert "\x1b" not in tell(found, "ja")
    assert "\x1b[1;31m直さないと公開できません\x1b[0m" in tell(found, "ja", colour=True)


def test_several_sources_are_told_together_with_the_one_that_could_not_be_read() -> None:
    error = UnusableSource(
        "これは表ではありません\x1b[2J。", "This is no table.", fix_ja="CSV を出してください。", fix_en="Export a CSV."
    )
    told = tell_all([Answer("a.csv", "aed", report(AED + GOOD)), Answer("b\x1b]0;x.pdf", None, error=error)], "ja")
    assert "■ b␛]0;x.pdf\nこの資料は読み取れませんでした。直すまで、1件も公開できません。\n\n直さないと公開できません\n" in told
    assert "\n  これは表ではありません␛[2J。\n  → CSV を出してください。" in told
    assert told.endswith(
        "2個の資料のうち、1個はこのまま公開できます。\n残りの1個には直すところか確かめるところがあります: b␛]0;x.pdf"
    )


HOSTILE = st.text(st.characters(codec="utf-8"), max_size=30)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_no_text_of_a_file_reaches_the_terminal_as_a_control_character(value: str, heading: str, name: str) -> None:
    given = table("aed", AED + "FF1,役場,本町,34.8,138.3,\n")
    part = Part(name, sheet=heading, columns={heading: "A"})
    hostile = dataclasses.replace(
        given,
        parts=(part, part),
        headings=({"名称": heading}, {"名称": heading}),
        changes=(Change(0, 2, "名称", value, "x", "trimmed"),),
        cells=given.cells.set_column(3, "名称", pa.array([value])),
    )
    found = [
        Finding("enum", "error", 0, 2, "名称", value, {"nearest": value}),
        Finding("pattern", "error", 1, None, heading, value),
    ]
    told = tell(check(hostile, None, context(), found=found)[0], "ja", source=name)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]", told)


def test_long_values_are_cut() -> None:
    assert visible("あ" * 10_000) == "あ" * 39 + "…"


def place(part: Part, row: int | None, lang: str, several: bool = False) -> str:
    given = table("aed", AED + "FF1,役場,本町,34.8,138.3,\n")
    parts = (part, Part("ほか.csv")) if several else (part,)
    found = Finding("required", "error", 0, row, "名称")
    return sentence(found, dataclasses.replace(given, parts=parts, headings=({"名称": "施設名"},) * 2), lang).message


@pytest.mark.parametrize(
    ("part", "several", "row", "ja", "en"),
    [
        (Part("a.csv", columns={"施設名": "C"}), False, 5, "5行目 施設名(C5): ", "Row 5, 施設名 (C5): "),
        (
            Part("a.xlsx", sheet="AED", columns={"施設名": "C"}),
            False,
            5,
            "シート「AED」の5行目 施設名(C5)",
            "Row 5 of sheet “AED”,",
        ),
        (Part("道.shp", kind="vector"), False, 5, "5番目の地物 施設名: ", "Feature 5, 施設名: "),
        (Part("令和8年/a.csv"), True, 12_345, "a.csvの12345行目 施設名", "Row 12345 of a.csv, 施設名"),
        (Part("a.csv"), False, None, "施設名は必ず", "施設名 is required"),
    ],
)
def test_the_place_is_named_as_the_clerk_sees_it(part: Part, several: bool, row: int | None, ja: str, en: str) -> None:
    assert place(part, row, "ja", several).startswith(ja)
    assert place(part, row, "en", several).startswith(en)


def test_a_value_that_was_probably_meant_is_suggested() -> None:
    given = table("zoning", "用途地域,建ぺい率\n第1種住居地域,60%\n")
    enum, percent = (f for f in check(given, None, context())[0].findings if f.code in ("enum", "type-integer"))
    assert sentence(enum, given, "ja").fix.startswith("「第一種住居地域」のことなら、A2に「第一種住居地域」と書いてください。")
    assert sentence(percent, given, "en").fix.startswith("If you mean “60”, write “60” in B2. ")


def test_a_pattern_is_told_by_the_description_of_its_field_and_never_as_an_expression() -> None:
    found = report(AED + "FF1,役場,本町,34.8,138.3,代表054\n")
    for lang in ("ja", "en"):
        told = tell(found, lang)
        assert "^[" not in told
        assert "電話番号" in told
    assert "施設の連絡先の電話番号" in tell(found, "ja")


def test_the_json_has_the_shape_that_design_6_promises() -> None:
    changes = (Change(0, 2, "緯度", "９９", "99", "number-width"),)
    given = table("aed", AED + "FF1,役場,本町,99,138.3,\n", changes=changes, asides=(Aside(0, 9, "blank"),))
    given = dataclasses.replace(given, headings=({**given.headings[0], "緯度": "北緯"},), parts=(renamed(given),))
    error = UnusableSource("読めません。", "Unreadable.", fix_ja="直す。", fix_en="Fix it.", code="empty-file")
    answers = [Answer("町の表.csv", "aed", check(given, None, context())[0]), Answer("空.csv", None, error=error)]
    document = json.loads(json.dumps(as_json(answers, TOWN, "ja")))
    assert list(document) == ["town", "sources"]
    assert document["town"] == "999997"
    good, bad = document["sources"]
    keys = ["source", "dataset", "error", "parts", "rows", "blocked", "left_out", "changes", "findings"]
    assert list(good) == keys == list(bad)
    assert good["parts"] == [
        {"file": "町の表.csv", "sheet": None, "encoding": "cp932", "crs": None, "heading_row": 1, "rows": 2}
    ]
    assert good["rows"] == {"read": 2, "kept": 1, "rejected": 0, "set_aside": 1}
    blank = {"part": 0, "row": 9, "cell": "A9", "reason": "blank", "rejected": False, "title": "何もない行", "text": ""}
    assert good["left_out"] == [blank]
    change = {"part": 0, "row": 2, "column": "北緯", "cell": "D2", "before": "９９", "after": "99", "reason": "number-width"}
    assert good["changes"] == [change]
    finding = next(found for found in good["findings"] if found["code"] == "maximum")
    assert finding == {
        "code": "maximum",
        "severity": "error",
        "part": 0,
        "row": 2,
        "column": "北緯",
        "cell": "D2",
        "value": "９９",
        "message": "2行目 北緯(D2)「９９」: 北緯に書けるのは、20から46までの数字です。",
        "fix": "D2のけたの間違いや、ほかの列との入れ違いがないか確かめて、正しい値を書いてください(例 34.866918)。"
        "分からなければD2を空にしてください。",
    }
    assert good["blocked"]
    assert bad["error"] == {"code": "empty-file", "message": "読めません。", "fix": "直す。"}
    assert (bad["blocked"], bad["findings"], bad["rows"]["read"]) == (True, [], 0)


def renamed(given: Table) -> Part:
    columns = {("北緯" if name == "緯度" else name): letter for name, letter in given.parts[0].columns.items()}
    return dataclasses.replace(given.parts[0], columns=columns, encoding="cp932")


def test_a_finding_of_a_heading_that_is_no_field_is_told_by_the_heading() -> None:
    given = table("aed", AED + "FF1,役場,本町,34.8,138.3,\n")
    told = sentence(Finding("blank-row", "error", 0, 2, "ナゾの列"), given, "ja")
    assert told.column == "ナゾの列"
    assert PurePosixPath(given.parts[0].file).name not in told.message


def test_a_dash_for_a_number_and_a_time_without_colon_are_answered_as_what_they_probably_mean() -> None:
    people = "調査年月日,地域名,総人口,世帯数\n2026-02-01,東,10,-\n"
    told = tell(check(table("population", people), None, context())[0], "ja")
    assert "→ 「-」が0の意味ならD2に0と書き、数がない・伏せているときは空にしてください。数があるなら「585」のように" in told
    times = report("ID,名称,所在地_連結表記,緯度,経度,開始時間,終了時間\nFF1,役場,本町,34.8,138.3,930,24:00\n")
    fixes = [sentence(found, times.table, "ja").fix for found in times.findings if found.code == "type-time"]
    assert [fix.split("。")[0] for fix in fixes] == [
        "「09:30」のことなら、F2に「09:30」と書いてください",
        "「23:59」のことなら、G2に「23:59」と書いてください",
    ]


@pytest.mark.parametrize(
    ("asked", "taken_as", "town", "command"),
    [
        ("aed", "", "", "machizu check aed --all"),
        ("AED一覧_令和8年4月1日.csv", "aed", "mihon", "machizu check AED一覧_令和8年4月1日.csv --as aed --town mihon --all"),
        ("a b;rm -rf $HOME.csv", "", "", "machizu check 'a b;rm -rf $HOME.csv' --all"),
        ("-o.csv", "", "", "machizu check ./-o.csv --all"),
        ("", "", "", ""),
        ("赤\x1b[31m.csv", "", "", ""),
        ("a\u202e.csv", "", "", ""),
        ("a.csv", "", "町\udc88", ""),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="another shell quotes otherwise")
def test_the_command_that_shows_all_can_be_copied_as_it_stands(asked: str, taken_as: str, town: str, command: str) -> None:
    found = report(AED + "FF1,,本町,34.8,138.3,\n")
    assert see_all(Answer("a", "aed", found, asked=asked, taken_as=taken_as, town=town)) == command


def test_every_change_is_told_once_with_how_often_it_was_made() -> None:
    changes = (
        Change(0, 2, "電話番号", "０５４", "054", "number-width"),
        Change(0, 3, "電話番号", "０５４", "054", "number-width"),
        Change(0, None, "全国地方公共団体コード", "", "999997", "filled-town-code"),
    )
    told = tell(report(AED + "FF1,役場,本町,34.8,138.3,\n", changes=changes), "ja", every=True)
    assert "  全角の数字を半角に直しました\n    電話番号: ０５４ → 054  2か所" in told
    assert "    全国地方公共団体コード: (空) → 999997  どの行も" in told


def test_the_table_and_its_rows_are_counted_together_in_the_first_sentence() -> None:
    found = report("ID,名称,緯度,経度\nFF1,役場,99,138.3\nFF2,学校,34.8,138.3\n")
    first = "2件を読みました。表全体に関わる直すところが1か所、行ごとの直すところが1件にあります。直すまで公開できません。"
    assert tell(found, "ja").split("\n")[1] == first


@pytest.mark.parametrize(
    ("kind", "bounds", "sample"),
    [
        ("number", {}, "12.5"),
        ("number", {"minimum": "20", "maximum": "46"}, "33"),
        ("number", {"maximum": "1"}, "1"),
        ("number", {"minimum": "0.1", "maximum": "0.3"}, "0.2"),
        ("integer", {"minimum": "100"}, "100"),
        ("year", {"maximum": "1999"}, "1999"),
    ],
)
def test_an_example_keeps_the_bounds_of_its_column(kind: str, bounds: dict[str, str], sample: str) -> None:
    toilets = read_library()["public_toilet"]
    field = toilets.field("備考").model_copy(update={"type": kind, "constraints": Constraints(**bounds)})
    assert example(toilets, field) == sample


def test_a_date_that_cannot_be_read_is_told_once_also_where_it_is_the_period() -> None:
    given = table("population", "地域名,調査年月日,総人口,男性,女性\n本町,2026-09-31,2,1,1\n")
    period = Finding("period-unreadable", "error", 0, 2, "調査年月日", "2026-09-31")
    codes = [found.code for found in check(given, None, context(), found=[period])[0].findings if found.row == 2]
    assert "type-date" in codes
    assert "period-unreadable" not in codes


def test_of_a_geometry_file_the_attribute_of_one_feature_is_meant_and_not_its_column() -> None:
    table = report("ID,名称,所在地_連結表記,緯度,経度,開始時間\nFF1,役場,本町,34.8,138.3,夕方\n").table
    part = dataclasses.replace(table.parts[0], file="AED.geojson", kind="vector", columns={"開始時間": "開始時間"})
    drawn = dataclasses.replace(table, parts=(part,))
    told = sentence(Finding("type-time", "error", 0, 3, "開始時間", "夕方"), drawn, "ja")
    assert "3番目の地物の「開始時間」" in told.fix
    assert "「開始時間」の列" not in told.fix
    assert "the 開始時間 of feature 3" in sentence(Finding("type-time", "error", 0, 3, "開始時間", "夕方"), drawn, "en").fix
