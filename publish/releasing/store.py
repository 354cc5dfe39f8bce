"""serve.sqlite of one release: feature bytes, exact boxes, R-tree, folded text. Same release, same bytes.

Features are taken as they stand in the release's GeoJSON, so that download and API never differ; a table without places
gives features with null geometry.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

from catalog.errors import not_written
from catalog.folding import fold
from catalog.site.release import Release
from catalog.store.schema import FORMAT, INDEX_TEXT, TABLES
from gis.formats.geojson import features
from gis.geometry import bounds, representative
from publish.diff.table_files import read_csv
from publish.disclosure.marks import blank_marks
from publish.packing.feature_id import feature_ids
from publish.packing.feature_lines import FeatureLine, feature_lines

_ROWS = 20_000
"""Rows worked on at a time: keeps a million of them far below a gigabyte."""

_FEATURE = "INSERT INTO feature VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_BOX = "INSERT INTO feature_box VALUES (?, ?, ?, ?, ?)"
_FOLDED = "INSERT INTO feature_folded VALUES (?, ?, ?)"


def write_store(release: Release, path: Path) -> None:
    """Write the store of an open release; of a series the newest period. OutsideError on a full disk."""
    table = release.of_format("csv")
    if table is None:
        raise ValueError("an open release holds a CSV")
    cells = _numbers(release, read_csv(table.path))
    try:
        _write(release, cells, path)
    except sqlite3.OperationalError as problem:
        raise not_written(path.name) from problem


def _numbers(release: Release, cells: pa.Table) -> pa.Table:
    """Return the cells with a blank where a number is hidden, so that a feature's properties keep their type."""
    suppression = release.dataset.disclosure.suppression
    return blank_marks(cells, suppression.maybe(cells.column_names)) if suppression else cells


def _write(release: Release, cells: pa.Table, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript("PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        db.executescript(TABLES)
        db.execute("BEGIN")
        lines = _lines(release, cells)
        for start in range(0, cells.num_rows, _ROWS):
            _write_rows(db, release, cells.slice(start, _ROWS), list(islice(lines, _ROWS)), start)
        db.executemany("INSERT INTO meta VALUES (?, ?)", sorted(_meta(release, cells.num_rows).items()))
        db.execute(INDEX_TEXT)
        db.execute("COMMIT")
        db.execute("VACUUM")


def _lines(release: Release, cells: pa.Table) -> Iterator[FeatureLine]:
    """Yield the features in row order."""
    file = release.of_format("geojson")
    if file is not None:
        yield from feature_lines(file.path)
        return
    ids = feature_ids(release.dataset, cells, None)
    types = {field.name: field.type for field in release.dataset.published}
    for name, whole in zip(ids, features(cells, types, None, ids), strict=True):
        yield FeatureLine(name, b"null", whole)


def _write_rows(db: sqlite3.Connection, release: Release, cells: pa.Table, lines: Sequence[FeatureLine], start: int) -> None:
    titles = _titles(release, cells)
    numbers = range(start + 1, start + 1 + cells.num_rows)
    geometries = shapely.from_geojson(
        np.array([None if line.geometry == b"null" else line.geometry for line in lines], dtype=object)
    )
    boxes = _known(bounds(geometries))
    points = _known(np.column_stack(representative(geometries)))
    rows = zip(numbers, lines, titles, boxes, points, strict=True)
    db.executemany(_FEATURE, ((n, line.id, title, *box, *point, line.whole) for n, line, title, box, point in rows))
    west_east = ((n, box[0], box[2], box[1], box[3]) for n, box in zip(numbers, boxes, strict=True) if box[0] is not None)
    db.executemany(_BOX, west_east)
    db.executemany(_FOLDED, zip(numbers, map(fold, titles), _bodies(release, cells), strict=True))


def _titles(release: Release, cells: pa.Table) -> list[str]:
    name = release.dataset.page.title
    return list(cells.column(name).to_pylist()) if name in cells.column_names else [""] * cells.num_rows


def _known(numbers: npt.NDArray[np.float64]) -> list[list[float | None]]:
    known = numbers.astype(object)
    known[np.isnan(numbers)] = None
    listed: list[list[float | None]] = known.tolist()
    return listed


def _bodies(release: Release, cells: pa.Table) -> Iterator[str]:
    """Yield the folded cells of every text column, row by row, each distinct value folded once."""
    names = [field.name for field in release.dataset.published if field.type == "string"]
    columns = [_folded(cells.column(name)) for name in names]
    for values in zip(*columns, strict=True) if columns else ((),) * cells.num_rows:
        yield " ".join(value for value in values if value)


def _folded(column: pa.ChunkedArray) -> list[str]:
    encoded = column.combine_chunks().dictionary_encode()
    words = [fold(word) for word in encoded.dictionary.to_pylist()]
    return [words[index] for index in encoded.indices.to_pylist()]


def _meta(release: Release, count: int) -> dict[str, str]:
    return {
        "format": str(FORMAT),
        "dataset": release.id,
        "version": release.version,
        "count": str(count),
        "bbox": json.dumps(release.bbox) if release.bbox else "",
        "geometry": release.geometry,
    }
