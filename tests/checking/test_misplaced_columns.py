"""Columns exchanged or shifted are one finding that says so, and what only looks like it is left alone."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pytest
from clerks_table import context, table

from catalog.dataset import Dataset
from publish.answering.answer import Answer
from publish.answering.json import as_json
from publish.answering.sentence import sentence
from publish.answering.text import tell
from publish.checking import misplaced
from publish.checking.checking import check
from publish.checking.schema import schema_errors
from publish.checking.schema_error import SchemaErrors
from publish.checking.schema_findings import schema_findings
from publish.table.finding import Report

COLUMNS = [
    "ID",
    "名称",
    "所在地_連結表記",
    "緯度",
    "経度",
    "設置位置",
    "電話番号",
    "利用可能曜日",
    "開始時間",
    "小児対応設備の有無",
]


def cells(row: int) -> list[str]:
    place = ["34.86" + str(row % 10), "138.30" + str(row % 7), "玄関"]
    return [
        f"FF{row:010d}",
        f"施設{row}",
        f"本町{row}",
        *place,
        f"(054)626-11{row:02d}",
        "月火水木金",
        "09:00",
        "有" if row % 2 else "無",
    ]


def report(headings: list[str], rows: int = 20, dataset: Dataset | str = "aed") -> Report:
    text = "\n".join([",".join(headings), *(",".join(cells(row)) for row in range(rows))])
    return check(table(dataset, text), None, context())[0]


def exchanged(first: str, other: str) -> list[str]:
    return [other if name == first else first if name == other else name for name in COLUMNS]


def told(found: Report) -> list[tuple[str, str]]:
    return [(one.code, sentence(one, found.table, "ja").message) for one in found.findings if one.severity != "info"]


@pytest.mark.parametrize(
    ("first", "other"),
    [("電話番号", "名称"), ("開始時間", "小児対応設備の有無"), ("緯度", "電話番号"), ("開始時間", "設置位置")],
)
def test_two_columns_in_each_others_place_are_one_finding(first: str, other: str) -> None:
    found = report(exchanged(first, other))
    codes = [code for code, _ in told(found)]
    if other == "設置位置":
        # Free text that nobody is known by takes anything: only the times are told to be none.
        assert codes == ["type-time"] * 20
        return
    assert codes == ["columns-exchanged"]
    ((_, said),) = told(found)
    assert said in (f"「{a}」と「{b}」の列が入れかわっています(20行)。" for a, b in ((first, other), (other, first)))
    assert found.blocked
    (source,) = as_json([Answer("a.csv", "aed", found)], None, "ja")["sources"]
    (one,) = (one for one in source["findings"] if one["code"] == "columns-exchanged")
    assert {place["row"] for place in one["places"]} == set(range(2, 22))
    assert "二つの列が入れかわっています" in tell(Answer("", None, found), "ja")


def test_latitude_and_longitude_keep_their_own_rule() -> None:
    found = report(exchanged("緯度", "経度"))
    assert {code for code, _ in told(found)} == {"coordinates-exchanged"}


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        # One heading too many: every value stands under the heading to its right.
        (
            [*COLUMNS[:3], "余分", *COLUMNS[3:]],
            "「緯度」から右の列が1つずれています。「緯度」の列に「経度」の値が入っています(20行)。",
        ),
        # One heading was lost: every value stands under the heading to its left.
        (
            [*COLUMNS[:3], *COLUMNS[4:], "余分"],
            "「経度」から右の列が1つずれています。「経度」の列に「緯度」の値が入っています(20行)。",
        ),
    ],
)
def test_columns_that_are_shifted_are_one_finding_that_says_from_where(headings: list[str], said: str) -> None:
    rows = [",".join([*cells(row), ""][: len(headings)]) for row in range(20)]
    found, _ = check(table("aed", "\n".join([",".join(headings), *rows])), None, context())
    assert told(found) == [("columns-shifted", said)]


def test_a_column_in_another_unit_is_not_called_exchanged() -> None:
    text = "路線番号,路線名,道路の種類,延長,幅員_最小,認定年月日\n" + "".join(
        f"{row:04d},線{row},その他市町村道,{100 + row},{350 + row},1980-03-31\n" for row in range(20)
    )
    found, _ = check(table("road", text), None, context())
    assert {one.code for one in found.findings if one.severity == "error"} == {"maximum"}


def test_a_column_that_is_wrong_for_itself_and_a_table_of_few_rows_are_left() -> None:
    text = "ID,名称,所在地_連結表記,緯度,経度,開始時間\n" + "".join(
        f"FF{n:010d},名{n},本町,34.8{n},138.3,朝\n" for n in range(9)
    )
    found, _ = check(table("aed", text), None, context())
    assert {one.code for one in found.findings if one.severity == "error"} == {"type-time"}
    assert not {code for code, _ in told(report(exchanged("電話番号", "名称"), rows=4))} & {"columns-exchanged"}


def test_columns_of_one_form_are_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty columns that are all wrong: many definitions are alike but for their names."""
    names = [field.name for field in context().library["public_facility"].published]
    given = table("public_facility", "\n".join([",".join(names), *[",".join("x!" for _ in names)] * 30]))
    asked = []

    def counted(cells: pa.Table, schema: Mapping[str, Any]) -> SchemaErrors:
        asked.append(cells.column_names[0])
        return schema_errors(cells, schema)

    monkeypatch.setattr(misplaced, "schema_errors", counted)
    found = schema_findings(given, context().library)
    assert misplaced.misplaced(list(found), given, context().library) == []
    assert 0 < len(asked) < len(names) * 8
