"""A GeoPackage whose layer is a view is refused; one with views beside its layers is read."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pytest
import shapely

from catalog.errors import UnusableSource
from gis import stored_views, vector_file


def geopackage(folder: Path, *statements: str) -> Path:
    path = folder / "map.gpkg"
    table = pa.table({"name": ["本町"], vector_file.GEOMETRY: pa.array(shapely.to_wkb([shapely.Point(138, 35)]), pa.binary())})
    vector_file.write(path, table, driver="GPKG", layer="roads", kind="Point", crs="EPSG:6668")
    with closing(sqlite3.connect(path)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()
    return path


def test_a_view_beside_the_layers_does_no_harm(tmp_path: Path) -> None:
    path = geopackage(tmp_path, "CREATE VIEW names AS SELECT name FROM roads")
    assert vector_file.read(path, layer="roads").columns.column("name").to_pylist() == ["本町"]


def test_a_view_that_the_file_lists_as_layer_is_refused(tmp_path: Path) -> None:
    endless = (
        "CREATE VIEW v AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS fid, x AS name FROM n"
    )
    listed = "INSERT INTO gpkg_contents (table_name, data_type, srs_id) VALUES ('V', 'attributes', 6668)"
    with pytest.raises(UnusableSource) as refused:
        vector_file.read(geopackage(tmp_path, endless, listed), layer="roads")
    assert refused.value.code == "view-layer"
    assert "map.gpkg" in refused.value.message["ja"]


def test_a_damaged_schema_is_no_traceback(tmp_path: Path) -> None:
    """SQLite quotes the statement that it cannot read, and here that is no UTF-8."""
    path = geopackage(tmp_path, "CREATE VIEW names AS SELECT name FROM roads")
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"CREATE VIEW names AS", b"CREATE VIEW nam\xc4s A"))
    assert path.read_bytes() != whole
    stored_views.refuse_views(path, path.name)
    with pytest.raises(UnusableSource, match="broken"):
        vector_file.read(path, layer="roads")
