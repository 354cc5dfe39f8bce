"""The hamlets of 見本町: four people, and eleven who become nine, as two months of them are published."""

import csv
import io
import os
from datetime import date
from pathlib import Path

import pytest

from publish.build import examine
from publish.disclosure.gate import Cleared, clear
from publish.town_folder import open_town

GOLDEN = Path(__file__).parent / "golden" / "areas_with_few_people.csv"
MONTHS = ("2026-02", "2026-03")
"""北森 has ten people in February and nine in March."""


@pytest.fixture(scope="module")
def passed(mihon: Path) -> Cleared:
    folder = open_town(mihon)
    found = examine(folder, "population", folder.recipes["population"], date(2026, 4, 10))
    return clear(found.report, found.layer, folder.town)


def test_two_months_of_hamlets_and_their_neighbours_are_published_as_they_were_when_this_was_written(passed: Cleared) -> None:
    assert passed.suppressed is not None
    assert passed.period is not None
    named = {name for one in passed.suppressed.added for name in (one.area, one.into)}
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["期間", *passed.cells.column_names])
    for period, one in zip(passed.period.to_pylist(), passed.cells.to_pylist(), strict=True):
        if period in MONTHS and one["地域名"] in named:
            rows.writerow([period, *one.values()])
    if os.environ.get("MACHIZU_GOLDEN") == "write":
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(text.getvalue(), "utf-8", newline="\n")
    assert text.getvalue() == GOLDEN.read_text("utf-8")


def test_both_hamlets_are_hidden_in_every_month_with_the_same_neighbour(passed: Cleared) -> None:
    assert passed.suppressed is not None
    pairs = {(one.area, one.into) for one in passed.suppressed.added}
    assert pairs == {("大字奥山", "大字松崎"), ("大字北森", "大字上沢")}
    assert len(passed.suppressed.added) == 12
    assert passed.suppressed.cells == 12 * 40
