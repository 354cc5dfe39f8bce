"""An ID is given once and stays with its thing."""

import json
import random

from bench_town import BENCH, LIBRARY, Office, benches, changed, cleared, points, table
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.releasing.identifiers import Register, identify, read_register, stamp, write_register
from publish.releasing.staging import stage
from publish.table.change import Change

Rows = list[dict[str, str]]


def bench(name: str, address: str, place: tuple[float, float] | None = None, **more: str) -> dict[str, str]:
    where = {"経度": str(place[0]), "緯度": str(place[1])} if place else {}
    return {"全国地方公共団体コード": "999997", "名称": name, "所在地_連結表記": address, **where, **more}


def ids(rows: Rows, register: Register) -> tuple[list[str], Register]:
    found, after = identify(table(BENCH, rows), points(rows), register)
    return found.column("ID"), stamp(after, "1.0")


EMPTY = Register(dataset="bench")
TOWN: Rows = [
    bench("駅前", "一丁目1", (138.1, 34.1)),
    bench("港", "二丁目2", (138.2, 34.2)),
    bench("丘", "三丁目3", (138.3, 34.3)),
]


def test_rows_without_an_id_get_one_in_the_national_form_and_it_is_recorded() -> None:
    found, after = identify(table(BENCH, TOWN), points(TOWN), EMPTY)
    assert found.column("ID") == ["ZZ0000000001", "ZZ0000000002", "ZZ0000000003"]
    assert next(iter(found.changes)) == Change(0, 2, "ID", "", "ZZ0000000001", "assigned-id")
    assert len(found.changes) == 3
    assert after.next == 4
    assert after.entries[0].match == {"名称": "駅前", "所在地_連結表記": "一丁目1"}
    assert (after.entries[0].since, after.entries[0].retired) == ("", None)


def test_an_id_in_the_file_stays_as_the_office_wrote_it() -> None:
    rows = [{**TOWN[0], "ID": "1"}, {**TOWN[1], "ID": "0000000001"}, {**TOWN[2], "ID": "ZZ0000000041"}, bench("新", "四")]
    found, register = ids(rows, EMPTY)
    assert found == ["1", "0000000001", "ZZ0000000041", "ZZ0000000042"]
    assert ids([{**row, "ID": ""} for row in rows], register)[0] == found


def test_the_same_id_twice_in_the_file_is_left_for_the_check_to_say() -> None:
    rows = [{**TOWN[0], "ID": "7"}, {**TOWN[1], "ID": "7"}]
    assert ids(rows, EMPTY)[0] == ["7", "7"]


def test_a_row_keeps_its_id_when_it_is_changed_or_moved() -> None:
    _, register = ids(TOWN, EMPTY)
    renamed = changed(TOWN, 0, 名称="駅前広場")
    readdressed = changed(TOWN, 0, 所在地_連結表記="見本町一丁目1番地")
    moved = changed(TOWN, 0, 経度="138.15", 緯度="34.15")
    fuller = changed(TOWN, 0, 備考="屋根あり")
    wide = changed(TOWN, 0, 名称="駅前 ", 所在地_連結表記="一丁目１")
    for rows in (renamed, readdressed, moved, fuller, wide):
        assert ids(rows, register)[0] == ["ZZ0000000001", "ZZ0000000002", "ZZ0000000003"]


def test_another_thing_far_away_with_another_address_is_new() -> None:
    _, register = ids(TOWN, EMPTY)
    rows = changed(TOWN, 0, 所在地_連結表記="九丁目9", 経度="138.9", 緯度="34.9")
    assert ids(rows, register)[0] == ["ZZ0000000004", "ZZ0000000002", "ZZ0000000003"]


def test_the_id_of_a_removed_row_is_never_given_again() -> None:
    _, register = ids(TOWN, EMPTY)
    _, register = ids(TOWN[:2], register)
    assert register.entries[2].retired == "1.0"
    rows = [*TOWN[:2], bench("森", "五丁目5", (138.5, 34.5))]
    found, register = ids(rows, register)
    assert found == ["ZZ0000000001", "ZZ0000000002", "ZZ0000000004"]
    assert ids([*rows, TOWN[2]], register)[0][3] == "ZZ0000000003", "the same thing in the same place has come back"
    near = bench("丘", "三丁目3の2", (138.3, 34.3))
    assert ids([*rows, near], register)[0][3] == "ZZ0000000005", "something like it is not the same thing"


def test_two_things_of_one_name_are_told_apart_by_place_and_by_their_other_cells() -> None:
    twins = [
        bench("公園", "六丁目6", (138.6, 34.6), 備考="北口"),
        bench("公園", "六丁目6", (138.6, 34.6), 備考="南口"),
        bench("公園", "六丁目6", (138.6005, 34.6), 備考="東口"),
    ]
    found, register = ids(twins, EMPTY)
    assert ids(twins[::-1], register)[0] == found[::-1]
    edited = [dict(row, 備考="東口(改)") if row["備考"] == "東口" else row for row in twins]
    assert ids(edited[::-1], register)[0] == found[::-1]
    assert ids([twins[1], twins[2]], register)[0] == found[1:]


def test_an_explicit_id_wins_over_the_one_the_register_would_give() -> None:
    _, register = ids(TOWN, EMPTY)
    rows = [TOWN[0], {**TOWN[1], "ID": "ZZ0000000001"}, TOWN[2]]
    found, _ = ids(rows, register)
    assert found == ["ZZ0000000004", "ZZ0000000001", "ZZ0000000003"]


def test_a_shift_of_a_whole_town_keeps_every_id() -> None:
    rows = [bench("消火栓", "", (138 + n % 50 * 0.01, 34 + n // 50 * 0.01)) for n in range(200)]
    found, register = ids(rows, EMPTY)
    shifted = [{**row, "経度": str(float(row["経度"]) + 0.003), "緯度": str(float(row["緯度"]) - 0.003)} for row in rows]
    assert ids(shifted, register)[0] != found, "one mark alone, far away, is no proof"
    nudged = [{**row, "経度": str(float(row["経度"]) + 0.0001)} for row in rows]
    assert ids(nudged, register)[0] == found


def test_the_register_is_written_when_the_release_becomes_public_not_before(office: Office) -> None:
    rows = benches([{"名称": "駅前", "所在地_連結表記": "一丁目1"}])
    found, register = identify(table(BENCH, rows), None, read_register(office.path, "bench"))
    named = [{**row, "ID": name} for row, name in zip(rows, found.column("ID"), strict=True)]
    stage(cleared(office.town, named), office.path, LIBRARY, register)
    assert not (office.path / "ids").exists()
    office.release("bench")
    assert json.loads((office.path / "ids" / "bench.json").read_bytes()) == {
        "format": 1,
        "dataset": "bench",
        "next": 2,
        "entries": [
            {
                "id": "ZZ0000000001",
                "match": {"名称": "駅前", "所在地_連結表記": "一丁目1"},
                "lon": None,
                "lat": None,
                "row": register.entries[0].row,
                "since": "1.0",
                "retired": None,
            }
        ],
    }
    write_register(office.path, read_register(office.path, "bench"))


def _place(steps: tuple[int, int]) -> tuple[float, float]:
    return round(138 + steps[0] * 0.0004, 4), round(34 + steps[1] * 0.0004, 4)


def _each_id_once(rows: Rows) -> Rows:
    seen = [row["ID"] for row in rows]
    return [{**row, "ID": "" if row["ID"] in seen[:n] else row["ID"]} for n, row in enumerate(rows)]


PLACES = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(_place)
BENCHES = st.builds(
    bench,
    st.sampled_from(["駅前", "港", "丘", "公園", ""]),
    st.sampled_from(["一丁目1", "二丁目2", "三丁目3", ""]),
    st.none() | PLACES,
    備考=st.sampled_from(["", "北", "南", "東"]),
    ID=st.sampled_from(["", "", "", "", "5", "ZZ0000000003"]),
)
TABLES = st.lists(BENCHES, max_size=12).map(_each_id_once)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(TABLES)
def test_ids_are_unique_filled_and_found_again(rows: Rows) -> None:
    found, register = ids(rows, EMPTY)
    assert "" not in found
    assert len(set(found)) == len(found)
    again, same = ids(rows, register)
    assert again == found
    assert same == register


@settings(max_examples=150, deadline=None, derandomize=True)
@given(TABLES, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter_once_they_are_known(rows: Rows, chance: random.Random) -> None:
    found, register = ids(rows, EMPTY)
    order = list(range(len(rows)))
    chance.shuffle(order)
    again, _ = ids([rows[n] for n in order], register)
    said = sorted(zip((json.dumps(row, sort_keys=True) for row in rows), found, strict=True))
    assert sorted(zip((json.dumps(rows[n], sort_keys=True) for n in order), again, strict=True)) == said


@settings(max_examples=150, deadline=None, derandomize=True)
@given(TABLES, TABLES, st.data())
def test_no_number_ever_names_two_things(first: Rows, second: Rows, data: st.DataObject) -> None:
    blank = [[{**row, "ID": ""} for row in rows] for rows in (first, second)]
    kept = data.draw(st.lists(st.sampled_from(blank[0]), unique_by=id)) if blank[0] else []
    found, register = ids(blank[0], EMPTY)
    rest, register = ids(kept, register)
    assert set(rest) <= set(found), "removal changes nobody"
    later, register = ids([*kept, *blank[1]], register)
    assert len(set(later)) == len(later)
    assert register.next > max([0, *(int(name[2:]) for name in (*found, *later))])
    assert len({entry.id for entry in register.entries}) == len(register.entries)
