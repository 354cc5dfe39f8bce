"""Nothing is lost between a file and its answer: every row is kept, rejected or set aside, every column accounted for.

Tables are arbitrary: titles, blank rows, notes, totals, repeated headings, unknown and blank columns, in every kind of file.
"""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.library import read_library
from publish.answering.answer import Answer
from publish.answering.json import as_json
from publish.answering.text import tell
from publish.build import Examined, examine_file, examine_table
from publish.context import Context
from publish.reading.source import concatenate, read
from publish.recipe import Recipe
from publish.table.finding import Report

LIBRARY = read_library()
TODAY = date(2026, 11, 20)
Grid = Sequence[Sequence[str]]
HEADINGS = ("ID", "名称", "所在地_連結表記", "緯度", "経度", "開始時間")
CELL = st.sampled_from(
    ["", "", " ", "役場", "合計", "※注", "#x", "１２", "34.8", "138.3", "９時", "朝", "x\ny", "名称", "=1+1", "髙﨑"]
)
ROW = st.lists(CELL, min_size=len(HEADINGS), max_size=len(HEADINGS))
OTHER = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=6)
TABLE = st.lists(st.one_of(ROW, st.just(list(HEADINGS)), st.just(["", "", "", "", "", ""])), min_size=1, max_size=9)
ABOVE = st.lists(st.sampled_from(["施設一覧", "", "2026年4月1日現在"]), max_size=3)


def as_csv(rows: Grid, path: Path) -> Path:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    path.write_text(text.getvalue(), "utf-8", newline="")
    return path


def as_zip(rows: Grid, path: Path) -> Path:
    inner = as_csv(rows, path.with_suffix(".csv"))
    with zipfile.ZipFile(path.with_suffix(".zip"), "w") as archive:
        archive.write(inner, "表.csv")
    return path.with_suffix(".zip")


def as_workbook(rows: Grid, path: Path) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row, start=1):
            if text:
                book.worksheets[0].cell(number, place, text).data_type = "s"
    book.save(path.with_suffix(".xlsx"))
    return path.with_suffix(".xlsx")


KINDS: Mapping[str, Callable[[Grid, Path], Path]] = {"csv": as_csv, "zip": as_zip, "xlsx": as_workbook}


def places(report: Report) -> list[tuple[int, int]]:
    """Return part and row of everything that was read, one by one."""
    kept = zip(report.table.part.to_pylist(), report.table.row.to_pylist(), strict=True)
    return sorted([*kept, *((aside.part, aside.row) for aside in report.table.asides)])


def comes_out_even(report: Report, recipe: str = "") -> None:
    counted = report.accounting
    assert counted.read == counted.kept + counted.rejected + counted.set_aside
    assert len(places(report)) == len(set(places(report))) == counted.read
    answer = Answer("表", "aed", report, recipe=recipe)
    (told,) = json.loads(json.dumps(as_json([answer], None, "ja")))["sources"]
    assert len(told["left_out"]) == counted.rejected + counted.set_aside
    assert sum(row["rejected"] for row in told["left_out"]) == counted.rejected
    assert all(row["reason"] and row["title"] and row["row"] for row in told["left_out"])
    assert sum(part["rows"] for part in told["parts"]) == counted.read
    kept = set(zip(report.table.part.to_pylist(), report.table.row.to_pylist(), strict=True))
    parts = {part for part, _ in kept}
    changes = report.table.changes
    assert all((change.part, change.row) in kept if change.row else change.part in parts for change in changes)
    assert all(tell(answer, lang, every=True) for lang in ("ja", "en"))


def last_filled(rows: Grid) -> int:
    return max((number for number, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)), default=0)


def examined(kind: str, rows: Grid) -> Examined:
    with TemporaryDirectory() as folder:
        return examine_file(KINDS[kind](rows, Path(folder) / "表.csv"), LIBRARY, None, TODAY, "aed")


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=12, deadline=None, derandomize=True)
@given(table=TABLE, above=ABOVE)
def test_every_row_of_a_file_is_kept_or_left_out_once(kind: str, table: Grid, above: Sequence[str]) -> None:
    rows = [*([text, "", "", "", "", ""] for text in above), HEADINGS, *table]
    found = examined(kind, rows)
    comes_out_even(found.report)
    heading = len(above) + 1
    part = found.report.table.parts[0]
    assert part.heading == (heading, heading)
    wanted = [number for number in range(1, last_filled(rows) + 1) if number != heading]
    assert [row for _, row in places(found.report)] == wanted


@settings(max_examples=12, deadline=None, derandomize=True)
@given(tables=st.lists(TABLE, min_size=1, max_size=3), filtered=st.booleans(), rejecting=st.booleans())
def test_every_row_of_several_files_is_kept_or_left_out_once(tables: list[Grid], filtered: bool, rejecting: bool) -> None:
    recipe = Recipe.model_validate(
        {
            "format": "1",
            "dataset": "aed",
            "source": "*.csv",
            "columns": {heading: heading for heading in HEADINGS},
            "where": {"名称": ["役場", "１２", "合計", "名称", "髙﨑"]} if filtered else {},
            "reject": ["required", "type-time", "type-number", "placeholder"] if rejecting else [],
        }
    )
    with TemporaryDirectory() as folder:
        files = [as_csv([HEADINGS, *table], Path(folder) / f"{number}.csv") for number, table in enumerate(tables)]
        raw = concatenate([read(path, name=path.name, recipe=recipe) for path in files])
    report, _, _ = examine_table(raw, None, recipe, LIBRARY["aed"], Context(None, TODAY, LIBRARY), None)
    comes_out_even(report, "aed")
    wanted = [(part, row) for part, table in enumerate(tables) for row in range(2, last_filled([HEADINGS, *table]) + 1)]
    assert places(report) == wanted
    assert report.accounting.rejected == 0 or rejecting


@settings(max_examples=12, deadline=None, derandomize=True)
@given(table=TABLE, lost=st.sets(st.integers(0, 8)))
def test_every_feature_of_a_geo_file_is_kept_or_left_out_once(table: Grid, lost: set[int]) -> None:
    point = {"type": "Point", "coordinates": [138.3, 34.8]}
    features = [
        {
            "type": "Feature",
            "properties": dict(zip(HEADINGS, row, strict=True)),
            "geometry": None if number in lost else point,
        }
        for number, row in enumerate(table)
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "表.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
        found = examine_file(path, LIBRARY, None, TODAY, "aed")
    comes_out_even(found.report)
    assert [row for _, row in places(found.report)] == list(range(1, len(table) + 1))


@settings(max_examples=25, deadline=None, derandomize=True)
@given(others=st.lists(OTHER, max_size=4, unique=True), table=st.lists(ROW, min_size=1, max_size=3), blank=st.booleans())
def test_every_column_ends_mapped_ignored_or_as_a_finding(others: list[str], table: Grid, blank: bool) -> None:
    headings = [*HEADINGS, *others]
    filled = [[*row, *("" if blank else "ひみつ" for _ in others)] for row in table]
    found = examined("csv", [headings, *filled])
    kept, part = found.report.table, found.report.table.parts[0]
    mapped = {heading for names in kept.headings for heading in names.values()}
    told = {finding.field for finding in found.report.findings if finding.code == "unmapped-column"}
    ignored = {heading for heading, target in found.recipe.columns.items() if target == "ignore"}
    assert mapped | told | ignored == set(part.columns)
    assert len(mapped) + len(told) + len(ignored) == len(part.columns)
    assert blank or not ignored
    assert all("ひみつ" not in kept.column(name) for name in kept.cells.column_names if name not in kept.headings[0])
