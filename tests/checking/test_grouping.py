"""One cause, one finding: what many rows have in common is said once, and no row of it is lost."""

import json
from collections.abc import Sequence

import pyarrow as pa
from clerks_table import context, table
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.answering.answer import Answer
from publish.answering.json import as_json
from publish.answering.sentence import sentence
from publish.answering.text import tell
from publish.checking.checking import check
from publish.checking.grouping import grouped
from publish.recipe import Recipe
from publish.table.finding import Finding, Report
from publish.table.position import Part

AED = "ID,名称,所在地_連結表記,緯度,経度,開始時間\n"
CODES = ("enum", "required", "null-island")


def rows(count: int, lat: str = "34.86", lon: str = "138.30", name: str = "施設", time: str = "09:00") -> str:
    return "".join(f"FF{row:010d},{name}{row if name else ''},本町{row},{lat},{lon},{time}\n" for row in range(count))


def report(text: str, **given: object) -> Report:
    return check(table("aed", AED + text, **given), None, context())[0]


def of_code(report: Report, code: str) -> list[Finding]:
    return [finding for finding in grouped(report.findings, report.table) if finding.code == code]


def places(findings: Sequence[Finding]) -> list[tuple[str, int | None, str]]:
    return [(one.code, one.row, one.value) for finding in findings for one in finding.members or (finding,)]


FINDINGS = st.lists(
    st.builds(
        Finding,
        st.sampled_from(CODES),
        st.just("error"),
        st.just(0),
        st.one_of(st.none(), st.integers(2, 31)),
        st.sampled_from(["名称", "緯度", None]),
        st.sampled_from(["", "a", "b", "c", "d", "e", "f", "g"]),
    ),
    max_size=60,
)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(FINDINGS)
def test_whatever_is_grouped_every_row_and_value_is_still_there(findings: list[Finding]) -> None:
    given = table("aed", AED + rows(30))
    told = grouped(findings, given)
    assert sorted(places(told), key=str) == sorted(places(findings), key=str)
    assert sum(finding.count for finding in told) == len(findings)
    assert grouped(told, given) == told


def test_a_hundred_and_thirty_places_at_zero_are_one_finding_and_the_first_sentence_counts_rows() -> None:
    found = report(rows(130, "0", "0") + rows(2).replace("FF000000000", "FF100000000"))
    (zero,) = of_code(found, "null-island")
    assert (zero.count, zero.row, zero.members[-1].row) == (130, 2, 131)
    told = tell(Answer("", None, found), "ja")
    assert "132件のうち130件に直すところがあります" in told
    assert "緯度・経度が0です  130か所\n    2行目から131行目までの130行 緯度(D2:D131): 緯度と経度が「0, 0」" in told
    assert "例 2行目から" not in told


def test_two_columns_exchanged_in_every_row_are_one_finding_for_all() -> None:
    found = report(rows(40, "138.30", "34.86"))
    (exchanged,) = of_code(found, "coordinates-exchanged")
    assert sentence(exchanged, found.table, "ja").message.startswith("40行すべて 緯度(D2:D41): 緯度と経度が")
    assert sentence(exchanged, found.table, "en").message.startswith("All 40 rows, 緯度 (D2:D41): ")


def test_a_whole_column_of_different_times_that_cannot_be_read_is_one_finding() -> None:
    text = "".join(rows(1, time=f"朝{hour}時ごろ").replace("FF0000000000", f"FF{hour:010d}") for hour in range(12))
    (odd,) = of_code(report(text), "type-time")
    assert odd.count == 12
    assert len({member.value for member in odd.members}) == 12
    assert "「朝0時ごろ ほか」" in sentence(odd, report(text).table, "ja").message


def test_what_was_probably_meant_is_said_for_a_group_only_where_it_holds_for_every_row() -> None:
    different = "".join(rows(1, time=f"{hour:02d}00").replace("FF0000000000", f"FF{hour:010d}") for hour in range(12))
    same = "".join(rows(1, time="1700").replace("FF0000000000", f"FF{hour:010d}") for hour in range(12))
    for text, likely in ((different, False), (same, True)):
        found = report(text)
        (odd,) = of_code(found, "type-time")
        assert ("のことなら" in sentence(odd, found.table, "ja").fix) is likely


def test_the_same_wrong_word_is_one_finding_each_even_where_the_whole_column_is_wrong() -> None:
    text = "用途地域\n" + "第1種住居ちいき\n" * 20 + "商業ちいき\n" * 20
    found, _ = check(table("zoning", text), None, context())
    assert [(one.value, one.count) for one in of_code(found, "enum")] == [("第1種住居ちいき", 20), ("商業ちいき", 20)]


def test_a_few_rows_with_different_values_stay_on_their_own() -> None:
    found = report(rows(30) + "FF9000000001,a,本町,34.8,138.3,x\nFF9000000002,b,本町,34.8,138.3,y\n")
    assert [(one.row, one.members) for one in of_code(found, "type-time")] == [(32, ()), (33, ())]


def test_scattered_rows_are_named_by_the_first_cells_and_features_are_not_called_rows() -> None:
    names = ["" if n % 4 < 2 else "施設" for n in range(22)]
    numbered = "".join(f"FF{n:010d},{name},本町,34.86,138.30,09:00\n" for n, name in enumerate(names))
    found = report(numbered)
    (blank,) = of_code(found, "required")
    told = sentence(blank, found.table, "ja")
    assert told.message.startswith("2行目から23行目までのうち12行 名称(B2・B3・B6など): ")
    shapes = report(numbered, parts=(Part("道.shp", kind="vector"),))
    (blank,) = of_code(shapes, "required")
    assert sentence(blank, shapes.table, "ja").message.startswith("2番目から23番目までのうち12個の地物 名称: ")


def test_parts_are_told_apart() -> None:
    found = report(
        rows(12, "0", "0"),
        parts=(Part("a.csv"), Part("b.csv")),
        part=pa.array([0] * 6 + [1] * 6, pa.int32()),
        row=pa.array([*range(2, 8), *range(2, 8)], pa.int64()),
        headings=({"緯度": "緯度"}, {"緯度": "緯度"}),
    )
    said = [sentence(one, found.table, "ja").message for one in of_code(found, "null-island")]
    assert [message.split(" ")[:2] for message in said] == [["a.csvの6行すべて", "緯度:"], ["b.csvの6行すべて", "緯度:"]]


def test_the_json_gives_one_finding_with_every_place_and_the_rows_to_reject_are_still_rows() -> None:
    found = report(rows(30, "0", "0") + rows(1).replace("FF0000000000", "FF9000000000"))
    (source,) = json.loads(json.dumps(as_json([Answer("a.csv", "aed", found)], None, "ja")))["sources"]
    (zero,) = (one for one in source["findings"] if one["code"] == "null-island")
    assert (zero["row"], zero["cell"], zero["count"], len(zero["places"])) == (2, "D2", 30, 30)
    assert zero["places"][-1] == {"row": 31, "cell": "D31", "value": "0, 0"}
    recipe = Recipe.model_validate({"format": "1", "dataset": "aed", "source": "a", "reject": ["null-island"]})
    smaller, _ = check(found.table, None, context(), recipe=recipe)
    assert (smaller.accounting.kept, smaller.accounting.rejected, len(smaller.rejected)) == (1, 30, 30)
    assert "公開しない行\n  緯度・経度が0です  30か所" in tell(Answer("", None, smaller), "ja")
