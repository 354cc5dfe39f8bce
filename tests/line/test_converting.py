"""Convert: every definition's own example in every form that fits, and what is published is read again unchanged."""

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from examples import handed_in

from catalog.dataset import Dataset
from catalog.errors import MachizuError, UsageError
from catalog.library import read_library
from publish.build import Examined, examine_file
from publish.converting import write, writer_of
from publish.packing.writers import writers
from publish.table.change import ChangeLog

LIBRARY = read_library()
PLACED = {"geojson", "gpkg", "pmtiles"}
FILLED = {"filled-town-code", "filled-town-name", "name-from-code", "code-from-name", "from-geometry"}


def examined(path: Path, dataset: str) -> Examined:
    return examine_file(path, LIBRARY, None, date(2026, 11, 20), dataset)


def table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


@pytest.mark.parametrize("dataset", LIBRARY.values(), ids=list(LIBRARY))
def test_the_example_is_written_in_every_form_that_fits(dataset: Dataset, tmp_path: Path) -> None:
    path = handed_in(tmp_path, dataset)
    before = path.read_bytes()
    found = examined(path, dataset.id)
    (tmp_path / "out").mkdir()
    for writer in writers():
        output = tmp_path / "out" / f"表.{writer.FORMAT}"
        if found.layer is None and writer.FORMAT in PLACED:
            with pytest.raises(UsageError, match="no places"):
                write(found.report, found.layer, output, LIBRARY)
        elif writer.FORMAT != "pmtiles":
            write(found.report, found.layer, output, LIBRARY)
            assert output.stat().st_size > 0
    names = [field.name for field in dataset.published]
    kept = found.report.table
    assert table(tmp_path / "out" / "表.csv") == [names, *map(list, zip(*(kept.column(name) for name in names), strict=True))]
    assert {one.name for one in (tmp_path / "out").iterdir()} <= {f"表.{writer.FORMAT}" for writer in writers()}
    assert path.read_bytes() == before


@pytest.mark.parametrize("dataset", LIBRARY.values(), ids=list(LIBRARY))
def test_what_is_published_is_read_again_unchanged(dataset: Dataset, tmp_path: Path) -> None:
    first = examined(handed_in(tmp_path, dataset), dataset.id)
    shaped = dataset.geometry is not None and dataset.geometry.source == "file"
    output = tmp_path / ("published.geojson" if shaped else "published.csv")
    write(first.report, first.layer, output, LIBRARY)
    again = examined(output, dataset.id)
    for field in dataset.published:
        told, was = (one.report.table.column(field.name) for one in (again, first))
        assert told == was or (shaped and list(map(number, told)) == list(map(number, was))), field.name
    changed = [change for change in ChangeLog.of(again.report.table.changes) if change.reason not in FILLED]
    assert changed == []


def number(text: str) -> float | None:
    """Return what GeoJSON knows of a number: no zeros behind it."""
    return float(text) if text else None


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(MachizuError) as wrong:
        act()
    assert all(wrong.value.message[lang] and wrong.value.fix[lang] for lang in ("ja", "en"))
    return wrong.value.code


def test_the_source_is_never_overwritten(tmp_path: Path) -> None:
    path = handed_in(tmp_path, LIBRARY["aed"])
    (tmp_path / "hard.csv").hardlink_to(path)
    assert refused(lambda: writer_of(path, path)) == "would-overwrite"
    assert refused(lambda: writer_of(tmp_path / "hard.csv", path)) == "would-overwrite"
    assert writer_of(tmp_path / "other.csv", path).FORMAT == "csv"


def test_an_unknown_form_and_a_missing_folder_are_told(tmp_path: Path) -> None:
    assert refused(lambda: writer_of(tmp_path / "out.pdf")) == "no-form"
    assert refused(lambda: writer_of(tmp_path / "out")) == "no-form"
    assert refused(lambda: writer_of(tmp_path / "none" / "out.csv")) == "no-folder"


def test_a_table_with_errors_is_written_with_all_its_texts_and_the_file_before_stays_when_it_cannot(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text("ID,名称,所在地_連結表記,緯度,経度,開始時間\nFF1,=1+1,本町1,北,138.3,朝\n", "utf-8")
    found = examined(path, "aed")
    assert found.report.blocked
    for form in ("csv", "xlsx", "parquet"):
        write(found.report, found.layer, tmp_path / f"out.{form}", LIBRARY)
    assert set(table(tmp_path / "out.csv")[1]) >= {"=1+1", "本町1", "北", "朝"}
    (tmp_path / "out.pmtiles").write_bytes(b"old")
    assert refused(lambda: write(found.report, found.layer, tmp_path / "out.pmtiles", LIBRARY)) == "unfit-form"
    assert (tmp_path / "out.pmtiles").read_bytes() == b"old"


def test_the_command_tells_what_it_found_and_changed_beside_its_answer(machizu: Callable[..., Any], tmp_path: Path) -> None:
    path, output = tmp_path / "表.csv", tmp_path / "標準.xlsx"
    path.write_text(
        "NO,名称,住所,緯度,経度,開始時間,メモ\nFF1,役場,本町1,34.86,138.3,９時,秘\nFF2,学校,本町2,34.87,138.3,朝,\n", "utf-8"
    )
    before = path.read_bytes()
    done = machizu("convert", path, "--as", "aed", "-o", output)
    assert (done.exit, done.out.strip()) == (1, f"{output} を書きました(2行)。")
    assert all(word in done.err for word in ("９時 → 09:00", "朝", "メモ"))
    told = json.loads(machizu("convert", path, "--as", "aed", "-o", output, "--json").out)
    assert told["result"]["output"] == str(output)
    assert [change["reason"] for change in told["result"]["sources"][0]["changes"]] == ["time-form"]
    refusal = machizu("convert", path, "--as", "aed", "-o", path)
    assert refusal.exit == 2
    assert "上書きしません" in refusal.err
    assert path.read_bytes() == before
