"""What the difference of two tables tells of the people who came to or left an area that is hidden."""

from collections.abc import Mapping

import numpy as np
import pytest
from counted import LEAVES, PEOPLE, Breakdown, cleared, remembered, row, rows_of, town
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from catalog.errors import DisclosureRefused
from publish.disclosure.changes import tell
from publish.disclosure.differencing import Seen

CARRIER, SMALL = (12, 9, 31, 28, 14, 20), (0, 1, 1, 0, 1, 1)
WIDE = (8, 8, 20, 21, 9, 9)
ONE_WOMAN_LESS = (0, 1, 1, 0, 1, 0)
OLD_WOMAN = LEAVES[5]


def month(small: Breakdown, carrier: Breakdown = CARRIER) -> list[dict[str, str]]:
    return [row("奥山", small), row("北森", carrier), row("港", WIDE)]


def refusal(months: Mapping[str, list[dict[str, str]]], **given: object) -> DisclosureRefused:
    with pytest.raises(DisclosureRefused) as refused:
        cleared(months, **given)  # type: ignore[arg-type]
    assert (refused.value.exit_code, refused.value.code) == (4, "change-tells")
    return refused.value


def test_one_who_leaves_while_nothing_else_happens_is_told_by_two_months_in_one_table() -> None:
    refused = refusal({"2026-05": month(SMALL), "2026-06": month(ONE_WOMAN_LESS)})
    assert all(word in refused.message["ja"] for word in ("奥山", OLD_WOMAN, "2026-05", "2026-06"))
    assert 'totals = "hide"' in refused.fix["ja"]


def test_nor_does_a_month_of_its_own_tell_beside_the_one_that_is_public() -> None:
    first = cleared({"2026-05": month(SMALL)})
    refusal({"2026-06": month(ONE_WOMAN_LESS)}, before=remembered(first))
    refusal({"2026-05": month(ONE_WOMAN_LESS)}, before=remembered(first))


def test_the_last_one_who_leaves_is_told() -> None:
    refusal({"2026-05": month((0, 0, 0, 0, 0, 1)), "2026-06": month((0, 0, 0, 0, 0, 0))})


def test_what_happens_next_door_covers_it() -> None:
    others = (12, 9, 30, 28, 14, 20)
    found = cleared({"2026-05": month(SMALL), "2026-06": month(ONE_WOMAN_LESS, others)})
    assert rows_of(found, "2026-06")["奥山"]["総人口"] == "3"


def test_but_not_if_all_who_leave_are_of_one_age_and_sex() -> None:
    refusal({"2026-05": month(SMALL), "2026-06": month(ONE_WOMAN_LESS, (12, 9, 31, 28, 14, 18))})


def test_nor_if_all_are_of_one_sex() -> None:
    others = (12, 8, 31, 28, 14, 20)
    assert "女性" in refusal({"2026-05": month(SMALL), "2026-06": month(ONE_WOMAN_LESS, others)}).message["ja"]


def test_the_town_decides_that_totals_are_hidden_or_that_it_may_be_known() -> None:
    months = {"2026-05": month(SMALL), "2026-06": month(ONE_WOMAN_LESS)}
    hidden = rows_of(cleared(months, settings=town(totals="hide")), "2026-06")
    assert (hidden["奥山"]["総人口"], hidden["北森"]["総人口"]) == ("X", "117")
    assert rows_of(cleared(months, settings=town(totals="show")), "2026-06")["奥山"]["総人口"] == "3"


def test_an_area_that_stays_as_it_is_tells_nothing_whatever_happens_next_door() -> None:
    cleared({"2026-05": month(SMALL), "2026-06": month(SMALL, (11, 9, 31, 28, 14, 20))})


few = st.lists(st.integers(0, 2), min_size=6, max_size=6).map(tuple)
moved = st.lists(st.sampled_from([0, 0, 0, 0, 1, -1]), min_size=6, max_size=6).map(tuple)


def after(people: Breakdown, change: Breakdown) -> Breakdown:
    return tuple(max(count + more, 0) for count, more in zip(people, change, strict=True))


def group(period: str, areas: Mapping[str, Breakdown]) -> Seen:
    sums = {leaf: sum(people[place] for people in areas.values()) for place, leaf in enumerate(LEAVES)}
    sexes = {sex: sum(sums[leaf] for leaf in LEAVES if leaf.endswith(sex)) for sex in ("男性", "女性")}
    persons = {name: sum(people) for name, people in areas.items()}
    return Seen(period=period, carrier="北森", persons=persons, sums={**sexes, **sums})


@given(small=few, other=few, changes=st.tuples(moved, moved, moved))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_whoever_supposes_that_no_more_happened_than_the_tables_show_is_sure_of_nobody(
    small: Breakdown, other: Breakdown, changes: tuple[Breakdown, Breakdown, Breakdown]
) -> None:
    may = {"奥山": small, "西谷": other, "北森": CARRIER}
    june = {name: after(people, change) for (name, people), change in zip(may.items(), changes, strict=True)}
    one, two = group("2026-05", may), group("2026-06", june)
    terms = PEOPLE.disclosure.suppression
    assert terms is not None
    assume(not any(tell(one, two, terms)))
    totals = [two.persons[name] - one.persons[name] for name in may]
    columns = [two.sums[leaf] - one.sums[leaf] for leaf in LEAVES]
    for area, total in enumerate(totals[:2]):
        for leaf, column in enumerate(columns):
            if total * column > 0:
                least, most = fewest_moves(totals, columns, area, leaf)
                assert least < most, (list(may)[area], LEAVES[leaf])


def fewest_moves(totals: list[int], columns: list[int], area: int, leaf: int) -> tuple[int, int]:
    """The least and the most by which a number can have changed if as few people moved as the two tables allow."""
    shape = (len(totals), len(columns))
    size = shape[0] * shape[1]
    by_area = np.repeat(np.eye(shape[0]), shape[1], axis=1)
    by_leaf = np.tile(np.eye(shape[1]), shape[0])
    signed = np.vstack([by_area, by_leaf])
    known = LinearConstraint(np.hstack([signed, -signed]), [*totals, *columns], [*totals, *columns])
    moves = np.ones(2 * size)
    fewest = round(milp(moves, constraints=[known], bounds=Bounds(0), integrality=1).fun)
    asked = np.zeros(2 * size)
    place = area * shape[1] + leaf
    asked[place], asked[size + place] = 1, -1
    limits = [known, LinearConstraint(moves, -np.inf, fewest)]
    found = [milp(sign * asked, constraints=limits, bounds=Bounds(0), integrality=1) for sign in (1, -1)]
    return round(found[0].fun), -round(found[1].fun)


def test_the_solver_of_the_test_finds_whom_two_tables_tell() -> None:
    assert fewest_moves([-1, 0, 0], [0, 0, 0, 0, 0, -1], 0, 5) == (-1, -1)
    assert fewest_moves([-1, 0, -1], [0, 0, -1, 0, 0, -1], 0, 5) == (-1, 0)
