"""What is asked of the periods of a series: which are missing, which are there twice, and which names changed between them."""

import dataclasses
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pytest
from clerks_table import context, table
from hypothesis import given
from hypothesis import strategies as st

from catalog.library import read_library
from catalog.site.period import Period
from publish.checking.breaks import Break, Link, breaks
from publish.checking.rules.series import names_changed, period_gap, period_twice
from publish.table.finding import Finding
from publish.table.table import Table

POPULATION = read_library()["population"]
Counts = Mapping[str, int]


def series(months: Mapping[str, Counts]) -> Table:
    rows = [(month, area, count) for month, areas in months.items() for area, count in areas.items()]
    text = "".join(f"{month}-01,{area},{count}\n" for month, area, count in rows)
    periods = pa.array([month for month, *_ in rows], pa.utf8())
    return table("population", f"調査年月日,地域名,総人口\n{text}", period=periods)


def gaps(*months: str) -> list[Finding]:
    return list(period_gap.check(series({month: {"東町": 9} for month in months}), None, context()))


GAPS = [
    (("2026-02", "2026-03"), []),
    (("2026-06",), []),
    (("2025-12", "2026-02", "2026-03"), ["2026年1月"]),
    (("2026-01", "2026-02", "2026-06", "2026-07"), ["2026年3月から5月までの3か月"]),
    (("2025-10", "2025-11", "2026-02", "2026-03", "2026-05"), ["2025年12月から2026年1月までの2か月", "2026年4月"]),
]


@pytest.mark.parametrize(("months", "told"), GAPS)
def test_missing_months_are_told_as_the_runs_that_they_are(months: tuple[str, ...], told: list[str]) -> None:
    assert [finding.values["gap_ja"] for finding in gaps(*months)] == told
    assert {finding.severity for finding in gaps(*months)} <= {"warning"}


def test_months_that_come_out_now_and_then_need_nobodys_word() -> None:
    (one,) = gaps("2018-11", "2026-02")
    assert (one.severity, one.values["gap_en"]) == ("info", "December 2018 to January 2026 (86 months)")


def test_a_year_is_missing_as_a_year() -> None:
    rows = pa.array(["2020", "2020", "2024", "2025", "2026"], pa.utf8())
    given = dataclasses.replace(series({"2020-01": {"東": 1, "西": 2}, "2024-01": {"東": 1, "西": 2, "南": 3}}), period=rows)
    assert [one.values["gap_ja"] for one in period_gap.check(given, None, context())] == ["2021年から2023年までの3年"]


@given(st.sets(st.integers(24_000, 24_060), min_size=1))
def test_what_is_there_and_what_is_missing_is_everything_between_first_and_last(numbers: set[int]) -> None:
    months = {number: f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(min(numbers), max(numbers) + 1)}
    missing = set()
    for one in gaps(*(months[number] for number in sorted(numbers))):
        period, last = (Period.parse(text) for text in one.value.split("/"))
        missing.add(str(period))
        while period != last:
            period = period.following
            missing.add(str(period))
    assert missing == {text for number, text in months.items() if number not in numbers}


def test_other_tables_have_no_periods_to_miss() -> None:
    given = table("aed", "ID,名称\nFF0000000001,役場\n")
    for rule in (period_gap, period_twice, names_changed):
        assert not rule.applies(given.dataset)
        assert list(rule.check(given, None, context())) == []


def between(before: Counts, after: Counts) -> list[Break]:
    given = series({"2026-04": before, "2026-05": after})
    return list(breaks(given.cells, given.period, POPULATION))


def links(before: Counts, after: Counts) -> set[Link]:
    return {link for one in between(before, after) for link in one.links}


REST = {"本町": 1_000, "浜町": 500}
GUESSES: list[tuple[Counts, Counts, set[Link]]] = [
    ({"東町": 120, "西町": 230}, {"中央町": 351}, {Link(("東町", "西町"), ("中央町",))}),
    ({"中央町": 351}, {"東町": 120, "西町": 230}, {Link(("中央町",), ("東町", "西町"))}),
    ({"大字東": 120}, {"東": 121}, {Link(("大字東",), ("東",))}),
    (
        {"東町": 120, "西町": 230, "北町": 77},
        {"中央町": 351, "北": 77},
        {Link(("東町", "西町"), ("中央町",)), Link(("北町",), ("北",))},
    ),
    ({"東町": 120, "西町": 230}, {"中央町": 360}, set()),
    ({"東町": 120}, {}, set()),
    ({}, {"東町": 120}, set()),
    # 350 is 東町 with 西町, and as well 南町 with 北町: nobody can say.
    ({"東町": 120, "西町": 230, "南町": 150, "北町": 200}, {"中央町": 350}, set()),
    # Nobody lives in an area that vanishes: it may have become part of anything.
    ({"工業団地": 0, "東町": 351}, {"中央町": 351}, {Link(("東町",), ("中央町",))}),
    ({f"{n}番": 10 * 2**n for n in range(8)}, {"中央町": 30}, set()),
]


@pytest.mark.parametrize(("before", "after", "guess"), GUESSES)
def test_what_adds_up_in_one_way_only_is_guessed_to_be_the_same(before: Counts, after: Counts, guess: set[Link]) -> None:
    assert links({**REST, **before}, {**REST, **after}) == guess


def test_names_alone_are_compared_where_no_headline_says_how_many() -> None:
    silent = POPULATION.model_copy(update={"series": POPULATION.series.model_copy(update={"headline": ""})})  # type: ignore[union-attr]
    given = series({"2026-04": {"東町": 120}, "2026-05": {"東": 120}})
    (one,) = breaks(given.cells, given.period, silent)
    assert (one.gone, one.new, one.links) == (("東町",), ("東",), ())


def test_the_same_names_are_no_break() -> None:
    assert between(REST, {name: count + 9 for name, count in REST.items()}) == []


def test_hostile_and_many_names_stay_short_and_harmless() -> None:
    (one,) = between({f"\x1b[31m{'長' * 90}{n}": n for n in range(30)} | REST, REST)
    assert "\x1b" not in one.sides("ja")
    assert len(one.sides("ja")) < 120
    assert "ほか27" in one.sides("ja")
    assert "and 27 more" in one.sides("en")


@given(st.lists(st.integers(1, 10_000), min_size=2, max_size=4))
def test_no_guess_names_an_area_twice(counts: Sequence[int]) -> None:
    before = {f"旧{n}": count for n, count in enumerate(counts)}
    found = links(before, {"新": sum(counts), "別": counts[0]})
    named = [name for link in found for name in (*link.before, *link.after)]
    assert len(named) == len(set(named))
