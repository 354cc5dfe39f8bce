"""A solver that knows every table that stands published finds no hidden number, nor that it lies in too narrow a range."""

from collections.abc import Mapping, Sequence

import pytest
from adversary import Adversary, parts
from counted import HIDDEN, LEAVES, TOTAL, WHOLES, Breakdown, cleared, dataset, remembered, row, rows_of, town
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from catalog.errors import DisclosureRefused
from publish.disclosure.gate import Cleared

Months = Mapping[str, Mapping[str, Breakdown]]
"""True breakdown by month and area."""
LARGE = (12, 9, 31, 28, 14, 20)
WIDE = (8, 8, 20, 21, 9, 9)


def tables(months: Months) -> dict[str, list[dict[str, str]]]:
    """The office's tables of these months."""
    return {month: [row(area, people) for area, people in areas.items()] for month, areas in months.items()}


def sums(areas: Mapping[str, Breakdown]) -> dict[str, int]:
    """True sums over all areas by column."""
    leaves = dict(zip(LEAVES, map(sum, zip(*areas.values(), strict=True)), strict=True))
    return {column: sum(leaves[leaf] for leaf in parts(column)) for column in (*HIDDEN, TOTAL)}


def narrowest(
    months: Months, releases: Sequence[Cleared], *, frozen: bool = False, protection: int = 1, cells: int = 0
) -> dict[str, int]:
    """How much less room than wanted the most exposed number of each hidden area and month leaves (0: none), by solver.

    What one standing release shows is not hidden, whatever another one does. `cells`: below it a single cell is hidden for its
    own sake; another one only covers it, and need only not be known.
    """
    adversary = Adversary(frozen=frozen)
    hidden: dict[tuple[str, str, str], bool] = {}
    shown: dict[tuple[str, str], dict[str, str]] = {}
    for release in releases:
        for month, areas in months.items():
            rows = rows_of(release, month)
            if rows:
                adversary.reads(month, rows, sums(areas))
            for area, one in rows.items():
                shown[month, area] = one
                for column in (*HIDDEN, TOTAL):
                    hidden[month, area, column] = hidden.get((month, area, column), True) and one[column] == "X"
    lacking: dict[str, int] = {}
    for (month, area, column), is_hidden in hidden.items():
        if is_hidden:
            one, true = shown[month, area], _true(months[month][area], column)
            wanted = protection if one["男性"] == "X" or 1 <= true < cells else 1
            lack = _lack(adversary, months[month], month, area, one, column, wanted)
            lacking[f"{month} {area}"] = max(lack, lacking.get(f"{month} {area}", 0))
    return lacking


def _lack(
    adversary: Adversary,
    areas: Mapping[str, Breakdown],
    month: str,
    area: str,
    one: Mapping[str, str],
    column: str,
    protection: int,
) -> int:
    least, most = adversary.range(month, area, one, column)
    assert least <= _true(areas[area], column) <= most
    sex = next((whole for whole in WHOLES if column in WHOLES[whole]), "")
    row = sum(areas[area]) if one["男性"] == "X" or not sex else int(one[sex])
    if one[TOTAL] != "X":
        row = min(row, int(one[TOTAL]))  # a carrier's columns count its members too, its total does not
    wanted = min(protection, row, sums(areas)[column])
    return max(wanted - (most - least), 0)


def _true(people: Breakdown, column: str) -> int:
    return sum(count for leaf, count in zip(LEAVES, people, strict=True) if leaf in parts(column))


def published(months: Months, **decided: object) -> list[Cleared]:
    """The series published month after month, each time whole and with what was hidden before.

    What the change of a total tells is asked for in test_change_tells.py; here the town has decided to let it be known.
    """
    decided = {"totals": "show", **decided}
    found: list[Cleared] = []
    for count in range(1, len(months) + 1):
        upto = dict(list(tables(months).items())[:count])
        before = remembered(found[-1]) if found else None
        found.append(cleared(upto, before=before, settings=town(**decided)))
    return found


def test_the_solver_finds_what_is_only_crossed_out() -> None:
    """The test of the test: without the sum of two areas the town's totals give everything away."""
    areas = {"奥山": (0, 1, 1, 0, 1, 0), "北森": LARGE, "港": WIDE}
    rows = {area: row(area, people) for area, people in areas.items()}
    rows["奥山"] |= dict.fromkeys(HIDDEN, "X")
    adversary = Adversary()
    adversary.reads("2026-05", rows, sums(areas))
    assert [adversary.range("2026-05", "奥山", rows["奥山"], leaf) for leaf in LEAVES] == [(n, n) for n in areas["奥山"]]


def test_an_area_of_three_is_hidden_so_that_every_number_could_be_none_or_some() -> None:
    months = {"2026-05": {"奥山": (0, 1, 1, 0, 1, 0), "北森": LARGE, "港": WIDE}}
    assert narrowest(months, published(months)) == {"2026-05 奥山": 0}


def test_a_neighbour_that_moves_its_sum_gives_the_hidden_area_away_and_ours_never_does() -> None:
    small, before, after = (0, 1, 1, 0, 1, 0), LARGE, (11, 9, 31, 28, 14, 21)
    months = {"2026-05": {"奥山": small, "北森": before, "港": WIDE}, "2026-06": {"奥山": small, "北森": after, "港": WIDE}}
    first = cleared(dict(list(tables(months).items())[:1]), settings=town(into={"奥山": "北森"}))
    forgetful = cleared(tables(months), settings=town(into={"奥山": "港"}))
    assert narrowest(months, [first, forgetful])["2026-05 奥山"] > 0
    with pytest.raises(DisclosureRefused) as refused:
        cleared(tables(months), before=remembered(first), settings=town(into={"奥山": "港"}))
    assert refused.value.code == "neighbour-changed"
    again = cleared(tables(months), before=remembered(first), settings=town(into={"奥山": "北森"}))
    assert set(narrowest(months, [first, again]).values()) == {0}


def crossing(into_june: Breakdown) -> Months:
    """奥山 has nine people in May, others in June; nothing else changes."""
    may = {"奥山": (0, 2, 2, 2, 1, 2), "北森": LARGE, "港": WIDE}
    return {"2026-05": may, "2026-06": {**may, "奥山": into_june}}


def test_an_area_that_grows_above_the_threshold_stays_hidden_for_the_difference_would_tell() -> None:
    months = crossing((0, 3, 2, 2, 2, 2))
    first = published(months)[0]
    forgetful = cleared({"2026-06": tables(months)["2026-06"]})
    assert narrowest(months, [first, forgetful], frozen=True)["2026-05 奥山"] > 0
    later = cleared({"2026-06": tables(months)["2026-06"]}, before=remembered(first), settings=town(totals="show"))
    assert narrowest(months, [first, later], frozen=True) == {"2026-05 奥山": 0, "2026-06 奥山": 0}


def test_an_area_that_shrinks_below_the_threshold_is_hidden_in_all_months_that_are_published_again() -> None:
    months = crossing((0, 2, 2, 2, 1, 2))
    months = {"2026-04": {**months["2026-05"], "奥山": (1, 2, 2, 2, 1, 3)}, **months}
    whole = cleared(tables(months), settings=town(totals="show"))
    assert rows_of(whole, "2026-04")["奥山"]["男性"] == "X"
    assert set(narrowest(months, [whole], frozen=True).values()) == {0}


def test_a_corrected_month_stays_as_it_stood() -> None:
    months = crossing((0, 2, 2, 2, 1, 2))
    first = published(months)[-1]
    corrected = {month: {**areas, "奥山": (4, 2, 2, 2, 1, 2)} for month, areas in months.items()}
    again = cleared(tables(corrected), before=remembered(first), settings=town(totals="show"))
    assert all(rows_of(again, month)["奥山"]["男性"] == "X" for month in months)


def test_two_small_areas_share_a_neighbour_and_a_neighbour_that_becomes_small_passes_both_on() -> None:
    may = {"奥山": (0, 1, 1, 0, 1, 0), "西谷": (1, 0, 0, 1, 0, 0), "北森": (3, 3, 4, 4, 3, 3), "港": LARGE, "浜": WIDE}
    june = {**may, "北森": (1, 1, 2, 2, 1, 1)}
    months = {"2026-05": may, "2026-06": june}
    found = published(months)
    hidden = [area for area, one in rows_of(found[-1], "2026-05").items() if one["男性"] == "X"]
    assert hidden == ["奥山", "西谷", "北森"]
    assert set(narrowest(months, found).values()) == {0}


def test_where_a_neighbour_has_nobody_of_an_age_another_one_joins() -> None:
    without = (0, 12, 31, 9, 14, 20)
    months = {"2026-05": {"奥山": (0, 1, 1, 0, 1, 0), "北森": without, "港": (5, 9, 28, 0, 14, 20)}}
    found = published(months)
    rows = rows_of(found[0], "2026-05")
    assert [area for area, one in rows.items() if one["男性"] == "X"] == ["奥山", "港"]
    assert set(narrowest(months, found).values()) == {0}


def test_single_cells_are_hidden_only_where_the_town_asks_and_with_others_that_would_tell_them() -> None:
    months = {"2026-05": {"北森": (2, 9, 31, 28, 14, 20), "港": WIDE, "浜": (30, 5, 6, 7, 8, 9)}}
    plain = rows_of(cleared(tables(months)), "2026-05")
    assert not any("X" in one.values() for one in plain.values())
    found = published(months, cells=3)
    marked = {(area, name) for area, one in rows_of(found[0], "2026-05").items() for name in one if one[name] == "X"}
    assert ("北森", LEAVES[0]) in marked
    assert len(marked) == 4
    assert narrowest(months, found) == dict.fromkeys((f"2026-05 {area}" for area, _ in marked), 0)


def test_what_was_hidden_as_a_single_cell_stays_hidden_when_the_month_is_published_again() -> None:
    months = {"2026-05": {"北森": (2, 9, 31, 28, 14, 20), "港": WIDE, "浜": (30, 5, 6, 7, 8, 9)}}
    first = published(months, cells=3)[0]
    corrected = {"2026-05": {**months["2026-05"], "北森": (4, 9, 31, 28, 14, 20)}}
    again = cleared(tables(corrected), before=remembered(first), settings=town(cells=3))
    for area, one in rows_of(first, "2026-05").items():
        assert [name for name in one if one[name] == "X"] == [
            name for name, text in rows_of(again, "2026-05")[area].items() if text == "X"
        ]


def test_a_town_without_a_large_area_publishes_nothing() -> None:
    months = {"2026-05": {"奥山": (0, 1, 1, 0, 1, 0), "北森": (1, 1, 1, 0, 0, 0)}}
    with pytest.raises(DisclosureRefused) as refused:
        published(months)
    assert (refused.value.exit_code, refused.value.code) == (4, "cannot-be-hidden")


tiny = st.lists(st.integers(0, 2), min_size=6, max_size=6).map(tuple)
large = st.lists(st.integers(0, 12), min_size=6, max_size=6).map(tuple)
NAMES = ("本町一丁目", "本町二丁目", "奥山", "北森", "港町", "浜町", "岬")


@st.composite
def any_months(draw: st.DrawFn) -> Months:
    """Any town of a few areas in one to three months; some areas come and go."""
    names = NAMES[: draw(st.integers(3, 6))]
    kinds = [draw(st.sampled_from([tiny, large, large])) for _ in names]
    months: dict[str, dict[str, Breakdown]] = {}
    for month in range(1, draw(st.integers(1, 3)) + 1):
        gone = draw(st.sampled_from([None, None, None, *names]))
        months[f"2026-{month:02d}"] = {
            name: draw(st.one_of(kind, tiny)) if draw(st.integers(0, 4)) == 0 else draw(kind)
            for name, kind in zip(names, kinds, strict=True)
            if name != gone
        }
    return months


@given(months=any_months(), protection=st.integers(1, 3))
@settings(max_examples=25, deadline=None, derandomize=True)
def test_whatever_the_town_no_hidden_number_is_found_over_all_that_stands(months: Months, protection: int) -> None:
    proves(months, protection)


@given(months=any_months(), protection=st.integers(1, 2))
@settings(max_examples=10, deadline=None, derandomize=True)
def test_whatever_the_town_no_total_is_found_where_the_town_hides_them(months: Months, protection: int) -> None:
    proves(months, protection, totals="hide")


@given(months=any_months(), cells=st.integers(2, 4))
@settings(max_examples=15, deadline=None, derandomize=True)
def test_whatever_the_town_no_single_cell_is_found_where_the_town_hides_them(months: Months, cells: int) -> None:
    proves(months, 1, cells=cells)


@pytest.mark.full
@given(months=any_months(), protection=st.integers(1, 3), cells=st.sampled_from([0, 0, 2, 4]))
@settings(max_examples=1_000, deadline=None)
def test_of_a_thousand_towns_none_gives_a_hidden_number_away(months: Months, protection: int, cells: int) -> None:
    proves(months, protection, cells=cells)


def proves(months: Months, protection: int, *, cells: int = 0, **decided: object) -> None:
    """Publish month after month and let the solver try."""
    try:
        found = published(months, protection=protection, cells=cells, **decided)
    except DisclosureRefused as refused:
        assume(refused.code not in ("cannot-be-hidden", "cells-cannot-be-hidden"))  # nothing is published: nothing is found
        raise
    assert set(narrowest(months, found, protection=protection, cells=cells).values()) <= {0}


@given(months=any_months())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_no_row_is_lost_and_every_column_adds_up_as_before(months: Months) -> None:
    try:
        found = published(months)
    except DisclosureRefused as refused:
        assume(refused.code != "cannot-be-hidden")
        raise
    for month, areas in months.items():
        rows = rows_of(found[-1], month)
        assert list(rows) == list(areas)
        for column, total in sums(areas).items():
            assert sum(int(one[column]) for one in rows.values() if one[column] != "X") == total
        assert all(int(one["総人口"]) == sum(areas[area]) for area, one in rows.items())


def test_the_definition_may_protect_more_and_the_town_may_decide_otherwise() -> None:
    months = {"2026-05": {"奥山": (0, 1, 1, 0, 1, 0), "北森": (2, 2, 2, 2, 2, 2), "港": LARGE}}
    assert rows_of(cleared(tables(months)), "2026-05")["北森"]["男性"] == "8"
    wide = cleared(tables(months), definition=dataset(protection=3))
    assert rows_of(wide, "2026-05")["北森"]["男性"] == "6"
    off = cleared(tables(months), settings=town(below_persons=0, below_households=0))
    assert off.suppressed is None
    assert rows_of(off, "2026-05")["奥山"]["男性"] == "2"
