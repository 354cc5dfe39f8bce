"""The verdict on every cell is frictionless' own: the same (row, field, error type) as on the rows of the same cells."""

from collections import Counter

import pytest
from any_schema import NASTY, OTHER, OTHER_COLUMNS, tables
from clerks_table import TODAY, table
from hypothesis import assume, given, settings
from verdicts import Columns, Descriptor, of_frictionless, of_frictionless_on_csv, of_machizu

from catalog.errors import DefinitionError
from catalog.library import read_library
from catalog.town import Town
from publish.checking.checking import check
from publish.checking.schema import schema_errors
from publish.context import Context

FIELDS: list[Descriptor] = [
    {"type": "string"},
    {"type": "string", "constraints": {"required": True}},
    {"type": "string", "constraints": {"unique": True}},
    {"type": "string", "constraints": {"enum": ["有", "無"], "required": True}},
    {"type": "string", "constraints": {"pattern": "a|b"}},
    {"type": "string", "constraints": {"pattern": "^[0-9]{1,3}$"}},
    {"type": "string", "constraints": {"pattern": r"\d{2,4}"}},
    {"type": "string", "constraints": {"minLength": 2, "maxLength": 3}},
    {"type": "string", "format": "uri"},
    {"type": "string", "format": "email"},
    {"type": "integer"},
    {"type": "integer", "constraints": {"unique": True, "minimum": "0", "maximum": "100"}},
    {"type": "integer", "constraints": {"enum": ["1", "100"]}},
    {"type": "integer", "bareNumber": False},
    {"type": "number"},
    {"type": "number", "constraints": {"minimum": "20", "maximum": "46", "required": True}},
    {"type": "number", "constraints": {"minimum": "9007199254740992"}},
    {"type": "number", "constraints": {"maximum": "20"}},
    {"type": "number", "constraints": {"unique": True}},
    {"type": "number", "floatNumber": True, "constraints": {"unique": True}},
    {"type": "number", "groupChar": ",", "decimalChar": "."},
    {"type": "date", "constraints": {"minimum": "2020-01-01"}},
    {"type": "date", "constraints": {"unique": True}},
    {"type": "date", "format": "%Y/%m/%d"},
    {"type": "date", "format": "fmt:%Y/%m/%d"},
    {"type": "date", "format": "any"},
    {"type": "time", "format": "%H:%M", "constraints": {"unique": True}},
    {"type": "time"},
    {"type": "time", "format": "%H:%M:%S", "constraints": {"maximum": "09:00:00"}},
    {"type": "datetime"},
    {"type": "year", "constraints": {"maximum": "2020"}},
    {"type": "yearmonth", "constraints": {"minimum": "2020-04"}},
    {"type": "boolean", "constraints": {"required": True, "unique": True}},
    {"type": "boolean", "trueValues": ["有"], "falseValues": ["無"]},
    {"type": "integer", "missingValues": ["-", "X"]},
    {"type": "any", "constraints": {"enum": ["1", "a"]}},
    {"type": "list", "itemType": "integer"},
    {"type": "array"},
    {"type": "object"},
    {"type": "duration"},
    {"type": "geopoint"},
    {"type": "geojson"},
]
BOTH_WAYS = pytest.mark.parametrize("fast", [True, False], ids=["fast", "exact"])


def agree(columns: Columns, schema: Descriptor) -> None:
    others = {"other": (OTHER_COLUMNS, OTHER)} if "foreignKeys" in schema else {}
    try:
        expected = of_frictionless(columns, schema, others)
    except (TypeError, ArithmeticError):  # frictionless itself breaks on some comparisons, and there is no verdict
        assume(False)
    assert of_machizu(columns, schema, others) == expected
    assert of_machizu(columns, schema, others, fast=False) == expected


@settings(max_examples=60, deadline=None, derandomize=True)
@given(tables())
def test_random_tables_get_the_verdict_of_frictionless(case: tuple[Columns, Descriptor]) -> None:
    agree(*case)


@pytest.mark.full
@settings(max_examples=5_000, deadline=None)
@given(tables())
def test_thousands_of_random_tables_get_the_verdict_of_frictionless(case: tuple[Columns, Descriptor]) -> None:
    agree(*case)


@BOTH_WAYS
@pytest.mark.parametrize("field", FIELDS, ids=lambda field: "-".join([field["type"], *field.get("constraints", {})]))
def test_every_nasty_value_gets_the_verdict_of_frictionless(field: Descriptor, fast: bool) -> None:
    schema = {"fields": [{**field, "name": "値"}, {"name": "番号", "type": "integer"}], "missingValues": [""]}
    columns = [NASTY, [str(number) for number in range(len(NASTY))]]
    assert of_machizu(columns, schema, fast=fast) == of_frictionless_on_csv(columns, schema)


@BOTH_WAYS
def test_a_row_without_any_value_is_blank_and_breaks_the_key_but_nothing_else(fast: bool) -> None:
    schema = {
        "fields": [{"name": "ID", "type": "string", "constraints": {"required": True}}],
        "missingValues": [""],
        "primaryKey": ["ID"],
    }
    columns = [["a", "", "a", ""]]
    expected = {(1, "", "blank-row"): 1, (1, "", "primary-key"): 1, (2, "", "primary-key"): 1}
    expected |= {(3, "", "blank-row"): 1, (3, "", "primary-key"): 1}
    assert of_machizu(columns, schema, fast=fast) == Counter(expected)
    assert of_frictionless_on_csv(columns, schema) == Counter(expected)


def test_keys_of_several_columns_compare_values_and_not_texts() -> None:
    fields = [{"name": "路線", "type": "integer"}, {"name": "枝", "type": "number"}, {"name": "名", "type": "string"}]
    schema = {"fields": fields, "missingValues": [""], "primaryKey": ["路線", "枝", "名"]}
    columns = [["1", "01", "1", "x", "y", ""], ["2", "2.0", "2", "", "", ""], ["a", "a", "b", "", "", ""]]
    agree(columns, schema)
    assert (1, "", "primary-key") in of_machizu(columns, schema)


def test_what_is_not_a_number_repeats_nothing() -> None:
    fields = [{"name": "値", "type": "number", "constraints": {"unique": True}}, {"name": "番号", "type": "integer"}]
    schema = {"fields": fields, "primaryKey": ["値", "番号"]}
    agree([["NaN", "NaN", "1.0", "1"], ["1", "1", "1", "1"]], schema)
    assert of_machizu([["NaN", "NaN"], ["1", "1"]], schema) == Counter()


def test_a_reference_is_found_by_its_value_whatever_the_type() -> None:
    """A whole number finds a decimal one and true finds 1, but a text finds no number, and a gap must be one there too."""
    ours = [("番号", "integer"), ("はい", "boolean"), ("文", "string"), ("日", "date")]
    keys = [
        (["番号"], ["数"]),
        (["はい"], ["整数"]),
        (["文"], ["整数"]),
        (["文"], ["文"]),
        (["日"], ["日"]),
        (["番号", "文"], ["整数", "文"]),
    ]
    schema = {
        "fields": [{"name": name, "type": kind} for name, kind in ours],
        "foreignKeys": [{"fields": mine, "reference": {"resource": "other", "fields": theirs}} for mine, theirs in keys],
    }
    columns = [["100", "1", "7", ""], ["1", "true", "0", ""], ["1", "有", "", "a"], ["2020-4-1", "2020-04-02", "", "x"]]
    agree(columns, schema)


def test_a_reference_to_a_table_that_is_not_there_is_a_wrong_definition() -> None:
    key = {"fields": ["ID"], "reference": {"resource": "ない", "fields": ["ID"]}}
    schema = {"fields": [{"name": "ID", "type": "string"}], "foreignKeys": [key]}
    with pytest.raises(DefinitionError, match="ない"):
        of_machizu([["a"]], schema)


def test_a_constraint_that_the_type_does_not_have_is_a_wrong_definition() -> None:
    schema = {"fields": [{"name": "値", "type": "integer", "constraints": {"pattern": "[0-9]+"}}]}
    with pytest.raises(DefinitionError, match="pattern"):
        of_machizu([["1"]], schema)


@BOTH_WAYS
def test_a_value_that_breaks_a_comparison_is_one_unreadable_cell(fast: bool) -> None:
    """Frictionless itself stops with an exception here, so there is nothing to compare with."""
    schema: Descriptor = {
        "fields": [{"name": "値", "type": "number", "constraints": {"minimum": "0", "unique": True}}],
        "missingValues": [""],
    }
    expected = Counter({(0, "値", "type-error"): 1, (2, "値", "type-error"): 1})
    assert of_machizu([["sNaN", "1", "sNaN"]], schema, fast=fast) == expected
    schema["fields"][0]["constraints"] = {"enum": ["sNaN", "1"]}
    assert of_machizu([["1"]], schema, fast=fast) == Counter({(0, "値", "type-error"): 1})


def test_lists_repeat_where_they_hold_the_same() -> None:
    """Here too frictionless stops."""
    schema = {"fields": [{"name": "値", "type": "array", "constraints": {"unique": True}}]}
    assert of_machizu([['[1, {"a": 2}]', "[1]", '[1,{"a":2.0}]']], schema) == Counter({(2, "値", "unique-error"): 1})


def test_a_table_longer_than_a_batch_is_judged_as_one() -> None:
    rows = 70_000
    numbers = [str(number) for number in range(rows)]
    numbers[rows - 1], numbers[rows - 2], numbers[3] = "03", "x", "3"
    schema = {"fields": [{"name": "番号", "type": "integer", "constraints": {"unique": True}}], "primaryKey": "番号"}
    expected = {(rows - 2, "番号", "type-error"): 1, (rows - 1, "番号", "unique-error"): 1}
    keys = {(rows - 2, "", "primary-key"): 1, (rows - 1, "", "primary-key"): 1}
    assert of_machizu([numbers], schema) == Counter({**expected, **keys})


def town(**settings_: object) -> Town:
    return Town.model_validate({"format": 1, "code": "999997", "name": {"ja": "見本町", "en": "Mihon"}, **settings_})


def test_the_setting_of_the_town_asks_frictionless_about_every_cell_and_changes_no_finding(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = "FF1,役場,本町,34.86,138.30,0547-12-3456\nFF1,,本町,３４．８６,999,x\nFF3,学校,本町,NaN,138.3,\n,,,,,\n"
    given = table("aed", "ID,名称,所在地_連結表記,緯度,経度,電話番号\n" + rows)
    used = []

    def noted(*arguments: object, fast: bool) -> object:
        used.append(fast)
        return schema_errors(*arguments, fast=fast)  # type: ignore[arg-type]

    monkeypatch.setattr("publish.checking.schema_findings.schema_errors", noted)
    contexts = [Context(town(**chosen), TODAY, read_library()) for chosen in ({}, {"check": {"fast": False}})]
    quick, slow = (check(given, None, context)[0].findings for context in contexts)
    assert used == [True, False]
    assert quick == slow
    assert {"type-number", "required", "primary-key", "blank-row"} & {finding.code for finding in quick}


def test_a_value_that_equals_nothing_is_not_found_in_its_own_column_either() -> None:
    reference = {"fields": ["a"], "reference": {"resource": "", "fields": ["a"]}}
    schema: Descriptor = {"fields": [{"name": "a", "type": "number"}], "foreignKeys": [reference]}
    columns = [["NaN", "1", "NaN", "1.0", ""]]
    expected = of_frictionless(columns, schema)
    assert sum(count for (_, _, kind), count in expected.items() if kind == "foreign-key") == 2
    assert of_machizu(columns, schema) == of_machizu(columns, schema, fast=False) == expected
