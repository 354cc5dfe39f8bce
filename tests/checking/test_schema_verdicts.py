"""The verdict on every cell is frictionless' own: the same (row, field, error type) as on the CSV of the same cells."""

import csv
import io
from collections import Counter
from typing import Any

import pyarrow as pa
import pytest
from frictionless import Dialect, Resource, Schema
from frictionless.formats.csv import CsvControl
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.checking.schema import schema_errors

ORDINARY = """1 01 1.0 1.00 １００ １３９．５ 1_000 -0 0 +5 1e2 1E400 NaN nan -NaN Infinity -inf 0x10 1,000 12.5 34.86 北緯34度
    2020-4-1 2020-04-01 2020-02-30 ２０２０-04-01 令和2年4月1日 9:00 09:00 24:00 09:00:00 0900 2020 ２０２０ 20201 -001
    true TRUE True 有 無 a b ab a|b ba 𠮷野家 a"b a,b - X https://example.jp/ a@example.jp a@"""
NASTY = [*ORDINARY.split(), "", " ", " 100", "100 ", " 202", "a\nb", "not a url"]
FIELDS: list[dict[str, Any]] = [
    {"type": "string"},
    {"type": "string", "constraints": {"required": True}},
    {"type": "string", "constraints": {"unique": True}},
    {"type": "string", "constraints": {"enum": ["有", "無"], "required": True}},
    {"type": "string", "constraints": {"pattern": "a|b"}},
    {"type": "string", "constraints": {"pattern": r"\d{2,4}"}},
    {"type": "string", "constraints": {"minLength": 2, "maxLength": 3}},
    {"type": "string", "format": "uri"},
    {"type": "string", "format": "email"},
    {"type": "integer"},
    {"type": "integer", "constraints": {"unique": True, "minimum": "0", "maximum": "100"}},
    {"type": "integer", "constraints": {"enum": ["1", "100"]}},
    {"type": "number"},
    {"type": "number", "constraints": {"minimum": "20", "maximum": "46", "required": True}},
    {"type": "number", "constraints": {"unique": True}},
    {"type": "date", "constraints": {"minimum": "2020-01-01"}},
    {"type": "date", "format": "%Y/%m/%d"},
    {"type": "time", "format": "%H:%M"},
    {"type": "time"},
    {"type": "year", "constraints": {"maximum": "2020"}},
    {"type": "boolean", "constraints": {"required": True}},
    {"type": "boolean", "trueValues": ["有"], "falseValues": ["無"]},
    {"type": "integer", "missingValues": ["-", "X"]},
]


def of_frictionless(columns: list[list[str]], schema: dict[str, Any]) -> Counter[tuple[int, str, str]]:
    names = [field["name"] for field in schema["fields"]]
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([names, *zip(*columns, strict=True)])
    control = CsvControl(delimiter=",", line_terminator="\n", quote_char='"', double_quote=True, skip_initial_space=False)
    resource = Resource(
        data=text.getvalue().encode(),
        format="csv",
        encoding="utf-8",
        dialect=Dialect(controls=[control]),
        schema=Schema.from_descriptor(schema),
    )
    report = resource.validate(limit_errors=10**9)
    found = report.flatten(["rowNumber", "fieldName", "type"])
    return Counter((int(row) - 2, field or "", kind) for row, field, kind in found)


def of_machizu(columns: list[list[str]], schema: dict[str, Any]) -> Counter[tuple[int, str, str]]:
    names = [field["name"] for field in schema["fields"]]
    cells = pa.table([pa.array(column, pa.string()) for column in columns], names=names)
    errors = schema_errors(cells, schema)
    return Counter(zip(errors.row.to_pylist(), errors.field.to_pylist(), errors.type.to_pylist(), strict=True))


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[list[str]], dict[str, Any]]:
    chosen = draw(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=4))
    fields = [{**field, "name": f"項目{number}"} for number, field in enumerate(chosen)]
    key = draw(st.lists(st.sampled_from([field["name"] for field in fields]), max_size=2, unique=True))
    schema = {
        "fields": fields,
        "missingValues": draw(st.sampled_from([[""], ["", "-", "X"]])),
        **({"primaryKey": key} if key else {}),
    }
    rows = draw(st.integers(1, 8))
    few = draw(st.lists(st.sampled_from(NASTY), min_size=1, max_size=6))
    cell = st.one_of(st.sampled_from(few), st.sampled_from(NASTY))
    return [draw(st.lists(cell, min_size=rows, max_size=rows)) for _ in fields], schema


@settings(max_examples=150, deadline=None, derandomize=True)
@given(tables())
def test_random_tables_get_the_verdict_of_frictionless(case: tuple[list[list[str]], dict[str, Any]]) -> None:
    assert of_machizu(*case) == of_frictionless(*case)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: f"{field['type']}-{'-'.join(field.get('constraints', {}))}")
def test_every_nasty_value_gets_the_verdict_of_frictionless(field: dict[str, Any]) -> None:
    schema = {"fields": [{**field, "name": "値"}, {"name": "番号", "type": "integer"}], "missingValues": [""]}
    columns = [NASTY, [str(number) for number in range(len(NASTY))]]
    assert of_machizu(columns, schema) == of_frictionless(columns, schema)


def test_a_row_without_any_value_is_blank_and_breaks_the_key_but_nothing_else() -> None:
    schema = {
        "fields": [{"name": "ID", "type": "string", "constraints": {"required": True}}],
        "missingValues": [""],
        "primaryKey": ["ID"],
    }
    columns = [["a", "", "a", ""]]
    expected = {(1, "", "blank-row"): 1, (1, "", "primary-key"): 1, (2, "", "primary-key"): 1}
    assert of_machizu(columns, schema) == Counter({**expected, (3, "", "blank-row"): 1, (3, "", "primary-key"): 1})
    assert of_machizu(columns, schema) == of_frictionless(columns, schema)


def test_keys_of_several_columns_compare_values_and_not_texts() -> None:
    fields = [{"name": "路線", "type": "integer"}, {"name": "枝", "type": "number"}, {"name": "名", "type": "string"}]
    schema = {"fields": fields, "missingValues": [""], "primaryKey": ["路線", "枝", "名"]}
    columns = [["1", "01", "1", "x", "y", ""], ["2", "2.0", "2", "", "", ""], ["a", "a", "b", "", "", ""]]
    assert of_machizu(columns, schema) == of_frictionless(columns, schema)
    assert (1, "", "primary-key") in of_machizu(columns, schema)


def test_a_value_that_breaks_a_comparison_is_one_unreadable_cell() -> None:
    """Frictionless itself stops with an exception here, so there is nothing to compare with."""
    schema = {
        "fields": [{"name": "値", "type": "number", "constraints": {"minimum": "0", "unique": True}}],
        "missingValues": [""],
    }
    assert of_machizu([["sNaN", "1", "sNaN"]], schema) == Counter({(0, "値", "type-error"): 1, (2, "値", "type-error"): 1})
