"""What a release holds, file by file."""

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from bench_town import BENCH, COUNT, LIBRARY, LINE, THREE, Office, cleared, field, make_office
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.dataset import Constraints, Dataset, Example, Field
from catalog.errors import DefinitionError, DisclosureRefused
from catalog.library import Library
from catalog.site.quality import Quality
from gis.layer import Layer
from publish.packing.contents import Contents
from publish.packing.definition import content_of
from publish.packing.feature_id import feature_ids
from publish.packing.packing import Packed, pack, seal
from publish.packing.writers import csv as csv_writer
from publish.packing.writers import writers, xlsx
from publish.table.finding import Finding

MONTHS = [
    {"全国地方公共団体コード": "999997", "地域名": area, "総人口": str(n), "period": period}
    for n, (area, period) in enumerate([("東", "2026-01"), ("西", "2026-01"), ("東", "2026-02")])
]


def packed(office: Office, folder: Path, *args: object, **more: object) -> Packed:
    folder.mkdir(parents=True, exist_ok=True)
    result = pack(cleared(office.town, *args, **more), folder, LIBRARY)  # type: ignore[arg-type]
    seal(result, "1.0")
    return result


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def described(folder: Path) -> dict:
    return json.loads((folder / "datapackage.json").read_bytes())


def contents(dataset: Dataset, cells: pa.Table, office: Office) -> Contents:
    return Contents(dataset, office.town, cells, None, [], "open", "2026-11-01", {})


def test_an_open_dataset_with_places_has_four_formats_and_three_descriptions(office: Office, here: Path) -> None:
    packed(office, here / "a", THREE)
    assert names(here / "a") == {
        *(f"999997_bench.{suffix}" for suffix in ("csv", "xlsx", "geojson", "gpkg")),
        *("datapackage.json", "definition.json", "quality.json"),
    }


def test_the_csv_is_as_the_national_standard_asks(office: Office, here: Path) -> None:
    packed(office, here, THREE)
    raw = (here / "999997_bench.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.decode("utf-8-sig").split("\r\n")[:2] == [
        "全国地方公共団体コード,名称,ID,所在地_連結表記,緯度,経度,座席数,備考",
        "999997,駅前,ZZ0000000001,見本町一丁目1,34.1,138.1,3,",
    ]
    assert raw.count(b"\n") == raw.count(b"\r\n")


def test_a_column_about_a_person_is_in_no_file(office: Office, here: Path) -> None:
    packed(office, here, THREE)
    with zipfile.ZipFile(here / "999997_bench.xlsx") as book:
        inside = b"".join(book.read(name) for name in book.namelist())
    plain = b"".join(path.read_bytes() for path in here.iterdir() if path.name != "999997_bench.xlsx")
    assert "山田花子".encode() not in inside + plain


def test_frictionless_finds_the_package_valid(office: Office, here: Path) -> None:
    packed(office, here / "bench", THREE)
    packed(office, here / "people", MONTHS, COUNT)
    command = [str(Path(sys.executable).with_name("frictionless")), "validate", "--json"]
    for folder in ("bench", "people"):
        run = subprocess.run([*command, "datapackage.json"], cwd=here / folder, capture_output=True, check=False)
        assert run.returncode == 0, run.stdout.decode()
        assert json.loads(run.stdout)["valid"]


def test_the_notice_and_the_caveat_are_said_in_every_file_that_can(office: Office, here: Path) -> None:
    packed(office, here, THREE)
    for name in ("datapackage.json", "999997_bench.geojson", "999997_bench.gpkg"):
        text = (here / name).read_bytes().decode("utf-8", "replace")
        assert "見本です(架空の町)。" in text, name
        assert "座れないことがあります。" in text, name
    sheet = openpyxl.load_workbook(here / "999997_bench.xlsx").worksheets[1]
    said = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {"見本です(架空の町)。", "May be taken."} <= said


def test_the_descriptor_names_every_other_file_with_its_bytes_and_hash(office: Office, here: Path) -> None:
    packed(office, here, THREE)
    package = described(here)
    listed = {file["path"]: file for file in (*package["resources"], *package["machizu"]["files"])}
    assert set(listed) == names(here) - {"datapackage.json"}
    assert all(file["bytes"] == (here / name).stat().st_size for name, file in listed.items())
    assert [resource["format"] for resource in package["resources"]][:2] == ["csv", "xlsx"]
    assert package["machizu"]["bbox"] == [138.1, 34.1, 138.2, 34.2]
    assert package["machizu"]["rows"] == 3


def test_the_definition_reads_back_as_it_was(office: Office, here: Path) -> None:
    packed(office, here, THREE)
    data = json.loads((here / "definition.json").read_bytes())
    assert Dataset.model_validate(data["dataset"]) == BENCH


def test_an_example_with_a_column_that_stays_behind_is_in_no_file(office: Office, here: Path) -> None:
    rows = [{"名称": "駅前", "管理者": "山田花子"}]
    told = Dataset.model_validate({**BENCH.model_dump(by_alias=True), "example": {"given": rows, "yields": rows}})
    packed(office, here, THREE, told)
    assert all("山田花子".encode() not in path.read_bytes() for path in here.iterdir())


def test_quality_counts_and_names_no_value_no_path_no_person(office: Office, here: Path) -> None:
    packed(office, here, THREE, findings=[Finding("blank-row", "info", 0, 2, "名称", "駅前")])
    raw = (here / "quality.json").read_text("utf-8")
    quality = Quality.model_validate_json(raw)
    assert quality.rows == 3
    assert [(line.code, line.count) for line in quality.rules if line.count] == [("blank-row", 1)]
    assert {line.field: line.filled for line in quality.completeness}["座席数"] == 2
    assert any("1件は位置が分からず" in limit.ja for limit in quality.limits)
    assert not re.search("benches.csv|駅前|山田", raw)


def test_text_that_looks_like_a_formula_is_text_in_the_workbook(office: Office, here: Path) -> None:
    packed(office, here, THREE)
    sheet = openpyxl.load_workbook(here / "999997_bench.xlsx").worksheets[0]
    rows = list(sheet.iter_rows(min_row=2))
    note = rows[2][7]
    assert (note.value, note.data_type, note.quotePrefix) == ("=1+1", "s", True)
    assert [cell.value for cell in rows[0][4:7]] == [34.1, 138.1, 3]
    assert (rows[0][0].value, rows[0][0].data_type) == ("999997", "s")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.text(), st.text(alphabet="=+-@0123456789.#N/A\t\r\n\"',_x")), max_size=6))
def test_every_text_survives_csv_and_workbook(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]) -> None:
    rows = [(a.encode("utf-8", "replace").decode(), b) for a, b in rows]
    folder = tmp_path_factory.mktemp("texts")
    office = make_office(folder / "town")
    fields = [field("全国地方公共団体コード", "code"), field("名称", "name")]
    dataset = BENCH.model_copy(update={"fields": tuple(BENCH.fields[:2]), "geometry": None, "key": ()})
    cells = pa.table({one["name"]: pa.array([row[n] for row in rows], pa.utf8()) for n, one in enumerate(fields)})
    given_ = contents(dataset, cells, office)
    csv_writer.write(given_, folder / "a.csv")
    assert [tuple(row) for row in csv.reader(io.StringIO((folder / "a.csv").read_bytes().decode("utf-8-sig"), newline=""))][
        1:
    ] == rows
    xlsx.write(given_, folder / "a.xlsx")
    sheet = openpyxl.load_workbook(folder / "a.xlsx").worksheets[0]
    told = (
        [[cell.value or "" for cell in row] for row in sheet.iter_rows(min_row=2, max_col=2, max_row=len(rows) + 1)]
        if rows
        else []
    )
    assert [[_decoded(text) for text in row] for row in told] == [list(row) for row in rows]
    assert all(cell.data_type in "sn" for row in sheet.iter_rows() for cell in row)


def _decoded(text: str) -> str:
    """Undo _xHHHH_ as a spreadsheet does (ECMA-376 22.9.2.19)."""
    return re.sub(r"_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), text)


def test_a_number_that_a_spreadsheet_would_bend_stays_text(office: Office, here: Path) -> None:
    texts = ["007", "12345678901234567", "1.50", "1e5", "-3", "0.1", "１２"]
    cells = pa.table({"全国地方公共団体コード": texts, "座席数": texts})
    dataset = BENCH.model_copy(update={"fields": (BENCH.fields[0], BENCH.field("座席数")), "geometry": None, "key": ()})
    xlsx.write(contents(dataset, cells, office), here / "n.xlsx")
    sheet = openpyxl.load_workbook(here / "n.xlsx").worksheets[0]
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["007", "12345678901234567", 1.5, "1e5", -3, 0.1, "１２"]


def test_a_table_with_a_cell_too_long_for_excel_has_no_workbook(office: Office, here: Path) -> None:
    rows = [{**THREE[0], "備考": "あ" * 32_768}]
    packed(office, here, rows)
    assert "999997_bench.xlsx" not in names(here)


def test_a_series_has_one_table_per_period_and_the_newest_without_suffix(office: Office, here: Path) -> None:
    packed(office, here, MONTHS, COUNT)
    assert {name for name in names(here) if name.endswith("csv")} == {
        "999997_people.csv",
        "999997_people_all.csv",
        "999997_people_202601.csv",
        "999997_people_202602.csv",
    }
    assert (here / "999997_people.csv").read_bytes() == (here / "999997_people_202602.csv").read_bytes()
    package = described(here)
    assert [resource.get("machizu:period", "") for resource in package["resources"]] == ["", "", "2026-02", "2026-01", ""]
    assert package["machizu"]["periods"] == ["2026-01", "2026-02"]
    assert package["machizu"]["rows"] == 1


def lines(count: int) -> tuple[list[dict[str, str]], Layer]:
    rows = [{"全国地方公共団体コード": "999997", "管種": f"管{n % 7}", "延長": str(n)} for n in range(count)]
    geometries = shapely.linestrings([[[138 + n * 1e-4, 34.0], [138 + n * 1e-4, 34.0001]] for n in range(count)])
    return rows, Layer("line", geometries)


def test_large_tables_also_come_as_tiles_and_parquet(office: Office, here: Path) -> None:
    rows, layer = lines(10_001)
    packed(office, here, rows, LINE, layer=layer)
    assert {"999997_line.pmtiles", "999997_line.parquet", "999997_line.xlsx"} < names(here)
    assert pq.read_table(here / "999997_line.parquet").num_rows == 10_001


def test_what_is_only_to_be_seen_has_tiles_and_no_table(tmp_path: Path) -> None:
    office = make_office(
        tmp_path / "town",
        '[disclosure.line]\nclass = "view"\nreason = "r"\ndecided = "2026-01-01"\ndocument = "d"\nreview = "2027"\n',
    )
    rows, layer = lines(3)
    result = packed(office, tmp_path / "view", rows, LINE, layer=layer)
    assert names(tmp_path / "view") == {"999997_line.pmtiles", "datapackage.json", "definition.json", "quality.json"}
    changed_rows = [{**row, "延長": "9"} for row in rows]
    other = packed(office, tmp_path / "other", changed_rows, LINE, layer=layer)
    assert result.content != other.content
    assert '"document"' not in (tmp_path / "view" / "datapackage.json").read_text("utf-8")
    with pytest.raises(DisclosureRefused):
        packed(office, tmp_path / "none", rows, LINE, layer=Layer("line", np.full(3, None, dtype=object)))


def test_a_format_that_nobody_writes_is_refused_with_the_nearest(office: Office, here: Path) -> None:
    odd = BENCH.model_copy(update={"formats": ("parket",)})
    with pytest.raises(DefinitionError, match="parquet"):
        pack(cleared(office.town, THREE, odd), here, Library({"bench": odd}, {}))


def test_every_writer_says_what_it_is() -> None:
    formats = [writer.FORMAT for writer in writers()]
    assert formats[:2] == ["csv", "xlsx"]
    assert len(set(formats)) == len(formats)
    assert all(writer.MEDIA_TYPE and writer.TITLE.ja and writer.TITLE.en for writer in writers())


def test_a_small_table_comes_as_parquet_where_its_definition_asks(office: Office, here: Path) -> None:
    asking = BENCH.model_copy(update={"formats": ("parquet",)})
    packed(office, here, THREE, asking)
    assert "999997_bench.parquet" in names(here)


def test_the_content_hash_knows_neither_version_nor_software(office: Office, here: Path) -> None:
    result = packed(office, here / "a", THREE)
    first = seal(result, "1.0")
    assert seal(replace(result), "1.1") != first
    assert described(here / "a")["machizu"]["content"] == result.content


def test_what_only_concerns_reading_makes_no_new_content(office: Office, here: Path) -> None:
    def content(name: str, dataset: Dataset) -> str:
        return packed(office, here / name, THREE, dataset).content

    seats = BENCH.field("座席数")
    understood = seats.model_copy(update={"aliases": ("いす",), "old": ("椅子",), "parser": "number"})
    named = seats.model_copy(update={"title_en": "Chairs"})
    fields = {field.name: field for field in BENCH.fields}

    def having(field: Field) -> Dataset:
        return BENCH.model_copy(update={"fields": tuple({**fields, field.name: field}.values())})

    reading = having(understood).model_copy(update={"rules": {"empty-column": "off"}, "example": Example(given=[], yields=[])})
    assert content("reading", reading) == content("before", BENCH)
    assert content("named", having(named)) != content("again", BENCH)
    assert json.loads((here / "reading" / "definition.json").read_bytes())["dataset"]["rules"] == {"empty-column": "off"}


def test_aliases_of_codes_and_writings_of_a_blank_are_no_content() -> None:
    label = {"ja": "該当", "en": "applies"}
    plain = {"format": "1", "id": "applies", "codes": [{"value": "1", "label": label}]}
    richer = {
        **plain,
        "codes": [{"value": "1", "label": label, "aliases": ["○"]}, {"value": "", "label": label, "aliases": ["×"]}],
    }
    relabelled = {**plain, "codes": [{"value": "1", "label": {**label, "ja": "対応"}}]}
    seen = [content_of({"dataset": {"fields": []}, "code_lists": {"applies": one}}) for one in (plain, richer, relabelled)]
    assert seen[0] == seen[1] != seen[2]


def test_a_definition_that_no_reader_would_take_is_refused(office: Office, here: Path) -> None:
    low = BENCH.field("備考").model_copy(update={"constraints": Constraints(minimum="1")})
    odd = BENCH.model_copy(update={"fields": (*BENCH.fields[:-1], low)})
    result = pack(cleared(office.town, THREE, odd), here, LIBRARY)
    with pytest.raises(DefinitionError, match="minimum"):
        seal(result, "1.0")


def test_a_key_that_no_address_can_carry_is_replaced_by_a_hash() -> None:
    keys = ["a/b?c#d%~e", ".", "..", "一行目\n二行目", "x" * 301, "x" * 300, "\x00"]
    cells = pa.table({name: [key if name == "ID" else "" for key in keys] for name in BENCH.names})
    ids = feature_ids(BENCH, cells, None)
    assert [name for name in ids if not name.startswith("h-")] == [keys[0], "x" * 300]
    assert len(set(ids)) == len(keys)
