"""Rules that look at the last release: what they compare, at which figure they speak, and what an acceptance binds."""

import pyarrow as pa
import pytest
from clerks_table import context, table

from publish.checking.acceptance import acceptance_hash
from publish.checking.checking import check
from publish.recipe import Recipe
from publish.table.finding import Finding
from publish.table.table import Table

AED = "ID,名称,所在地_連結表記,緯度,経度\n"


def aeds(count: int) -> Table:
    return table("aed", AED + "".join(f"FF{row:010d},施設{row},本町{row},34.{row:04d},138.3\n" for row in range(count)))


def population(**months: int) -> Table:
    rows = [(month, area) for month, count in months.items() for area in range(count)]
    text = "".join(f"{month[1:5]}-{month[5:]}-01,町{area},1\n" for month, area in rows)
    periods = pa.array([f"{month[1:5]}-{month[5:]}" for month, _ in rows], pa.utf8())
    return table("population", f"調査年月日,地域名,総人口\n{text}", period=periods)


def found(now: Table, before: Table, code: str, recipe: Recipe | None = None) -> list[Finding]:
    report, _ = check(now, None, context(previous=before), recipe=recipe)
    return [finding for finding in report.unaccepted if finding.code == code]


@pytest.mark.parametrize(("after", "told"), [(90, True), (91, False), (100, False), (110, False), (1, True)])
def test_ten_percent_fewer_rows_are_told_and_not_a_row_more(after: int, told: bool) -> None:
    assert bool(found(aeds(after), aeds(100), "row-drop")) == told


def test_a_table_without_rows_is_an_error_that_nobody_can_accept() -> None:
    report, _ = check(aeds(0), None, context(previous=aeds(100)))
    assert [(finding.code, finding.severity) for finding in report.findings if finding.row is None][:1] == [
        ("no-rows", "error")
    ]


@pytest.mark.parametrize(("before", "after", "stands"), [(100, 80, True), (100, 79, False), (99, 80, False), (100, 95, True)])
def test_an_acceptance_of_fewer_rows_binds_both_counts(before: int, after: int, stands: bool) -> None:
    word = acceptance_hash(found(aeds(80), aeds(100), "row-drop"))
    given = {"code": "row-drop", "hash": word, "by": "課", "why": "廃止"}
    recipe = Recipe.model_validate({"format": "1", "dataset": "aed", "source": "a", "accept": [given]})
    assert (not found(aeds(after), aeds(before), "row-drop", recipe)) == stands


def test_a_month_is_compared_with_itself_and_a_new_one_with_the_month_before() -> None:
    before = population(p202601=10, p202602=20)
    assert found(population(p202603=20), before, "row-drop") == []
    assert [one.value for one in found(population(p202603=18), before, "row-drop")] == ["2026-03 20→18"]
    assert [one.value for one in found(population(p202601=10, p202602=17), before, "row-drop")] == ["2026-02 20→17"]
    assert found(population(p202512=1), before, "row-drop") == []


def test_new_keys_are_told_above_the_half() -> None:
    before = aeds(10)
    half = table("aed", AED + "".join(f"FF{row + 5:010d},施設{row},本町,34.{row:04d},138.3\n" for row in range(10)))
    more = table("aed", AED + "".join(f"FF{row + 6:010d},施設{row},本町,34.{row:04d},138.3\n" for row in range(10)))
    assert found(half, before, "keys-renewed") == []
    assert [one.values["fresh"] for one in found(more, before, "keys-renewed")] == ["6"]


def test_a_first_release_is_compared_with_nothing() -> None:
    report, _ = check(aeds(3), None, context())
    assert not {one.code for one in report.findings} & {"row-drop", "keys-renewed", "column-gone", "column-emptied"}
