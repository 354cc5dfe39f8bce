"""From a clerk's columns to national names: every change on record, every column accounted for, no row lost."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.dataset import Dataset
from catalog.errors import DefinitionError, RecipeError
from catalog.library import read_library
from catalog.town import Prefecture, Town, TownName
from publish.checking.checking import check
from publish.context import Context
from publish.filling import fill
from publish.normalising import normalise
from publish.recipe import Recipe
from publish.table.finding import Finding
from publish.table.position import Part, column_letter
from publish.table.table import Change, RawTable, Table

AED = read_library()["aed"]
Rows = Sequence[Mapping[str, str]]
TOWN = Town(format=1, code="222127", name=TownName(ja="焼津市", en="Yaizu"), prefecture=Prefecture(ja="静岡県", en="Shizuoka"))


def raw(*parts: Rows, files: Sequence[str] = ("a.csv", "b.csv"), sheets: Sequence[str] = ("", "")) -> RawTable:
    """Return a table as reading gives it: one part for each list of rows."""
    headings = list(dict.fromkeys(heading for rows in parts for row in rows for heading in row))
    made = [
        Part(
            files[number],
            sheet=sheets[number],
            heading=(1, 1),
            columns={
                heading: column_letter(place) for place, heading in enumerate(dict.fromkeys(h for row in rows for h in row))
            },
        )
        for number, rows in enumerate(parts)
    ]
    flat = [row for rows in parts for row in rows]
    return RawTable(
        parts=tuple(made),
        cells=pa.table({heading: pa.array([row.get(heading, "") for row in flat], pa.utf8()) for heading in headings}),
        part=pa.array(np.repeat(range(len(parts)), [len(rows) for rows in parts]).astype(np.int32)),
        row=pa.array([number for rows in parts for number in range(2, len(rows) + 2)], pa.int64()),
    )


def recipe(**given: object) -> Recipe:
    return Recipe.model_validate({"format": "1", "dataset": "aed", "source": "a.csv", **given})


def read(source: RawTable, dataset: Dataset = AED, **given: object) -> tuple[Table, tuple[Finding, ...]]:
    return normalise(source, recipe(**given), dataset)


def test_cells_come_under_the_national_names_and_every_change_is_recorded() -> None:
    rows = [{"施設": " 市役所　", "開始": "９時", "小児": "○"}, {"施設": "公民館", "開始": "09:00", "小児": "有"}]
    table, findings = read(raw(rows), columns={"施設": "名称", "開始": "開始時間", "小児": "小児対応設備の有無"})
    assert table.cells.column_names == list(AED.names)
    assert [table.column(name) for name in ("名称", "開始時間", "小児対応設備の有無")] == [
        ["市役所", "公民館"],
        ["09:00", "09:00"],
        ["有", "有"],
    ]
    assert sorted(table.changes, key=lambda change: change.field) == [
        Change(0, 2, "名称", " 市役所　", "市役所", "trimmed"),
        Change(0, 2, "小児対応設備の有無", "○", "有", "code-alias"),
        Change(0, 2, "開始時間", "９時", "09:00", "time-form"),
    ]
    assert table.heading(0, "名称") == "施設"
    assert table.parts[0].cell(2, table.heading(0, "開始時間")) == "B2"
    assert findings == ()


def test_what_cannot_be_proven_stays_as_it_stands() -> None:
    table, _ = read(
        raw([{"開始": "朝", "小児": "たぶん", "緯度": "34度61分"}]),
        columns={"開始": "開始時間", "小児": "小児対応設備の有無", "緯度": "緯度"},
    )
    assert [table.column(name)[0] for name in ("開始時間", "小児対応設備の有無", "緯度")] == ["朝", "たぶん", "34度61分"]
    assert len(table.changes) == 0


def test_names_are_never_normalised() -> None:
    name = "髙﨑ＡＢＣ①㈱ﾋﾞﾙ\n２階　別館"
    table, _ = read(raw([{"名称": name}]), columns={"名称": "名称"})
    assert table.column("名称") == [name]
    assert len(table.changes) == 0


def test_a_heading_is_found_by_its_key_and_an_unknown_one_is_told_with_the_nearest() -> None:
    table, _ = read(
        raw([{"建物名等（方書）": "3階", "緯 度": "34.1"}]), columns={"建物名等(方書)": "建物名等(方書)", "緯度": "緯度"}
    )
    assert (table.column("建物名等(方書)"), table.column("緯度")) == (["3階"], ["34.1"])
    with pytest.raises(RecipeError) as wrong:
        read(raw([{"施設名称": "あ"}]), columns={"施設の名称": "名称"})
    assert "a.csv" in wrong.value.message["ja"]
    assert "「施設名称」ではありませんか" in wrong.value.message["ja"]


def test_a_field_that_is_not_there_is_told_with_the_nearest() -> None:
    with pytest.raises(RecipeError) as wrong:
        read(raw([{"名": "あ"}]), columns={"名": "名称_カ"})
    assert "名称_カナ" in wrong.value.message["ja"]


def test_two_columns_for_one_field_are_refused_in_one_file_and_allowed_in_two() -> None:
    columns = {"名前": "名称", "施設": "名称"}
    with pytest.raises(RecipeError) as wrong:
        read(raw([{"名前": "あ", "施設": "い"}]), columns=columns)
    assert wrong.value.code == "two-columns"
    table, findings = read(raw([{"名前": "あ"}], [{"施設": "い"}]), columns=columns)
    assert table.column("名称") == ["あ", "い"]
    assert [table.heading(part, "名称") for part in (0, 1)] == ["名前", "施設"]
    assert findings == ()


def test_every_column_ends_mapped_ignored_or_as_a_finding() -> None:
    table, findings = read(
        raw([{"名称": "あ", "内部メモ": "秘", "旧番号": "1", "空": " "}]), columns={"名称": "名称", "旧番号": "ignore"}
    )
    assert [(one.code, one.severity, one.field) for one in findings] == [
        ("unmapped-column", "warning", "内部メモ"),
        ("unmapped-column", "info", "空"),
    ]
    assert "秘" not in str(table.cells.to_pydict())


def test_a_column_that_one_file_lacks_is_told() -> None:
    _, findings = read(raw([{"名称": "あ", "備考": "x"}], [{"名称": "い"}]), columns={"名称": "名称", "備考": "備考"})
    assert [(one.code, one.part, one.field) for one in findings] == [("absent-column", 1, "備考")]


def test_older_columns_are_joined_into_one_field() -> None:
    rows = [{"都道府県名": "静岡県", "市区町村名": " 焼津市"}]
    table, findings = read(raw(rows), combine={"地方公共団体名": ["都道府県名", "市区町村名"]})
    assert table.column("地方公共団体名") == ["静岡県焼津市"]
    assert list(table.changes) == [Change(0, None, "地方公共団体名", "都道府県名 + 市区町村名", "静岡県焼津市", "joined")]
    assert findings == ()


ROAD = read_library()["road"]


def test_a_unit_in_the_heading_that_is_not_the_fields_is_converted_and_recorded() -> None:
    rows = [{"延長（km）": "1.2"}, {"延長（km）": "800m"}, {"延長（km）": "不明"}, {"延長（km）": "3km"}]
    table, _ = normalise(raw(rows), recipe(dataset="road", columns={"延長(km)": "延長"}), ROAD)
    assert table.column("延長") == ["1200", "800", "不明", "3000"]
    assert [(one.before, one.after, one.reason) for one in table.changes] == [
        ("1.2", "1200", "number-converted"),
        ("800m", "800", "number-unit"),
        ("3km", "3000", "number-converted"),
    ]
    plain, _ = normalise(raw([{"延長(m)": "1.2"}]), recipe(dataset="road", columns={"延長(m)": "延長"}), ROAD)
    assert (plain.column("延長"), len(plain.changes)) == (["1.2"], 0)


def test_two_files_whose_headings_say_different_units_are_not_one_field() -> None:
    files = raw([{"延長(m)": "1200"}], [{"延長(km)": "1.2"}])
    with pytest.raises(RecipeError) as wrong:
        normalise(files, recipe(dataset="road", columns={"延長(m)": "延長", "延長(km)": "延長"}), ROAD)
    assert wrong.value.code == "two-units"


def test_a_value_map_comes_before_codes_and_can_blank_a_value() -> None:
    rows = [{"小児": "パッドあり"}, {"小児": "調査中"}, {"小児": "無し"}]
    given = {"小児対応設備の有無": {"パッドあり": "有り", "調査中": ""}}
    table, _ = read(raw(rows), columns={"小児": "小児対応設備の有無"}, values=given)
    assert table.column("小児対応設備の有無") == ["有", "", "無"]
    assert [(change.before, change.after, change.reason) for change in table.changes] == [
        ("パッドあり", "有", "value-map"),
        ("調査中", "", "value-map"),
        ("無し", "無", "code-alias"),
    ]


def test_rows_that_the_recipe_does_not_want_are_set_aside_with_their_value() -> None:
    rows = [{"名称": "あ", "区分": "公開"}, {"名称": "い", "区分": "内部"}, {"名称": "う", "区分": "公開 "}]
    table, findings = read(raw(rows), columns={"名称": "名称"}, where={"区分": ["公開"]})
    assert (table.column("名称"), table.row.to_pylist()) == (["あ", "う"], [2, 4])
    assert [(one.row, one.reason, one.text) for one in table.asides] == [(3, "where", "区分: 内部")]
    assert findings == ()


def test_constants_come_from_the_recipe_the_file_or_the_sheet_and_fill_blanks_only() -> None:
    source = raw([{"団体": ""}, {"団体": "消防"}], files=["R8/中央公民館_aed.csv"], sheets=["一覧"])
    table, _ = read(
        source,
        columns={"団体": "団体名"},
        constant={
            "団体名": "管財課",
            "名称": {"from": "filename", "pattern": "(.+)_aed"},
            "備考": {"from": "sheet"},
            "設置位置": {"from": "folder"},
        },
    )
    wanted = {"団体名": ["管財課", "消防"], "名称": ["中央公民館"] * 2, "備考": ["一覧"] * 2, "設置位置": ["R8"] * 2}
    assert {name: table.column(name) for name in wanted} == wanted
    changes = {(change.field, change.row, change.reason) for change in table.changes}
    assert changes == {(name, None, "constant") for name in ("名称", "備考", "設置位置")} | {("団体名", 2, "constant")}
    with pytest.raises(RecipeError) as wrong:
        read(source, columns={"団体": "団体名"}, constant={"名称": {"from": "filename", "pattern": "(ない)"}})
    assert "中央公民館_aed" in wrong.value.message["ja"]


def test_a_cell_with_two_values_is_taken_apart_or_told() -> None:
    rows = [{"位置": "34.1,138.2"}, {"位置": "不明"}, {"位置": ""}]
    columns = {"位置": {"parser": "lat_lon", "fields": ["緯度", "経度"]}}
    table, findings = read(raw(rows), columns=columns)
    assert (table.column("緯度"), table.column("経度")) == (["34.1", "", ""], ["138.2", "", ""])
    assert [(one.code, one.row, one.value) for one in findings] == [("not-split", 3, "不明")]
    assert all(one.reason == "split" and one.row != 3 for one in table.changes)
    assert {one.before for one in table.changes if one.field == "経度"} == {one.before for one in table.changes}


def test_a_name_that_cannot_be_taken_apart_stays_whole_and_one_thing_is_said_of_it() -> None:
    rows = [{"名": "市役所（シヤクショ）"}, {"名": "公民館（本館）"}, {"名": " "}]
    columns = {"名": {"parser": "name_kana", "fields": ["名称", "名称_カナ"]}}
    table, findings = read(raw(rows), columns=columns)
    assert (table.column("名称"), table.column("名称_カナ")) == (["市役所", "公民館（本館）", ""], ["シヤクショ", "", ""])
    assert [(one.code, one.row) for one in findings] == [("not-split", 3)]


@pytest.mark.parametrize(
    ("target", "error"),
    [({"parser": "lat_lon", "fields": ["緯度"]}, RecipeError), ({"parser": "x", "fields": ["緯度"]}, DefinitionError)],
)
def test_a_parser_that_does_not_fit_is_told(target: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        read(raw([{"位置": "1"}]), columns={"位置": target})


POPULATION = read_library()["population"]


def test_a_series_takes_its_period_and_day_from_a_column_as_its_parser_reads_it() -> None:
    rows = [{"日": "2/1/2026", "町": "あ"}, {"日": "3/1/2026", "町": "い"}]
    given = {"from": "column", "column": "日"}
    columns = {"日": {"parser": "mdy", "fields": ["調査年月日"]}, "町": "地域名"}
    table, findings = read(raw(rows), POPULATION, columns=columns, period=given, as_of=given)
    assert table.period is not None
    assert (table.period.to_pylist(), table.as_of, findings) == (["2026-02", "2026-03"], "2026-03-01", ())


def test_a_series_takes_its_period_from_names_and_tells_what_cannot_be_read() -> None:
    source = raw([{"町": "あ"}], [{"町": "い"}], files=["人口_R8.2.csv", "人口.csv"])
    table, findings = read(
        source, POPULATION, columns={"町": "地域名"}, period={"from": "filename"}, as_of={"from": "filename"}
    )
    assert table.period is not None
    assert (table.period.to_pylist(), table.as_of) == (["2026-02", ""], "")
    assert [(one.code, one.severity, one.part) for one in findings] == [
        ("as-of-not-found", "warning", 0),
        ("period-unreadable", "error", 1),
    ]


def test_a_series_without_a_period_is_told_once() -> None:
    table, findings = read(raw([{"町": "あ"}, {"町": "い"}]), POPULATION, columns={"町": "地域名"})
    assert [one.code for one in findings] == ["period-missing"]
    assert table.period is not None


@pytest.mark.parametrize(("typed", "wanted"), [("2026-04-01", "2026-04-01"), ("令和8年4月1日", "2026-04-01")])
def test_a_typed_day_is_understood_or_refused(typed: str, wanted: str) -> None:
    assert read(raw([{"名称": "あ"}]), columns={"名称": "名称"}, as_of=typed)[0].as_of == wanted
    with pytest.raises(RecipeError):
        read(raw([{"名称": "あ"}]), columns={"名称": "名称"}, as_of="4月ごろ")


def test_town_fields_are_filled_where_they_are_blank_and_recorded() -> None:
    table, _ = read(
        raw([{"名称": "あ", "コード": ""}, {"名称": "い", "コード": "221007"}]),
        columns={"名称": "名称", "コード": "全国地方公共団体コード"},
    )
    filled = fill(table, TOWN)
    assert filled.column("全国地方公共団体コード") == ["222127", "221007"]
    assert filled.column("地方公共団体名") == ["静岡県焼津市"] * 2
    assert list(filled.changes) == [
        Change(0, 2, "全国地方公共団体コード", "", "222127", "filled-town-code"),
        Change(0, None, "地方公共団体名", "", "静岡県焼津市", "filled-town-name"),
    ]
    assert fill(table, None) is table


def test_the_town_is_filled_under_whatever_name_the_nation_gives_the_column() -> None:
    dataset = read_library()["emergency_radio"]
    table, _ = read(raw([{"名称": "あ"}]), dataset, columns={"名称": "防災行政無線_名称"})
    filled = fill(table, TOWN)
    assert filled.column("防災行政無線_全国地方公共団体コード") == ["222127"]
    assert [change.reason for change in filled.changes] == ["filled-town-code"]


def test_a_writing_that_means_not_known_becomes_blank_and_is_recorded() -> None:
    table, _ = read(raw([{"率": "9999"}, {"率": "200"}]), read_library()["zoning"], columns={"率": "容積率"})
    assert table.column("容積率") == ["", "200"]
    assert list(table.changes) == [Change(0, 2, "容積率", "9999", "", "value-map")]


def test_a_column_of_months_gives_each_row_its_period_and_the_table_the_last_day() -> None:
    rows = [{"月": "令和8年1月", "所": "浜"}, {"月": "2026/2", "所": "浜"}]
    used = {"from": "column", "column": "月"}
    columns = {"月": "年月", "所": "観光地点名"}
    table, findings = read(raw(rows), read_library()["tourism_visitors"], columns=columns, period=used, as_of=used)
    assert table.period is not None
    assert (table.period.to_pylist(), table.as_of, findings) == (["2026-01", "2026-02"], "2026-02-28", ())


def test_parts_of_an_address_are_filled_only_where_the_address_proves_them() -> None:
    assert AED.address is not None
    dataset = AED.model_copy(update={"address": AED.address.model_copy(update={"fill": True})})
    rows = [{"住所": "静岡県焼津市本町2"}, {"住所": "焼津市本町3"}, {"住所": "藤枝市"}, {"住所": "本町4"}]
    table, _ = read(raw(rows), dataset, columns={"住所": "所在地_連結表記"})
    assert fill(table, TOWN).column("所在地_市区町村") == ["焼津市", "焼津市", "", ""]
    assert fill(table, TOWN).column("所在地_都道府県") == ["静岡県", "静岡県", "", ""]


CELL = st.sampled_from(["", " ", "あ", "有", "○", "９時", "34.1", "１２", "x\ny", "公開", "内部", "2026/4/1"])
ROW = st.fixed_dictionaries({"名": CELL, "時": CELL, "有無": CELL, "緯": CELL, "区": CELL, "他": CELL})


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(ROW, min_size=1, max_size=12), st.booleans(), st.booleans())
def test_rows_read_are_rows_kept_rejected_or_set_aside(rows: list[dict[str, str]], filtered: bool, rejecting: bool) -> None:
    used = recipe(
        columns={"名": "名称", "時": "開始時間", "有無": "小児対応設備の有無", "緯": "緯度"},
        where={"区": ["公開", ""]} if filtered else {},
        reject=["required", "enum", "type-time"] if rejecting else [],
    )
    source = raw(rows)
    table, findings = normalise(source, used, AED)
    context = Context(None, date(2026, 4, 1), read_library())
    report, _ = check(table, None, context, found=findings, recipe=used)
    counted = report.accounting
    assert counted.read == len(rows) == counted.kept + counted.rejected + counted.set_aside
    places = [
        *zip(report.table.part.to_pylist(), report.table.row.to_pylist(), strict=True),
        *((a.part, a.row) for a in report.table.asides),
    ]
    assert sorted(places) == [(0, number) for number in range(2, len(rows) + 2)]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(ROW, min_size=1, max_size=12))
def test_the_changes_lead_from_the_source_to_the_table_and_nothing_else_changed(rows: list[dict[str, str]]) -> None:
    columns = {"名": "名称", "時": "開始時間", "有無": "小児対応設備の有無", "緯": "緯度"}
    table, _ = read(raw(rows), columns=columns | {"区": "ignore", "他": "備考"})
    before = {
        (field, number): rows[number - 2][heading]
        for heading, field in (columns | {"他": "備考"}).items()
        for number in range(2, len(rows) + 2)
    }
    for change in table.changes:
        assert change.row is not None
        assert before[change.field, change.row] == change.before != change.after
        before[change.field, change.row] = change.after
    assert {(field, number): table.column(field)[number - 2] for field, number in before} == before


def test_what_a_csv_wraps_to_stay_text_is_unwrapped_on_record() -> None:
    table, _ = read(
        raw([{"名称": '="0123"', "電話番号": '="０１２(345)6789"', "備考": '="通称""旧館"""', "緯度": "=34+1"}]),
        columns={name: name for name in ("名称", "電話番号", "備考", "緯度")},
    )
    assert [table.column(name) for name in ("名称", "備考", "緯度")] == [["0123"], ['通称"旧館"'], ["=34+1"]]
    reasons = {change.field: (change.before, change.reason) for change in table.changes}
    assert reasons["名称"] == ('="0123"', "quoted-text")
    assert reasons["備考"] == ('="通称""旧館"""', "quoted-text")
    assert reasons["電話番号"] == ('="０１２(345)6789"', "half-width")
    assert "緯度" not in reasons
