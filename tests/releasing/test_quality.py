"""The report of quality: what it counts, what it never says, how an older one is read, what is better or worse than before."""

import dataclasses
import json
from pathlib import Path

from bench_town import BENCH, LIBRARY, THREE, Office, points, table
from hypothesis import given
from hypothesis import strategies as st

from catalog.dataset import Dataset
from catalog.site.quality import Completeness, Quality, RuleCount, percent, quality_of, totals
from catalog.site.quality_change import Counted, Filled, compare_quality
from catalog.text import Text
from catalog.town import Town
from publish.checking.applied import applied
from publish.diff.comparing import compare
from publish.diff.rows import Diff
from publish.diff.summary import as_json, tell
from publish.disclosure.gate import clear
from publish.packing.packing import pack, seal
from publish.table.change import Change
from publish.table.finding import Accounting, Finding, Report
from publish.table.table import Aside

MARKED = Dataset.model_validate(
    {
        **BENCH.model_dump(by_alias=True, exclude_defaults=True),
        "fields": [
            {**one.model_dump(by_alias=True, exclude_defaults=True), "requirement": wanted, "evidence": evidence}
            for one, wanted, evidence in zip(
                BENCH.fields,
                ["recommended", "required", "required", "recommended", *["optional"] * 5],
                ["◎ 公式シートで確認", "◎ 旧シートの印から推定", "印は未確認", *[""] * 6],
                strict=True,
            )
        ],
    }
)


def made(
    town: Town, folder: Path, dataset: Dataset = MARKED, *, found: tuple[Finding, ...] | None = None, **given: object
) -> Quality:
    """Pack three benches whose report says more, and read the report of quality back."""
    said = dataclasses.replace(table(dataset, THREE), **given)
    asides = len(said.asides)
    report = Report(said, FOUND if found is None else found, Accounting(3 + asides, 3, 1 if asides else 0, max(asides - 1, 0)))
    folder.mkdir()
    seal(pack(clear(report, points(THREE), town), folder, LIBRARY), "1.0")
    return quality_of(folder, dataset)


FOUND = (
    Finding("outside-area", "warning", 0, 2, "緯度", "34.1, 138.1"),
    Finding("outside-area", "warning", 0, 3, "緯度", "34.2, 138.2"),
    Finding("future-date", "warning", 0, 3, "名称", "駅前"),
    Finding("row-drop", "warning", values={"before": "5", "after": "3"}),
)


def test_totals_say_how_far_required_and_recommended_items_are_filled(office: Office, here: Path) -> None:
    quality = made(office.town, here / "a")
    assert [(one.requirement, one.fields, one.filled, one.cells, one.percent) for one in quality.totals] == [
        ("required", 2, 6, 6, 100),
        ("recommended", 2, 6, 6, 100),
        ("optional", 4, 7, 12, 58),
    ]
    assert {one.field: (one.filled, one.requirement) for one in quality.completeness}["座席数"] == (2, "optional")
    assert "管理者" not in {one.field for one in quality.completeness}


def test_every_rule_that_applied_is_counted_and_none_that_looks_at_the_clock_or_at_other_tables(
    office: Office, here: Path
) -> None:
    counts = {rule.code: (rule.severity, rule.count) for rule in made(office.town, here / "a").rules}
    assert counts["outside-area"] == ("warning", 2)
    assert counts["null-island"] == ("error", 0)
    assert counts["type-integer"] == ("error", 0)
    assert counts["no-rows"] == ("error", 0)
    assert not {"future-date", "row-drop"} & set(counts)
    assert not {"population-sum", "not-certified", "type-time", "enum"} & set(counts)


def test_a_rule_that_a_definition_weighs_otherwise_or_turns_off_is_told_so() -> None:
    weighed = BENCH.model_copy(update={"rules": {"personal-mail": "info", "empty-column": "off"}})
    assert applied(weighed, None)["personal-mail"] == "info"
    assert "empty-column" not in applied(weighed, None)


def test_a_rule_that_the_town_weighs_otherwise_or_turns_off_is_told_so(office: Office, here: Path) -> None:
    checks = {"personal-mail": "info", "empty-column": "off", "bench": {"outside-area": "error"}, "aed": {"null-island": "off"}}
    town = office.town.model_copy(update={"checks": checks})
    told = {rule.code: rule.severity for rule in made(town, here / "a").rules}
    assert (told["personal-mail"], told["outside-area"], told["null-island"]) == ("info", "error", "error")
    assert "empty-column" not in told


def test_a_check_has_one_line_whatever_weights_it_was_found_with(office: Office, here: Path) -> None:
    """Where it stands for an error of the schema, what is else a warning is an error."""
    found = (*FOUND, dataclasses.replace(FOUND[0], severity="error"))
    rules = [rule for rule in made(office.town, here / "a", found=found).rules if rule.code == "outside-area"]
    assert [(rule.severity, rule.count) for rule in rules] == [("error", 3)]


def test_rows_left_out_and_values_changed_are_counted_by_reason(office: Office, here: Path) -> None:
    changes = (
        Change(0, 2, "座席数", "３", "3", "number-width"),
        Change(0, None, "全国地方公共団体コード", "", "999997", "filled-town-code"),
        Change(0, 3, "管理者", "山田 花子", "山田花子", "trimmed"),
    )
    asides = (Aside(0, 5, "blank"), Aside(0, 6, "blank"), Aside(0, 7, "where"), Aside(0, 8, "reject", "required"))
    quality = made(office.town, here / "a", changes=changes, asides=asides)
    assert [(one.reason, one.title.ja, one.count) for one in quality.left_out] == [
        ("blank", "何もない行", 2),
        ("required", "必ず書く値がありません", 1),
        ("where", "レシピの条件に合わない行", 1),
    ]
    # Every row of a part counts as many cells; a column about a person is not even counted.
    assert [(one.reason, one.count) for one in quality.changes] == [("filled-town-code", 3), ("number-width", 1)]
    assert quality.source_rows is not None
    assert (quality.source_rows.read, quality.source_rows.rejected, quality.source_rows.set_aside) == (7, 1, 3)


def test_known_limits_name_the_caveat_the_unplaced_rows_and_the_marks_nobody_has_seen(office: Office, here: Path) -> None:
    said = [limit.ja for limit in made(office.town, here / "a").limits]
    assert said[0] == "座れないことがあります。"
    assert "3件のうち1件は位置が分からず、地図に出ません。" in said
    assert any("1項目は、公式の項目定義書で確かめられず、古い版などから推定" in limit for limit in said)
    assert any("1項目は、国の印を確かめられていません。" in limit for limit in said)


def test_no_value_no_path_and_no_person_is_in_the_report(office: Office, here: Path) -> None:
    made(
        office.town,
        here / "a",
        changes=(Change(0, 2, "名称", "元の駅前", "駅前", "trimmed"),),
        asides=(Aside(0, 5, "note", "秘密"),),
    )
    raw = (here / "a" / "quality.json").read_text("utf-8")
    assert not [word for word in ("駅前", "秘密", "山田", "benches.csv", "34.1") if word in raw]


def test_a_report_of_format_1_is_read_with_the_marks_of_its_definition(office: Office, here: Path) -> None:
    made(office.town, here / "a")
    old = {
        "format": 1,
        "rows": 3,
        "limits": [],
        "rules": [],
        "completeness": [{"field": "名称", "filled": 3}, {"field": "備考", "filled": 1}],
    }
    (here / "a" / "quality.json").write_text(json.dumps(old), "utf-8")
    read = quality_of(here / "a", MARKED)
    assert [(one.requirement, one.percent) for one in read.totals] == [("required", 100), ("optional", 33)]
    assert (read.format, read.names_all_checks, read.source_rows, read.left_out) == (1, False, None, ())


def test_an_absent_report_is_an_empty_one(here: Path) -> None:
    assert quality_of(here, BENCH) == Quality()


@given(st.integers(0, 1000), st.integers(1, 1000))
def test_only_what_is_complete_is_a_hundred_percent(filled: int, cells: int) -> None:
    filled = min(filled, cells)
    found = percent(filled, cells)
    assert found is not None
    assert (found == 100) == (filled == cells)
    assert 0 <= found <= 100


def of(rows: int, filled: dict[str, int], rules: dict[str, int]) -> Quality:
    fields = tuple(Completeness(field=name, filled=number, requirement="optional") for name, number in filled.items())
    counted = tuple(
        RuleCount(code=code, title=Text(ja=code, en=code), severity="info", count=number) for code, number in rules.items()
    )
    return Quality(rows=rows, rules=counted, completeness=fields, totals=totals(fields, rows))


def test_only_what_differs_is_compared_and_the_greatest_difference_comes_first() -> None:
    before = of(10, {"電話番号": 6, "名称": 10, "備考": 1, "旧": 1}, {"a": 2, "b": 1, "d": 0})
    after = of(20, {"電話番号": 8, "名称": 20, "備考": 4, "新": 1}, {"a": 2, "b": 0, "d": 4})
    found = compare_quality(before, after)
    assert found.fields == (Filled("電話番号", 60, 40), Filled("備考", 10, 20))
    assert found.rules == (Counted("b", Text(ja="b", en="b"), 1, 0), Counted("d", Text(ja="d", en="d"), 0, 4))
    assert not compare_quality(after, after)
    assert not compare_quality(Quality(), Quality())


def test_what_only_one_report_names_was_not_checked_in_the_other() -> None:
    before, after = of(10, {}, {"a": 2, "gone": 1}), of(10, {}, {"a": 2, "new": 3})
    found = compare_quality(before, after).rules
    assert [(one.code, one.before, one.after) for one in found] == [("gone", 1, None), ("new", None, 3)]


def test_of_an_old_report_only_what_both_found_is_compared() -> None:
    """Format 1 names no check that found nothing: whether one was made then, nobody knows."""
    before = of(10, {}, {"a": 2, "b": 1}).model_copy(update={"format": 1})
    after = of(10, {}, {"a": 5, "b": 1, "new": 3})
    assert [(one.code, one.before, one.after) for one in compare_quality(before, after).rules] == [("a", 2, 5)]


def test_diff_tells_a_check_that_is_new_and_one_that_is_gone() -> None:
    quality = compare_quality(of(10, {}, {"gone": 1}), of(10, {}, {"new": 3}))
    said = tell(Diff(quality=quality), "ja")
    assert "  新しい検査 new: 3か所" in said
    assert "  行わなくなった検査 gone(前は1か所)" in said
    assert as_json(Diff(quality=quality))["quality"]["rules"] == [
        {"code": "gone", "before": 1, "after": None},
        {"code": "new", "before": None, "after": 3},
    ]


def test_diff_tells_what_is_filled_less_and_what_the_checks_find_more(office: Office) -> None:
    office.publish(THREE)
    rows = [{**row, "座席数": ""} for row in THREE]
    office.stage(rows, findings=[Finding("outside-area", "info", 0, 2, "緯度", "34.1")])
    found = compare(office.path, "bench")
    text = tell(found, "ja")
    assert "  記入の割合 座席数: 66% → 0%" in text
    assert "  検査の結果 町の周辺から離れた場所です: 0か所 → 1か所" in text
    assert "  filled in 座席数: 66% → 0%" in tell(found, "en")
    assert as_json(found)["quality"] == {
        "completeness": [{"field": "座席数", "before": 66, "after": 0}],
        "rules": [{"code": "outside-area", "before": 0, "after": 1}],
    }
