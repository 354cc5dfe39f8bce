"""TableFiles: what the files of a release say, as the diff compares them: rows by feature id, geometry in its GeoJSON."""

import csv as plain_csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import csv

from catalog.dataset import Dataset
from catalog.errors import OutsideError
from catalog.strict import parse
from publish.packing.feature_id import feature_ids
from publish.packing.feature_lines import feature_lines

_LARGEST_BLOCK = (1 << 31) - 1


@dataclass(frozen=True, slots=True)
class TableFiles:
    """N rows with their ids (of a series: `period/id`, all periods together)."""

    dataset: Dataset
    cells: pa.Table
    """utf8 columns as published."""
    ids: Sequence[str]
    geojson: Path | None = None
    """Where the geometry of each id stands; None without places."""

    def __post_init__(self) -> None:
        if len(self.ids) != self.cells.num_rows:
            raise ValueError("one id per row")


def of_folder(folder: Path) -> TableFiles | None:
    """Read the table of a release folder that nothing points to yet; None when it holds none (`view`)."""
    return read_table_files(folder, dataset_of(folder), json.loads((folder / "datapackage.json").read_bytes()))


def dataset_of(folder: Path) -> Dataset:
    """Read the definition that lies in a release folder."""
    definition = json.loads((folder / "definition.json").read_bytes())
    return parse(Dataset, definition["dataset"], "definition.json", OutsideError)


def read_csv(path: Path) -> pa.Table:
    """Read a CSV that we wrote: every cell as text, blank cells as ""."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        names = next(plain_csv.reader(file))
    options = csv.ConvertOptions(
        column_types={name: pa.utf8() for name in names}, strings_can_be_null=False, quoted_strings_can_be_null=False
    )
    parsing = csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False)
    try:
        return csv.read_csv(path, parse_options=parsing, convert_options=options)
    except pa.ArrowInvalid:  # a row is longer than a block: take the file as one
        whole = csv.ReadOptions(block_size=min(path.stat().st_size + 1, _LARGEST_BLOCK))
        return csv.read_csv(path, read_options=whole, parse_options=parsing, convert_options=options)


def read_table_files(folder: Path, dataset: Dataset, descriptor: Mapping[str, Any]) -> TableFiles | None:
    """Read a release folder by its descriptor."""
    tables = [resource for resource in descriptor["resources"] if resource["format"] == "csv"]
    if not tables:
        return None
    periods = [table for table in tables if table.get("machizu:period")]
    if periods:
        return _series(folder, dataset, periods)
    cells = read_csv(folder / tables[0]["path"])
    places = [resource["path"] for resource in descriptor["resources"] if resource["format"] == "geojson"]
    if not places:
        return TableFiles(dataset, cells, feature_ids(dataset, cells, None))
    path = folder / places[0]
    return TableFiles(dataset, cells, [line.id for line in feature_lines(path)], path)


def _series(folder: Path, dataset: Dataset, periods: Sequence[Mapping[str, Any]]) -> TableFiles:
    """Read all periods; geometry is left aside, as only the newest period has a file of it."""
    tables, ids = [], []
    for resource in sorted(periods, key=lambda resource: str(resource["machizu:period"])):
        cells = read_csv(folder / resource["path"])
        tables.append(cells)
        ids += [f"{resource['machizu:period']}/{name}" for name in feature_ids(dataset, cells, None)]
    return TableFiles(dataset, pa.concat_tables(tables), ids)
