"""Two months of a town with areas of one to four people: no byte of what became public holds a number that is hidden."""

import csv
import gzip
import io
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import mapbox_vector_tile
import numpy as np
import pyarrow.parquet as pq
import pytest
import shapely
from counted import HIDDEN, LEAVES, PEOPLE, row, table
from pmtiles.reader import MmapSource, Reader, all_tiles

from catalog.dataset import Dataset
from catalog.library import Library
from catalog.town import read_town
from gis.layer import Layer
from publish.disclosure.differencing import read_hidden
from publish.disclosure.gate import clear
from publish.releasing.act import Act
from publish.releasing.prepared_map import prepare_map
from publish.releasing.staging import Staged, stage
from publish.releasing.writing import release
from publish.table.finding import Accounting, Report

TOML = 'format = 1\ncode = "999997"\nname = { ja = "見本町", en = "Mihon" }\n'
NOW = datetime.fromisoformat("2026-06-15T09:00:00+09:00")
PLACED = Dataset.model_validate(
    {
        **PEOPLE.model_dump(by_alias=True),
        "geometry": {"kind": "point", "from": "file"},
        "formats": ["parquet", "pmtiles"],
        "page": {"list": ["地域名", "総人口", *HIDDEN], "title": "地域名"},
    }
)
SMALL = {"奥山": (1, 1, 1, 1, 0, 0), "西谷": (1, 0, 0, 0, 0, 0), "東谷": (0, 0, 1, 0, 1, 1), "坂下": (3, 1, 2, 2, 1, 1)}
MAY = {**SMALL, "北森": (10301, 20407, 30503, 40609, 50707, 60811), "港": (71, 72, 73, 74, 75, 76)}
JUNE = {
    **SMALL,
    "坂下": (2, 1, 2, 2, 1, 1),
    "西谷": (0, 0, 0, 0, 0, 0),
    "北森": (11311, 21417, 31513, 41619, 51717, 61821),
    "港": MAY["港"],
}
SECRET = [number for month in (MAY, JUNE) for number in (*month["北森"][:4], sum(month["北森"][::2]), sum(month["北森"][1::2]))]
"""What the neighbour counts by itself, without the small areas that are added to it."""


def publish(folder: Path, months: dict[str, dict[str, tuple[int, ...]]]) -> None:
    given = {month: [row(area, people) for area, people in areas.items()] for month, areas in months.items()}
    found = table(given, PLACED)
    report = Report(found, (), Accounting(found.rows, found.rows, 0, 0))
    # The large neighbour lies in the middle, so that it is everybody's nearest.
    spots = {"奥山": (0, 0), "西谷": (2, 0), "東谷": (0, 2), "坂下": (2, 2), "北森": (1, 1), "港": (9, 9)}
    places = [shapely.Point(138 + x / 100, 34 + y / 100) for x, y in (spots[name] for name in found.column("地域名"))]
    passed = clear(report, Layer("point", np.array(places, object)), read_town(folder), read_hidden(folder, "people"))
    assert isinstance(stage(passed, folder, Library({"people": PLACED}, {})), Staged)
    release(folder, ["people"], Act("情報係", NOW, "定例", "決第1号"), library=Library({"people": PLACED}, {}))


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town that published May, and in June both months."""
    folder = tmp_path_factory.mktemp("hidden") / "mihon"
    folder.mkdir()
    (folder / "machizu.toml").write_text(TOML, "utf-8")
    publish(folder, {"2026-05": MAY})
    publish(folder, {"2026-05": MAY, "2026-06": JUNE})
    prepare_map(folder / "site")
    return folder


def texts(path: Path) -> Iterator[str]:
    """Everything that a file says, unpacked."""
    data = path.read_bytes()
    if path.suffix in (".gz", ".br"):
        data = gzip.decompress(data) if path.suffix == ".gz" else b""
    yield data.decode("latin-1")
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from (archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    if data.startswith(b"SQLite"):
        with closing(sqlite3.connect(path)) as db:
            for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                for cells in db.execute(f'SELECT * FROM "{name}"'):
                    yield " ".join(cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell) for cell in cells)
    if path.suffix == ".parquet":
        yield str(pq.read_table(path).to_pylist())
    if path.suffix == ".pmtiles":
        yield from (str(mapbox_vector_tile.decode(gzip.decompress(tile))) for tile in tiles(path))


def tiles(path: Path) -> list[bytes]:
    with path.open("rb") as file:
        return [tile for _, tile in all_tiles(Reader(MmapSource(file)).get_bytes)]


def test_no_number_of_the_neighbour_alone_is_in_any_byte(town: Path) -> None:
    files = [path for path in sorted((town / "site").rglob("*")) if path.is_file()]
    assert {".csv", ".xlsx", ".geojson", ".gpkg", ".parquet", ".pmtiles", ".sqlite", ".json"} <= {path.suffix for path in files}
    pattern = re.compile("|".join(rf"(?<![0-9]){number}(?![0-9])" for number in SECRET))
    found = [(path.name, match[0]) for path in files for text in texts(path) if (match := pattern.search(text))]
    assert found == []


def test_the_sum_is_there_so_that_the_search_would_have_found_the_number(town: Path) -> None:
    """The test of the test: what is published instead is found in every format."""
    june = str(sum(sum(people[::2]) for name, people in JUNE.items() if name != "港"))
    for suffix in (".csv", ".xlsx", ".geojson", ".gpkg", ".parquet", ".pmtiles", ".sqlite"):
        said = [text for path in (town / "site").rglob(f"*{suffix}") for text in texts(path)]
        assert any(june in text for text in said), suffix


def test_hidden_cells_are_marked_in_tables_and_blank_where_columns_hold_numbers(town: Path) -> None:
    newest = sorted((town / "site/releases/people").iterdir())[-1]
    parquet = {one["地域名"]: one for one in pq.read_table(newest / "999997_people.parquet").to_pylist()}
    for name in SMALL:
        assert [parquet[name][column] for column in HIDDEN] == [None] * len(HIDDEN)
        assert parquet[name]["総人口"] == sum(JUNE[name])
    assert all(isinstance(parquet["北森"][column], int) for column in LEAVES)
    for path in newest.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            marked = [row for row in csv.DictReader(file) if row["地域名"] in SMALL]
        assert {row["地域名"] for row in marked} == set(SMALL)
        assert {list(row.values()).count("X") for row in marked} == {len(HIDDEN)}
